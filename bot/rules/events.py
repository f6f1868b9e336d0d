"""Whether a draft can be announced, when answers close and reminders come, and who cannot be told in time (R19)."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.facts.events import NEED_A_ROLE, Draft, Mistake
from bot.rules.links import is_link
from bot.rules.open_time import Calendar, NeverOpen, moment, next_open
from bot.rules.tables import FORMULA

TITLE_AT_MOST: Final = 150
WORDS_AT_MOST: Final = 150
CAPACITY_AT_MOST: Final = 10_000
LATEST: Final = timedelta(days=400)
USUALLY_LASTS: Final = timedelta(hours=1)
TIME_TO_ANSWER: Final = timedelta(days=1)
"""Whoever comes back from a break has at least this day to answer."""
_CALLS_EVERYBODY: Final = ("<!channel", "<!here", "<!everyone", "<!subteam", "@channel", "@here", "@everyone")
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True)
class When:
    """The moments of a sound draft, in UTC; answers close at the end of a day, by the organiser's clock."""

    starts_at: datetime
    ends_at: datetime
    closes_at: datetime


def when(draft: Draft) -> When | None:
    """The moments of a draft that names a day and a beginning; without a day to answer by, answers close at the start.

    An end before the beginning is kept as it is: `mistakes` finds it.
    """
    if draft.on is None or draft.begins is None:
        return None
    clock = _clock(draft.zone)
    starts_at = moment(clock, draft.on, draft.begins)
    ends_at = moment(clock, draft.on, draft.ends) if draft.ends else starts_at + USUALLY_LASTS
    closes_at = moment(clock, draft.reply_by + _DAY, time(0)) if draft.reply_by else starts_at
    return When(starts_at, ends_at, min(closes_at, starts_at))


def mistakes(draft: Draft, now: datetime, taken: Mapping[str, int] | None = None) -> tuple[Mistake, ...]:
    """Everything that is wrong in a draft, at most one thing for each field.

    `taken` are the places given out already in each region, for an event that is changed: they stay with whom they
    were given to.
    """
    found: dict[str, Mistake] = {}
    for mistake in (*_of_words(draft), *_of_time(draft, now), *_of_audience(draft), *_of_capacity(draft, taken or {})):
        found.setdefault(mistake.field, mistake)
    return tuple(found.values())


def may_go_out_at(draft: Draft, at: datetime | None, now: datetime) -> bool:
    """Whether an announcement may wait for this moment: it is ahead, and there is time left to answer."""
    times = when(draft)
    return at is not None and times is not None and now < at < times.closes_at


def capacity_of(draft: Draft) -> int | None:
    """The places of a sound draft; None when there is room for everybody."""
    return int(draft.capacity) if draft.capacity.strip() else None


def too_late(calendars: Sequence[Calendar], since: datetime, closes_at: datetime) -> int:
    """How many of these people have no open minute before the answers close."""
    counted = Counter(calendars)
    return sum(count for one, count in counted.items() if (opens := _opens(one, since)) is None or opens >= closes_at)


def better_close_on(
    calendars: Sequence[Calendar], since: datetime, starts_at: datetime, closes_at: datetime, zone: ZoneInfo
) -> date | None:
    """The first day to answer by on which more people could be told, most of all; None when waiting helps nobody."""
    openings = [opens for one in set(calendars) if (opens := _opens(one, since)) is not None]
    last = starts_at.astimezone(zone).date() - _DAY
    helped = [
        day
        for opens in openings
        if opens >= closes_at and (day := (opens + TIME_TO_ANSWER).astimezone(zone).date()) <= last
    ]
    return max(helped, default=None)


def _of_words(draft: Draft) -> Iterator[Mistake]:
    title = draft.title.strip()
    if not title:
        yield Mistake("title", "title_missing")
    if any(call in title.lower() for call in _CALLS_EVERYBODY):
        yield Mistake("title", "title_calls_everybody")
    if title.startswith(FORMULA):
        yield Mistake("title", "title_is_a_formula", title[:1])
    if len(title) > TITLE_AT_MOST:
        yield Mistake("title", "title_too_long", str(len(title)))
    yield from _of_details(draft)


def _of_details(draft: Draft) -> Iterator[Mistake]:
    for field in ("place", "planned_role", "time_covered_by"):
        if len(getattr(draft, field)) > WORDS_AT_MOST:
            yield Mistake(field, "words_too_long")
    if draft.link and not is_link(draft.link):
        yield Mistake("link", "link_is_none")
    if draft.kind in NEED_A_ROLE and not draft.planned_role:
        yield Mistake("planned_role", "role_missing")
    if draft.kind in NEED_A_ROLE and not draft.time_covered_by:
        yield Mistake("time_covered_by", "time_not_covered")


def _of_time(draft: Draft, now: datetime) -> Iterator[Mistake]:
    if draft.unreadable_day:
        yield Mistake("on", "day_does_not_exist", draft.unreadable_day)
    if draft.on is None:
        yield Mistake("on", "day_missing")
    elif draft.weekday is not None and draft.on.weekday() != draft.weekday:
        yield Mistake("on", "weekday_does_not_fit", on=draft.on)
    if draft.begins is None:
        yield Mistake("begins", "begins_missing")
    times = when(draft)
    if times is not None and draft.on is not None:
        yield from _of_moments(times, draft.on, draft, now)


def _of_moments(times: When, on: date, draft: Draft, now: datetime) -> Iterator[Mistake]:
    if times.ends_at <= times.starts_at:
        yield Mistake("ends", "ends_before_it_begins")
    if times.starts_at <= now:
        yield Mistake("on", "is_over")
    if times.starts_at > now + LATEST:
        yield Mistake("on", "too_far_away")
    if draft.reply_by is not None and draft.reply_by > on:
        yield Mistake("reply_by", "reply_by_after_the_start")
    if draft.reply_by is not None and draft.reply_by < now.astimezone(ZoneInfo(draft.zone)).date():
        yield Mistake("reply_by", "reply_by_is_over")


def _of_audience(draft: Draft) -> Iterator[Mistake]:
    for field, name, unknown in (
        ("regions", "region_unknown", draft.unknown_regions),
        ("fields", "field_unknown", draft.unknown_fields),
        ("institutions", "institution_unknown", draft.unknown_institutions),
    ):
        if unknown:
            yield Mistake(field, name, ", ".join(unknown)[:60])


def _of_capacity(draft: Draft, taken: Mapping[str, int]) -> Iterator[Mistake]:
    typed = draft.capacity.strip()
    if not typed:
        return
    if not typed.lstrip("-").isdecimal() or len(typed) > 6:
        yield Mistake("capacity", "capacity_is_no_number")
    elif not 1 <= int(typed) <= CAPACITY_AT_MOST:
        yield Mistake("capacity", "capacity_too_small")
    else:
        most = max(taken.values(), default=0) if draft.is_per_region else sum(taken.values())
        if int(typed) < most:
            yield Mistake("capacity", "places_are_taken", str(most))


def _clock(zone: str) -> Calendar:
    return Calendar(ZoneInfo(zone), time(0), time(23, 59))


def _opens(calendar: Calendar, since: datetime) -> datetime | None:
    try:
        return next_open(calendar, since).astimezone(UTC)
    except NeverOpen:
        return None
