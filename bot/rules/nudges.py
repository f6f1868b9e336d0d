"""When a person may be nudged, and how often: one slot a week, never piled up, less often without answers (R3, R4)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.rules.open_time import Calendar, is_open, moment

RHYTHMS: Final = {"weekly": 1, "fortnightly": 2, "monthly": 4, "when_needed": 1}
"""Weeks from one nudge to the next. `when_needed` keeps the slot, for people who wait and for nothing else (R4)."""

WEEKLY: Final = "weekly"
WHEN_NEEDED: Final = "when_needed"
FORTNIGHTLY_AFTER: Final = 2
WHEN_NEEDED_AFTER: Final = 4
"""Nudges in a row without any reaction, after which Silta writes less often by itself (R4)."""


@dataclass(frozen=True)
class Slot:
    """The weekly slot: the weekday (Monday is 0), its beginning on the person's own clock, and its length in hours."""

    weekday: int
    at: time
    hours: int


def slot_of(calendar: Calendar, slot: Slot, now: datetime) -> tuple[datetime, datetime] | None:
    """Beginning and end, in UTC, of the slot that this moment lies in; None outside of it, or in closed time (R2)."""
    today = now.astimezone(calendar.zone).date()
    begins_at = moment(calendar, today, slot.at)
    ends_at = begins_at + timedelta(hours=slot.hours)
    in_slot = today.weekday() == slot.weekday and begins_at <= now < ends_at
    return (begins_at, ends_at) if in_slot and is_open(calendar, now) else None


def next_slot(calendar: Calendar, slot: Slot, after: datetime) -> datetime:
    """The first beginning of a slot later than that moment, in UTC, whether that day will be open or not."""
    day = after.astimezone(calendar.zone).date()
    day += timedelta(days=(slot.weekday - day.weekday()) % 7)
    begins_at = moment(calendar, day, slot.at)
    return begins_at if begins_at > after else moment(calendar, day + timedelta(weeks=1), slot.at)


def is_due(rhythm: str, last_on: date | None, today: date) -> bool:
    """Whether enough weeks have passed since the last nudge. Counted in days of the person's calendar, so that no
    change of the clock makes a week shorter or longer; seven days at the least (R4).
    """
    return last_on is None or today - last_on >= timedelta(weeks=RHYTHMS[rhythm])


def slower(rhythm: str) -> str:
    """The next slower rhythm, down to "only when somebody needs me"."""
    order = list(RHYTHMS)
    return order[min(order.index(rhythm) + 1, len(order) - 1)]


def rhythm_after(rhythm: str, answered: Sequence[bool]) -> str:
    """The rhythm after these nudges, newest first, each answered or not: two in a row without any reaction make a
    weekly one fortnightly, four leave only people who wait (R4). Nobody's rhythm becomes faster by itself.
    """
    in_a_row = next((place for place, was_answered in enumerate(answered) if was_answered), len(answered))
    if in_a_row >= WHEN_NEEDED_AFTER:
        return WHEN_NEEDED
    return "fortnightly" if in_a_row >= FORTNIGHTLY_AFTER and rhythm == WEEKLY else rhythm
