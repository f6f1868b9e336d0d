"""One attempt to send one message: a last look, one request, and what is known of it for certain."""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from slack_sdk.errors import SlackObjectFormationError

from bot.clock import Clock
from bot.delivery.counters import Counters
from bot.delivery.last_look import LastLook, Ready
from bot.delivery.pace import Pace
from bot.delivery.slack import Ambiguous, InPlaceOf, Receipt, Refused, Slack, TooFast, TryLater, WorkspaceRests
from bot.delivery.steps import Passing, Step
from bot.errors import SiltaError
from bot.services.undelivered import settle
from storage.database import Database
from storage.outbox import FAILED, OutboxRow
from storage.store import Store

_CANNOT_BE_WORDED = (SiltaError, SlackObjectFormationError, LookupError, ValueError)

log = structlog.get_logger()


@dataclass(frozen=True)
class Attempt:
    """Makes attempts under the name of one sender."""

    database: Database
    clock: Clock
    slack: Slack
    pace: Pace
    last_look: LastLook
    owner: str
    counters: Counters
    passing: Passing

    async def make(self, row: OutboxRow) -> None:
        """Sends this leased row, or writes down why not; what goes wrong on the way keeps no other from leaving."""
        try:
            await self._make(row)
        except Exception:
            # The row is kept as it stands: its lease runs out, or its answer is looked up.
            log.exception("delivery.interrupted", kind=row.kind, delivery=row.delivery_id)

    async def _make(self, row: OutboxRow) -> None:
        ready = await self._ready(row)
        if ready is None:
            # Its place is free for somebody else.
            self.database.outbox_filled.set()
            return
        self.counters.left(self.clock.now() - row.not_before)
        try:
            receipt = await self.slack.deliver(ready.target, ready.message, row.delivery_id)
        except Ambiguous as problem:
            self.counters.ambiguous += 1
            log.warning("delivery.ambiguous", kind=row.kind, delivery=row.delivery_id, reason=str(problem))
        except (Refused, TryLater) as problem:
            self.passing(Step.POSTED)
            await self._not_posted(row, problem)
        else:
            self.passing(Step.POSTED)
            await self._sent(row, receipt)

    async def _ready(self, row: OutboxRow) -> Ready | None:
        try:
            async with self.database.transaction() as store:
                ready = await self.last_look.at(store, row, self.owner)
                if ready is None or isinstance(ready.target, InPlaceOf):
                    await self.pace.give_back(store)
                self.passing(Step.STARTING)
        except _CANNOT_BE_WORDED as problem:
            # One message that cannot be put into words must not hold up the others.
            log.exception("delivery.cannot_be_worded", kind=row.kind, delivery=row.delivery_id)
            async with self.database.transaction() as store:
                await self.last_look.drop(store, row, self.owner, FAILED, type(problem).__name__)
                await self.pace.give_back(store)
            return None
        self.passing(Step.STARTED)
        return ready

    async def _sent(self, row: OutboxRow, receipt: Receipt) -> None:
        async with self.database.transaction() as store:
            await store.outbox.sent(row.id, self.owner, self.clock.now(), receipt.channel, receipt.ts)
            self.passing(Step.ENDING)
        self.passing(Step.ENDED)

    async def _not_posted(self, row: OutboxRow, problem: Refused | TryLater) -> None:
        async with self.database.transaction() as store:
            if isinstance(problem, Refused):
                is_news = await self._refused(store, row, problem)
            else:
                is_news = await self._later(store, row, problem)
            self.passing(Step.ENDING)
        self.passing(Step.ENDED)
        if is_news:
            log.warning("delivery.not_posted", kind=row.kind, delivery=row.delivery_id, reason=str(problem))

    async def _refused(self, store: Store, row: OutboxRow, problem: Refused) -> bool:
        self.counters.refused += 1
        now = self.clock.now()
        if await store.outbox.failed(row.id, self.owner, now, str(problem)):
            await settle(store, row.kind, row.subject, FAILED, now)
        return True

    async def _later(self, store: Store, row: OutboxRow, problem: TryLater) -> bool:
        """Due again; true unless the log has said already that the workspace rests."""
        wait, is_news = timedelta(seconds=problem.seconds), True
        if isinstance(problem, TooFast):
            self.counters.rate_limited += 1
            await self.pace.too_fast(store, problem.method, problem.seconds)
        elif isinstance(problem, WorkspaceRests):
            # The whole workspace waits; this message goes with the others as soon as it answers again.
            wait, is_news = timedelta(), await self.pace.rest(store, str(problem))
        await store.outbox.again(row.id, self.owner, self.clock.now() + wait, str(problem))
        return is_news
