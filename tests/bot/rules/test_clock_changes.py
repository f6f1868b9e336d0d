"""Both clock changes of 2027 in four cities, week 53, and days that only a part of a country has (R2, R6)."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.open_time import Calendar, DayRange, is_open, is_open_day, moment, next_open, nth_open_day
from bot.rules.reply_clock import start

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
CITIES = {"FI": "Europe/Helsinki", "DE": "Europe/Berlin", "NO": "Europe/Oslo", "TR": "Europe/Istanbul"}
OFFSETS = {
    (SPRING, "FI"): (2, 3), (SPRING, "DE"): (1, 2), (SPRING, "NO"): (1, 2), (SPRING, "TR"): (3, 3),
    (AUTUMN, "FI"): (3, 2), (AUTUMN, "DE"): (2, 1), (AUTUMN, "NO"): (2, 1), (AUTUMN, "TR"): (3, 3),
}  # fmt: skip
"""Hours ahead of UTC before and after; Türkiye keeps one time all year."""
CHANGES = list(OFFSETS)


def calendar(city: str, /, closes: time = time(16), **given: object) -> Calendar:
    # Without public holidays: Easter Monday and Republic Day would hide what is tested here.
    return Calendar(ZoneInfo(CITIES[city]), time(8), closes, **given)  # type: ignore[arg-type]


def utc(day: date, hour: int, offset: int) -> datetime:
    return datetime(day.year, day.month, day.day, hour, tzinfo=UTC) - timedelta(hours=offset)


@pytest.mark.parametrize(("day", "country"), CHANGES)
def test_monday_after_a_change_opens_and_closes_by_the_wall_clock(day: date, country: str) -> None:
    _, after = OFFSETS[day, country]
    monday = day + timedelta(days=1)
    opens, closes = utc(monday, 8, after), utc(monday, 16, after)
    second = timedelta(seconds=1)
    assert [is_open(calendar(country), at) for at in (opens - second, opens, closes - second, closes)] == [
        False, True, True, False,
    ]  # fmt: skip


@pytest.mark.parametrize(("day", "country"), CHANGES)
def test_the_weekend_of_a_change_is_as_long_as_the_clock_makes_it(day: date, country: str) -> None:
    before, after = OFFSETS[day, country]
    closed_at = utc(day - timedelta(days=2), 16, before)
    assert next_open(calendar(country), closed_at) - closed_at == timedelta(hours=64 + before - after)


@pytest.mark.parametrize(("day", "country"), CHANGES)
def test_no_hour_of_the_day_of_a_change_is_open(day: date, country: str) -> None:
    first = moment(calendar(country), day, time(0))
    assert not any(is_open(calendar(country, time(20)), first + timedelta(minutes=15 * n)) for n in range(4 * 23))


@pytest.mark.parametrize(("day", "country"), CHANGES)
def test_ten_o_clock_on_the_day_of_a_change_is_after_the_change(day: date, country: str) -> None:
    assert moment(calendar(country), day, time(10)) == utc(day, 10, OFFSETS[day, country][1])


@pytest.mark.parametrize(("day", "country"), CHANGES)
def test_a_reply_clock_that_spans_a_change_rings_at_ten_on_both_sides(day: date, country: str) -> None:
    before, after = OFFSETS[day, country]
    thursday = day - timedelta(days=3)
    clock = start(calendar(country), utc(thursday, 9, before), 1, 3, time(10))
    assert clock.remind_at == utc(day - timedelta(days=2), 10, before)
    assert clock.release_at == utc(day + timedelta(days=2), 10, after)


@pytest.mark.parametrize(("day", "country"), CHANGES)
def test_days_away_over_a_change_end_in_the_morning(day: date, country: str) -> None:
    away = DayRange(day - timedelta(days=2), day + timedelta(days=3))
    opening = next_open(calendar(country, closed=(away,)), utc(day, 12, OFFSETS[day, country][1]))
    assert opening == utc(day + timedelta(days=4), 8, OFFSETS[day, country][1])


def test_week_53_is_a_week_like_any_other() -> None:
    # 28.12.2026 to 3.1.2027; 1.1. is a public holiday everywhere.
    helsinki = Calendar(ZoneInfo("Europe/Helsinki"), time(8), time(16), "FI")
    week = [date.fromisocalendar(2026, 53, day) for day in range(1, 8)]
    assert [is_open_day(helsinki, day) for day in week] == [True, True, True, True, False, False, False]
    assert nth_open_day(helsinki, week[3], 1) == date(2027, 1, 4)


def test_assumption_day_closes_only_where_the_programme_says_so() -> None:
    day = date(2028, 8, 15)
    bavaria = calendar("DE", country="DE", subdivision="BY")
    catholic = calendar("DE", country="DE", subdivision="BY", categories=("catholic",))
    assert is_open_day(bavaria, day)
    assert not is_open_day(catholic, day)


def test_a_category_that_a_country_does_not_have_closes_nothing() -> None:
    assert is_open_day(calendar("FI", country="FI", categories=("catholic",)), date(2028, 8, 15))


@pytest.mark.parametrize(("day", "closes"), [(date(2027, 3, 8), 13), (date(2027, 10, 28), 13), (date(2027, 3, 5), 16)])
def test_half_days_of_turkiye_end_at_one(day: date, closes: int) -> None:
    istanbul = calendar("TR", country="TR")
    last = moment(istanbul, day, time(closes))
    assert is_open(istanbul, last - timedelta(seconds=1))
    assert not is_open(istanbul, last)


days = st.dates(date(2026, 12, 1), date(2028, 1, 31))
ranges = st.builds(lambda first, length: DayRange(first, first + timedelta(days=length)), days, st.integers(0, 21))
calendars = st.builds(
    lambda country, closed: calendar(country, country=country, closed=tuple(closed)),
    st.sampled_from(sorted(CITIES)),
    st.lists(ranges, max_size=3),
)
instants = st.datetimes(datetime(2026, 12, 1), datetime(2028, 1, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(calendars, instants, st.timedeltas(timedelta(0), timedelta(days=30)))
def test_a_later_wish_is_never_delivered_earlier(one: Calendar, at: datetime, later: timedelta) -> None:
    assert next_open(one, at) <= next_open(one, at + later)


@given(calendars, days, st.integers(1, 10), st.integers(1, 10))
def test_more_open_days_end_later(one: Calendar, day: date, n: int, more: int) -> None:
    assert nth_open_day(one, day, n) < nth_open_day(one, day, n + more)
    assert nth_open_day(one, nth_open_day(one, day, n), more) == nth_open_day(one, day, n + more)


@given(calendars, days, st.integers(1, 10), st.integers(0, 30))
def test_counting_from_a_later_day_never_ends_earlier(one: Calendar, day: date, n: int, later: int) -> None:
    assert nth_open_day(one, day, n) <= nth_open_day(one, day + timedelta(days=later), n)


@given(calendars, ranges, instants)
def test_days_away_only_ever_close(one: Calendar, away: DayRange, at: datetime) -> None:
    more = calendar(_country(one), country=one.country, closed=(*one.closed, away))
    assert not is_open(more, at) or is_open(one, at)
    assert next_open(more, at) >= next_open(one, at)


def _country(one: Calendar) -> str:
    return next(country for country, zone in CITIES.items() if zone == one.zone.key)
