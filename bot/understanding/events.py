"""Read an announcement in one line: title, kind, day and time, where, for whom, how many, and answers until when.

"Sähköopettajien aamukahvit ti 16.2. 8.30-9.15 uusimaa, pirkanmaa, max 12 / alue, ilmottaudu 12.2. mennessä, teams": the
words before the first of these are the title.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from functools import cache
from importlib.resources import files
from typing import Any, Final

from bot.understanding.calendar_days import ending_next
from bot.understanding.days import Ahead, Date, Named, Weekday, find_days, folded, joins_a_range, weekdays_meant
from bot.understanding.patterns import INFLECTED
from bot.understanding.regions import RegionRecogniser
from bot.understanding.terms import Found, TermIndex
from bot.understanding.words import fold, words_of

READ_AT_MOST: Final = 1_000
"""Characters of a line that are looked into at once."""
KEPT_AT_MOST: Final = 10_000
"""Characters of a line."""
_NEAR_WORDS: Final = 4
"""Words between "reply by" and its day."""
_LINK: Final = re.compile(r"<?\b([a-z][a-z0-9+.-]{0,20}://[^\s>|]+)(?:\|[^>]*)?>?", re.IGNORECASE)
_TO: Final = r"\s*(?:-|–|—|to|bis|til|ile)\s*"
_AT: Final = r"(?:klo|kello|kl\.?|um|von|saat|at|from|fra)\s*"
_CLOCK: Final = r"\d{1,2}[.:]\d{2}(?![\d.]|:\d)"
_TIMES: Final = (
    re.compile(rf"(?<![\d.:])(?:{_AT})?(?P<a>{_CLOCK}){_TO}(?P<b>\d{{1,2}}(?:[.:]\d{{2}})?)(?![\d.])(?:\s*uhr)?"),
    re.compile(rf"(?<![\d.:])(?P<a>\d{{1,2}}){_TO}(?P<b>\d{{1,2}}[.:]\d{{2}})(?![\d.])(?:\s*uhr)?"),
    re.compile(
        rf"(?<![a-z]){_AT}(?P<a>\d{{1,2}}(?:[.:]\d{{2}})?)(?:{_TO}(?P<b>\d{{1,2}}(?:[.:]\d{{2}})?))?(?![\d.:/])(?:\s*uhr)?"
    ),
    re.compile(rf"(?<![\d.:])(?P<a>\d{{1,2}}){_TO}(?P<b>\d{{1,2}})\s*uhr"),
    re.compile(r"(?<![\d.:])(?P<a>\d{1,2}:\d{2})(?![\d:])(?:\s*uhr)?"),
)
_PART: Final = re.compile(r"[,;]")


@dataclass(frozen=True)
class ReadEvent:
    """What a line says, as far as it is understood; `weekday` is the one named beside the day (0 is Monday).

    `unreadable_day` is a day that no calendar has, such as "31.2."; `capacity` is as it was typed.
    """

    title: str
    kind: str = "other"
    on: date | None = None
    weekday: int | None = None
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    link: str = ""
    regions: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    capacity: str = ""
    is_per_region: bool = False
    reply_by: date | None = None
    officiality: str = "semi_official"
    unreadable_day: str = ""


@dataclass(frozen=True)
class _Span:
    begins: int
    ends: int


def read_event(
    text: str, today: date, language: str, regions: RegionRecogniser, institutions: Sequence[str] = ()
) -> ReadEvent:
    """Read one line; `today` is the writer's own day, `institutions` are those the programme knows."""
    whole = " ".join(text[:KEPT_AT_MOST].split())
    read = _read(whole[:READ_AT_MOST], today, language, regions, institutions)
    if read.on is not None or len(whole) <= READ_AT_MOST:
        return read
    # The title fills everything that was read. It is kept as long as it is, and when and where stand behind it.
    end = _read(whole[-READ_AT_MOST:], today, language, regions, institutions)
    return replace(end, title=whole[:-READ_AT_MOST] + end.title)


