"""How long a request waits for a contact person: one reminder, then it moves on without a word of blame (R6, R7)."""

from dataclasses import dataclass
from datetime import datetime, time

from bot.rules.open_time import Calendar, on_nth_open_day


@dataclass(frozen=True)
class ReplyClock:
    """When the contact person is reminded and when the request is released, both in UTC."""

    remind_at: datetime
    release_at: datetime


def start(calendar: Calendar, delivered_at: datetime, remind_day: int, release_day: int, at: time) -> ReplyClock:
    """The clock of a request delivered at `delivered_at`, counted in the contact person's own open days (R6).

    The day of delivery is day 0; `at` is the local time of both moments, 10:00 in R6. Days are 3 and 5 unless the
    programme says otherwise; a release day before the reminder's means that no reminder comes. Raises NeverOpen for
    somebody with no open day in sight.
    """
    return ReplyClock(
        remind_at=on_nth_open_day(calendar, delivered_at, remind_day, at),
        release_at=on_nth_open_day(calendar, delivered_at, release_day, at),
    )
