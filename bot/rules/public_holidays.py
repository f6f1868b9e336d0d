"""The public holidays of a country, from the `holidays` library."""

from datetime import date
from functools import lru_cache


@lru_cache(maxsize=1024)
def days_of(country: str, subdivision: str | None, year: int, category: str) -> frozenset[date]:
    """The days of one year in one category; none for a country the library does not know.

    `country` is ISO 3166-1 alpha-2, `subdivision` and `category` are as the library names them ("BY"; "public").
    """
    if len(country) != 2:
        # No ISO code; the library would take some longer words for names of its own.
        return frozenset()
    # Imported only when first asked: the library takes half a second to load (docs/figures.md).
    import holidays

    try:
        return frozenset(holidays.country_holidays(country, subdivision, years=year, categories=(category,)))
    except NotImplementedError:
        # An unknown part of a known country has at least that country's holidays.
        return days_of(country, None, year, category) if subdivision else frozenset()
    except ValueError:
        # The country is known and has no such category.
        return frozenset()


def load() -> None:
    """Loads the library now, so that nobody waits for it in the middle of a conversation."""
    days_of("FI", None, 2027, "public")
