"""Read when somebody is away, pauses or is back, and for how many contacts they have places, in their own words.

"Away" is days in a row with an end ("lomalla vk 10-11", "pause until 15.3.", "back on Monday"); a pause has none. What
is read here counts only after the person has said that it is right, so it reads generously where the days are clear.
"""

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Final

from bot.understanding.calendar_days import Days, between, ending_next, is_believable, joined
from bot.understanding.days import Date, Length, Named, find_days, folded, joins_a_range, numbers
from bot.understanding.terms import Found, TermIndex
from bot.understanding.wishes import asks_for_contact
from bot.understanding.words import folded_words

MOST_RANGES: Final = 8
MOST_PLACES: Final = 50
"""More contacts at a time than anybody has; the programme file allows no more either."""
_LONGEST_TEXT: Final = 60
_LONGEST_WITHOUT_DAYS: Final = 6
"""Words. Somebody who writes more has something else to say than that they pause."""
_LONGEST_ABOUT_PLACES: Final = 16
"""Words. Places count without being asked back, so a longer text, which may tell of anything, is not taken for them."""
_WORDS_BETWEEN: Final = 3
"""Between a word such as "until" and its day ("until the end of week 9")."""
_RETURN: Final = ("returning", "returned")
_KINDS: Final = frozenset({*_RETURN, "away", "perhaps_away", "pause", "capacity", "enough", "at_most"})
_MOST_DAYS: Final = 20
"""Names of days that are read in one text."""


@dataclass(frozen=True)
class Away:
    """Away on these days, in order and apart from each other."""

    ranges: tuple[Days, ...]


@dataclass(frozen=True)
class AwayUnclear:
    """Away, but it is not clear when: no days, an end before its start, days that are over or years ahead."""


@dataclass(frozen=True)
class PauseOpenEnded:
    """A pause until the person comes back."""


@dataclass(frozen=True)
class Back:
    """Here again, now."""


@dataclass(frozen=True)
class CapacityWanted:
    """So many contacts at a time, 0 to 50."""

    places: int


Reading = Away | AwayUnclear | PauseOpenEnded | Back | CapacityWanted


def may_concern_away(text: str) -> bool:
    """Whether a text has any word of this kind at all: quickly said of the many that have none."""
    return any(seen.meaning in _KINDS for seen in _away_words().find(text))


def read_away(text: str, today: date, language: str | None = None) -> tuple[Reading, ...]:
    """What a text says of days away and of places for contacts; nothing when it is about something else.

    `today` is the person's own day, `language` the one they usually write; it decides only about short words that mean
    something else elsewhere.
    """
    words = folded_words(text)
    if not 0 < len(words) <= _LONGEST_TEXT or asks_for_contact(text):
        return ()
    said = _Said.read(text, language)
    if said.is_a_question:
        return ()
    capacity = _capacity(said, language)
    absence = _absence(said, today, len(words), leaves_open=capacity is None)
    return tuple(reading for reading in (absence, capacity) if reading is not None)


@dataclass(frozen=True)
class _Said:
    """A text whose days are set aside as one word each; `places` says where among the words each of them stands."""

    text: str
    days: tuple[Named, ...]
    places: tuple[int, ...]
    words: tuple[str, ...]
    found: tuple[Found[str], ...]

    @classmethod
    def read(cls, text: str, language: str | None) -> "_Said":
        plain = folded(text)
        days = find_days(plain, language)[:_MOST_DAYS]
        pieces, at = [], 0
        for index, named in enumerate(days):
            pieces += [plain[at : named.begins], f" {_stand_in(index)} "]
            at = named.ends
        rest = "".join([*pieces, plain[at:]])
        words = folded_words(rest)
        read = [word for word in words if word.startswith(_stand_in(0)[:-1])]
        places = tuple(words.index(word) for word in read)
        return cls(plain, days[: len(places)], places, words, _away_words().find(rest))

    @property
    def is_a_question(self) -> bool:
        asked = any(seen.meaning == "question" and seen.first == 0 for seen in self.found)
        return asked or ("?" in self.text and not self.days)

    def says(self, *kinds: str) -> bool:
        return any(seen.meaning in kinds for seen in self.found)

    def before(self, place: int, *kinds: str) -> bool:
        """Whether a word of this kind stands shortly before this place, with no day between them."""
        return any(seen.meaning in kinds and self.is_near(seen.last, place) for seen in self.found)

    def after(self, place: int, *kinds: str) -> bool:
        """Whether a word of this kind stands shortly after this place, with no day between them."""
        return any(seen.meaning in kinds and self.is_near(place, seen.first) for seen in self.found)

    def is_near(self, first: int, last: int) -> bool:
        """Whether the second place follows the first within a few words, with no day between them."""
        between_them = range(first + 1, last)
        return first < last and len(between_them) <= _WORDS_BETWEEN and not set(between_them) & set(self.places)

    def joins(self, index: int) -> bool:
        """Whether the words between this day and the one before it make the two a range."""
        earlier, later = self.days[index - 1], self.days[index]
        return index > 0 and joins_a_range(self.text[earlier.ends : later.begins])


