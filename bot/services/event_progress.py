"""The card of a coordinator says by itself how far personal invitations are, until the last has gone out."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.programme import Programme
from bot.rules.pace import SPREAD_OVER
from bot.services.intents import about
from storage.database import Database
from storage.events import PROGRESS, RUNNING, SCHEDULED, STOPPING, EventRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.rows import new_ref
from storage.store import Store

FIRST: Final = timedelta(seconds=15)
"""After so long the first invitations have gone out, in open time, and those of a small event all of them."""
APART: Final = timedelta(minutes=1)
"""One card is updated no more often; Slack allows fifty updates a minute for everybody together."""
SHARE: Final = 4
"""Of a large crowd, a card is updated whenever about a quarter of what was left has gone out."""


@dataclass(frozen=True)
class EventProgress:
    """Follows the cards of coordinators on which the state of an event stands."""

    database: Database
    clock: Clock
    programme: Programme

    async def follow(self, member_id: int, event_ref: str, channel: str, ts: str) -> None:
        """Keeps the card that stands there up to date from now on, as long as there is something to come."""
        now = self.clock.now()
        async with self.database.transaction() as store:
            me = await store.members.by_id(member_id)
            await store.outbox.cancel_at(me.id, PROGRESS, channel, ts, now, "looked_at")
            event = await store.events.by_ref(me.workspace, event_ref) if me.is_coordinator else None
            if event is not None and await _next_look(store, event, self.programme, now) is not None:
                await _plan(store, event, me, (channel, ts), max(event.publish_at, now) + FIRST)

    async def leave(self, member_id: int, channel: str, ts: str) -> None:
        """Something else stands there now."""
        async with self.database.transaction() as store:
            await store.outbox.cancel_at(member_id, PROGRESS, channel, ts, self.clock.now(), "card_left")


async def look_again(
    store: Store, event: EventRow, member: MemberRow, place: tuple[str, str], programme: Programme, now: datetime
) -> None:
    """Plans the next update of a card that is being updated, unless nothing is to come or one is planned already."""
    looks_at = await _next_look(store, event, programme, now)
    if looks_at is not None and not await store.outbox.waits_for(member.id, PROGRESS, *place):
        await _plan(store, event, member, place, looks_at)


async def _next_look(store: Store, event: EventRow, programme: Programme, now: datetime) -> datetime | None:
    """When the card will have something new to say; None when it says how it ended."""
    if event.state == SCHEDULED:
        return max(event.publish_at, now) + FIRST
    if not event.takes_place:
        return None
    waiting, first_at, last_at = await store.events.on_their_way(event)
    if event.fan_out in (RUNNING, STOPPING):
        return now + APART
    if first_at is None or last_at is None:
        return None
    takes = max(timedelta(minutes=waiting / programme.delivery.posts_per_minute), min(last_at - now, SPREAD_OVER))
    # In closed time nothing moves, so the card waits with the invitations.
    return max(now + max(APART, takes / SHARE), first_at + FIRST)


async def _plan(store: Store, event: EventRow, member: MemberRow, place: tuple[str, str], at: datetime) -> None:
    channel, ts = place
    update = about(event, PROGRESS, member, Priority.ANSWER, at, occurrence=new_ref())
    await store.outbox.put(replace(update, channel=channel, ts=ts))
