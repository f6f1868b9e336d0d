import holidays
import pytest

from bot.rules import public_holidays


@pytest.mark.parametrize(("country", "subdivision"), [("FI", None), ("DE", "BY"), ("NO", None), ("TR", None)])
def test_days_are_those_of_the_library(country: str, subdivision: str | None) -> None:
    expected = holidays.country_holidays(country, subdivision, years=2027, categories=("public",))

    assert public_holidays.days_of(country, subdivision, 2027, "public") == frozenset(expected)


def test_half_days_of_turkiye_are_those_of_the_library() -> None:
    expected = holidays.country_holidays("TR", years=2027, categories=("half_day",))

    assert public_holidays.days_of("TR", None, 2027, "half_day") == frozenset(expected)


@pytest.mark.parametrize("country", ["XX", "fi", "PUBLIC", "date", ""])
def test_a_country_the_library_does_not_know_has_no_public_holidays(country: str) -> None:
    assert public_holidays.days_of(country, None, 2027, "public") == frozenset()


def test_an_unknown_part_of_a_country_has_the_holidays_of_the_country() -> None:
    assert public_holidays.days_of("DE", "??", 2027, "public") == public_holidays.days_of("DE", None, 2027, "public")
