"""What is wrong in a programme although every key of it is right by itself."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from bot.programme.lines import Path

if TYPE_CHECKING:
    from bot.programme import Programme


def mistakes(programme: "Programme") -> Iterator[tuple[Path, str]]:
    """Each mistake as the key it is about and a sentence."""
    yield from _names_that_are_there_twice(programme)
    yield from _contacts_without_country(programme)
    yield from _unknown_categories(programme)


def _names_that_are_there_twice(programme: "Programme") -> Iterator[tuple[Path, str]]:
    seen: set[str] = set()
    for place, one in enumerate(programme.institutions):
        if one.name in seen:
            yield ("institutions", place, "name"), f"“{one.name}” is there twice"
        seen.add(one.name)


def _contacts_without_country(programme: "Programme") -> Iterator[tuple[Path, str]]:
    """A contact is offered to people of the institution's country; without one nobody would ever see them."""
    for place, one in enumerate(programme.institutions):
        if one.contact and one.country is None:
            yield ("institutions", place, "contact"), "country is needed beside it, such as country = “FI”"


def _unknown_categories(programme: "Programme") -> Iterator[tuple[Path, str]]:
    """Categories of public holidays that the country does not have; they would close no day and nobody would know."""
    for code, local in programme.countries.items():
        yield from _unknown_in(code, local.public_holidays.categories, ("countries", code))
    for place, one in enumerate(programme.institutions):
        country = one.public_holidays.country or one.country
        yield from _unknown_in(country, one.public_holidays.categories, ("institutions", place))


def _unknown_in(country: str | None, categories: tuple[str, ...], where: Path) -> Iterator[tuple[Path, str]]:
    if not categories:
        return
    # Imported only when somebody asks for more than the public days: the library takes half a second to load.
    import holidays

    known: tuple[str, ...] = ()
    if country in holidays.list_supported_countries():
        known = tuple(sorted(holidays.country_holidays(country).supported_categories))
    for category in categories:
        if category not in known:
            reason = f"“{category}” is no category of {country}; there are: {', '.join(known) or 'none'}"
            yield (*where, "public_holidays", "categories"), reason
