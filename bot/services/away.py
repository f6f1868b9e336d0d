"""Days away: understood, said back, and counted only after a yes (R2, K13)."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.away import (
    AwayDays,
    AwayEnded,
    AwayForm,
    AwayHeard,
    AwayNoted,
    AwayUnclear,
    Together,
)
from bot.programme import Programme
from bot.rules.open_time import DayRange
from bot.services import people
from bot.services.absences import away_days, end_period, long_absence, periods_to_come
from bot.services.intents import about
from bot.services.members import Members
from bot.services.replanning import replan
from bot.understanding import away as understood
from bot.understanding.calendar_days import Days, is_believable, joined
from storage.away_periods import AwayPeriodRow
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store

KEPT_AFTER: Final = timedelta(days=14)
"""So long after its end a period may still matter to a count of open days that began before it."""
MOST_PERIODS: Final = 20
"""Of one person at a time; nobody plans further, and a calendar stays quick to read."""


@dataclass(frozen=True)
class Away:
    """What people say of days on which they are not there."""

    database: Database
    clock: Clock
    programme: Programme
    members: Members

    async def hear(self, member_id: int, text: str) -> object | None:
        """What a text says of being away, back, or of places; None when it is about something else.

        Places count at once, days only after a yes.
        """
        if not understood.may_concern_away(text):
            return None
        async with self.database.reading() as store:
            member = await store.members.by_id(member_id)
            today = self._today(member)
        facts = []
        for reading in understood.read_away(text, today, people.language(member)):
            if isinstance(reading, understood.CapacityWanted) and not member.is_contact:
                continue
            facts.append(await self._hear(member, reading))
        return Together(tuple(facts)) if len(facts) > 1 else next(iter(facts), None)

    async def hear_command(self, member_id: int, word: str, rest: str) -> object:
        """`/silta pause` and `/silta away`, with days after them or nothing."""
        heard = await self.hear(member_id, f"{word} {rest}")
        if heard is not None:
            return heard
        return await self.members.pause(member_id) if word == "pause" else AwayUnclear()

    async def confirm(self, member_id: int, ranges: Sequence[DayRange]) -> AwayNoted | AwayUnclear:
        """These days count from now on; what overlaps or touches is one. Days that are over are asked about again.

        Whoever waits for this person's answer meanwhile is told once, with the date (K13).
        """
        async with self.database.transaction() as store:
            member = await store.members.locked(member_id)
            today = self._today(member)
            days = [Days(one.starts_on, one.ends_on) for one in ranges]
            before = [Days(one.starts_on, one.ends_on) for one in member.away_periods if one.ends_on >= today]
            together = joined([*before, *days])
            if not days or len(together) > MOST_PERIODS or not all(is_believable(one, today) for one in together):
                return AwayUnclear()
            self._keep(member, together)
            await store.flush()
            await replan(store, member, self.programme, self.clock.now())
            await self._tell_who_waits(store, member)
            return AwayNoted(periods_to_come(member, self.programme, today))

    def form(self, ranges: Sequence[DayRange]) -> AwayForm:
        """The form, filled with the first of these ranges."""
        first = ranges[0] if ranges else None
        return AwayForm(first.starts_on if first else None, first.ends_on if first else None)

    async def end(self, member_id: int, ref: str) -> AwayEnded:
        """These days are over, or will not be. Raises UnknownReference."""
        async with self.database.transaction() as store:
            member = await store.members.locked(member_id)
            period = next((one for one in member.away_periods if one.ref == ref), None)
            if period is None:
                raise UnknownReference
            await end_period(store, member, period, self._today(member))
            await replan(store, member, self.programme, self.clock.now())
            return AwayEnded()

    async def forget_old(self) -> None:
        """Drops periods that are of no more use; nobody needs to know when somebody was away."""
        async with self.database.transaction() as store:
            await store.away_periods.forget_before((self.clock.now() - KEPT_AFTER).date())

    async def _hear(self, member: MemberRow, reading: understood.Reading) -> object:
        match reading:
            case understood.Away(ranges):
                return AwayHeard(tuple(self._days(member, one, extra=ranges) for one in ranges))
            case understood.AwayUnclear():
                return AwayUnclear()
            case understood.PauseOpenEnded():
                return await self.members.pause(member.id)
            case understood.Back():
                return await self.members.resume(member.id)
            case understood.CapacityWanted(places):
                return await self.members.want_places(member.id, places)

    def _keep(self, member: MemberRow, ranges: Sequence[Days]) -> None:
        kept = {Days(one.starts_on, one.ends_on): one for one in member.away_periods}
        now = self.clock.now()
        member.away_periods = [kept.get(one) or _row(member, one, now) for one in ranges]

    async def _tell_who_waits(self, store: Store, member: MemberRow) -> None:
        period = long_absence(member, self.programme, self._today(member))
        if period is None:
            return
        now = self.clock.now()
        for introduction in await store.introductions.pending_to(member.id):
            asker = await store.members.by_id(introduction.asker_id)
            occurrence = period.starts_on.isoformat()
            await store.outbox.put(
                about(introduction, "away.contact_away", asker, Priority.ANSWER, now, occurrence=occurrence)
            )

    def _days(self, member: MemberRow, days: Days, extra: Sequence[Days]) -> AwayDays:
        calendar = people.calendar(member, self.programme)
        closed = (*calendar.closed, *(DayRange(one.starts_on, one.ends_on) for one in extra))
        return away_days(replace(calendar, closed=closed), days.starts_on, days.ends_on)

    def _today(self, member: MemberRow) -> date:
        return self.clock.now().astimezone(people.zone(member)).date()


def _row(member: MemberRow, days: Days, now: datetime) -> AwayPeriodRow:
    return AwayPeriodRow(workspace=member.workspace, starts_on=days.starts_on, ends_on=days.ends_on, said_at=now)
