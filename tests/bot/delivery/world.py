"""The world of the state machine: real senders over a real database, chosen time, and a record of what was owed."""

import asyncio
import time
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import delete, select

from bot import services as all_services
from bot.delivery.sender import Sender
from bot.delivery.slack import Ambiguous
from bot.delivery.steps import Step
from bot.programme import Delivery, Programme
from bot.rules import pace
from bot.rules.open_time import is_open
from bot.services import people
from bot.services.intents import about
from storage import introductions, members
from storage.asks import AskRow
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.outbox import LEASED, PENDING, SENT, OutboxRow, Priority
from storage.paces import PaceRow
from storage.schema import migrate
from tests.bot.delivery.wire import REQUEST_ENDS_WITHIN, OnItsWay, PracticeSlack, Wire
from tests.storage.rows import WORKSPACE, member, time_passes

T = TypeVar("T")
START = datetime(2027, 1, 19, 8, 12, tzinfo=UTC)
"""A Tuesday, 10:12 in Helsinki."""
ALLOWED = Delivery(posts_per_minute=60, burst=4, seconds_between_in_channel=1)
PROGRAMME = Programme(delivery=ALLOWED)
RESTED, REQUEST = "introductions.rested", "introductions.request"
FINAL = ("sent", "failed", "cancelled", "expired", "unknown")
ALL_TABLES = (OutboxRow, PaceRow, IntroductionRow, AskRow, MemberRow)


class Crash(BaseException):
    """The process dies; nothing of its own code runs any more."""


@dataclass
class OwnClock:
    """The clock of one machine, which may be wrong."""

    world: "World"
    ahead: timedelta = timedelta()

    def now(self) -> datetime:
        return self.world.now() + self.ahead


@dataclass
class Replica:
    """One process: it dies, and another one takes its place."""

    clock: OwnClock
    sender: Sender


