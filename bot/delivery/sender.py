"""Takes what is due from the outbox and sends it: the only way out (docs/promises.md)."""

import asyncio
import secrets
from datetime import timedelta
from typing import Final

import structlog
from slack_sdk.errors import SlackObjectFormationError

from bot.clock import Clock
from bot.delivery.do_not_disturb import DoNotDisturb
from bot.delivery.last_look import LastLook, Ready
from bot.delivery.lost_answers import LostAnswers
from bot.delivery.quiet import Quiet
from bot.delivery.slack import Ambiguous, Receipt, Refused, Slack, TryLater
from bot.errors import SiltaError
from bot.programme import Programme
from bot.services.outgoing import Outgoing
from bot.services.undelivered import settle
from storage.database import Database
from storage.outbox import FAILED, OutboxRow

_AT_ONCE: Final = 20
_CANNOT_BE_WORDED: Final = (SiltaError, SlackObjectFormationError, LookupError, ValueError)

log = structlog.get_logger()


class Sender:
    """The one sender of this process."""

    def __init__(
        self, database: Database, clock: Clock, programme: Programme, outgoing: Outgoing, slack: Slack
    ) -> None:
        self._database = database
        self._clock = clock
        self._slack = slack
        self._name = secrets.token_hex(8)
        self._last_look = LastLook(clock, programme, outgoing)
        self._quiet = Quiet(database, clock, programme, DoNotDisturb(slack.client))
        self._lost_answers = LostAnswers(database, clock, slack, self._name)
        self._one_at_a_time = asyncio.Lock()

    async def run(self) -> None:
        """Sends what is due, as soon as it is written, until cancelled."""
        while True:
            await self._database.outbox_filled.wait()
            self._database.outbox_filled.clear()
            try:
                await self.deliver_due()
            except Exception:
                # The rows are kept; the next tick tries again, and nothing else may stop the sender.
                log.exception("delivery.interrupted")

    async def deliver_due(self) -> None:
        """Sends everything that is due now."""
        async with self._one_at_a_time:
            while rows := await self._claim():
                for row in await self._quiet.without_those_to_wait(rows, self._name):
                    await self._deliver(row)

    async def look_up_lost(self) -> None:
        """Finds out what became of attempts whose answer was lost; never while one of our own is under way."""
        async with self._one_at_a_time:
            await self._lost_answers.look_up_all()

    async def _claim(self) -> list[OutboxRow]:
        async with self._database.transaction() as store:
            return list(await store.outbox.claim(self._name, self._clock.now(), _AT_ONCE))

    async def _deliver(self, row: OutboxRow) -> None:
        ready = await self._ready(row)
        if ready is None:
            return
        try:
            receipt = await self._slack.deliver(ready.target, ready.message, row.delivery_id)
        except Ambiguous as problem:
            log.warning("delivery.ambiguous", kind=row.kind, delivery=row.delivery_id, reason=str(problem))
        except (Refused, TryLater) as problem:
            log.warning("delivery.not_posted", kind=row.kind, delivery=row.delivery_id, reason=str(problem))
            await self._not_posted(row, problem)
        else:
            await self._sent(row, receipt)

    async def _ready(self, row: OutboxRow) -> Ready | None:
        try:
            async with self._database.transaction() as store:
                return await self._last_look.at(store, row, self._name)
        except _CANNOT_BE_WORDED as problem:
            # One message that cannot be put into words must not hold up the others.
            log.exception("delivery.cannot_be_worded", kind=row.kind, delivery=row.delivery_id)
            async with self._database.transaction() as store:
                await self._last_look.drop(store, row, self._name, FAILED, type(problem).__name__)
            return None

    async def _sent(self, row: OutboxRow, receipt: Receipt) -> None:
        async with self._database.transaction() as store:
            await store.outbox.sent(row.id, self._name, self._clock.now(), receipt.channel, receipt.ts)

    async def _not_posted(self, row: OutboxRow, problem: Refused | TryLater) -> None:
        async with self._database.transaction() as store:
            now = self._clock.now()
            if isinstance(problem, TryLater):
                await store.outbox.again(row.id, self._name, now + timedelta(seconds=problem.seconds), str(problem))
            else:
                await store.outbox.failed(row.id, self._name, now, str(problem))
                await settle(store, row.kind, row.subject, FAILED, now)
