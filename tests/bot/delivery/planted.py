"""Mistakes that are easily made, planted on purpose: the state machine has to find every one of them."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from sqlalchemy import ColumnElement, literal, update

from bot.delivery.attempt import Attempt
from bot.delivery.slack import Ambiguous, Receipt, Target
from bot.delivery.steps import Step
from bot.facts.members import Rested
from bot.messages.parts import Message
from bot.services import intents
from bot.services.outgoing import Outgoing
from bot.services.requests import request_of
from storage.members import MemberRow
from storage.outbox import ATTEMPTING, LEASED, Outbox, OutboxRow
from storage.rows import UtcDateTime
from storage.store import Store
from tests.bot.delivery.wire import Fate, PracticeSlack
from tests.bot.delivery.world import RESTED, World


@contextmanager
def default_retries_of_the_client(world: World) -> Iterator[None]:
    """The client posts again by itself when the connection drops, as slack_sdk does unless it is told not to."""
    once = PracticeSlack.deliver

    async def deliver(self: PracticeSlack, target: Target, message: Message, delivery_id: str) -> Receipt:
        try:
            return await once(self, target, message, delivery_id)
        except Ambiguous:
            return await once(self, target, message, delivery_id)

    with patch.object(PracticeSlack, "deliver", deliver):
        yield


@contextmanager
def status_reset_on_reclaim(world: World) -> Iterator[None]:
    """An attempt whose lease ran out is simply due again."""
    claim = Outbox.claim

    async def claims(self: Outbox, workspace: str, owner: str, now: datetime, at_most: int) -> Sequence[OutboxRow]:
        ran_out = (OutboxRow.state == ATTEMPTING) & (OutboxRow.leased_until < self.clock())
        await self._session.execute(update(OutboxRow).where(ran_out).values(state=LEASED))
        return await claim(self, workspace, owner, now, at_most)

    with patch.object(Outbox, "claim", claims):
        yield


@contextmanager
def application_clock_for_leases(world: World) -> Iterator[None]:
    """Every replica counts leases by the clock of its own machine."""

    def own_clock(_outbox: Outbox, later: timedelta = timedelta()) -> ColumnElement[datetime]:
        assert world.running is not None
        return literal(world.running.now() + later, UtcDateTime())

    world.leases_go_by_the_database = False
    try:
        with patch.object(Outbox, "clock", own_clock):
            yield
    finally:
        world.leases_go_by_the_database = True


@contextmanager
def key_without_occurrence(world: World) -> Iterator[None]:
    """The second check-in has the same key as the first."""
    about = intents.about

    def forgetful(*given: Any, occurrence: str = "", **more: Any) -> Any:
        return about(*given, **more)

    with patch("tests.bot.delivery.world.about", forgetful):
        yield


@contextmanager
def sending_before_commit(world: World) -> Iterator[None]:
    """The request leaves inside the transaction that writes it down."""

    async def make(self: Attempt, row: OutboxRow) -> None:
        async with self.database.transaction() as store:
            ready = await self.last_look.at(store, row, self.owner)
            if ready is None:
                return
            while world.wire.fates and world.wire.fates[0] is Fate.UNDER_WAY:
                # It would keep this transaction open, and everybody else out of the database.
                world.wire.fates.popleft()
            receipt = await self.slack.deliver(ready.target, ready.message, row.delivery_id)
            self.passing(Step.STARTING)
        await self._sent(row, receipt)

    with patch.object(Attempt, "_make", make):
        yield


@contextmanager
def consent_read_only_at_enqueue(world: World) -> Iterator[None]:
    """Whoever agreed when the message was written down is written to, whatever they said since."""

    async def fact(
        self: Outgoing,
        store: Store,
        kind: str,
        subject: str,
        recipient: MemberRow,
        now: datetime,
        place: tuple[str, str] | None = None,
    ) -> object | None:
        if kind == RESTED:
            return Rested()
        introduction = await store.introductions.by_ref(subject)
        return await request_of(store, introduction) if introduction else None

    with patch.object(Outgoing, "fact", fact):
        yield


@dataclass(frozen=True)
class Planted:
    """A mistake, and what the machine says when it finds it: it must not be found by anything else."""

    mistake: Callable[[World], AbstractContextManager[None]]
    found_as: str


PLANTED = {
    "default retries of the client": Planted(default_retries_of_the_client, "I2: delivered twice"),
    "status reset on re-claim": Planted(status_reset_on_reclaim, "I2: delivered twice"),
    # By clocks of their own, leases end too early for one replica, and last for an hour for another.
    "application clock for leases": Planted(application_clock_for_leases, "I2: delivered twice|I5: never ended"),
    "key without occurrence": Planted(key_without_occurrence, "I1: something that was owed was never written down"),
    "sending before commit": Planted(sending_before_commit, "I2: delivered twice"),
    "consent read only at enqueue": Planted(
        consent_read_only_at_enqueue, "I3: (told what is no longer so|sent although it was taken back)"
    ),
}