def _read(typed: str, today: date, language: str, regions: RegionRecogniser, institutions: Sequence[str]) -> ReadEvent:
    link = _LINK.search(typed)
    plain = typed[: link.start()] + " " * (link.end() - link.start()) + typed[link.end() :] if link else typed
    line = folded(plain)
    clock = _clock(line)
    # "8.30" would be read as a day, so times are taken out first; every place in the line stays where it is.
    days = _Days.read(_blanked(line, clock[2]), today, language)
    capacity = _capacity().search(_blanked(line, clock[2]))
    spans = [*clock[2], *days.spans, *([_Span(*capacity.span())] if capacity else [])]
    if link:
        spans.append(_Span(link.start(), link.end()))
    online = _first(_index("online"), plain)
    return ReadEvent(
        title=_title(typed, line, spans, [one.region for one in regions.all_named(plain)]),
        kind=_first(_index("kinds"), plain) or "other",
        on=days.on,
        weekday=days.weekday,
        begins=clock[0],
        ends=clock[1],
        place=online or _place(plain, line),
        link=link.group(1) if link else "",
        regions=tuple(dict.fromkeys(one.region for one in regions.all_named(plain))),
        institutions=tuple(name for name in institutions if fold(name) in fold(plain)),
        roles=_all(_index("roles"), plain),
        languages=_all(_index("languages"), plain),
        capacity=(capacity.group("first") or capacity.group("second")) if capacity else "",
        is_per_region=bool(capacity and capacity.group("each")),
        reply_by=days.reply_by,
        officiality=_first(_index("officialities"), plain) or "semi_official",
        unreadable_day=days.unreadable,
    )


def words_of_a_field(title: str) -> str:
    """The words of a title in which a field may be named, without those that only say what kind of event it is."""
    index = _index("everyday")
    taken = {place for kinds in (index, _index("kinds")) for seen in kinds.find(title) for place in _places_of(seen)}
    return " ".join(word.typed for place, word in enumerate(words_of(title)) if place not in taken)


@dataclass(frozen=True)
class _Days:
    """The day of the event and the day to answer by, and where they stand."""

    on: date | None
    weekday: int | None
    reply_by: date | None
    unreadable: str
    spans: tuple[_Span, ...]

    @classmethod
    def read(cls, line: str, today: date, language: str) -> "_Days":
        """The first day that is no deadline is that of the event."""
        named = [one for one in find_days(line, language) if isinstance(one.name, Date | Weekday | Ahead)]
        dates = [one for one in named if isinstance(one.name, Date)]
        deadlines = [one for one in dates if _is_deadline(line, one, dates)]
        own = [one for one in dates if one not in deadlines]
        loose = [one for one in named if not isinstance(one.name, Date) and not own]
        event = next(iter(own or loose), None)
        on = _day(event, today)
        reply_by = _day(deadlines[0], today) if deadlines else None
        if on and reply_by and reply_by > on and isinstance(deadlines[0].name, Date) and deadlines[0].name.year is None:
            # "by 20.12." for an event in January lies before it, not a year after.
            earlier = ending_next(deadlines[0].name, today)
            reply_by = earlier.starts_on if earlier else reply_by
        unreadable = line[event.begins : event.ends].strip() if event and on is None else ""
        before = _weekday_beside(line, event, language) if event and isinstance(event.name, Date) else None
        meant = before[1] if before else frozenset()
        weekday = None if not meant or on is None else (on.weekday() if on.weekday() in meant else min(meant))
        spans = [_Span(one.begins, one.ends) for one in (*own, *deadlines, *loose)] + ([before[0]] if before else [])
        spans += [_Span(one.begins - back, one.begins) for one in deadlines if (back := _words_before(line, one))]
        return cls(on, weekday, reply_by, unreadable, tuple(spans))


def _day(named: Named | None, today: date) -> date | None:
    days = ending_next(named.name, today) if named else None
    if days is None and named and isinstance(named.name, Date) and named.name.year and named.name.month:
        # A day with its year that is over is a day all the same; that it is over is said elsewhere.
        try:
            return date(named.name.year, named.name.month, named.name.day)
        except ValueError:
            return None
    return days.starts_on if days else None


def _is_deadline(line: str, one: Named, dates: Sequence[Named]) -> bool:
    """Whether a word such as "by" stands before this day, in its part of the line, or "mennessä" behind it."""
    previous = max((other.ends for other in dates if other.ends <= one.begins), default=0)
    if joins_a_range(line[previous : one.begins]) and previous:
        return False
    before = _PART.split(line[previous : one.begins])[-1].split()[-_NEAR_WORDS:]
    after = _PART.split(line[one.ends :])[0].split()[:2]
    return _has(before, "before") or _has(after, "after")


def _has(words: Sequence[str], side: str) -> bool:
    together = " ".join(words)
    return any(re.search(pattern, together) for pattern in _patterns(_listed()["reply_by"][side]))


def _words_before(line: str, one: Named) -> int:
    """How many characters before a deadline belong to it ("ilmottaudu ")."""
    part = _PART.split(line[: one.begins])[-1]
    words = part.split()[-_NEAR_WORDS:]
    first = next((place for place, word in enumerate(words) if _has([word], "before")), None)
    return len(part) - part.rfind(words[first]) if first is not None else 0


