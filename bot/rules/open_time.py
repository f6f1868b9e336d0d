"""When a person may be written to: week, public holidays, the institution's breaks and days of their own (R2)."""

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.errors import SiltaError
from bot.rules import public_holidays

LOOK_AHEAD_DAYS = 370
SATURDAY = 5

# In Türkiye the day before a feast and before Republic Day is worked until one o'clock (domain.md 2.2).
HALF_DAY_CLOSES = {"TR": time(13)}

# Only in Germany do public holidays differ by region; elsewhere the country alone decides.
SUBDIVISIONS = {
    "DE": {
        "Baden-Württemberg": "BW",
        "Bayern": "BY",
        "Berlin": "BE",
        "Brandenburg": "BB",
        "Bremen": "HB",
        "Hamburg": "HH",
        "Hessen": "HE",
        "Mecklenburg-Vorpommern": "MV",
        "Niedersachsen": "NI",
        "Nordrhein-Westfalen": "NW",
        "Rheinland-Pfalz": "RP",
        "Saarland": "SL",
        "Sachsen": "SN",
        "Sachsen-Anhalt": "ST",
        "Schleswig-Holstein": "SH",
        "Thüringen": "TH",
    },
}


class NeverOpen(SiltaError):
    """This calendar has no open minute within the next 370 days."""


@dataclass(frozen=True)
class DayRange:
    """Days in a row, both ends included: a break of an institution, or somebody's days away."""

    starts_on: date
    ends_on: date

    def __contains__(self, day: date) -> bool:
        return self.starts_on <= day <= self.ends_on


@dataclass(frozen=True)
class Calendar:
    """Everything that decides whether a person's time is open.

    `opens` and `closes` are local wall times of Monday to Friday, `closes` itself is already closed. `country` is ISO
    3166-1 alpha-2 and `subdivision` as `subdivision_of` answers it; without a country there are no public holidays.
    `categories` are holidays beside the public ones that close a day here ("catholic": 15.8. in a part of Bavaria).
    """

    zone: ZoneInfo
    opens: time
    closes: time
    country: str | None = None
    subdivision: str | None = None
    closed: tuple[DayRange, ...] = ()
    categories: tuple[str, ...] = ()


def is_open(calendar: Calendar, at: datetime) -> bool:
    """Whether this person may be written to at this instant."""
    local = _local(calendar, at)
    closes = _closing_time(calendar, local.date())
    return closes is not None and calendar.opens <= local.time() < closes


def is_open_day(calendar: Calendar, day: date) -> bool:
    """Whether at least a part of this day is open; a half day counts."""
    return _closing_time(calendar, day) is not None


def next_open(calendar: Calendar, at: datetime) -> datetime:
    """The first open instant that is not before `at`, in UTC: `at` itself when it is open. Raises NeverOpen."""
    if is_open(calendar, at):
        return at.astimezone(UTC)
    today = _local(calendar, at).date()
    for day in _open_days(calendar, today):
        opening = moment(calendar, day, calendar.opens)
        # Today's opening may be over already, and a clock change may swallow very short hours whole.
        if opening >= at and is_open(calendar, opening):
            return opening
    raise NeverOpen


def nth_open_day(calendar: Calendar, day: date, n: int) -> date:
    """The `n`th open day after `day`, which itself is day 0 whether open or not (R6). Raises NeverOpen."""
    if n < 1:
        raise ValueError(f"open days are counted from 1, not {n}")
    for _ in range(n):
        found = next(_open_days(calendar, day + timedelta(days=1)), None)
        if found is None:
            raise NeverOpen
        day = found
    return day


def on_nth_open_day(calendar: Calendar, since: datetime, n: int, at: time) -> datetime:
    """Local time `at` on the `n`th open day after the day of `since`, in UTC: "10:00 after 7 open days" (R6, R12)."""
    return moment(calendar, nth_open_day(calendar, _local(calendar, since).date(), n), at)


def moment(calendar: Calendar, day: date, at: time) -> datetime:
    """The instant a wall clock of this person shows `day` and `at`, in UTC.

    An hour that the clock skips in spring becomes the first instant after the gap; an hour that it shows twice in
    autumn means the first of the two.
    """
    wall = datetime.combine(day, at, tzinfo=calendar.zone)
    instant = wall.replace(fold=0).astimezone(UTC)
    if instant.astimezone(calendar.zone).replace(tzinfo=None) == wall.replace(tzinfo=None):
        return instant
    return _end_of_gap(calendar.zone, wall.replace(fold=1).astimezone(UTC), instant)


def back_on(calendar: Calendar, at: datetime) -> date | None:
    """The day somebody who is away at `at` returns to, or None when merely the evening, weekend or a holiday is closed.

    Friday evening before a week's break counts as away already, because the next minute this person would ordinarily
    work lies in the break (D5). Raises NeverOpen when the absence has no end in sight.
    """
    ordinarily = next_open(replace(calendar, closed=()), at)
    for instant in (ordinarily, at):
        day = _local(calendar, instant).date()
        if _is_away(calendar, day):
            return nth_open_day(calendar, day, 1)
    return None


def subdivision_of(country: str | None, region: str | None) -> str | None:
    """The part of the country whose public holidays apply in this region, named natively ("Bayern" -> "BY")."""
    return SUBDIVISIONS.get(country or "", {}).get(region or "")


def _local(calendar: Calendar, at: datetime) -> datetime:
    if at.tzinfo is None:
        raise ValueError(f"{at} has no time zone")
    return at.astimezone(calendar.zone)


def _open_days(calendar: Calendar, first: date) -> Iterator[date]:
    days = (first + timedelta(days=ahead) for ahead in range(LOOK_AHEAD_DAYS))
    return (day for day in days if is_open_day(calendar, day))


def _closing_time(calendar: Calendar, day: date) -> time | None:
    """When this day closes, or None when it never opens."""
    if day.weekday() >= SATURDAY or _is_away(calendar, day) or _is_holiday(calendar, day):
        return None
    closes = calendar.closes
    if calendar.country in HALF_DAY_CLOSES and _has(calendar, "half_day", day):
        closes = min(closes, HALF_DAY_CLOSES[calendar.country])
    return closes if calendar.opens < closes else None


def _is_away(calendar: Calendar, day: date) -> bool:
    return any(day in days for days in calendar.closed)


def _is_holiday(calendar: Calendar, day: date) -> bool:
    return any(_has(calendar, category, day) for category in ("public", *calendar.categories))


def _has(calendar: Calendar, category: str, day: date) -> bool:
    if calendar.country is None:
        return False
    return day in public_holidays.days_of(calendar.country, calendar.subdivision, day.year, category)


def _end_of_gap(zone: ZoneInfo, before: datetime, after: datetime) -> datetime:
    """The instant between two others, to the second, at which the clock jumps forward."""
    first = before.replace(microsecond=0)
    offset = first.astimezone(zone).utcoffset()

    def has_jumped(seconds: int) -> bool:
        return (first + timedelta(seconds=seconds)).astimezone(zone).utcoffset() != offset

    seconds_between = range(int((after - first).total_seconds()) + 1)
    return first + timedelta(seconds=bisect_left(seconds_between, True, key=has_jumped))
