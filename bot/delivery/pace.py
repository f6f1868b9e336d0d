"""The pace of the workspace: a place in it is taken before a message leaves, by every replica from the same row.

Places are taken with the claim, several in one transaction, and what does not leave after all gives its place back.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.programme import Delivery
from bot.rules import pace as rules
from bot.rules.pace import Allowance
from storage.paces import UNHINDERED, WHOLE_WORKSPACE, PaceRow, Standing
from storage.store import Store

POST: Final = "chat.postMessage"
UPDATE: Final = "chat.update"
ASK_AGAIN_AFTER: Final = timedelta(minutes=1)
"""How often a workspace that does not answer to our token is asked whether it does again."""


@dataclass(frozen=True)
class Room:
    """What may leave now: so many messages, or none for so long; `asks` when the resting workspace is to be asked.

    `several` is how long until it is worth fetching again: a few at a time.
    """

    messages: int
    wait: timedelta = timedelta()
    several: timedelta = timedelta()
    asks: bool = False


@dataclass(frozen=True)
class Pace:
    """The pace of one workspace as its programme allows it and as Slack has taught us."""

    workspace: str
    delivery: Delivery

    async def room(self, store: Store) -> Room:
        """How many posts the pace has room for at this moment, and how long until it has, if none."""
        return self._room(await store.paces.standing(self.workspace, POST))

    async def take_for(self, store: Store, claim: Callable[[int], Awaitable[int]]) -> Room:
        """Claims what there is room for, and takes as many places as were claimed; the room that is left.

        `claim` is told how many may leave and answers how many will. The pace is held meanwhile, so that replicas take
        turns: nobody fetches what another one has the place for.
        """
        standing = await store.paces.standing(self.workspace, POST)
        room = self._room(standing)
        claimed = await claim(room.messages) if room.messages else 0
        if not claimed:
            return room
        pace, now = standing.pace, standing.now
        pace.arrival_at = rules.after_a_call(self._allowed(pace, now), pace.arrival_at, now, claimed)
        return self._room(standing)

    async def give_back(self, store: Store, places: int = 1) -> None:
        """So many posts that had a place do not leave; others may, unless Slack has said "too fast" meanwhile."""
        row, now = await store.paces.held(self.workspace, POST)
        is_blocked = row.blocked_until is not None and row.blocked_until > now
        if row.arrival_at is not None and not is_blocked:
            row.arrival_at -= self._allowed(row, now).interval * places

    async def take(self, store: Store, method: str) -> timedelta:
        """Takes one place for a call of this method; how long to wait instead, if there is none just now."""
        row, now = await store.paces.held(self.workspace, method)
        allowed = self._allowed(row, now)
        waiting = rules.wait(allowed, row.arrival_at, now)
        if not waiting:
            row.arrival_at = rules.after_a_call(allowed, row.arrival_at, now)
        return waiting

    async def take_in_channel(self, store: Store, channel: str) -> timedelta:
        """Takes a place in this channel; how long to wait instead, if somebody has just been written to."""
        interval = timedelta(seconds=self.delivery.seconds_between_in_channel)
        if not interval:
            return timedelta()
        return await store.paces.take_in_channel(self.workspace, POST, channel, interval)

    async def too_fast(self, store: Store, method: str, seconds: int) -> None:
        """Slack said 429: nobody calls this method for so long, and everybody goes slower for a while."""
        row, now = await store.paces.held(self.workspace, method)
        until = max(now + timedelta(seconds=seconds), row.blocked_until or now)
        if row.blocked_until is None or row.blocked_until <= now:
            # Several calls on their way at once are told the same; that is one lesson.
            row.share = rules.slower(self._share(row, now))
        row.blocked_until, row.slowed_until = until, until + rules.SLOWED_FOR
        row.arrival_at = rules.after_a_refusal(self._allowed(row, now), until)

    async def rest(self, store: Store, reason: str) -> bool:
        """The workspace does not answer to our token: nothing is sent until it does. True when this is news."""
        row, now = await store.paces.held(self.workspace, WHOLE_WORKSPACE)
        is_news = row.reason is None
        row.reason, row.blocked_until = reason, now + ASK_AGAIN_AFTER
        return is_news

    async def wake(self, store: Store) -> None:
        """The workspace answers to our token again."""
        row, _ = await store.paces.held(self.workspace, WHOLE_WORKSPACE)
        row.reason = row.blocked_until = None

    def _room(self, standing: Standing) -> Room:
        if standing.workspace is not None and standing.workspace.reason is not None:
            return _room_of_resting(standing.workspace, standing.now)
        allowed, arrival_at, now = self._allowed(standing.pace, standing.now), standing.pace.arrival_at, standing.now
        several = rules.wait_for_several(allowed, arrival_at, now)
        return Room(rules.calls_now(allowed, arrival_at, now), rules.wait(allowed, arrival_at, now), several)

    def _allowed(self, row: PaceRow, now: datetime) -> Allowance:
        share = self._share(row, now)
        return rules.allowance(self.delivery.posts_per_minute, self.delivery.burst, share)

    def _share(self, row: PaceRow, now: datetime) -> int:
        is_slowed = row.slowed_until is not None and row.slowed_until > now
        return row.share if is_slowed else UNHINDERED


def _room_of_resting(workspace: PaceRow, now: datetime) -> Room:
    if workspace.blocked_until is not None and workspace.blocked_until > now:
        wait = workspace.blocked_until - now
        return Room(0, wait, several=wait)
    # One replica asks, the others go on resting.
    workspace.blocked_until = now + ASK_AGAIN_AFTER
    return Room(0, asks=True)
