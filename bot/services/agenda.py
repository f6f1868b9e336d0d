"""Whether time has brought anything to do."""

from dataclasses import dataclass

from bot.clock import Clock
from storage.database import Database


@dataclass(frozen=True)
class Agenda:
    """Asked every few seconds, so it asks the database only one question."""

    database: Database
    clock: Clock

    async def has_something_due(self) -> bool:
        """False when no recurring job could find anything to do now."""
        async with self.database.reading() as store:
            return await store.agenda.has_something_due(self.clock.now())
