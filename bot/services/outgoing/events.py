"""What messages about events tell, at the moment they leave."""

from collections.abc import Awaitable, Callable
from typing import Final

from bot.facts.events import (
    Event,
    EventCancelled,
    EventChanged,
    EventInvited,
    EventNotPosted,
    EventPosted,
    EventPromoted,
    EventReminder,
    EventRuns,
    WereYouThere,
)
from bot.services.addresses import Addresses
from bot.services.event_facts import event_of, posted, runs
from bot.services.event_progress import look_again
from bot.services.event_replies import invited
from bot.services.outgoing.look import Look, Lookup
from bot.understanding.regions import RegionRecogniser
from storage import events
from storage.events import EventReplyRow, EventRow


async def invitation(look: Look) -> EventInvited | None:
    """A personal invitation, to somebody who wants such and has not answered in the channel already."""
    event = await look.store.events.by_ref(look.recipient.workspace, look.subject)
    if event is None or not event.takes_place or event.replies_close_at <= look.now:
        return None
    if not look.recipient.is_here or not look.recipient.wants("events"):
        return None
    answered = await look.store.events.reply_of(event.id, look.recipient.id)
    return None if answered else await invited(look.store, event, None)


async def promoted(look: Look, addresses: Addresses) -> EventPromoted | None:
    """That a place is theirs, while it is."""
    found = await _reply(look)
    return EventPromoted(await event_of(look.store, found[0], addresses)) if found and found[1].has_place else None


async def changed(look: Look, addresses: Addresses) -> EventChanged | None:
    """What has changed, for somebody who still comes."""
    found = await _reply(look)
    if found is None or found[1].answer != events.YES:
        return None
    return EventChanged(await event_of(look.store, found[0], addresses), found[0].last_changes)


async def cancelled(look: Look, addresses: Addresses) -> EventCancelled | None:
    """That it does not take place."""
    event = await look.store.events.by_ref(look.recipient.workspace, look.subject)
    if event is None or event.state != events.CANCELLED:
        return None
    return EventCancelled(await event_of(look.store, event, addresses))


async def reminder(look: Look, addresses: Addresses) -> EventReminder | None:
    """One reminder, to those who come or may come."""
    found = await _reply(look)
    if found is None:
        return None
    event, reply = found
    if not (reply.has_place or reply.answer == events.MAYBE):
        return None
    return EventReminder(await event_of(look.store, event, addresses), reply.answer)


async def were_you_there(look: Look) -> WereYouThere | None:
    """The one question, to those who had a place and have not answered it."""
    found = await _reply(look)
    if found is None or not found[1].has_place or found[1].has_told or found[0].ends_at > look.now:
        return None
    return WereYouThere(found[0].ref, found[0].title, found[0].starts_at)


async def not_posted(look: Look) -> EventNotPosted | None:
    """That a channel did not take a post."""
    post = await look.store.events.post_by_ref(look.recipient.workspace, look.subject)
    if post is None:
        return None
    return EventNotPosted(await _event(look, post.event_id), post.region)


async def progress(look: Look) -> EventRuns | None:
    """How far an announcement is, on the card of a coordinator that says so; the next update is planned with it."""
    event = await look.store.events.by_ref(look.recipient.workspace, look.subject)
    if event is None or look.place is None or not look.recipient.is_coordinator:
        return None
    await look_again(look.store, event, look.recipient, look.place, look.programme, look.now)
    return await runs(look.store, event)


def lookups(regions: RegionRecogniser, addresses: Addresses) -> dict[str, Lookup]:
    """Every kind about events; posts speak the language of their region, and whoever comes may take it along."""

    def about_post(*, is_update: bool) -> Callable[[Look], Awaitable[EventPosted | None]]:
        async def look_up(look: Look) -> EventPosted | None:
            post = await look.store.events.post_by_ref(look.recipient.workspace, look.subject)
            if post is None:
                return None
            fact = await posted(look.store, post, look.programme, regions, look.now)
            return fact if is_update or fact.is_open else None

        return look_up

    def with_calendars(look_up: Callable[[Look, Addresses], Awaitable[object | None]]) -> Lookup:
        async def looks_up(look: Look) -> object | None:
            return await look_up(look, addresses)

        return looks_up

    to_take_along = {kind: with_calendars(look_up) for kind, look_up in _WITH_CALENDARS.items()}
    return (
        _LOOKUPS
        | to_take_along
        | {events.POST: about_post(is_update=False), events.UPDATED_POST: about_post(is_update=True)}
    )


async def _reply(look: Look) -> tuple[EventRow, EventReplyRow] | None:
    """The event that takes place, and what the recipient answered last."""
    event = await look.store.events.by_ref(look.recipient.workspace, look.subject)
    if event is None or not event.takes_place:
        return None
    reply = await look.store.events.reply_of(event.id, look.recipient.id)
    return (event, reply) if reply else None


async def _event(look: Look, event_id: int) -> Event:
    return await event_of(look.store, await look.store.events.by_id(event_id))


_LOOKUPS: Final[dict[str, Lookup]] = {
    events.INVITATION: invitation,
    "events.were_you_there": were_you_there,
    "events.not_posted": not_posted,
    events.PROGRESS: progress,
}
_WITH_CALENDARS: Final[dict[str, Callable[[Look, Addresses], Awaitable[object | None]]]] = {
    "events.promoted": promoted,
    "events.changed": changed,
    "events.cancelled": cancelled,
    events.REMINDER: reminder,
}
