"""Who looks after the network: coordinators share it among themselves, and the last one cannot leave (R5).

A deputy is a coordinator whom another one appointed: whoever stands in may do everything, or contacts stop in the
holidays. Those whom the programme file names are coordinators again with each start.
"""

from dataclasses import dataclass

from bot.clock import Clock
from bot.errors import LastCoordinator, NotAppointable, OnlyCoordinators, UnknownReference
from bot.facts.roles import Appointed, SteppedBack, Withdrawn
from bot.rules.permissions import may_be_coordinator, may_look_after_network, may_stop
from bot.services import people
from bot.services.intents import about
from storage.database import Database
from storage.members import COORDINATOR_ROLE, MemberRow
from storage.outbox import Priority
from storage.store import Store


@dataclass(frozen=True)
class Roles:
    """What coordinators decide about who else is one."""

    database: Database
    clock: Clock

    async def appoint(self, member_id: int, external_id: str) -> Appointed:
        """This person looks after the network too, and is told so. Raises OnlyCoordinators or NotAppointable."""
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            found = await store.members.by_external_id(me.workspace, external_id)
            if found is None or not may_be_coordinator(people.standing(found), me.workspace):
                raise NotAppointable
            other = await store.members.locked(found.id)
            if not other.is_coordinator:
                other.roles = (*other.roles, COORDINATOR_ROLE)
                other.vouched_roles = (*other.vouched_roles, COORDINATOR_ROLE)
                self._note(store, me, "roles.appoint", other)
                await self._tell(store, other, "roles.appointed")
            return Appointed(people.person(other))

    async def withdraw(self, member_id: int, other_ref: str) -> Withdrawn | SteppedBack:
        """This person, who may be the one who presses, is no coordinator any more.

        Raises OnlyCoordinators, UnknownReference, or LastCoordinator.
        """
        async with self.database.transaction() as store:
            # All of them are held, so that two who step back at the same moment do not leave nobody.
            there = {one.id: one for one in await store.members.coordinators_held(await _workspace(store, member_id))}
            me = await coordinator(store, member_id)
            other = next((one for one in there.values() if one.ref == other_ref), None)
            if other is None:
                raise UnknownReference
            if not may_stop(frozenset(there), other.id):
                raise LastCoordinator
            other.roles = tuple(one for one in other.roles if one != COORDINATOR_ROLE)
            other.vouched_roles = tuple(one for one in other.vouched_roles if one != COORDINATOR_ROLE)
            self._note(store, me, "roles.withdraw", other)
            if other.id == me.id:
                return SteppedBack()
            await self._tell(store, other, "roles.withdrawn")
            return Withdrawn(people.person(other))

    def _note(self, store: Store, me: MemberRow, action: str, other: MemberRow) -> None:
        store.audit.note(me.workspace, self.clock.now(), action, actor_id=me.id, about=other.ref)

    async def _tell(self, store: Store, other: MemberRow, kind: str) -> None:
        now = self.clock.now()
        await store.outbox.put(about(other, kind, other, Priority.ANSWER, now, occurrence=now.isoformat()))


async def coordinator(store: Store, member_id: int) -> MemberRow:
    """This person, who looks after the network at this moment. Raises OnlyCoordinators."""
    me = await store.members.by_id(member_id)
    if not may_look_after_network(people.standing(me)):
        raise OnlyCoordinators
    return me


async def _workspace(store: Store, member_id: int) -> str:
    return (await store.members.by_id(member_id)).workspace
