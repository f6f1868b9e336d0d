"""Once a week coordinators hear what nobody could answer, and which answers may be old (R14, R16)."""

from dataclasses import dataclass
from datetime import datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.programme import Programme
from bot.rules.nudges import Slot, next_slot
from bot.rules.open_time import Calendar
from bot.rules.rounds import WEEKDAYS
from bot.services import people
from bot.services.intents import about
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import Priority

WEEKLY_LIST: Final = "knowledge.weekly_list"
_NOBODYS: Final = Calendar(ZoneInfo("UTC"), time(8), time(16))


@dataclass(frozen=True)
class _Week:
    ref: str
    workspace: str


@dataclass(frozen=True)
class WeeklyLists:
    """Plans the coordinators' list; what stands in it is looked up when it leaves, and an empty one does not leave."""

    database: Database
    clock: Clock
    programme: Programme

    async def begin(self, workspace: str) -> None:
        """Plans the first list of this workspace; begun before, nothing changes."""
        async with self.database.transaction() as store:
            coordinators = await store.members.coordinators(workspace)
            await store.knowledge.ensure_list(workspace, self._next([*coordinators], self.clock.now()))

    async def plan(self) -> None:
        """Plans this week's list for each coordinator where it is due, and when to do so again."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for due in await store.knowledge.due_lists(now):
                coordinators = [*await store.members.coordinators(due.workspace)]
                week = _Week(f"{due.due_at:%G-W%V}", due.workspace)
                for one in coordinators:
                    # Whoever comes back after weeks gets one list: it tells everything since the one before.
                    if not await store.outbox.waits(one.id, WEEKLY_LIST):
                        await store.outbox.put(about(week, WEEKLY_LIST, one, Priority.ANNOUNCEMENT, now))
                due.due_at = self._next(coordinators, now)

    def _next(self, coordinators: list[MemberRow], now: datetime) -> datetime:
        """The next slot on the clock of the first coordinator; without one, the next in UTC, to look again."""
        rule = self.programme.weekly_list
        slot = Slot(WEEKDAYS.index(rule.weekday), rule.at, hours=1)
        calendar = people.calendar(coordinators[0], self.programme) if coordinators else _NOBODYS
        return next_slot(calendar, slot, now)
