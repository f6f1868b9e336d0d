"""Give a name such as "week 10" or "15.3." its days, seen from today: what is meant is what comes next."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final

from bot.understanding.days import Ahead, Date, Length, Month, Name, Week, WeekAhead, Weekday

LONGEST: Final = timedelta(days=200)
"""Days away in a row; a longer range is more likely a slip of the year than a plan."""
FURTHEST: Final = timedelta(days=400)
"""How far ahead days are believed."""
_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, order=True)
class Days:
    """Days in a row, both ends included."""

    starts_on: date
    ends_on: date


def ending_next(name: Name, today: date) -> Days | None:
    """The days of that name whose last one is the next to come, today included; None for days that never come."""
    if isinstance(name, Length):
        return Days(today, today + (name.days - 1) * _DAY)
    return next((days for days in _occurrences(name, today) if days.ends_on >= today), None)


def ending_by(name: Name, last: date) -> Days | None:
    """The latest days of that name that begin on `last` or before."""
    earlier = [days for days in _occurrences(name, last) if days.starts_on <= last]
    return max(earlier, default=None)


def between(start: Name, end: Name, today: date) -> Days | None:
    """From the first day of one name to the last day of another; None when that makes no sense or is too long.

    The end is the next one to come, so a start may lie in the past. Weekdays and lengths of time count from the start.
    """
    if isinstance(start, Date) and start.month is None and isinstance(end, Date):
        start = replace(start, month=end.month, year=end.year)
    if isinstance(start, Weekday | Ahead | WeekAhead) or isinstance(end, Weekday | Length):
        return _counted_from(ending_next(start, today), end)
    ends = ending_next(end, today)
    starts = ending_by(start, ends.ends_on) if ends else None
    return _sensible(starts.starts_on, ends.ends_on) if starts and ends else None


def joined(ranges: list[Days]) -> tuple[Days, ...]:
    """The same days in order, with what overlaps or touches made one."""
    found: list[Days] = []
    for days in sorted(ranges):
        if found and days.starts_on <= found[-1].ends_on + _DAY:
            found[-1] = Days(found[-1].starts_on, max(found[-1].ends_on, days.ends_on))
        else:
            found.append(days)
    return tuple(found)


def is_believable(days: Days, today: date) -> bool:
    """Whether these days are in order, not over, neither too long nor too far away."""
    in_order = days.starts_on <= days.ends_on and days.ends_on >= today
    return in_order and days.ends_on - days.starts_on <= LONGEST and days.ends_on - today <= FURTHEST


def _counted_from(start: Days | None, end: Name) -> Days | None:
    if start is None:
        return None
    first = start.starts_on
    if isinstance(end, Length):
        return Days(first, first + (end.days - 1) * _DAY)
    ends = ending_next(end, first)
    return _sensible(first, ends.ends_on) if ends else None


def _sensible(starts_on: date, ends_on: date) -> Days | None:
    return Days(starts_on, ends_on) if timedelta() <= ends_on - starts_on <= LONGEST else None


def _occurrences(name: Name, near: date) -> Iterator[Days]:
    """The days of that name in the years around this day, in order."""
    match name:
        case Ahead(first, last):
            yield Days(near + first * _DAY, near + last * _DAY)
        case WeekAhead(weeks):
            monday = near - near.weekday() * _DAY + weeks * 7 * _DAY
            # Said in the middle of this week, it means the rest of it.
            yield Days(max(monday, near), monday + 6 * _DAY)
        case Weekday(number):
            # "On Friday", said on a Friday, is the next one.
            day = near + ((number - near.weekday() - 1) % 7 + 1) * _DAY
            yield Days(day, day)
        case _:
            for year in range(near.year - 1, near.year + 3):
                if (days := _in_year(name, year)) is not None:
                    yield days


def _in_year(name: Name, year: int) -> Days | None:
    try:
        match name:
            case Date(day, int(month), None):
                return Days(date(year, month, day), date(year, month, day))
            case Date(day, int(month), int(given)) if given == year:
                return Days(date(year, month, day), date(year, month, day))
            case Week(number):
                return Days(date.fromisocalendar(year, number, 1), date.fromisocalendar(year, number, 7))
            case Month(number):
                following = date(year + number // 12, number % 12 + 1, 1)
                return Days(date(year, number, 1), following - _DAY)
    except ValueError:
        # There is no 29th of February in this year, no week 53, or no 31.4. at all.
        return None
    return None
