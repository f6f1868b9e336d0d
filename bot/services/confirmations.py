"""Who joins as a contact person is confirmed by a leader of their institution where the programme says so (R5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.errors import AlreadyAnswered, UnknownReference
from bot.facts.profiles import ContactConfirmed, ContactNotConfirmed
from bot.programme import Programme
from bot.rules import permissions
from bot.services import people
from bot.services.intents import about
from storage import members
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store

ASKED_AT_MOST: Final = 3
"""So many leaders of one institution, or coordinators, are asked; the first answer counts."""


@dataclass(frozen=True)
class Confirmations:
    """What leaders and coordinators say to contact persons who have joined by themselves."""

    database: Database
    clock: Clock

    async def confirm(self, member_id: int, contact_ref: str) -> ContactConfirmed:
        """This contact person is proposed from now on, and told so. Raises UnknownReference or AlreadyAnswered."""
        async with self.database.transaction() as store:
            contact = await self._to_decide(store, member_id, contact_ref)
            contact.confirmation = members.CONFIRMED
            self._note(store, member_id, "members.confirm_contact", contact)
            await self._tell(store, contact, "members.confirmed")
            return ContactConfirmed(people.person(contact))

    async def not_now(self, member_id: int, contact_ref: str) -> ContactNotConfirmed:
        """This contact person is not proposed for now, and told so neutrally. Raises as `confirm` does."""
        async with self.database.transaction() as store:
            contact = await self._to_decide(store, member_id, contact_ref)
            contact.confirmation = members.NOT_NOW
            self._note(store, member_id, "members.leave_unconfirmed", contact)
            await self._tell(store, contact, "members.not_confirmed")
            return ContactNotConfirmed(people.person(contact))

    async def _to_decide(self, store: Store, member_id: int, contact_ref: str) -> MemberRow:
        """The contact person, held, if this person may decide about them now; nobody decides for themselves."""
        me = await store.members.by_id(member_id)
        found = await store.members.by_ref(me.workspace, contact_ref)
        if found is None:
            raise UnknownReference
        contact = await store.members.locked(found.id)
        if not may_confirm(me, contact):
            raise UnknownReference
        if contact.confirmation != members.WAITING:
            raise AlreadyAnswered
        return contact

    def _note(self, store: Store, member_id: int, action: str, contact: MemberRow) -> None:
        store.audit.note(contact.workspace, self.clock.now(), action, actor_id=member_id, about=contact.ref)

    async def _tell(self, store: Store, contact: MemberRow, kind: str) -> None:
        now = self.clock.now()
        await store.outbox.put(about(contact, kind, contact, Priority.ANSWER, now, occurrence=now.isoformat()))


def may_confirm(me: MemberRow, contact: MemberRow) -> bool:
    """True for a coordinator and for a leader of the contact person's institution, but never for oneself."""
    return permissions.may_confirm(people.standing(me), people.standing(contact))


def state_after(member: MemberRow, programme: Programme, *, is_new: bool) -> str:
    """Whether somebody has to confirm this person, now that they have said what they are.

    `is_new`: they were no contact person there before. Guests are confirmed wherever they may not look around either.
    """
    if not member.is_contact:
        return members.NOT_NEEDED
    if not is_new:
        return member.confirmation
    local = people.settings(member, programme)
    needs = local.leader_confirms_contact or (member.is_guest and not local.guests_see_people)
    return members.WAITING if needs else members.NOT_NEEDED


async def confirmers(store: Store, contact: MemberRow) -> Sequence[MemberRow]:
    """Who is asked to confirm this contact person: leaders of their institution, or else coordinators."""
    leaders = await store.members.leaders(contact.workspace, contact.institution) if contact.institution else ()
    asked = [one for one in leaders if one.id != contact.id]
    if not asked:
        asked = [one for one in await store.members.coordinators(contact.workspace) if one.id != contact.id]
    return asked[:ASKED_AT_MOST]


async def ask_to_confirm(store: Store, contact: MemberRow, now: datetime) -> None:
    """Asks them in their open time; whoever saves a profile again meanwhile does not ask twice in a week."""
    week = now.astimezone(people.zone(contact)).strftime("%G-W%V")
    for one in await confirmers(store, contact):
        await store.outbox.put(about(contact, "members.to_confirm", one, Priority.REMINDER, now, occurrence=week))
