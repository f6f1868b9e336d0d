"""What people promised somebody, noted by themselves and for themselves (S9)."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.promises import PromiseDone, PromiseDropped, PromiseNoted, TooManyPromises
from bot.programme import Programme
from bot.rules.nudges import RHYTHMS, WHEN_NEEDED, next_slot
from bot.services import people
from bot.services.consent import agree
from bot.services.nudge_items import A_WEEK, may_be_nudged, promise_of, slot
from storage.database import Database
from storage.members import NUDGES, MemberRow
from storage.promises import PromiseRow
from storage.store import Store

WORDS_AT_MOST: Final = 300
OPEN_AT_MOST: Final = 10
KEPT_FOR: Final = timedelta(weeks=8)
KEPT_AFTER_ITS_DAY: Final = timedelta(weeks=2)
FURTHEST_DAY: Final = timedelta(days=366)
"""A day further away is a slip of the year."""


@dataclass(frozen=True)
class Promises:
    """Keeps promises for their owner until they are done, dropped or eight weeks old."""

    database: Database
    clock: Clock
    programme: Programme

    async def note(self, member_id: int, words: str, due_on: date | None = None) -> PromiseNoted | TooManyPromises:
        """Keeps a promise in its owner's words. Raises UnknownReference when there are no words."""
        words = " ".join(words.split())[:WORDS_AT_MOST]
        if not words:
            raise UnknownReference
        async with self.database.transaction() as store:
            member, now = await store.members.locked(member_id), self.clock.now()
            kept = await store.promises.open_of(member_id, now)
            if len(kept) >= OPEN_AT_MOST:
                return TooManyPromises(tuple(promise_of(one) for one in kept))
            if due_on is not None and abs(due_on - now.date()) > FURTHEST_DAY:
                due_on = None
            if member.joined_at is None and not member.is_contact:
                # Noting a promise is the wish to be reminded of it, unless somebody has said what they want.
                agree(store, member, now, NUDGES)
            promise = PromiseRow(workspace=member.workspace, member_id=member_id, words=words, due_on=due_on)
            promise.noted_at, promise.forget_at = now, _forget_at(now, due_on)
            store.promises.add(promise)
            await store.flush()
            return PromiseNoted(promise_of(promise), await self._comes_up_on(store, member, promise, now))

    async def done(self, member_id: int, promise_ref: str) -> PromiseDone:
        """Done, and forgotten. Raises UnknownReference."""
        await self._take(member_id, promise_ref)
        return PromiseDone()

    async def drop(self, member_id: int, promise_ref: str) -> PromiseDropped:
        """Not needed any more, and forgotten. Raises UnknownReference."""
        await self._take(member_id, promise_ref)
        return PromiseDropped()

    async def forget_old(self) -> None:
        """Drops promises that have had their time."""
        async with self.database.transaction() as store:
            await store.promises.forget_before(self.clock.now())

    async def _take(self, member_id: int, promise_ref: str) -> None:
        async with self.database.transaction() as store:
            if not await store.promises.take(member_id, promise_ref):
                raise UnknownReference

    async def _comes_up_on(self, store: Store, member: MemberRow, promise: PromiseRow, now: datetime) -> date | None:
        """The day of the first nudge that can bring it; its owner's slot is looked at from now on."""
        calendar, weekly = people.calendar(member, self.programme), slot(member, self.programme)
        member.nudge_due_at = member.nudge_due_at or next_slot(calendar, weekly, now)
        if member.nudge_rhythm == WHEN_NEEDED or not may_be_nudged(member):
            return None
        sent = await store.nudges.latest_sent(member.id, 1)
        earliest = next_slot(calendar, weekly, now).astimezone(calendar.zone).date()
        if sent:
            last_on = sent[0].planned_at.astimezone(calendar.zone).date()
            earliest = max(earliest, last_on + timedelta(weeks=RHYTHMS[member.nudge_rhythm]))
        if promise.due_on is None:
            return earliest
        first_week = datetime.combine(max(earliest, promise.due_on - A_WEEK), time(), calendar.zone)
        return next_slot(calendar, weekly, first_week).astimezone(calendar.zone).date()


def _forget_at(now: datetime, due_on: date | None) -> datetime:
    """Eight weeks from now, or two weeks after its day when that is later."""
    if due_on is None:
        return now + KEPT_FOR
    return max(now + KEPT_FOR, datetime.combine(due_on, time(), now.tzinfo) + KEPT_AFTER_ITS_DAY)
