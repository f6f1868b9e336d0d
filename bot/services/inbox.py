"""Every event, click or form acts once, whatever repeats it."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from storage.database import Database

KEPT_FOR: Final = timedelta(hours=25)
"""Slack repeats an event for minutes; a day and an hour covers every clock change too."""


@dataclass(frozen=True)
class Inbox:
    """Remembers what was received, by key and never by content."""

    database: Database
    clock: Clock

    async def is_new(self, workspace: str, key: str) -> bool:
        """True the first time; committed before Slack hears that it was received."""
        async with self.database.transaction() as store:
            return await store.inbox.is_new(workspace, key, self.clock.now())

    async def forget_old(self) -> None:
        """Drops what nobody repeats any more."""
        async with self.database.transaction() as store:
            await store.inbox.forget_before(self.clock.now() - KEPT_FOR)
