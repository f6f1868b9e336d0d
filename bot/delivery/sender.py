"""Takes what is due from the outbox, looks once more whether it may go, and sends it (docs/promises.md)."""

import asyncio
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog
from slack_sdk.errors import SlackObjectFormationError

from bot.clock import Clock
from bot.delivery.slack import Ambiguous, InPlaceOf, Receipt, Refused, Slack, Target, ToGroup, ToPerson, TryLater
from bot.errors import SiltaError
from bot.facts.introductions import Introduction
from bot.messages import word
from bot.messages.parts import Message
from bot.programme import Programme
from bot.rules.open_time import is_open, next_open
from bot.services import people
from bot.services.outgoing import Outgoing
from bot.services.undelivered import settle
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import CANCELLED, EXPIRED, FAILED, UNKNOWN, OutboxRow
from storage.store import Store

AT_ANY_HOUR: Final = {"errors.sorry", "introductions.taken_back"}
"""A reply to what the person just did (R1), and an update that notifies nobody."""
ONCE_AT_MOST: Final = {"introductions.request", "introductions.introduce"}
"""Never repeated on a guess: without evidence they end as unknown, and a coordinator can read it."""
LOOK_UP_AFTER: Final = timedelta(seconds=90)
"""An attempt without evidence is looked up when no answer to it can come any more."""
_AT_ONCE: Final = 20

log = structlog.get_logger()


@dataclass(frozen=True)
class _Ready:
    row: OutboxRow
    target: Target
    message: Message


