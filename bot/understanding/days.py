"""Find the days a text names: dates, weeks, weekdays, months, lengths of time; in five languages.

A name is not a day yet: "15.3." has no year and "week 10" comes round again. `bot.understanding.calendar_days` gives
a name its days, once it is clear what it begins or ends.
"""

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.understanding.words import fold

APOSTROPHES: Final = re.compile("[’ʼ`´]")
_ORDINAL: Final = r"(?:\.|st\b|nd\b|rd\b|th\b|'[a-z]+)?"
_SUFFIX: Final = r"(?:'[a-z]+)?"
_YEAR: Final = r"(?:,?\s+(?P<{0}>20\d\d))?"
# After a number, these make it a number of people: "week 10, 2 contacts are enough".
_PEOPLE: Final = (
    r"(?!\s+(?:pers|peop|contact|kontakt|henkil|ihmi|opiskel|student|studier|kisi|ogren|baglan|tyyp|leute))"
)

# Endings that say as much as a word of its own: maanantaista, keskiviikkoon, Mart'tan, pazartesiden.
_SAYS_FROM: Final = re.compile(r"(?:taista|viikosta|[a-z']{3}[dt][ae]n)$")
_SAYS_UNTIL: Final = re.compile(r"(?:taihin|viikkoon)$")


@dataclass(frozen=True)
class Date:
    """A day of a month; without a year it is the next one to come, without a month that of the day after it."""

    day: int
    month: int | None
    year: int | None = None


@dataclass(frozen=True)
class Week:
    """An ISO week."""

    number: int


@dataclass(frozen=True)
class Weekday:
    """Monday is 0."""

    number: int


@dataclass(frozen=True)
class Month:
    """A whole month."""

    number: int


@dataclass(frozen=True)
class Ahead:
    """Days counted from today: today itself is (0, 0)."""

    first: int
    last: int


@dataclass(frozen=True)
class WeekAhead:
    """This calendar week (0) or the next one (1)."""

    weeks: int


@dataclass(frozen=True)
class Length:
    """So many days in a row, from a day that is named elsewhere or from today."""

    days: int


Name = Date | Week | Weekday | Month | Ahead | WeekAhead | Length


@dataclass(frozen=True)
class Named:
    """A name of days in a folded text: where it stands, and whether its own ending says "from" or "until"."""

    name: Name
    begins: int
    ends: int
    is_start: bool = False
    is_end: bool = False


def folded(text: str) -> str:
    """The spelling in which days are looked for; places in it are what `Named` counts."""
    return APOSTROPHES.sub("'", fold(text))


def find_days(text: str, language: str | None = None) -> tuple[Named, ...]:
    """The days that a folded text names, in order.

    Short forms of weekdays are read in the given language only: "to" is Thursday in Finnish and not in English.
    """
    found: list[Named] = []
    for match in _pattern(language).finditer(text):
        found += _READERS[str(match.lastgroup)](match)
    return tuple(found)


def joins_a_range(between: str) -> bool:
    """Whether the words between two names make them the two ends of one range ("-", "to", "bis")."""
    return _joining("to").fullmatch(between) is not None


def weekdays_meant(word: str, language: str | None = None) -> frozenset[int]:
    """The weekdays that a folded word right before a date may mean (0 is Monday); none when it is no such word.

    A short form of the given language, or else of any other: "ti 16.2." is a Tuesday whoever reads it.
    """
    full = {day for day, names in enumerate(_listed()["weekdays"]) if re.fullmatch(_any_of(names), word)}
    own = [day for day, short in enumerate(_listed()["abbreviations"].get(language or "", ())) if fold(short) == word]
    others = [names.index(word) for names in map(_folded, _listed()["abbreviations"].values()) if word in names]
    return frozenset(full or own or others)


def numbers(language: str | None = None) -> Mapping[str, int]:
    """Words for small numbers, folded. A word that means something else elsewhere counts in its own language only."""
    only_in = {"on": "tr", "to": "nb", "fire": "nb"}
    return {word: number for word, number in _every_number().items() if only_in.get(word, language) == language}


def _folded(words: Iterable[str]) -> list[str]:
    return [fold(word) for word in words]


@cache
def _every_number() -> dict[str, int]:
    lists = _listed()["numbers"].values()
    return {fold(word): number for words in lists for number, word in enumerate(words)}


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data/days.toml").read_text(encoding="utf-8"))