def _weekday_beside(line: str, event: Named, language: str) -> tuple[_Span, frozenset[int]] | None:
    """The weekday beside a day, with where it stands: "ti 16.2.", "Dienstag, 16.2.", "16 Şubat Salı"."""
    before = re.search(r"([^\W\d_]+)\.?,?\s*$", line[: event.begins])
    if before and (meant := weekdays_meant(before.group(1), language)):
        return _Span(before.start(), event.begins), meant
    after = re.match(r"\s*\(?([^\W\d_]{4,})", line[event.ends :])
    if after and (meant := weekdays_meant(after.group(1))):
        return _Span(event.ends, event.ends + after.end()), meant
    return None


def _clock(line: str) -> tuple[time | None, time | None, list[_Span]]:
    """When it begins and ends, and where that stands; the first sensible time in the line."""
    for pattern in _TIMES:
        for match in pattern.finditer(line):
            begins = _time(match.group("a"))
            if begins is None or _is_a_day(match):
                continue
            second = match.groupdict().get("b")
            return begins, _time(second) if second else None, [_Span(*match.span())]
    return None, None, []


def _is_a_day(match: re.Match[str]) -> bool:
    """Whether "12.02" alone is more likely a day: written with a dot, no word for a time before it, no end after."""
    return "." in match.group("a") and match.group().strip() == match.group("a")


def _time(written: str) -> time | None:
    hour, _, minute = written.replace(".", ":").partition(":")
    try:
        return time(int(hour), int(minute or 0))
    except ValueError:
        return None


def _blanked(line: str, spans: Iterable[_Span]) -> str:
    for one in spans:
        line = line[: one.begins] + "\0" * (one.ends - one.begins) + line[one.ends :]
    return line


def _title(typed: str, line: str, spans: Sequence[_Span], regions: Sequence[str]) -> str:
    """The words before the first thing that was read; when the line begins with such a thing, those behind it."""
    # Folding keeps spaces, so words can be counted in one spelling and taken from the other.
    taken = {place for span in spans for place in _word_places(line, span)}
    words = typed.split()
    free = [place not in taken for place in range(len(words))]
    first = next((place for place, is_free in enumerate(free) if is_free), None)
    if first is None:
        return ""
    last = next((place for place in range(first, len(words)) if not free[place]), len(words))
    run = words[first:last]
    if last == len(words) or first:
        # Nothing ends the title but a comma.
        run = " ".join(run).split(",")[0].split()
    return " ".join(run).strip(" ,;:–-")


def _places_of(seen: Found[str]) -> range:
    # "Sähköopettajien aamukahvit": only whole words go, so that a field inside a longer one is still read.
    return range(seen.first, seen.last + 1) if seen.certainty >= INFLECTED else range(0)


def _word_places(line: str, span: _Span) -> Iterator[int]:
    first = len(line[: span.begins].split())
    if span.begins and not line[span.begins - 1].isspace() and not line[span.begins].isspace():
        first -= 1
    inside = line[span.begins : span.ends].split()
    yield from range(first, first + len(inside))


def _place(plain: str, line: str) -> str:
    """What follows a word for "place": "paikka: Siltaranta, luokka 12"."""
    found = re.search(r"(?:paikka|place|ort|sted|yer)\s*:\s*([^,;]+)", line)
    return " ".join(plain[found.start(1) : found.end(1)].split()) if found and len(plain) == len(line) else ""


def _first(index: TermIndex[str], text: str) -> str | None:
    found = [seen for seen in index.find(text) if seen.certainty > 0.9]
    return found[0].meaning if found else None


def _all(index: TermIndex[str], text: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(seen.meaning for seen in index.find(text)))


@cache
def _capacity() -> re.Pattern[str]:
    words = _listed()["capacity"]
    before, after = _any_of(words["before"]), _any_of(words["after"])
    each = rf"(?P<each>\s*(?:{_any_of(words['per'])})\s*(?:{_any_of(words['each_region'])})\w*)?"
    number = r"-?\d{1,6}"
    return re.compile(
        rf"(?<!\w)(?:(?:{before})\.?\s*(?P<first>{number})(?![\d.:])(?:\s*(?:{after})\b)?"
        rf"|(?P<second>{number})\s*(?:{after})\b"
        rf"){each}"
    )


@cache
def _index(kind: str) -> TermIndex[str]:
    return TermIndex((word, meaning) for meaning, words in _listed()[kind].items() for word in words)


@cache
def _listed() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("data/events.toml").read_text(encoding="utf-8"))


def _patterns(words: Sequence[str]) -> list[str]:
    return [
        rf"(?<![a-z]){re.escape(fold(word.rstrip('*')))}{'' if word.endswith('*') else '(?![a-z])'}" for word in words
    ]


def _any_of(words: Sequence[str]) -> str:
    return "|".join(re.escape(fold(word)).replace(r"\ ", r"\s+") for word in sorted(words, key=len, reverse=True))
