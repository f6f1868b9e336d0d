"""Every event, click or form acts once, whatever repeats it."""

import hashlib
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.facts.members import Me
from bot.services import people
from storage.database import Database

KEPT_FOR: Final = timedelta(hours=25)
"""Slack repeats an event for minutes; a day and an hour covers every clock change too."""


@dataclass(frozen=True)
class Received:
    """What Silta makes of something received: whether it is new, and who it is from, if Silta has met them."""

    is_new: bool
    me: Me | None


@dataclass(frozen=True)
class Inbox:
    """Remembers what was received, by key and never by content."""

    database: Database
    clock: Clock

    async def receive(self, workspace: str, key: str | None, external_id: str | None) -> Received:
        """Notes the key, committed before Slack hears that it was received; what has no key is always new."""
        async with self.database.transaction() as store:
            is_new = not key or await store.inbox.is_new(workspace, _digest(key), self.clock.now())
            member = await store.members.by_external_id(workspace, external_id) if is_new and external_id else None
            if member is not None:
                # Any word and any press is a reaction to the last nudge (R4).
                await store.nudges.were_answered(member.id)
            return Received(is_new, people.me(member) if member else None)

    async def is_first(self, workspace: str, key: str) -> bool:
        """Notes the key; True the first time, False for as long as what was received is remembered."""
        async with self.database.transaction() as store:
            return await store.inbox.is_new(workspace, _digest(key), self.clock.now())

    async def forget(self, workspace: str, key: str | None) -> None:
        """What was sent back to its writer comes again under the same key, and is new then."""
        if key is not None:
            async with self.database.transaction() as store:
                await store.inbox.forget(workspace, _digest(key))

    async def forget_old(self) -> None:
        """Drops what nobody repeats any more."""
        async with self.database.transaction() as store:
            await store.inbox.forget_before(self.clock.now() - KEPT_FOR)


def _digest(key: str) -> str:
    """A press is known by whose it is, so that is not kept either: only a digest, which nobody can read back."""
    return hashlib.sha256(key.encode()).hexdigest()
