"""Attempts whose answer was lost: looked up twice by the opaque id they carry, never simply repeated."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.delivery.slack import Ambiguous, Receipt, Refused, Slack, ToPerson, TryLater
from bot.delivery.steps import Passing, Step, walk_on
from bot.services.undelivered import settle
from storage.database import Database
from storage.outbox import BETWEEN_LOOKS, UNKNOWN, OutboxRow

IN_GROUPS: Final = {"introductions.introduce", "meetups.group", "events.post"}
ONCE_AT_MOST: Final = {"introductions.request", *IN_GROUPS}
"""Never repeated on a guess: without evidence they end as unknown, and a coordinator can read it."""
CLOCKS_DIFFER_BY: Final = timedelta(days=1)
"""Slack dates messages by its own clock; one that differs from ours by less than this hides nothing."""


@dataclass(frozen=True)
class LostAnswers:
    """Looks for evidence of what became of an attempt."""

    workspace: str
    database: Database
    clock: Clock
    slack: Slack
    owner: str
    passing: Passing = field(default=walk_on)

    async def look_up_all(self, under_way: Collection[int] = ()) -> None:
        """Looks for every attempt to which no answer can come any more, apart from those still under way here."""
        async with self.database.transaction() as store:
            lost = await store.outbox.left_without_evidence(self.workspace)
            mine = [row for row in lost if row.id not in under_way and await store.outbox.take_over(row, self.owner)]
        for row in mine:
            self.passing(Step.TAKEN_OVER)
            await self._look_up(row)
            self.passing(Step.LOOK_NOTED)

    async def _look_up(self, row: OutboxRow) -> None:
        async with self.database.reading() as store:
            recipient = (await store.members.by_ids({row.recipient_id})).get(row.recipient_id)
        if recipient is None:
            # Forgotten since the row was taken over, and the row with them.
            return
        if row.kind in IN_GROUPS or recipient.external_id is None or row.attempted_at is None:
            # Groups and channels are not read, not even for this: Silta has no permission to, on purpose.
            await self._cannot_look(row, "no_evidence")
            return
        since = row.attempted_at - CLOCKS_DIFFER_BY
        try:
            receipt = await self.slack.find(ToPerson(recipient.external_id), row.delivery_id, since)
        except Ambiguous:
            await self._look_later(row, BETWEEN_LOOKS)
        except TryLater as problem:
            await self._look_later(row, timedelta(seconds=problem.seconds))
        except Refused as problem:
            await self._cannot_look(row, str(problem))
        else:
            self.passing(Step.LOOKED)
            await self._looked(row, receipt)

    async def _looked(self, row: OutboxRow, receipt: Receipt | None) -> None:
        """Found: sent. Not found: once more in a while, because history may lag; after that it may be sent again."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            if receipt is not None:
                await store.outbox.sent(row.id, self.owner, now, receipt.channel, receipt.ts, "looked_up_posted")
            elif row.looked_up_at is None:
                await store.outbox.not_found(row.id, self.owner)
            else:
                await store.outbox.again(row.id, self.owner, now, "looked_up_not_posted")

    async def _look_later(self, row: OutboxRow, wait: timedelta) -> None:
        async with self.database.transaction() as store:
            await store.outbox.look_later(row.id, self.owner, wait)

    async def _cannot_look(self, row: OutboxRow, reason: str) -> None:
        """What may come twice is repeated; what may not ends as unknown, and whoever waits for it is told."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            if row.kind not in ONCE_AT_MOST:
                await store.outbox.again(row.id, self.owner, now, reason)
            elif await store.outbox.unknown(row.id, self.owner, now, reason):
                await settle(store, row.kind, row.subject, UNKNOWN, now)
