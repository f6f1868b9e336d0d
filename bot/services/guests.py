"""Guests without an account: invited by a link, answering on a page, counted like everybody else (R19)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import EventIsOff, NoPublicAddress, RepliesClosed, TooManyGuests, UnknownReference
from bot.facts.guests import Guest, GuestInvited, GuestPage, GuestsShown
from bot.services import event_steps as steps
from bot.services.addresses import Addresses
from bot.services.event_facts import event_of
from bot.services.event_replies import EventReplies, invited
from bot.services.roles import coordinator
from storage import events
from storage.database import Database
from storage.events import EventReplyRow, EventRow
from storage.guests import GuestRow, digest_of, new_key
from storage.members import MemberRow
from storage.rows import new_ref
from storage.store import Store

NAME_AT_MOST: Final = 80
GUESTS_AT_MOST: Final = 200
"""Links of one event; more people than that are better reached some other way."""
NAMES_KEPT_FOR: Final = timedelta(days=30)


@dataclass(frozen=True)
class Guests:
    """What coordinators do with guests, and what guests do with their page."""

    database: Database
    clock: Clock
    addresses: Addresses
    event_replies: EventReplies

    async def show(self, member_id: int, event_ref: str) -> GuestsShown:
        """Who was invited by a link. Raises OnlyCoordinators or UnknownReference."""
        async with self.database.reading() as store:
            me = await coordinator(store, member_id)
            return await self._shown(store, await _event(store, me, event_ref))

    async def invite(self, member_id: int, event_ref: str, name: str) -> GuestInvited:
        """Makes a link for one guest, told this once.

        Raises as `show` does, EventIsOff, TooManyGuests, or NoPublicAddress.
        """
        now, key = self.clock.now(), new_key()
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            address = self.addresses.of_guest(key)
            if address is None:
                raise NoPublicAddress
            event = await store.events.held((await _event(store, me, event_ref)).id)
            if not event.takes_place or event.starts_at <= now:
                raise EventIsOff(event.title, is_cancelled=event.state == events.CANCELLED)
            if len(await store.guests.of_event(event.id)) >= GUESTS_AT_MOST:
                raise TooManyGuests(event.title, GUESTS_AT_MOST)
            guest = GuestRow(
                ref=new_ref(),
                workspace=me.workspace,
                event_id=event.id,
                invited_by=me.id,
                name=name.strip()[:NAME_AT_MOST],
                key_digest=digest_of(key),
                invited_at=now,
            )
            store.guests.add(guest)
            await store.flush()
            return GuestInvited(guest.ref, await event_of(store, event), guest.name, address)

    async def withdraw(self, member_id: int, guest_ref: str) -> GuestsShown:
        """The link opens nothing any more, the guest is forgotten and their place is free. Raises as `show` does."""
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            guest = await store.guests.by_ref(me.workspace, guest_ref)
            if guest is None:
                raise UnknownReference
            event = await store.events.held(guest.event_id)
            # Looked up again now that the event is held: another coordinator may have been faster.
            if await store.guests.by_ref(me.workspace, guest_ref) is None:
                raise UnknownReference
            reply = await store.events.reply_of_guest(event.id, guest.ref)
            if reply is not None and event.starts_at > self.clock.now():
                await steps.note(store, event, reply, events.NO, reply.region, self.clock.now())
            await store.guests.withdraw(guest, reply)
            await store.flush()
            return await self._shown(store, event)

    async def page(self, key: str) -> GuestPage | None:
        """The event as the guest with that key sees it; None when the key opens nothing."""
        async with self.database.reading() as store:
            guest = await store.guests.by_key(key)
            event = await store.events.by_id(guest.event_id) if guest else None
            if guest is None or event is None:
                return None
            reply = await store.events.reply_of_guest(event.id, guest.ref)
            seen, now = await invited(store, event, reply, self.addresses), self.clock.now()
            return GuestPage(
                name=guest.name,
                event=seen.event,
                answer=seen.answer,
                waits_as=seen.waits_as,
                is_over=event.ends_at <= now,
                may_answer=event.takes_place and now < event.starts_at,
                is_closed=event.replies_close_at <= now,
            )

    async def answer(self, key: str, answer: str) -> GuestPage | None:
        """Notes what a guest says; when that cannot be any more, the page says so. None when the key opens nothing."""
        try:
            await self.event_replies.answer_as_guest(key, answer)
        except (UnknownReference, EventIsOff, RepliesClosed):
            # The page that follows shows how it stands now, and why.
            return await self.page(key)
        return await self.page(key)

    async def forget_old(self) -> None:
        """Removes the names of guests a month after their event."""
        async with self.database.transaction() as store:
            await store.guests.forget_names_before(self.clock.now() - NAMES_KEPT_FOR)

    async def _shown(self, store: Store, event: EventRow) -> GuestsShown:
        replies = {one.guest_key: one for one in await store.events.replies(event.id)}
        found = await store.guests.of_event(event.id)
        people = tuple(Guest(one.ref, one.name, _state(replies.get(one.ref))) for one in found)
        return GuestsShown(await event_of(store, event), people)


def _state(reply: EventReplyRow | None) -> str | None:
    if reply is None:
        return None
    return "waiting" if reply.answer == events.YES and not reply.has_place else reply.answer


async def _event(store: Store, me: MemberRow, event_ref: str) -> EventRow:
    """An event that is announced, or was."""
    event = await store.events.by_ref(me.workspace, event_ref)
    if event is None or event.state == events.SCHEDULED:
        raise UnknownReference
    return event