@cache
def _joining(kind: str) -> re.Pattern[str]:
    """The words between two names: one joining word, and nothing else but articles and the like."""
    return re.compile(rf"\s*(?:{_any_of(_words(kind))})\s*(?:(?:the|den|dem|am|zum|on|og med)\s+)?")


@cache
def _pattern(language: str | None) -> re.Pattern[str]:
    """Every way of naming days, the more exact ones first. The last named group tells which one it is."""
    week, month = _any_of(_words("week")), _any_of(word for names in _listed()["months"] for word in names)
    long_month = _any_of(word for names in _listed()["months"] for word in names if len(word.strip("*")) > 3)
    to, both = _any_of(_words("to")), _any_of([*_words("to"), "und", "ja", "and", "og", "ve"])
    more = rf"\s*(?:{_any_of([*_words('to'), *_words('and')])})\s*\d{{1,2}}"
    number = _any_of(numbers(language))
    date = rf"(?:\d{{1,2}}\.\s?\d{{1,2}}(?!\d)|\d{{1,2}}{_ORDINAL}\s*(?:{month})\b)"
    ways = (
        r"(?P<iso>\b20\d\d-\d\d-\d\d\b)",
        rf"(?P<day>(?<![\d.])\d{{1,2}}{_ORDINAL}(?=\s*(?:{both})\s*{date}))",
        rf"(?P<week_before>(?<![\d.])\d{{1,2}}(?:\.?{more})?\.\s*(?:{week})(?![a-z]))",
        rf"(?P<in_week>(?<![\d.])\d{{1,2}}(?:{more})?\s+(?:{_any_of(_words('in_week'))})(?![a-z]))",
        rf"(?P<dotted>(?<![\d.])\d{{1,2}}\.\s?\d{{1,2}}(?:\.(?:20)?\d\d(?!\d)|\.\s20\d\d|\.(?!\d)|(?![\d.])){_SUFFIX})",
        r"(?P<slashed>(?<![\d/])\d{1,2}/\d{1,2}(?:/(?:20)?\d\d)?(?![\d/]))",
        rf"(?P<day_month>(?<![\d.])\d{{1,2}}{_ORDINAL}\s*(?:of\s+|paiva\s+)?(?:{month})(?![a-z]){_SUFFIX}{_YEAR.format('y1')})",
        rf"(?P<month_day>(?<![a-z])(?:{month})\s+\d{{1,2}}(?![\d]){_ORDINAL}"
        rf"(?:\s*(?:{to})\s*\d{{1,2}}(?!\d|\.\s?\d){_ORDINAL})?{_YEAR.format('y2')})",
        rf"(?P<weeks>(?<![a-z\d])(?:{week})\.?:?\s*\d{{1,2}}(?!\d|\.\s?\d){_PEOPLE}(?:{more}(?!\d|\.\s?\d){_PEOPLE})*)",
        rf"(?P<weeks_long>(?<![a-z\d.])(?:\d{{1,2}}|{number})\s+(?:{_any_of(_words('weeks_long'))})(?![a-z\d]))",
        rf"(?P<days_long>(?<![a-z\d.])(?:\d{{1,2}}|{number})\s+(?:{_any_of(_words('days_long'))})(?![a-z\d]))",
        *(
            rf"(?P<{kind}>(?<![a-z])(?:{_any_of(_words(kind))})(?![a-z]))"
            for kind in ("today", "tomorrow", "this_week", "next_week")
        ),
        rf"(?P<weekday>(?<![a-z])(?:{_any_of(_weekdays(language))})(?![a-z]){_SUFFIX})",
        rf"(?P<month>(?<![a-z])(?:(?:in|im|i(?!\s+may)|koko|whole|ganzen|hele)\s+(?:{month})|{long_month})(?![a-z]){_SUFFIX})",
    )
    return re.compile("|".join(ways))


def _words(kind: str) -> list[str]:
    return list(_listed()["words"][kind])


def _weekdays(language: str | None) -> dict[str, int]:
    """Every word for a weekday that counts in this language, folded, a star for an open end."""
    full = {fold(word): day for day, names in enumerate(_listed()["weekdays"]) for word in names}
    short = _listed()["abbreviations"].get(language or "", ())
    return full | {fold(word): day for day, word in enumerate(short)}


