"""Holds back, before the last look, what would reach somebody in their quiet time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.delivery.do_not_disturb import PEOPLE_PER_CALL, DoNotDisturb
from bot.delivery.last_look import AT_ANY_HOUR
from bot.delivery.pace import Pace
from bot.programme import Programme
from bot.rules.open_time import is_open
from bot.services import people
from storage.database import Database
from storage.outbox import OutboxRow


@dataclass(frozen=True)
class Quiet:
    """Asks Slack outside of any transaction, and only about people whose time is open otherwise."""

    database: Database
    clock: Clock
    programme: Programme
    do_not_disturb: DoNotDisturb
    pace: Pace

    async def without_those_to_wait(self, rows: Sequence[OutboxRow], owner: str) -> list[OutboxRow]:
        """The leased rows that may leave now; the others are put back until their recipient's quiet time is over.

        A row that expires meanwhile is found expired when its time comes.
        """
        now = self.clock.now()
        users = await self._open_now(rows, now)
        if not self.do_not_disturb.knows(users.values(), now):
            await self.do_not_disturb.ask_about([*users.values(), *await self._next(rows, now)][:PEOPLE_PER_CALL], now)
        ends = {row_id: await self.do_not_disturb.until(user, now) for row_id, user in users.items()}
        waiting = {row_id: ends_at for row_id, ends_at in ends.items() if ends_at is not None}
        if waiting:
            async with self.database.transaction() as store:
                for row_id, ends_at in waiting.items():
                    await store.outbox.postpone(row_id, owner, ends_at, "do_not_disturb")
                await self.pace.give_back(store, len(waiting))
        return [row for row in rows if row.id not in waiting]

    async def _next(self, rows: Sequence[OutboxRow], now: datetime) -> Sequence[str]:
        """Whose turn comes soon: one call for many people, because a crowd would use up the calls of a minute."""
        async with self.database.reading() as store:
            return await store.outbox.next_recipients(rows[0].workspace, now, PEOPLE_PER_CALL)

    async def _open_now(self, rows: Sequence[OutboxRow], now: datetime) -> dict[int, str]:
        """The recipients, by row, whom only their quiet time would protect; a reply is wanted at any hour (R1)."""
        asked = [row for row in rows if row.kind not in AT_ANY_HOUR]
        if not asked:
            return {}
        async with self.database.reading() as store:
            members = await store.members.by_ids({row.recipient_id for row in asked})
        open_now = {
            number: member.external_id
            for number, member in members.items()
            if member.external_id is not None and is_open(people.calendar(member, self.programme), now)
        }
        return {row.id: open_now[row.recipient_id] for row in asked if row.recipient_id in open_now}
