"""Yes, maybe, no: answered in place, counted once, and every place given out in order (R17, R19)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.errors import AlreadyAnswered, EventIsOff, RepliesClosed, UnknownReference
from bot.facts.events import EventInvited, LessonForm, LessonShared, PresenceCounted
from bot.programme import Programme
from bot.services import event_steps as steps
from bot.services.addresses import Addresses
from bot.services.event_facts import counts_of, event_of
from storage import events
from storage.database import Database
from storage.events import EventLessonRow, EventReplyRow, EventRow
from storage.store import Store

LESSON_AT_MOST: Final = 300
"""Characters of the one line."""


@dataclass(frozen=True)
class EventReplies:
    """What everybody who was told of an event does with it."""

    database: Database
    clock: Clock
    programme: Programme
    addresses: Addresses

    async def answer(self, member_id: int, ref: str, answer: str) -> EventInvited:
        """Notes what somebody says to an event, or in the channel where it was posted; the last answer counts (R17).

        Raises UnknownReference, EventIsOff once it is cancelled or has begun, and RepliesClosed after its last day:
        from then on a yes or maybe can only be taken back.
        """
        async with self.database.transaction() as store:
            me = await store.members.by_id(member_id)
            event, posted_in = await self._event(store, me.workspace, ref)
            reply = await store.events.reply_of(event.id, me.id)
            await self._may_answer(store, event, answer, reply)
            region = counted_in(event, me.region or "", posted_in)
            reply = reply or _new(event, self.clock.now(), member_id=me.id)
            await steps.note(store, event, reply, answer, region, self.clock.now())
            if answer != events.NO:
                await store.outbox.put_all(steps.plan(event, me, self.programme, self.clock.now()))
            return await invited(store, event, reply, self.addresses)

    async def answer_as_guest(self, key: str, answer: str) -> EventInvited:
        """The same for somebody without an account, whom a coordinator has given a key. Raises as `answer` does."""
        async with self.database.transaction() as store:
            guest = await store.guests.by_key(key)
            event = await store.events.held(guest.event_id) if guest else None
            # Looked up again now that the event is held: the link may have been withdrawn meanwhile.
            guest = await store.guests.by_key(key)
            if event is None or guest is None:
                raise UnknownReference
            reply = await store.events.reply_of_guest(event.id, guest.ref)
            await self._may_answer(store, event, answer, reply)
            reply = reply or _new(event, self.clock.now(), guest_key=guest.ref)
            await steps.note(store, event, reply, answer, counted_in(event, "", ""), self.clock.now())
            return await invited(store, event, reply, self.addresses)

    async def tell(self, member_id: int, event_ref: str, *, was_there: bool) -> PresenceCounted:
        """Counts whether somebody was there, never who said so. Raises UnknownReference or AlreadyAnswered."""
        async with self.database.transaction() as store:
            event, reply = await self._was_to_come(store, member_id, event_ref)
            if reply.has_told:
                raise AlreadyAnswered
            reply.has_told = True
            event.was_there += was_there
            event.was_not_there += not was_there
            return PresenceCounted(event.ref, was_there)

    async def lesson_form(self, member_id: int, event_ref: str) -> LessonForm:
        """One line on what was learned. Raises UnknownReference."""
        async with self.database.transaction() as store:
            event, _ = await self._was_to_come(store, member_id, event_ref)
            return LessonForm(event.ref, event.title)

    async def share_lesson(self, member_id: int, event_ref: str, words: str | None, *, is_shared: bool) -> LessonShared:
        """Keeps the line without a name, if sharing was ticked; otherwise nothing is kept. Raises UnknownReference."""
        async with self.database.transaction() as store:
            event, _ = await self._was_to_come(store, member_id, event_ref)
            if not (words and is_shared):
                return LessonShared(is_kept=False)
            store.events.add(EventLessonRow(workspace=event.workspace, event_id=event.id, words=words[:LESSON_AT_MOST]))
            return LessonShared(is_kept=True)

    async def _event(self, store: Store, workspace: str, ref: str) -> tuple[EventRow, str]:
        """The event behind a card, held, and the region of the channel it was pressed in."""
        post = await store.events.post_by_ref(workspace, ref)
        found = await store.events.by_id(post.event_id) if post else await store.events.by_ref(workspace, ref)
        if found is None or found.state == events.SCHEDULED:
            raise UnknownReference
        return await store.events.held(found.id), post.region if post else ""

    async def _may_answer(self, store: Store, event: EventRow, answer: str, reply: EventReplyRow | None) -> None:
        now, before = self.clock.now(), reply.answer if reply else ""
        if not event.takes_place or event.starts_at <= now:
            raise EventIsOff(event.title, is_cancelled=event.state == events.CANCELLED)
        takes_back = answer == events.NO or (before == events.YES and answer == events.MAYBE)
        if now >= event.replies_close_at and not takes_back and answer != before:
            shown = await event_of(store, event)
            asked = shown.organiser.external_id if shown.organiser else None
            raise RepliesClosed(event.title, shown.closes_on, asked)

    async def _was_to_come(self, store: Store, member_id: int, ref: str) -> tuple[EventRow, EventReplyRow]:
        me = await store.members.by_id(member_id)
        found = await store.events.by_ref(me.workspace, ref)
        if found is None or not found.takes_place or found.ends_at > self.clock.now():
            raise UnknownReference
        event = await store.events.held(found.id)
        reply = await store.events.reply_of(event.id, member_id)
        if reply is None or not reply.has_place:
            raise UnknownReference
        return event, reply


async def invited(
    store: Store, event: EventRow, reply: EventReplyRow | None, addresses: Addresses | None = None
) -> EventInvited:
    """The event as whoever gave this answer sees it; with addresses, it says where calendars find it."""
    counts, _ = await counts_of(store, event)
    waits_as = None
    if reply is not None and reply.answer == events.YES and not reply.has_place:
        queue = [one for one in await store.events.waiting(event.id) if _same_places(event, one, reply)]
        waits_as = 1 + [one.id for one in queue].index(reply.id)
    return EventInvited(await event_of(store, event, addresses), counts, reply.answer if reply else None, waits_as)


def counted_in(event: EventRow, region: str, posted_in: str) -> str:
    """The region whose places somebody takes: their own if it is for it, else that of the channel, else the first."""
    if not event.regions:
        return region or posted_in
    return next((one for one in (region, posted_in) if one in event.regions), event.regions[0])


def _new(event: EventRow, now: datetime, member_id: int | None = None, guest_key: str | None = None) -> EventReplyRow:
    return EventReplyRow(
        workspace=event.workspace,
        event_id=event.id,
        member_id=member_id,
        guest_key=guest_key,
        answer="",
        replied_at=now,
    )


def _same_places(event: EventRow, one: EventReplyRow, other: EventReplyRow) -> bool:
    return not event.is_per_region or one.region == other.region
