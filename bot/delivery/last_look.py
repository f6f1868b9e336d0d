"""The last look before a message leaves: everything may have changed since its intent was written (I3)."""

from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.delivery.pace import UPDATE, Pace
from bot.delivery.slack import InPlaceOf, Target, ToChannel, ToGroup, ToPerson
from bot.facts.events import EventPosted
from bot.facts.introductions import Introduction
from bot.facts.meetups import GroupOpened
from bot.facts.own_data import CardEnded
from bot.messages import word
from bot.messages.parts import Message
from bot.programme import Programme
from bot.rules.open_time import is_open, next_open
from bot.services import people
from bot.services.outgoing import Outgoing
from bot.services.undelivered import settle
from storage.members import MemberRow
from storage.outbox import CANCELLED, EXPIRED, OutboxRow
from storage.store import Store

AT_ANY_HOUR: Final = {
    *("errors.sorry", "introductions.settled", "questions.settled", "events.post", "events.updated_post"),
    *("events.progress", "farewells.card", "reports.at_once"),
}
"""A reply to what the person just did (R1), the post of whoever has just pressed "publish", updates, which notify
nobody, and a serious problem that waits for nobody.
"""
IN_PLACE: Final = {"events.updated_post": "events.post"}
"""Updates that do not know their place from the start, and the kind of message about the same subject they change."""


@dataclass(frozen=True)
class Ready:
    """A message that may leave now, in the recipient's language of this moment."""

    target: Target
    message: Message


@dataclass(frozen=True)
class LastLook:
    """Decides for one leased row: send it, wait for open time, or write down why it is not sent."""

    clock: Clock
    programme: Programme
    outgoing: Outgoing
    pace: Pace

    async def at(self, store: Store, row: OutboxRow, owner: str) -> Ready | None:
        """The message, with the row marked as being sent; None when it must not leave, and the row says why."""
        now = self.clock.now()
        recipient = (await store.members.by_ids({row.recipient_id})).get(row.recipient_id)
        if recipient is None:
            # Forgotten since the row was leased, and the row with them.
            return None
        if recipient.deactivated_at is not None or recipient.external_id is None:
            await self.drop(store, row, owner, CANCELLED, "recipient_left")
            return None
        if row.expires_at is not None and row.expires_at <= now:
            await self.drop(store, row, owner, EXPIRED, "lost_its_point")
            return None
        if not await self._is_their_time(store, row, owner, recipient):
            return None
        place = (row.channel, row.ts) if row.channel and row.ts else None
        fact = await self.outgoing.fact(store, row.kind, row.subject, recipient, now, place)
        if fact is None:
            await self.drop(store, row, owner, CANCELLED, "lost_its_point")
            return None
        target = InPlaceOf(*place) if place else await self._target(store, row, recipient, fact)
        ready = Ready(target, word(people.translator(recipient), fact))
        return ready if await self._starts(store, row, owner, ready.target) else None

    async def drop(self, store: Store, row: OutboxRow, owner: str, state: str, reason: str) -> None:
        """Writes down that and why it is not sent, and tells whoever waits for its effect."""
        now = self.clock.now()
        if await store.outbox.drop(row.id, owner, now, state, reason):
            await settle(store, row.kind, row.subject, state, now)

    async def _starts(self, store: Store, row: OutboxRow, owner: str, target: Target) -> bool:
        """Marks the row as being sent; False when it has to wait for a place in its channel, or for an update.

        Its place among the posts of the workspace was taken with the claim.
        """
        now = self.clock.now()
        if (place := _place_of(target)) and (wait := await self.pace.take_in_channel(store, place)):
            await store.outbox.postpone(row.id, owner, now + wait, "pace_of_the_channel")
            return False
        if isinstance(target, InPlaceOf) and (wait := await self.pace.take(store, UPDATE)):
            await store.outbox.postpone(row.id, owner, now + wait, "pace")
            return False
        return await store.outbox.start(row.id, owner, now)

    async def _is_their_time(self, store: Store, row: OutboxRow, owner: str, recipient: MemberRow) -> bool:
        now, calendar = self.clock.now(), people.calendar(recipient, self.programme)
        if row.kind in AT_ANY_HOUR or is_open(calendar, now):
            return True
        opens_at = next_open(calendar, now)
        if row.expires_at is not None and row.expires_at <= opens_at:
            await self.drop(store, row, owner, EXPIRED, "closed_time")
        else:
            await store.outbox.postpone(row.id, owner, opens_at, "closed_time")
        return False

    async def _target(self, store: Store, row: OutboxRow, recipient: MemberRow, fact: object) -> Target:
        if isinstance(fact, Introduction):
            return ToGroup((fact.asker.external_id or "", fact.contact.external_id or ""))
        if isinstance(fact, GroupOpened):
            return ToGroup(tuple(person.external_id for person in fact.gathering.people if person.external_id))
        if row.kind in IN_PLACE:
            card = await store.outbox.sent_about(IN_PLACE[row.kind], row.subject)
            if card is not None and card.channel and card.ts:
                return InPlaceOf(card.channel, card.ts)
        if isinstance(fact, EventPosted):
            return ToChannel(fact.channel)
        if isinstance(fact, CardEnded):
            farewell = await store.farewells.by_ref(row.subject)
            if farewell is not None and farewell.channel and farewell.ts:
                return InPlaceOf(farewell.channel, farewell.ts)
        return ToPerson(recipient.external_id or "")


def _place_of(target: Target) -> str | None:
    """Where a new message comes to stand, as far as it is known; a group opens only when it leaves."""
    if isinstance(target, ToPerson):
        return target.user
    return target.channel if isinstance(target, ToChannel) else None
