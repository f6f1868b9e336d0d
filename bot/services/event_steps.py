"""The steps of an event inside the transaction of whoever takes them: places, reminders, posts, who is told (R19)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from bot.programme import Programme
from bot.rules.open_time import NeverOpen, moment, on_nth_open_day
from bot.rules.places import Waiting, promoted
from bot.rules.slots import day_before
from bot.services import people
from bot.services.event_facts import counts_of, places_of
from bot.services.intents import about
from storage.events import (
    INVITATION,
    MAYBE,
    NO,
    POST,
    REMINDER,
    UPDATED_POST,
    YES,
    EventPostRow,
    EventReplyRow,
    EventRow,
)
from storage.members import MemberRow
from storage.outbox import Intent, Priority
from storage.rows import new_ref
from storage.store import Store

WERE_YOU_THERE: Final = "events.were_you_there"
PROMOTED: Final = "events.promoted"
CHANGED: Final = "events.changed"
IS_CANCELLED: Final = "events.cancelled"
PLANNED: Final = (REMINDER, WERE_YOU_THERE)
FORGOTTEN_AFTER: Final = timedelta(days=7)
"""So long after an event nobody is asked any more whether they were there."""


async def note(store: Store, event: EventRow, reply: EventReplyRow, answer: str, region: str, now: datetime) -> None:
    """Notes an answer to an event that is held: the last one counts, the same one again changes nothing (R17).

    Whoever says yes anew is the last in the order; whoever gives a place back makes room for the first who waits.
    """
    if reply.answer == answer:
        return
    reply.answer, reply.region, reply.replied_at, reply.has_place, reply.place = answer, region, now, False, 0
    if answer == YES:
        event.last_place += 1
        reply.place = event.last_place
    event.version += 1
    store.events.add(reply)
    await store.flush()
    await give_places(store, event, now, answering=reply)


async def withdraw(store: Store, member_id: int, now: datetime) -> None:
    """Takes somebody who leaves the network out of everything ahead, so that their places go to those who wait."""
    for event_id in await store.events.answered_ahead(member_id, now):
        event = await store.events.held(event_id)
        reply = await store.events.reply_of(event.id, member_id)
        if reply is not None:
            await note(store, event, reply, NO, reply.region, now)


async def hand_over_posts(store: Store, member: MemberRow) -> None:
    """Posts made in the name of somebody who leaves go on following their event, in the name of another coordinator."""
    others = [one for one in await store.members.coordinators(member.workspace) if one.id != member.id]
    heir = next((one for one in others if one.external_id), None)
    if heir is None:
        return
    for row in [row for kind in (POST, UPDATED_POST) for row in await store.outbox.all_to(member.id, kind)]:
        kind, subject, _, *occurrence = row.dedup_key.split(":")
        row.recipient_id, row.dedup_key = heir.id, ":".join((kind, subject, str(heir.id), *occurrence))
    await store.flush()


async def give_places(store: Store, event: EventRow, now: datetime, answering: EventReplyRow | None = None) -> None:
    """Gives free places to those who wait, in their order; they are told in their open time, who answers is at once."""
    waiting = {one.place: one for one in await store.events.waiting(event.id)}
    if not waiting:
        return
    _, by_region = await counts_of(store, event)
    taken = {region: counts.yes for region, counts in by_region.items()}
    queue = [Waiting(one.place, one.region) for one in waiting.values()]
    for lucky in promoted(places_of(event), taken, queue):
        reply = waiting[lucky.number]
        reply.has_place = True
        event.version += 1
        if reply.member_id is not None and reply is not answering:
            member = await store.members.by_id(reply.member_id)
            told = about(event, PROMOTED, member, Priority.INTRODUCTION, now, occurrence=str(reply.place))
            await store.outbox.put(_until(told, event.starts_at))
    await store.flush()


def plan(event: EventRow, member: MemberRow, programme: Programme, now: datetime) -> Sequence[Intent]:
    """What will be said to somebody who comes: one reminder at ten, one open day before, and one question afterwards.

    The number of the last change tells plans for different times apart.
    """
    calendar, at, occurrence = people.calendar(member, programme), programme.events.at, str(event.sequence)
    planned = []
    reminder_at = moment(calendar, day_before(calendar, event.starts_at), at)
    if now < reminder_at < event.starts_at:
        reminder = about(event, REMINDER, member, Priority.REMINDER, reminder_at, occurrence=occurrence)
        planned.append(_until(reminder, event.starts_at))
    try:
        asked_at = on_nth_open_day(calendar, event.ends_at, 1, at)
    except NeverOpen:
        return planned
    question = about(event, WERE_YOU_THERE, member, Priority.CHECK_IN, asked_at, occurrence=occurrence)
    return [*planned, _until(question, asked_at + FORGOTTEN_AFTER)]


async def plan_anew(store: Store, event: EventRow, programme: Programme, now: datetime) -> None:
    """Plans reminders and questions of everybody again, after a change."""
    await store.outbox.cancel_kinds(event.ref, PLANNED, now, "planned_anew")
    members = await _who_answered(store, event, (YES, MAYBE))
    await store.outbox.put_all([intent for member in members for intent in plan(event, member, programme, now)])


async def announce(store: Store, event: EventRow, programme: Programme, speaker: MemberRow, now: datetime) -> None:
    """One post for each region channel that has none yet; regions that share a channel share its post."""
    channels = programme.events.channels
    there = {post.channel for post in await store.events.posts(event.id)}
    for region in event.regions or tuple(channels):
        channel = channels.get(region)
        if channel is None or channel in there:
            continue
        there.add(channel)
        post = EventPostRow(
            ref=new_ref(),
            workspace=event.workspace,
            event_id=event.id,
            region=region,
            channel=channel,
            shown_version=event.version,
        )
        store.events.add(post)
        await store.flush()
        await store.outbox.put(_until(about(post, POST, speaker, Priority.ANSWER, now), event.starts_at))


async def tell_those_who_come(
    store: Store, event: EventRow, kind: str, answers: Sequence[str], now: datetime, until: datetime
) -> None:
    """Tells everybody who gave one of these answers about this change of the event."""
    members = await _who_answered(store, event, answers)
    intents = [
        about(event, kind, one, Priority.REMINDER, now, occurrence=str(event.sequence), expires_at=until)
        for one in members
    ]
    await store.outbox.put_all(intents)


def wants_invitation(event: EventRow, member: MemberRow) -> bool:
    """Whether somebody it is for gets a personal invitation: who chose such, is here, and does not organise it."""
    return member.is_here and member.wants("events") and member.id != event.organiser_id


def invitation(event: EventRow, member: MemberRow, now: datetime) -> Intent:
    """A personal invitation, once whatever happens; it has lost its point when answers close."""
    return _until(about(event, INVITATION, member, Priority.ANNOUNCEMENT, now), event.replies_close_at)


async def speaker_for(store: Store, event: EventRow) -> MemberRow | None:
    """In whose name posts are updated: the organiser, or a coordinator who is still here."""
    organiser = await store.members.by_id(event.organiser_id) if event.organiser_id else None
    if organiser is not None and organiser.deactivated_at is None and organiser.external_id:
        return organiser
    return next((one for one in await store.members.coordinators(event.workspace) if one.external_id), None)


async def _who_answered(store: Store, event: EventRow, answers: Sequence[str]) -> Sequence[MemberRow]:
    replies = await store.events.replies(event.id)
    numbers = [one.member_id for one in replies if one.answer in answers and one.member_id is not None]
    members = await store.members.by_ids(numbers)
    return [members[number] for number in numbers if number in members]


def _until(intent: Intent, expires_at: datetime) -> Intent:
    return replace(intent, expires_at=expires_at)
