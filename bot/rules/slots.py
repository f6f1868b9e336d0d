"""Which times a poll offers: when most members can, and on no holiday or break of anybody if that can be (R13)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.rules.open_time import Calendar, is_open, is_open_day, moment, next_open

FIRST_DAY: Final = 14
LAST_DAY: Final = 21
"""Days ahead: two to three weeks, so that a week can still be arranged around it."""
LOOK_BACK_DAYS: Final = 60
_HOURS: Final = (10, 14, 9, 13, 15, 11, 16, 8, 12, 17, 18, 19)
"""Full hours by the circle's clock, those that suit a working day best first."""


@dataclass(frozen=True)
class _Time:
    starts_at: datetime
    day: date
    hour: int
    absent: int
    possible: int


def propose(
    calendars: Sequence[Calendar], zone: ZoneInfo, now: datetime, minutes: int, weekday: int | None, count: int
) -> tuple[datetime, ...]:
    """So many times in UTC, earliest first, at full hours by the clock of `zone`.

    In this order: the fewest members for whom the day is a holiday, a break or away; the most members in whose open
    time all `minutes` lie; the weekday the circle chose (0 is Monday); another day and another hour than the times
    chosen already; an hour that suits a working day; the earliest.
    """
    left = list(_times(calendars, zone, now, minutes))
    chosen: list[_Time] = []
    while left and len(chosen) < count:
        best = min(left, key=lambda one: _rank(one, chosen, weekday))
        left.remove(best)
        chosen.append(best)
    return tuple(sorted(one.starts_at for one in chosen))


def day_before(calendar: Calendar, at: datetime) -> date:
    """The last open day of this person before the day of `at`; the day itself when there is none within 60 days."""
    day = at.astimezone(calendar.zone).date()
    earlier = (day - timedelta(days=back) for back in range(1, LOOK_BACK_DAYS))
    return next((one for one in earlier if is_open_day(calendar, one)), day)


def open_for_all(calendars: Sequence[Calendar], since: datetime, until: datetime) -> datetime | None:
    """The first instant from `since` on that is open for everybody, in UTC; None when there is none before `until`."""
    at = since
    while at < until:
        later = max(next_open(calendar, at) for calendar in calendars)
        if later == at:
            return at
        at = later
    return None


def _times(calendars: Sequence[Calendar], zone: ZoneInfo, now: datetime, minutes: int) -> Iterator[_Time]:
    clock = Calendar(zone, time(0), time(23, 59))
    today = now.astimezone(zone).date()
    last_minute = timedelta(minutes=minutes) - timedelta(seconds=1)
    for ahead in range(FIRST_DAY, LAST_DAY + 1):
        day = today + timedelta(days=ahead)
        if not is_open_day(clock, day):
            continue
        present = [calendar for calendar in calendars if is_open_day(calendar, day)]
        for hour in _HOURS:
            starts_at = moment(clock, day, time(hour))
            possible = sum(is_open(one, starts_at) and is_open(one, starts_at + last_minute) for one in present)
            yield _Time(starts_at, day, hour, len(calendars) - len(present), possible)


def _rank(one: _Time, chosen: Sequence[_Time], weekday: int | None) -> tuple[object, ...]:
    return (
        one.absent,
        -one.possible,
        weekday is not None and one.day.weekday() != weekday,
        sum(one.day == other.day for other in chosen),
        sum(one.hour == other.hour for other in chosen),
        _HOURS.index(one.hour),
        one.day,
    )