@dataclass
class World:
    """Opened once for a database; every example begins with `begin`."""

    url: str
    runner: asyncio.Runner = field(default_factory=asyncio.Runner)
    leases_go_by_the_database: bool = True
    attempts: int = 0
    crashes: int = 0

    def __post_init__(self) -> None:
        self.do(self._open())

    async def _open(self) -> None:
        self.database = Database(self.url)
        await migrate(self.database)
        self.outgoing = all_services.build(self.database, OwnClock(self), PROGRAMME).outgoing

    def do(self, what: Coroutine[Any, Any, T]) -> T:
        return self.runner.run(what)

    def close(self) -> None:
        self.do(self.database.close())
        self.runner.close()

    def begin(self) -> None:
        """Nothing has happened yet; two contact persons rest, and somebody looks for a contact."""
        self.passed, self._began_at = timedelta(), time.monotonic()
        self.wrongs: list[str] = []
        self.owed: dict[str, str] = {}
        self._arrival_at: datetime | None = None
        self.wire = Wire(self.now)
        self.running: OwnClock | None = None
        self.crash_at: Step | None = None
        self.do(self._begin())
        self.replicas = [self._replica(OwnClock(self)) for _ in range(2)]

    async def _begin(self) -> None:
        async with self.database.transaction() as store:
            session = store.members._session
            for table in ALL_TABLES:
                await session.execute(delete(table))
            rows = [member(name=name, availability=members.RESTING) for name in ("Leena", "Kaisa", "Sanna")]
            session.add_all(rows)
        self.contacts, self.asker = rows[:2], rows[2]

    def now(self) -> datetime:
        """True time, and Slack's."""
        return START + self.passed

    def _replica(self, clock: OwnClock) -> Replica:
        async def judge(delivery_id: str) -> None:
            await self._judge(delivery_id, clock.now())

        slack = PracticeSlack(self.wire, judge)
        sender = Sender(WORKSPACE, self.database, clock, PROGRAMME, self.outgoing, slack, self._passing)
        return Replica(clock, sender)

    def _passing(self, step: Step) -> None:
        if step is self.crash_at:
            self.crash_at = None
            raise Crash

    # --- what people and time do

    def owe(self, contact: int, subject: str, occurrence: int) -> None:
        """The same tick may plan the same occurrence twice; it is owed once."""
        self.do(self._owe(self.contacts[contact], subject, occurrence))

    async def _owe(self, contact: MemberRow, subject: str, occurrence: int) -> None:
        @dataclass(frozen=True)
        class Subject:
            ref: str
            workspace: str

        expires_at = self.now() + timedelta(hours=30)
        intent = about(
            Subject(subject, WORKSPACE),
            RESTED,
            contact,
            Priority.CHECK_IN,
            self.now(),
            occurrence=str(occurrence),
            expires_at=expires_at,
        )
        async with self.database.transaction() as store:
            await store.outbox.put(intent)
        self.owed[f"{subject}:{contact.id}:{occurrence}"] = RESTED

    def request(self, contact: int) -> None:
        """Sanna asks this contact person."""
        self.do(self._request(self.contacts[contact]))

    async def _request(self, contact: MemberRow) -> None:
        async with self.database.transaction() as store:
            ask = AskRow(workspace=WORKSPACE, asker_id=self.asker.id, code="0713", asked_at=self.now())
            store.asks.add(ask)
            await store.flush()
            asked = IntroductionRow(
                workspace=WORKSPACE,
                ask_id=ask.id,
                asker_id=self.asker.id,
                contact_id=contact.id,
                code="0713",
                requested_at=self.now(),
            )
            store.introductions.add(asked)
            await store.flush()
            await store.outbox.put(about(asked, REQUEST, contact, Priority.INTRODUCTION, self.now()))
            self.owed[asked.ref] = REQUEST

    async def change(self, contact: int, **values: Any) -> None:
        """Something about a contact person changes: their zone, whether they rest, whether they are there at all."""
        async with self.database.transaction() as store:
            person = await store.members.locked(self.contacts[contact].id)
            for name, value in values.items():
                setattr(person, name, value)

    async def withdraw_everything(self) -> None:
        """Sanna takes back every request that has not been answered."""
        async with self.database.transaction() as store:
            for asked in await store.introductions.current_of(self.asker.id):
                asked.state = introductions.CANCELLED
                await store.outbox.cancel(asked.ref, self.now(), "withdrawn")

    async def pass_time(self, how_long: timedelta) -> None:
        """Time passes for everybody; a request that is on its way for so long ends without having arrived."""
        self.passed += how_long
        for one in list(self.wire.on_its_way):
            if self.now() - one.left_at > REQUEST_ENDS_WITHIN:
                await self.end(one)
        await time_passes(self.database, how_long, leases=self.leases_go_by_the_database)

    async def end(self, one: OnItsWay) -> None:
        """The sender's time limit ends a request that never arrived."""
        self.wire.on_its_way.remove(one)
        if not one.answer.done():
            one.answer.set_exception(Ambiguous("TimeoutError"))
        await asyncio.sleep(0.001)

    # --- what senders do

    def works(self, which: int, crash_at: Step | None, *, looks: bool) -> None:
        """This replica delivers what is due or looks for lost answers, and may die at one of the steps."""
        replica = self.replicas[which]
        self.crash_at, self.running = crash_at, replica.clock
        try:
            self.do(replica.sender.look_up_lost() if looks else self._deliver(replica.sender))
        except Crash:
            self.crashes += 1
            # A 429 whose process dies before it can write that down is known to nobody (docs/promises.md).
            self.wire.blocked_until = None
            self.do(replica.sender._end())
            self.replicas[which] = self._replica(replica.clock)
        self.crash_at = None

    async def _deliver(self, sender: Sender) -> None:
        """As `Sender.deliver_due`, but one message after the other, so that each example can be played again."""
        while (claimed := await sender._claim(1)).rows:
            (row,) = claimed.rows
            sender._start(row)
            task = sender._under_way[row.id]
            while not task.done() and not any(one.delivery_id == row.delivery_id for one in self.wire.on_its_way):
                await asyncio.wait([task], timeout=0.002)
            if task.done():
                task.result()

    def settles(self) -> None:
        """Everything heals, and enough time passes for all that is owed."""
        self.wire.fates.clear()
        self.wire.looks.clear()
        for contact in range(len(self.contacts)):
            self.do(self.change(contact, deactivated_at=None))
        for replica in self.replicas:
            replica.clock.ahead = timedelta()
        for _ in range(40):
            if not self.do(self._is_at_work()):
                return
            self.do(self.pass_time(timedelta(seconds=100)))
            for which in range(len(self.replicas)):
                self.works(which, None, looks=True)
                self.works(which, None, looks=False)
            if not self.do(self._is_open()):
                self.do(self.pass_time(timedelta(hours=4)))

    async def _is_open(self) -> bool:
        rows = await self.rows()
        return any(row.state not in FINAL and row.not_before <= self.now() + timedelta(minutes=5) for row in rows)

    async def _is_at_work(self) -> bool:
        return any(row.state not in FINAL for row in await self.rows())

    async def rows(self) -> list[OutboxRow]:
        async with self.database.reading() as store:
            return list(await store.members._session.scalars(select(OutboxRow)))

    # --- what must hold

    async def _judge(self, delivery_id: str, now: datetime) -> None:
        """I3 and I4 for a request that is about to leave."""
        self.attempts += 1
        async with self.database.reading() as store:
            session = store.members._session
            row = (await session.scalars(select(OutboxRow).where(OutboxRow.delivery_id == delivery_id))).one()
            recipient = await store.members.by_id(row.recipient_id)
            asked = await store.introductions.by_ref(row.subject)
        if recipient.deactivated_at is not None:
            self.wrongs.append("I3: written to somebody who has left")
        if row.kind == RESTED and recipient.availability != members.RESTING:
            self.wrongs.append("I3: told what is no longer so")
        if row.kind == REQUEST and (asked is None or asked.state != introductions.ASKED):
            self.wrongs.append("I3: sent although it was taken back")
        if not is_open(people.calendar(recipient, PROGRAMME), now):
            self.wrongs.append("I3: sent in closed time")
        if row.expires_at is not None and row.expires_at <= now:
            self.wrongs.append("I3: sent when it had lost its point")
        self._judge_pace()

    def _judge_pace(self) -> None:
        now = self.now() + timedelta(seconds=time.monotonic() - self._began_at)
        allowed = pace.Allowance(timedelta(minutes=1) / ALLOWED.posts_per_minute, ALLOWED.burst)
        if pace.wait(allowed, self._arrival_at, now):
            self.wrongs.append("I4: faster than allowed")
        self._arrival_at = pace.after_a_call(allowed, self._arrival_at, now)
        if self.wire.blocked_until is not None and self.now() < self.wire.blocked_until:
            self.wrongs.append("I4: sent although Slack said later")

    def nothing_is_wrong(self) -> None:
        """I2, and what was judged on the way."""
        assert not self.wrongs, self.wrongs
        repeatable = {row.delivery_id for row in self.do(self.rows()) if row.kind == RESTED}
        # What nobody can look up is repeated, if it may come twice: docs/promises.md says so.
        may_double = self.wire.not_looked_up & repeatable
        doubled = [one for one, times in self.wire.times_posted().items() if times > 1 and one not in may_double]
        assert not doubled, "I2: delivered twice"

    def everything_ended(self) -> None:
        """I1 and I5."""
        rows = self.do(self.rows())
        owed = [row for row in rows if row.kind in (RESTED, REQUEST)]
        assert len(owed) == len(self.owed), "I1: something that was owed was never written down"
        assert [row.dedup_key for row in rows if row.state in (PENDING, LEASED)] == [], "I5: never ended"
        assert [row.dedup_key for row in rows if row.state not in FINAL or not row.reason] == [], "I5: without a reason"
        arrived = self.wire.times_posted()
        lost = [row.dedup_key for row in rows if row.state == SENT and not arrived[row.delivery_id]]
        assert lost == [], "I1: said to be sent, and never arrived"
        hidden = [row.state for row in rows if row.state in ("cancelled", "expired") and arrived[row.delivery_id]]
        assert hidden == [], "I1: arrived, and said not to have left"

    def lands(self, *, answered: bool) -> None:
        """The oldest request that is on its way arrives; its sender hears of it, or does not."""
        self.do(self._lands(answered=answered))

    async def _lands(self, *, answered: bool) -> None:
        under_way = [task for replica in self.replicas for task in replica.sender._under_way.values()]
        self.wire.lands(self.wire.on_its_way[0], answered=answered)
        # Whoever waited for it writes down what came of it; the others still wait.
        await asyncio.wait(under_way, timeout=0.05) if under_way else None
