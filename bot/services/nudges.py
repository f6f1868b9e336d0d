"""One nudge a week at most, in one slot, and only when there is something in it (R3, R4, R20)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.nudges import Nudge, RhythmChosen, Snoozed
from bot.programme import Programme
from bot.rules.nudges import RHYTHMS, next_slot, slot_of, slower
from bot.rules.pace import SPREAD_OVER, spread
from bot.services import people
from bot.services.consent import agree
from bot.services.intents import about
from bot.services.nudge_items import content, prepare, slot
from bot.services.nudge_knowledge import Known, knowledge
from bot.services.tasks import ask_about_unset
from storage.database import Database
from storage.members import NUDGES, MemberRow
from storage.nudges import KIND
from storage.outbox import Priority
from storage.store import Store

AT_ONCE: Final = 25
"""People whose slot is looked at in one tick: more than Slack lets out in the same time, and still a short tick."""
KEPT_FOR: Final = timedelta(days=400)
"""Longer than the year in which no prompt is repeated."""


@dataclass(frozen=True)
class Nudges:
    """Reminds people, lightly: who waits for them, what they promised, and one question to think about."""

    database: Database
    clock: Clock
    programme: Programme

    async def plan(self) -> None:
        """Plans this week's nudge for people whose slot has come, some at a time; a closed slot is skipped (R3)."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            due = await store.members.due_for_nudge(now, AT_ONCE)
            if due:
                await self._plan(store, due, now)

    async def rest(self, member_id: int, nudge_ref: str) -> Nudge | None:
        """What is still to be answered of this person's nudge; None when nothing is, or it is not theirs."""
        async with self.database.reading() as store:
            nudge = await store.nudges.of_person(member_id, nudge_ref)
            member = await store.members.by_id(member_id)
            return await content(store, nudge, member, self.programme) if nudge else None

    async def less_often(self, member_id: int) -> RhythmChosen:
        """The next slower rhythm, down to "only when needed" (R4)."""
        async with self.database.transaction() as store:
            member = await store.members.by_id(member_id)
            return _set(member, slower(member.nudge_rhythm))

    async def choose_rhythm(self, member_id: int, rhythm: str) -> RhythmChosen:
        """The rhythm this person wants, faster or slower (R4). Raises UnknownReference for one there is not."""
        if rhythm not in RHYTHMS:
            raise UnknownReference
        async with self.database.transaction() as store:
            member = await store.members.by_id(member_id)
            # Choosing how often is agreeing to it.
            agree(store, member, self.clock.now(), NUDGES)
            return _set(member, rhythm)

    async def snooze(self, member_id: int) -> Snoozed:
        """The next nudge is skipped."""
        async with self.database.transaction() as store:
            member = await store.members.by_id(member_id)
            calendar, weekly = people.calendar(member, self.programme), slot(member, self.programme)
            sent = await store.nudges.latest_sent(member_id, 1)
            since = sent[0].planned_at + timedelta(weeks=RHYTHMS[member.nudge_rhythm], hours=-12) if sent else None
            skipped = next_slot(calendar, weekly, max(since or self.clock.now(), self.clock.now()))
            member.nudges_snoozed_until = skipped + timedelta(hours=weekly.hours)
            return Snoozed(next_slot(calendar, weekly, skipped).astimezone(calendar.zone).date())

    async def forget_old(self) -> None:
        """Drops what no rule looks at any more."""
        async with self.database.transaction() as store:
            before = self.clock.now() - KEPT_FOR
            await store.prompts.forget_before(before)
            await store.nudges.forget_before(before)

    async def _plan(self, store: Store, due: Sequence[MemberRow], now: datetime) -> None:
        known = await knowledge(store, [member.id for member in due], now)
        times = {member: found for member in due if (found := self._times(member, known[member.id], now))}
        planned = await prepare(store, {member: known[member.id] for member in times}, self.programme, now)
        await store.outbox.put_all(
            [
                about(
                    nudge,
                    KIND,
                    member,
                    Priority.NUDGE,
                    now + _later(member, times[member], now, is_crowd=len(due) == AT_ONCE),
                    occurrence=nudge.week,
                    expires_at=times[member][1],
                )
                for member, nudge in planned.items()
            ]
        )
        await ask_about_unset(store, due, self.programme, now)

    def _times(self, member: MemberRow, known: Known, now: datetime) -> tuple[datetime, datetime] | None:
        """The slot this person is in and may be nudged in; None otherwise. When to look again is noted."""
        calendar, weekly = people.calendar(member, self.programme), slot(member, self.programme)
        is_first, member.nudge_due_at = member.nudge_due_at is None, next_slot(calendar, weekly, now)
        if not (member.is_contact or known.promises) or not member.wants(NUDGES):
            member.nudge_due_at = None
        times = slot_of(calendar, weekly, now)
        # A reminder in this slot brings the nudge along, so that they are one message (R20).
        return None if is_first or times is None or known.is_reminded_between(*times) else times


def _later(member: MemberRow, times: tuple[datetime, datetime], now: datetime, *, is_crowd: bool) -> timedelta:
    """A few go exactly when their slot begins; of a crowd each has its own minute, always the same, in its first hour.

    It ends the hour early enough for the pace to follow.
    """
    begins_at, ends_at = times
    room = min(begins_at + SPREAD_OVER / 2, ends_at) - now
    return spread(f"{member.workspace}:{member.id}", room) if is_crowd else timedelta()


def _set(member: MemberRow, rhythm: str) -> RhythmChosen:
    member.nudge_rhythm = rhythm
    return RhythmChosen(rhythm)
