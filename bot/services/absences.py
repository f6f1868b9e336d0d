"""What somebody's days away mean for others: how long they last, when they end, and ending them early."""

from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.facts.away import AwayDays, AwayPeriod
from bot.programme import Programme
from bot.rules.open_time import Calendar, DayRange, NeverOpen, back_on, is_open_day, nth_open_day
from bot.services import people
from storage.away_periods import AwayPeriodRow
from storage.members import MemberRow
from storage.store import Store


def away_days(calendar: Calendar, starts_on: date, ends_on: date) -> AwayDays:
    """These days with the day of return, by a calendar in which they are closed already."""
    try:
        return AwayDays(starts_on, ends_on, nth_open_day(calendar, ends_on, 1))
    except NeverOpen:
        return AwayDays(starts_on, ends_on, None)


def periods_to_come(member: MemberRow, programme: Programme, today: date) -> tuple[AwayPeriod, ...]:
    """The days away of this person that are not over, in order."""
    calendar = people.calendar(member, programme)
    periods = sorted(member.away_periods, key=lambda one: one.starts_on)
    return tuple(
        AwayPeriod(one.ref, away_days(calendar, one.starts_on, one.ends_on)) for one in periods if one.ends_on >= today
    )


def long_absence(member: MemberRow, programme: Programme, today: date) -> AwayDays | None:
    """The period, begun or beginning before an answer would be due, that costs more open days than an answer may take.

    Shorter ones and later ones change nothing for whoever waits.
    """
    reply = people.settings(member, programme).reply.release_on_open_day
    own = {DayRange(one.starts_on, one.ends_on) for one in member.away_periods}
    calendar = people.calendar(member, programme)
    ordinary = replace(calendar, closed=tuple(one for one in calendar.closed if one not in own))
    answer_by = nth_open_day(ordinary, today, reply)
    for period in periods_to_come(member, programme, today):
        days = period.days
        length = (days.ends_on - days.starts_on).days + 1
        lost = sum(is_open_day(ordinary, days.starts_on + timedelta(days=n)) for n in range(length))
        if days.starts_on <= answer_by and lost > reply:
            return days
    return None


async def end_period(store: Store, member: MemberRow, period: AwayPeriodRow, today: date) -> None:
    """Today is no day away any more; a period that has not begun is dropped whole."""
    if period.starts_on >= today:
        member.away_periods.remove(period)
    else:
        period.ends_on = today - timedelta(days=1)
    await store.flush()


def returns_on(member: MemberRow, programme: Programme, now: datetime) -> date | None:
    """The day on which somebody who is away now, or in a break, is back; None when they are there."""
    try:
        return back_on(people.calendar(member, programme), now)
    except NeverOpen:
        return None
