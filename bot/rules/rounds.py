"""When a circle is asked next, and when its members have decided to change that (R13, S38)."""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.rules.open_time import Calendar, is_open_day, moment

RHYTHMS: Final = {"monthly": 1, "two_months": 2, "quarterly": 3, "pause": 0}
"""Months between two polls; 0 means that the circle rests until its members decide otherwise."""
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")


def next_poll(calendar: Calendar, after: datetime, rhythm: str, weekday: str, at: time) -> datetime | None:
    """Local time `at` on the first open day of that weekday, in the month that the rhythm says, in UTC.

    Counted from the month in which `after` falls for the circle. None for a circle that rests. A month in which every
    such day is closed begins on its first open day.
    """
    months = RHYTHMS[rhythm]
    return _in_month(calendar, after, months, weekday, at) if months else None


def first_poll(calendar: Calendar, after: datetime, weekday: str, at: time) -> datetime:
    """The first poll of a new circle: that moment of this month if it is still ahead, else of the next month."""
    this_month = _in_month(calendar, after, 0, weekday, at)
    return this_month if this_month > after else _in_month(calendar, after, 1, weekday, at)


def is_accepted(yes: int, no: int, members: int) -> bool:
    """Whether a wish is carried: more yes than no, and at least a third of the members voted (S38)."""
    return yes > no and 3 * (yes + no) >= members


def _in_month(calendar: Calendar, after: datetime, months: int, weekday: str, at: time) -> datetime:
    local = after.astimezone(calendar.zone)
    month = local.year * 12 + local.month - 1 + months
    days = [day for day in _days_of(month) if is_open_day(calendar, day)]
    wanted = (day for day in days if day.weekday() == WEEKDAYS.index(weekday))
    fallback = days[0] if days else next(_days_of(month))
    return moment(calendar, next(wanted, fallback), at)


def _days_of(month: int) -> Iterator[date]:
    first = date(month // 12, month % 12 + 1, 1)
    days = (first + timedelta(days=ahead) for ahead in range(31))
    return (day for day in days if day.month == first.month)
