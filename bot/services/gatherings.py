"""Polls and meetups as messages tell them."""

from bot.facts.meetups import Gathering, Poll, Slot
from bot.services import people
from bot.services.addresses import Addresses
from bot.services.circles import change_shown, named
from storage.meetups import MeetupRow, RoundRow
from storage.members import MemberRow
from storage.store import Store


async def gathering_of(store: Store, meetup: MeetupRow, addresses: Addresses) -> Gathering:
    """One meetup with everything its people are told."""
    held = await store.meetups.round_by_id(meetup.round_id)
    members = await store.meetups.people(meetup.id)
    return Gathering(
        meetup_ref=meetup.ref,
        circle=named(await store.circles.by_id(held.circle_id)),
        people=tuple(people.person(member) for member in members),
        starts_at=meetup.starts_at,
        minutes=held.minutes,
        zones=tuple(dict.fromkeys(people.zone(member) for member in members)),
        languages=tuple(dict.fromkeys(people.language(member) for member in members)),
        place=held.place,
        link=held.link,
        agenda=await store.meetups.agenda(meetup.id),
        calendars=addresses.of(meetup),
    )


async def poll_for(store: Store, held: RoundRow, member: MemberRow) -> Poll:
    """A poll as this member sees it: what suits them so far, and what the circle has changed since the last one."""
    before = await store.meetups.round_before(held)
    changes = await store.circles.accepted_changes(held.circle_id, since=before.begun_at if before else None)
    answer = await store.meetups.vote_of(held.id, member.id)
    slots = await store.meetups.slots(held.id)
    proposer = await store.members.by_id(held.proposed_by) if held.proposed_by else None
    return Poll(
        round_ref=held.ref,
        circle=named(await store.circles.by_id(held.circle_id)),
        slots=tuple(Slot(slot.ref, slot.starts_at, slot.ref in (answer or ())) for slot in slots),
        minutes=held.minutes,
        answered=answer is not None,
        closes_at=held.closes_at,
        proposed_by=people.person(proposer) if proposer else None,
        place=held.place,
        link=held.link,
        changes=tuple(change_shown(change, member) for change in changes[:3]),
    )
