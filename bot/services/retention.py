"""What has had its time is deleted, table by table, as storage/traces.py and docs/privacy.md say."""

from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.services.leaving import Leaving
from storage.database import Database
from storage.traces import TRACES, Trace

AT_ONCE: Final = 500
"""Rows of one transaction: others write in between."""


@dataclass(frozen=True)
class Retention:
    """Applies the periods; doing it twice changes nothing."""

    database: Database
    clock: Clock
    leaving: Leaving

    async def apply(self) -> None:
        """Deletes everything whose time is over, in small steps."""
        async with self.database.transaction() as store:
            await store.reports.forget_who()
        for trace in TRACES:
            while await self._some_of(trace) == AT_ONCE:
                pass
        await self.leaving.forget_long_gone()

    async def _some_of(self, trace: Trace) -> int:
        if trace.forgotten is None:
            return 0
        async with self.database.transaction() as store:
            return await store.belongings.forget_some(trace, self.clock.now(), AT_ONCE)