class Sender:
    """The one sender of this process."""

    def __init__(
        self, database: Database, clock: Clock, programme: Programme, outgoing: Outgoing, slack: Slack
    ) -> None:
        self._database = database
        self._clock = clock
        self._programme = programme
        self._outgoing = outgoing
        self._slack = slack
        self._name = secrets.token_hex(8)
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
                for row in rows:
                    await self._deliver(row)

    async def look_up_lost(self) -> None:
        """Finds out what became of attempts whose answer was lost, by the opaque id in the message's metadata."""
        async with self._one_at_a_time:
            async with self._database.transaction() as store:
                lost = await store.outbox.left_without_evidence(self._clock.now() - LOOK_UP_AFTER)
                mine = [row for row in lost if await store.outbox.take_over(row, self._name)]
            for row in mine:
                await self._look_up(row)

    async def _claim(self) -> list[OutboxRow]:
        async with self._database.transaction() as store:
            return list(await store.outbox.claim(self._name, self._clock.now(), _AT_ONCE))

    async def _deliver(self, row: OutboxRow) -> None:
        try:
            async with self._database.transaction() as store:
                ready = await self._prepare(store, row)
        except (SiltaError, SlackObjectFormationError, LookupError, ValueError) as problem:
            # One message that cannot be put into words must not hold up the others.
            log.exception("delivery.cannot_be_prepared", kind=row.kind, delivery=row.delivery_id)
            await self._dropped(row, FAILED, type(problem).__name__)
            return
        if ready is None:
            return
        try:
            receipt = await self._slack.deliver(ready.target, ready.message, row.delivery_id)
        except Ambiguous as problem:
            log.warning("delivery.ambiguous", kind=row.kind, delivery=row.delivery_id, reason=str(problem))
            return
        except (Refused, TryLater) as problem:
            await self._not_posted(row, problem)
            return
        await self._sent(row, receipt)

    async def _prepare(self, store: Store, row: OutboxRow) -> _Ready | None:
        """Looks again at everything that may have changed since the intent was written (I3)."""
        now = self._clock.now()
        recipient = await store.members.by_id(row.recipient_id)
        if recipient.deactivated_at is not None or recipient.external_id is None:
            await self._drop(store, row, CANCELLED, "recipient_left")
            return None
        if row.expires_at is not None and row.expires_at <= now:
            await self._drop(store, row, EXPIRED, "lost_its_point")
            return None
        if not await self._may_go_now(store, row, recipient):
            return None
        fact = await self._outgoing.fact(store, row.kind, row.subject, recipient, now)
        if fact is None:
            await self._drop(store, row, CANCELLED, "lost_its_point")
            return None
        target = await self._target(store, row, recipient, fact)
        if not await store.outbox.start(row.id, self._name, now):
            return None
        return _Ready(row, target, word(people.translator(recipient), fact))

    async def _may_go_now(self, store: Store, row: OutboxRow, recipient: MemberRow) -> bool:
        now, calendar = self._clock.now(), people.calendar(recipient, self._programme)
        if row.kind in AT_ANY_HOUR or is_open(calendar, now):
            return True
        opens_at = next_open(calendar, now)
        if row.expires_at is not None and row.expires_at <= opens_at:
            await self._drop(store, row, EXPIRED, "closed_time")
        else:
            await store.outbox.postpone(row.id, self._name, opens_at, "closed_time")
        return False

    async def _drop(self, store: Store, row: OutboxRow, state: str, reason: str) -> None:
        now = self._clock.now()
        await store.outbox.drop(row.id, self._name, now, state, reason)
        await settle(store, row.kind, row.subject, state, now)

    async def _dropped(self, row: OutboxRow, state: str, reason: str) -> None:
        async with self._database.transaction() as store:
            await self._drop(store, row, state, reason)

    async def _target(self, store: Store, row: OutboxRow, recipient: MemberRow, fact: object) -> Target:
        if isinstance(fact, Introduction):
            return ToGroup((fact.asker.external_id or "", fact.contact.external_id or ""))
        if row.kind == "introductions.taken_back":
            card = await store.outbox.sent_about("introductions.request", row.subject)
            if card is not None and card.channel and card.ts:
                return InPlaceOf(card.channel, card.ts)
        return ToPerson(recipient.external_id or "")

    async def _sent(self, row: OutboxRow, receipt: Receipt) -> None:
        async with self._database.transaction() as store:
            await store.outbox.sent(row.id, self._name, self._clock.now(), receipt.channel, receipt.ts)

    async def _not_posted(self, row: OutboxRow, problem: Refused | TryLater) -> None:
        log.warning("delivery.not_posted", kind=row.kind, delivery=row.delivery_id, reason=str(problem))
        async with self._database.transaction() as store:
            now = self._clock.now()
            if isinstance(problem, TryLater):
                await store.outbox.again(row.id, self._name, now + timedelta(seconds=problem.seconds), str(problem))
            else:
                await store.outbox.failed(row.id, self._name, now, str(problem))
                await settle(store, row.kind, row.subject, FAILED, now)

    async def _look_up(self, row: OutboxRow) -> None:
        async with self._database.reading() as store:
            recipient = await store.members.by_id(row.recipient_id)
        if row.kind == "introductions.introduce" or recipient.external_id is None or row.attempted_at is None:
            # Group conversations are not read, not even for this: Silta has no permission to, on purpose.
            await self._end_unknown(row, "no_evidence")
            return
        try:
            since = row.attempted_at - LOOK_UP_AFTER
            receipt = await self._slack.find(ToPerson(recipient.external_id), row.delivery_id, since)
        except (Ambiguous, TryLater):
            return
        except Refused as problem:
            await self._end_unknown(row, str(problem))
            return
        if receipt is not None:
            await self._sent(row, receipt)
        else:
            async with self._database.transaction() as store:
                await store.outbox.again(row.id, self._name, self._clock.now(), "looked_up_not_posted")

    async def _end_unknown(self, row: OutboxRow, reason: str) -> None:
        async with self._database.transaction() as store:
            if row.kind in ONCE_AT_MOST:
                now = self._clock.now()
                await store.outbox.unknown(row.id, self._name, now, reason)
                await settle(store, row.kind, row.subject, UNKNOWN, now)
            else:
                await store.outbox.again(row.id, self._name, self._clock.now(), reason)