def _any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest first, written as in the data files."""
    written = sorted({fold(word) for word in words}, key=len, reverse=True)
    return "|".join(re.escape(word).replace(r"\*", "[a-z]*").replace(r"\ ", r"\s+") for word in written)


def _one(match: re.Match[str], name: Name) -> Iterator[Named]:
    yield Named(name, match.start(), match.end())


def _weeks(match: re.Match[str]) -> Iterator[Named]:
    """One name for each number; what stands between them tells whether they are a range."""
    found = list(re.finditer(r"\d+", match.group()))
    for number in found:
        begins = match.start() + (0 if number is found[0] else number.start())
        ends = match.end() if number is found[-1] else match.start() + number.end()
        yield Named(Week(int(number.group())), begins, ends)


def _iso(match: re.Match[str]) -> Iterator[Named]:
    year, month, day = (int(part) for part in match.group().split("-"))
    return _one(match, Date(day, month, year))


def _digits(match: re.Match[str]) -> list[int]:
    return [int(part) for part in re.findall(r"\d+", match.group())]


def _numeric(match: re.Match[str]) -> Iterator[Named]:
    day, month, *year = _digits(match)
    if month > 12 >= day:
        day, month = month, day
    full = (year[0] if year[0] > 99 else 2000 + year[0]) if year else None
    return _one(match, Date(day, month, full))


def _day(match: re.Match[str]) -> Iterator[Named]:
    return _one(match, Date(_digits(match)[0], None))


def _day_month(match: re.Match[str]) -> Iterator[Named]:
    day, *year = _digits(match)
    name = Date(day, _month_in(match.group()), year[-1] if year else None)
    yield Named(name, match.start(), match.end(), is_start=_SAYS_FROM.search(match.group()) is not None)


def _month_day(match: re.Match[str]) -> Iterator[Named]:
    year = int(match.group("y2")) if match.group("y2") else None
    month = _month_in(match.group())
    places = [place for place in re.finditer(r"\d+", match.group()) if len(place.group()) < 3]
    for index, place in enumerate(places):
        begins = match.start() + (0 if index == 0 else place.start())
        ends = match.end() if index == len(places) - 1 else match.start() + place.end()
        yield Named(Date(int(place.group()), month, year), begins, ends)


def _month_in(text: str) -> int:
    for number, names in enumerate(_listed()["months"], start=1):
        if re.search(rf"(?<![a-z])(?:{_any_of(names)})(?![a-z])", text):
            return number
    raise ValueError("the pattern matched a month that is not listed")


def _weekday(match: re.Match[str]) -> Iterator[Named]:
    word = match.group().split("'")[0]
    number = next(day for day, names in enumerate(_all_weekdays()) if re.fullmatch(_any_of(names), word))
    is_start, is_end = _SAYS_FROM.search(match.group()), _SAYS_UNTIL.search(match.group())
    yield Named(Weekday(number), match.start(), match.end(), is_start is not None, is_end is not None)


@cache
def _all_weekdays() -> tuple[tuple[str, ...], ...]:
    short = _listed()["abbreviations"].values()
    return tuple((*names, *(words[day] for words in short)) for day, names in enumerate(_listed()["weekdays"]))


def _length(days_each: int, match: re.Match[str]) -> Iterator[Named]:
    first = match.group().split()[0]
    count = int(first) if first.isdecimal() else _every_number()[first]
    return _one(match, Length(max(1, count) * days_each))


_READERS: Final[Mapping[str, Callable[[re.Match[str]], Iterator[Named]]]] = {
    "iso": _iso,
    "day": _day,
    "dotted": _numeric,
    "slashed": _numeric,
    "day_month": _day_month,
    "month_day": _month_day,
    "week_before": _weeks,
    "in_week": _weeks,
    "weeks": _weeks,
    "weeks_long": lambda match: _length(7, match),
    "days_long": lambda match: _length(1, match),
    "today": lambda match: _one(match, Ahead(0, 0)),
    "tomorrow": lambda match: _one(match, Ahead(1, 1)),
    "this_week": lambda match: _one(match, WeekAhead(0)),
    "next_week": lambda match: _one(match, WeekAhead(1)),
    "weekday": _weekday,
    "month": lambda match: _one(match, Month(_month_in(match.group()))),
}
