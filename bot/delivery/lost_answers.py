"""Attempts whose answer was lost: looked up by the opaque id they carry, never simply repeated."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.delivery.slack import Ambiguous, Receipt, Refused, Slack, ToPerson, TryLater
from bot.services.undelivered import settle
from storage.database import Database
from storage.outbox import UNKNOWN, OutboxRow

IN_GROUPS: Final = {"introductions.introduce", "meetups.group"}
ONCE_AT_MOST: Final = {"introductions.request", *IN_GROUPS}
"""Never repeated on a guess: without evidence they end as unknown, and a coordinator can read it."""
LOOK_UP_AFTER: Final = timedelta(seconds=90)
"""An attempt without evidence is looked up when no answer to it can come any more."""


@dataclass(frozen=True)
class LostAnswers:
    """Looks for evidence of what became of an attempt."""

    database: Database
    clock: Clock
    slack: Slack
    owner: str

    async def look_up_all(self) -> None:
        """Ends every attempt that nobody ended: sent, to be sent again, or unknown."""
        async with self.database.transaction() as store:
            lost = await store.outbox.left_without_evidence(self.clock.now() - LOOK_UP_AFTER)
            mine = [row for row in lost if await store.outbox.take_over(row, self.owner)]
        for row in mine:
            await self._look_up(row)

    async def _look_up(self, row: OutboxRow) -> None:
        async with self.database.reading() as store:
            recipient = await store.members.by_id(row.recipient_id)
        if row.kind in IN_GROUPS or recipient.external_id is None or row.attempted_at is None:
            # Group conversations are not read, not even for this: Silta has no permission to, on purpose.
            await self._without_evidence(row, "no_evidence")
            return
        since = row.attempted_at - LOOK_UP_AFTER
        try:
            receipt = await self.slack.find(ToPerson(recipient.external_id), row.delivery_id, since)
        except (Ambiguous, TryLater):
            return
        except Refused as problem:
            await self._without_evidence(row, str(problem))
            return
        await self._with_evidence(row, receipt)

    async def _with_evidence(self, row: OutboxRow, receipt: Receipt | None) -> None:
        async with self.database.transaction() as store:
            now = self.clock.now()
            if receipt is None:
                await store.outbox.again(row.id, self.owner, now, "looked_up_not_posted")
            else:
                await store.outbox.sent(row.id, self.owner, now, receipt.channel, receipt.ts)

    async def _without_evidence(self, row: OutboxRow, reason: str) -> None:
        async with self.database.transaction() as store:
            now = self.clock.now()
            if row.kind in ONCE_AT_MOST:
                await store.outbox.unknown(row.id, self.owner, now, reason)
                await settle(store, row.kind, row.subject, UNKNOWN, now)
            else:
                await store.outbox.again(row.id, self.owner, now, reason)
