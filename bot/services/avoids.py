"""Who does not want to be brought together with whom: private, mutual in effect, and taken back with one press."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.members import KeptApart, NotKeptApart
from bot.services import people
from bot.services.endings import turn_down, withdraw
from storage import introductions, waits
from storage.database import Database
from storage.members import MemberRow
from storage.store import Store


@dataclass(frozen=True)
class Avoids:
    """Wishes not to be brought together."""

    database: Database
    clock: Clock

    async def avoid(self, member_id: int, other_ref: str) -> KeptApart:
        """Keeps the two apart from now on; what is pending between them ends as it would for any other reason.

        A contact that both have said yes to stays as it is: each can close it. Raises UnknownReference.
        """
        async with self.database.transaction() as store:
            me, other = await self._both(store, member_id, other_ref)
            await keep_apart(store, me, other, self.clock.now())
            return KeptApart(people.person(other))

    async def undo(self, member_id: int, other_ref: str) -> NotKeptApart:
        """Takes the wish back; what ended by it stays ended. Raises UnknownReference."""
        async with self.database.transaction() as store:
            me, other = await self._both(store, member_id, other_ref)
            await store.avoids.remove(me.id, other.id)
            return NotKeptApart(people.person(other))

    async def _both(self, store: Store, member_id: int, other_ref: str) -> tuple[MemberRow, MemberRow]:
        me = await store.members.by_id(member_id)
        other = await store.members.by_ref(me.workspace, other_ref)
        if other is None or other.id == me.id:
            raise UnknownReference
        await store.members.hold({me.id, other.id})
        return me, other


async def keep_apart(store: Store, me: MemberRow, other: MemberRow, now: datetime) -> None:
    """Keeps the first person's wish and ends what is pending between the two, who must be held."""
    await store.avoids.add(me.workspace, me.id, other.id, now)
    await _end_requests(store, me, other, now)
    await _end_requests(store, other, me, now, taken_back=False)
    for entry in await store.waits.between(me.id, other.id):
        entry.state = waits.GONE
        await store.outbox.cancel(entry.ref, now, "withdrawn")
    await _send_questions_on(store, me, other, now)
    await _send_questions_on(store, other, me, now)


async def _end_requests(
    store: Store, asker: MemberRow, contact: MemberRow, now: datetime, *, taken_back: bool = True
) -> None:
    """The asker takes the request back, or hears "not available right now": the same as without this wish (R7)."""
    for request in await store.introductions.pending_held(contact.id):
        if request.asker_id != asker.id:
            continue
        if taken_back:
            await withdraw(store, request, now)
        else:
            await turn_down(store, request, contact, asker, introductions.DECLINED, now)


async def _send_questions_on(store: Store, asker: MemberRow, receiver: MemberRow, now: datetime) -> None:
    """A question goes on to somebody else at the next tick, as if it had waited long enough."""
    for question in await store.questions.waiting_with(receiver.id):
        if question.asker_id == asker.id:
            question.remind_at, question.move_on_at = None, now
