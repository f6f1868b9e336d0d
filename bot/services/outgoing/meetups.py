"""What messages about circles and meetups tell."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.facts.meetups import (
    AloneThisTime,
    ChangeVote,
    DidYouMeet,
    Gathering,
    GroupNotOpened,
    GroupOpened,
    MeetupCancelled,
    MeetupReminder,
    Poll,
)
from bot.services import people
from bot.services.addresses import Addresses
from bot.services.circles import named, vote_on
from bot.services.gatherings import gathering_of, poll_for
from bot.services.outgoing.look import Look, Lookup
from storage import circles, meetups
from storage.circles import CircleRow, wants_messages
from storage.meetups import MeetupRow


async def poll(look: Look) -> Poll | None:
    """The poll, while it is open and the person is in the circle."""
    held = await look.store.meetups.round_by_ref(look.subject)
    if held is None or held.state != meetups.POLLING or not await _is_in(look, held.circle_id):
        return None
    return await poll_for(look.store, held, look.recipient)


async def alone(look: Look) -> AloneThisTime | None:
    """That nobody else could come at this person's times, and when the circle is asked again."""
    held = await look.store.meetups.round_by_ref(look.subject)
    if held is None or not await _is_in(look, held.circle_id):
        return None
    circle = await look.store.circles.by_id(held.circle_id)
    next_at = circle.next_poll_at
    next_on = next_at.astimezone(people.zone(look.recipient)).date() if next_at else None
    return AloneThisTime(named(circle), next_on)


async def cancelled(look: Look) -> MeetupCancelled | None:
    """That too few are left."""
    meetup = await look.store.meetups.of_person(look.recipient.id, look.subject)
    if meetup is None or meetup.state != meetups.CANCELLED or not wants_messages(look.recipient):
        return None
    return MeetupCancelled(named(await _circle(look, meetup)), meetup.starts_at)


async def did_you_meet(look: Look) -> DidYouMeet | None:
    """The one question, to those who were to meet and have not answered it."""
    meetup = await _planned(look)
    if meetup is None or await look.store.meetups.has_told(meetup.id, look.recipient.id):
        return None
    return DidYouMeet(meetup.ref, named(await _circle(look, meetup)), meetup.starts_at)


async def change(look: Look) -> ChangeVote | None:
    """The wish, while it is voted on and this person has not voted."""
    wish = await look.store.circles.change_by_ref(look.subject)
    if wish is None or wish.state != circles.OPEN or not await _is_in(look, wish.circle_id):
        return None
    if await look.store.circles.vote_of(wish.id, look.recipient.id) is not None:
        return None
    return vote_on(wish, await look.store.circles.by_id(wish.circle_id), agrees=None)


def lookups(addresses: Addresses) -> dict[str, Lookup]:
    """Every kind about circles and meetups; those about one meetup need to know where calendars find it."""

    def about_meetup(fact: Callable[[Gathering], object]) -> Callable[[Look], Awaitable[object | None]]:
        async def look_up(look: Look) -> object | None:
            meetup = await _planned(look)
            gathering = await gathering_of(look.store, meetup, addresses) if meetup else None
            return fact(gathering) if gathering is not None and len(gathering.people) > 1 else None

        return look_up

    return _LOOKUPS | {
        "meetups.group": about_meetup(GroupOpened),
        "meetups.gather": about_meetup(GroupNotOpened),
        meetups.REMINDER: about_meetup(MeetupReminder),
    }


async def _planned(look: Look) -> MeetupRow | None:
    """The meetup, if it takes place and this person is in it and wants messages."""
    meetup = await look.store.meetups.of_person(look.recipient.id, look.subject)
    takes_place = meetup is not None and meetup.state == meetups.PLANNED
    return meetup if takes_place and wants_messages(look.recipient) else None


async def _is_in(look: Look, circle_id: int) -> bool:
    circle = await look.store.circles.by_id(circle_id)
    is_member = await look.store.circles.of_person(look.recipient.id, circle.ref) is not None
    return is_member and wants_messages(look.recipient)


async def _circle(look: Look, meetup: MeetupRow) -> CircleRow:
    held = await look.store.meetups.round_by_id(meetup.round_id)
    return await look.store.circles.by_id(held.circle_id)


_LOOKUPS: Final[dict[str, Lookup]] = {
    "meetups.poll": poll,
    "meetups.alone": alone,
    "meetups.cancelled": cancelled,
    "meetups.did_you_meet": did_you_meet,
    "circles.change": change,
}
