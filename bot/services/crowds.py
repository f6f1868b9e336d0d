"""When very many messages are due at one moment, they are spread over the hour instead of queueing up behind it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.programme import Programme
from bot.rules.open_time import is_open
from bot.rules.pace import SPREAD_OVER, spread
from bot.services import people
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import OutboxRow

AT_ONCE: Final = 1_000
"""Messages given their place in one transaction; the others follow with the next tick."""
ROOMS: Final = (SPREAD_OVER, SPREAD_OVER / 2, SPREAD_OVER / 4)
"""The longest of these at whose end the person's time is still open is the one that is used."""


@dataclass(frozen=True)
class Crowds:
    """Spreads check-ins, nudges and announcements; answers, introductions and reminders always go at once."""

    database: Database
    clock: Clock
    programme: Programme

    async def spread(self) -> None:
        """Gives each message of a crowd its own place in the coming hour; a few go exactly when they are due.

        A crowd is more messages than the pace lets through in a minute.
        """
        now, per_minute = self.clock.now(), self.programme.delivery.posts_per_minute
        async with self.database.reading() as store:
            crowded = await store.outbox.crowded_workspaces(now, more_than=per_minute)
        for workspace in crowded:
            async with self.database.transaction() as store:
                crowd = await store.outbox.crowd(workspace, now, AT_ONCE)
                members = await store.members.by_ids({row.recipient_id for row in crowd})
                for row in crowd:
                    self._place(row, members[row.recipient_id], now)

    def _place(self, row: OutboxRow, recipient: MemberRow, now: datetime) -> None:
        row.spread_at = now
        row.not_before = now + spread(f"{row.workspace}:{row.recipient_id}", self._room(row, recipient, now))

    def _room(self, row: OutboxRow, recipient: MemberRow, now: datetime) -> timedelta:
        """How much later it may go: in closed time the last look decides, and at its next opening it may be spread."""
        calendar = people.calendar(recipient, self.programme)
        has_a_point = [room for room in ROOMS if row.expires_at is None or now + room < row.expires_at]
        return next((room for room in has_a_point if is_open(calendar, now + room)), timedelta())
