"""Events are announced, changed, cancelled and looked after by coordinators, and time does the rest (R19)."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.errors import EventIsOff, UnknownReference
from bot.facts.events import (
    Attendance,
    Attendee,
    EventDraftDropped,
    EventEntry,
    EventRuns,
    EventsShown,
    EventUnclear,
    Mistake,
    PeopleTold,
)
from bot.programme import Programme
from bot.rules import events as rules
from bot.services import event_steps as steps
from bot.services.event_drafts import changes_between, draft_in, made, mistakes_in
from bot.services.event_facts import NOT_TOLD, entry_of, event_of, runs
from bot.services.intents import about
from bot.services.roles import coordinator
from storage import events
from storage.database import Database
from storage.events import EventDraftRow, EventRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store

AT_ONCE: Final = 500
"""Invitations written down in one transaction; the others follow with the next tick."""
SHOWN_AT_MOST: Final = 20
NOT_AT_THAT_MOMENT: Final = Mistake("publish_at", "publish_at_not_possible")
CHANGED_MEANWHILE: Final = Mistake("title", "changed_meanwhile")
TOLD_TO_THOSE_WHO_COME: Final = ("title", "time", "place")
"""The changes of which those who said yes are told; the rest shows in the posts."""


@dataclass(frozen=True)
class Events:
    """What coordinators do with events, and what time does."""

    database: Database
    clock: Clock
    programme: Programme

    async def publish(self, member_id: int, draft_ref: str, at: datetime | None = None) -> EventRuns | EventUnclear:
        """Announces a draft, now or at that moment, or changes what is announced; twice is the same as once (R17).

        One event is written here; invitations are spread by time. Raises OnlyCoordinators, UnknownReference
        or EventIsOff.
        """
        now = self.clock.now()
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            draft = await store.events.held_draft(me.workspace, draft_ref)
            if draft is None:
                raise UnknownReference
            if draft.is_published and draft.event_id is not None:
                return await runs(store, await store.events.by_id(draft.event_id))
            before = await store.events.held(draft.event_id) if draft.event_id is not None else None
            if before is not None and (before.state == events.CANCELLED or before.starts_at <= now):
                raise EventIsOff(before.title, is_cancelled=before.state == events.CANCELLED)
            if before is not None and before.changed_at > draft.changed_at:
                # What this draft would put back was never in its preview.
                return EventUnclear(draft.ref, draft_in(draft), (CHANGED_MEANWHILE,))
            if found := await mistakes_in(store, draft, draft_in(draft), now):
                return EventUnclear(draft.ref, draft_in(draft), found)
            if at is not None and not rules.may_go_out_at(draft_in(draft), at, now):
                return EventUnclear(draft.ref, draft_in(draft), (NOT_AT_THAT_MOMENT,))
            wanted = made(draft_in(draft), me, now, before)
            event = await self._change(store, before, wanted, me, now) if before else None
            event = event or await self._begin(store, draft, wanted, me, at)
            draft.is_published, draft.event_id, draft.changed_at = True, event.id, now
            store.audit.note(me.workspace, now, "events.publish", actor_id=me.id, about=event.ref)
            await store.flush()
            return await runs(store, event)

    async def schedule_mistakes(self, member_id: int, draft_ref: str, at: datetime | None) -> tuple[Mistake, ...]:
        """What is wrong with the moment chosen for an announcement. Raises as `publish` does."""
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            draft = await store.events.held_draft(me.workspace, draft_ref)
            if draft is None:
                raise UnknownReference
            possible = rules.may_go_out_at(draft_in(draft), at, self.clock.now())
            return () if possible else (NOT_AT_THAT_MOMENT,)

    async def cancel(self, member_id: int, ref: str) -> EventRuns | EventDraftDropped:
        """Calls an event off and tells who said yes or maybe; a draft just goes. Raises as `publish` does."""
        now = self.clock.now()
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            draft = await store.events.held_draft(me.workspace, ref)
            if draft is not None and not draft.is_published:
                await store.events.drop_draft(draft)
                return EventDraftDropped()
            event = await self._held(store, me, ref)
            if event.state != events.CANCELLED:
                if event.starts_at <= now:
                    raise EventIsOff(event.title, is_cancelled=False)
                await self._call_off(store, event, now)
                store.audit.note(me.workspace, now, "events.cancel", actor_id=me.id, about=event.ref)
            return await runs(store, event)

    async def stop(self, member_id: int, event_ref: str) -> EventRuns:
        """No more personal invitations: what has not left is written down as cancelled. Raises as `publish` does."""
        now = self.clock.now()
        async with self.database.transaction() as store:
            event = await self._held(store, await coordinator(store, member_id), event_ref)
            store.audit.note(event.workspace, now, "events.stop", actor_id=member_id, about=event.ref)
            await store.outbox.cancel_kinds(event.ref, (events.INVITATION,), now, "stopped")
            if event.fan_out == events.RUNNING:
                event.fan_out = events.STOPPING
            elif event.fan_out == events.DONE:
                event.fan_out = events.STOPPED
            await store.flush()
            return await runs(store, event)

    async def show(self, member_id: int, event_ref: str) -> EventRuns:
        """How it stands. Raises as `publish` does."""
        async with self.database.reading() as store:
            me = await coordinator(store, member_id)
            return await runs(store, await self._found(store, me, event_ref))

    async def ahead(self, member_id: int) -> EventsShown:
        """What is ahead, for everybody; coordinators may draft one."""
        async with self.database.reading() as store:
            me = await store.members.by_id(member_id)
            coming = await store.events.coming(me.workspace, self.clock.now(), SHOWN_AT_MOST)
            seen = [one for one in coming if me.is_coordinator or one.takes_place]
            return EventsShown(tuple([await event_of(store, one) for one in seen]), may_draft=me.is_coordinator)

    async def entry(self, calendar_key: str) -> EventEntry | None:
        """The event behind an address that only those who were told know, for their calendars."""
        async with self.database.reading() as store:
            event = await store.events.by_calendar_key(calendar_key)
            return None if event is None or event.state == events.SCHEDULED else await entry_of(store, event)

    async def told(self, member_id: int, event_ref: str) -> PeopleTold:
        """Whom personal invitations have reached. Raises as `publish` does."""
        async with self.database.reading() as store:
            me = await coordinator(store, member_id)
            event = await self._found(store, me, event_ref)
            reached = await store.events.people_told(event)
            ended = await store.events.told(event)
            not_told = sum(count for (state, _), count in ended.items() if state in NOT_TOLD)
            return PeopleTold(await event_of(store, event), tuple(one.name for one in reached), not_told)

    async def attendance(self, member_id: int, event_ref: str) -> Attendance:
        """Who answered what, and what people took home. Raises as `publish` does."""
        async with self.database.reading() as store:
            me = await coordinator(store, member_id)
            event = await self._found(store, me, event_ref)
            replies = await store.events.replies(event.id)
            members = await store.members.by_ids([one.member_id for one in replies if one.member_id is not None])
            guests = {one.ref: one.name for one in await store.guests.of_event(event.id)}
            attendees = []
            for reply in replies:
                member = members.get(reply.member_id or 0)
                waits = reply.answer == events.YES and not reply.has_place
                attendees.append(
                    Attendee(
                        name=member.name if member else guests.get(reply.guest_key or "", ""),
                        institution=(member.institution or "") if member else "",
                        region=reply.region,
                        state="waiting" if waits else reply.answer,
                        is_guest=member is None,
                        replied_at=reply.replied_at,
                    )
                )
            return Attendance(
                event=await event_of(store, event),
                people=tuple(attendees),
                was_there=event.was_there,
                was_not_there=event.was_not_there,
                lessons=await store.events.lessons(event.id),
            )

    async def hold(self) -> None:
        """What time brings: scheduled announcements, the next invitations, posts that show what is so."""
        now = self.clock.now()
        async with self.database.reading() as store:
            due, fanning_out = await store.events.to_publish(now), await store.events.fanning_out()
        for event_id in due:
            await self._publish_if_due(event_id, now)
        for event_id in dict.fromkeys((*due, *fanning_out)):
            await self._invite_some(event_id, now)
        async with self.database.transaction() as store:
            for post, event in await store.events.outdated_posts():
                await self._update(store, post, event, now)

    async def _begin(
        self, store: Store, draft: EventDraftRow, event: EventRow, me: MemberRow, at: datetime | None
    ) -> EventRow:
        """Keeps a new event, and announces it unless it is to wait."""
        now = self.clock.now()
        if at is not None:
            event.state, event.publish_at = events.SCHEDULED, at
        event.fan_out, event.invited_up_to, event.last_place = events.RUNNING, 0, 0
        event.was_there = event.was_not_there = 0
        store.events.add(event)
        await store.flush()
        if at is None:
            await steps.announce(store, event, self.programme, me, now)
        return event

    async def _change(self, store: Store, event: EventRow, wanted: EventRow, me: MemberRow, now: datetime) -> EventRow:
        """Changes an announced event: its posts follow, new places are given out, who said yes is told what changed."""
        changes = changes_between(event, wanted)
        for name in _CHANGEABLE:
            setattr(event, name, getattr(wanted, name))
        if not changes:
            return event
        event.sequence, event.version, event.changed_at = event.sequence + 1, event.version + 1, now
        await store.flush()
        if not event.takes_place:
            return event
        told = tuple(one for one in changes if one in TOLD_TO_THOSE_WHO_COME)
        unsaid = await store.outbox.cancel_kinds(event.ref, (steps.CHANGED,), now, "changed_again")
        event.last_changes = tuple(dict.fromkeys((*(event.last_changes if unsaid else ()), *told)))
        if event.last_changes and (told or unsaid):
            await steps.tell_those_who_come(store, event, steps.CHANGED, (events.YES,), now, event.ends_at)
        if "audience" in changes:
            event.fan_out, event.invited_up_to = events.RUNNING, 0
        await steps.announce(store, event, self.programme, me, now)
        await steps.give_places(store, event, now)
        await steps.plan_anew(store, event, self.programme, now)
        return event

    async def _call_off(self, store: Store, event: EventRow, now: datetime) -> None:
        was_announced = event.takes_place
        event.state, event.fan_out = events.CANCELLED, events.STOPPED
        event.sequence, event.version, event.changed_at = event.sequence + 1, event.version + 1, now
        await store.outbox.cancel(event.ref, now, "event_cancelled")
        await store.flush()
        if was_announced:
            await steps.tell_those_who_come(
                store, event, steps.IS_CANCELLED, (events.YES, events.MAYBE), now, event.ends_at
            )

    async def _publish_if_due(self, event_id: int, now: datetime) -> None:
        async with self.database.transaction() as store:
            event = await store.events.held_to_publish(event_id, now)
            speaker = await steps.speaker_for(store, event) if event else None
            if event is None or speaker is None:
                return
            event.state = events.PUBLISHED
            await store.flush()
            await steps.announce(store, event, self.programme, speaker, now)

    async def _invite_some(self, event_id: int, now: datetime) -> None:
        """Writes down the next invitations, or their cancellation; each person is looked at again when it leaves."""
        async with self.database.transaction() as store:
            event = await store.events.held_to_invite(event_id)
            if event is None:
                return
            batch = await store.events.audience(event, event.invited_up_to, AT_ONCE)
            invitations = [steps.invitation(event, one, now) for one in batch if steps.wants_invitation(event, one)]
            if event.fan_out == events.STOPPING:
                await store.outbox.record_cancelled(invitations, now, "stopped")
            else:
                await store.outbox.put_all(invitations)
            if batch:
                event.invited_up_to = batch[-1].id
            if len(batch) < AT_ONCE:
                event.fan_out = events.STOPPED if event.fan_out == events.STOPPING else events.DONE

    async def _update(self, store: Store, post: events.EventPostRow, event: EventRow, now: datetime) -> None:
        speaker = await steps.speaker_for(store, event)
        post.shown_version = event.version
        if speaker is not None:
            update = about(post, events.UPDATED_POST, speaker, Priority.ANSWER, now, occurrence=str(event.version))
            await store.outbox.put(update)

    async def _found(self, store: Store, me: MemberRow, event_ref: str) -> EventRow:
        event = await store.events.by_ref(me.workspace, event_ref)
        if event is None:
            raise UnknownReference
        return event

    async def _held(self, store: Store, me: MemberRow, event_ref: str) -> EventRow:
        return await store.events.held((await self._found(store, me, event_ref)).id)


_CHANGEABLE: Final = (
    "kind", "title", "starts_at", "ends_at", "place", "link", "officiality", "planned_role", "time_covered_by",
    "regions", "fields", "institutions", "roles", "languages", "capacity", "is_per_region", "replies_close_at",
)  # fmt: skip