def _absence(said: _Said, today: date, length: int, *, leaves_open: bool) -> Reading | None:
    back_on_a_day = any(_is_return(said, place) for place in said.places)
    if said.says("returned") and not back_on_a_day:
        return Back()
    away = said.says("away", "pause") or back_on_a_day
    if said.days and (away or said.says("perhaps_away")):
        return _away(said, today)
    if not away:
        return None
    if leaves_open and said.says("open_ended"):
        return PauseOpenEnded()
    if length > _LONGEST_WITHOUT_DAYS:
        return None
    return PauseOpenEnded() if said.says("pause") else AwayUnclear()


def _away(said: _Said, today: date) -> Reading:
    ranges = list(_ranges(said, today))
    clear = [days for days in ranges if days is not None and is_believable(days, today)]
    if not ranges or len(clear) < len(ranges) or len(ranges) > MOST_RANGES:
        return AwayUnclear()
    return Away(joined(clear))


def _ranges(said: _Said, today: date) -> Iterator[Days | None]:
    """The days named, two names to a range where they belong together; None for what makes no sense."""
    index = 0
    while index < len(said.days):
        following = index + 1
        if following < len(said.days) and _belong_together(said, following):
            days = _between(said, index, following, today)
            index += 2
        else:
            days = _alone(said, index, today)
            index += 1
        if days is not None and index < len(said.days) and _is_return(said, said.places[index]):
            # "Away in weeks 10 and 11, back on 22.3.": the day of return says when it ends.
            returns = ending_next(said.days[index].name, days.starts_on)
            days = Days(days.starts_on, returns.starts_on - timedelta(days=1)) if returns else None
            index += 1
        yield days


def _belong_together(said: _Said, later: int) -> bool:
    """Whether this day and the one before it are the two ends of a range."""
    if said.joins(later):
        return True
    first, second = said.days[later - 1], said.days[later]
    if isinstance(first.name, Date) and first.name.month is None:
        # "1. ja 5.3." are two days and not a range; such a day has no month of its own.
        return True
    if isinstance(first.name, Length):
        return _is_start(said, later)
    return _is_start(said, later - 1) and (_is_end(said, later) or isinstance(second.name, Length))


def _between(said: _Said, first: int, second: int, today: date) -> Days | None:
    one, other = said.days[first].name, said.days[second].name
    if isinstance(one, Length):
        # "Two weeks from Monday on".
        one, other = other, one
    return between(one, other, today)


def _alone(said: _Said, index: int, today: date) -> Days | None:
    named, place = said.days[index].name, said.places[index]
    days = ending_next(named, today)
    if days is None:
        return None
    if _is_return(said, place):
        return Days(today, days.starts_on - timedelta(days=1))
    if _is_end(said, index):
        return Days(today, days.ends_on)
    # A beginning without an end is asked about.
    return None if _is_start(said, index) else days


def _is_start(said: _Said, index: int) -> bool:
    place = said.places[index]
    return said.days[index].is_start or said.before(place, "from") or said.after(place, "from_after")


def _is_end(said: _Said, index: int) -> bool:
    place = said.places[index]
    return said.days[index].is_end or said.before(place, "until") or said.after(place, "until_after")


def _is_return(said: _Said, place: int) -> bool:
    """Whether a word of coming back belongs to this day: the one that follows it, else the one before it."""
    return said.before(place, *_RETURN) or any(
        seen.meaning in _RETURN
        and said.is_near(place, seen.first)
        and not any(said.is_near(seen.last, other) for other in said.places)
        for seen in said.found
    )


def _capacity(said: _Said, language: str | None) -> CapacityWanted | None:
    """A number beside "contacts" and "enough", or beside "capacity"."""
    known = numbers(language)
    counted = {place: _number(word, known) for place, word in enumerate(said.words) if place not in said.places}
    given = {place: number for place, number in counted.items() if number is not None and number <= MOST_PLACES}
    if len(said.words) > _LONGEST_ABOUT_PLACES:
        return None
    # "Max 2 contacts", or "2 contacts max".
    limited = any(seen.meaning == "at_most" and {seen.last + 1, seen.first - 2} & given.keys() for seen in said.found)
    kinds = ("capacity", "people") if limited or said.says("enough") else ("capacity",)
    beside = [seen for kind in kinds for seen in said.found if seen.meaning == kind]
    places = next((number for seen in beside if (number := _nearest(given, seen)) is not None), None)
    return None if places is None else CapacityWanted(places)


def _nearest(given: dict[int, int], seen: Found[str]) -> int | None:
    """The number that stands within two words of this one."""
    near = [place for place in given if seen.first - 2 <= place <= seen.last + 2]
    return given[min(near, key=lambda place: abs(place - seen.first))] if near else None


def _number(word: str, known: Mapping[str, int]) -> int | None:
    return int(word) if word.isdecimal() and len(word) < 4 else known.get(word)


def _stand_in(index: int) -> str:
    """A word that nobody writes, for a day that was set aside."""
    return f"qzday{chr(ord('a') + index)}"


@cache
def _away_words() -> TermIndex[str]:
    listed: dict[str, Sequence[str]] = tomllib.loads(
        files(__package__).joinpath("data/away.toml").read_text(encoding="utf-8")
    )
    return TermIndex((), ((word, kind) for kind, words in listed.items() for word in words))
