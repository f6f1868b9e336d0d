"""People, a clock and a sender for the delivery tests; what was posted is read from the workspace itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot import services as all_services
from bot.delivery.sender import Sender
from bot.delivery.slack import Slack
from bot.manifest import BOT_SCOPES
from bot.programme import Delivery, Programme
from bot.services import Services
from sandbox import Clock, Fault, Person, Sandbox
from sandbox.web_api.log import LoggedCall
from storage import members
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import OutboxRow
from tests.storage.rows import NOW, WORKSPACE, add_ask, add_member, intent, outbox_row, put, time_passes

LOST = timedelta(minutes=2)
"""Longer than any answer can take."""
BRISK = Programme(delivery=Delivery(posts_per_minute=60_000, burst=1_000, seconds_between_in_channel=0))
"""A pace that keeps no test waiting."""


@dataclass
class Post:
    """The outbox on one side, the workspace on the other, and the sender between them."""

    sandbox: Sandbox
    database: Database
    clock: Clock
    services: Services
    sender: Sender
    leena: MemberRow
    sanna: MemberRow

    def another_sender(self, slack: Slack | None = None, programme: Programme = BRISK) -> Sender:
        """A second process on the same database."""
        slack = slack or Slack(self.client())
        return Sender(WORKSPACE, self.database, self.clock, programme, self.services.outgoing, slack)

    def client(self) -> AsyncWebClient:
        """The client that the sender uses: it never repeats anything by itself."""
        url = f"{self.sandbox.url}/api/"
        return AsyncWebClient(token=self.sandbox.bot_token, base_url=url, timeout=10, retry_handlers=[])

    async def is_resting(self, key: str = "rested:1", **given: Any) -> int:
        """Leena rests, and a message that says so is due; answers its number."""
        async with self.database.transaction() as store:
            (await store.members.locked(self.leena.id)).availability = members.RESTING
        await put(self.database, intent(self.leena, key, **given))
        return await self.number_of(key)

    async def requests(self) -> int:
        """Sanna asks for Leena; answers the number of the message to Leena."""
        ask = await add_ask(self.database, self.sanna)
        await self.services.introductions.request(self.sanna.id, ask.ref, self.leena.ref)
        return await self.number_of("introductions.request")

    async def number_of(self, key: str) -> int:
        """The outbox row whose key begins so."""
        rows = [row for row in await self.rows() if row.dedup_key.startswith(key)]
        return rows[-1].id

    async def rows(self) -> list[OutboxRow]:
        """The whole outbox, as it stands."""
        found = []
        async with self.database.engine.connect() as connection:
            numbers = await connection.exec_driver_sql("SELECT id FROM outbox ORDER BY id")
            ids = [int(number) for (number,) in numbers]
        for row_id in ids:
            found.append(await outbox_row(self.database, row_id))
        return found

    async def row(self, row_id: int) -> OutboxRow:
        """One outbox row, as it stands."""
        return await outbox_row(self.database, row_id)

    async def deliver(self, row_id: int) -> OutboxRow:
        """Sends what is due, and shows what became of this row."""
        await self.sender.deliver_due()
        return await self.row(row_id)

    async def look_up(self, row_id: int, sender: Sender | None = None) -> OutboxRow:
        """Looks after lost answers when their time has come, and shows what became of this row."""
        await self.passes(LOST)
        await (sender or self.sender).look_up_lost()
        return await self.row(row_id)

    async def passes(self, how_long: timedelta) -> None:
        """Time passes, on every clock."""
        await time_passes(self.database, how_long)
        await self.clock.travel(self.clock.now() + how_long)

    def goes_wrong(self, method: str, kind: Any, **how: Any) -> None:
        """Lets one call of this method fail."""
        self.sandbox.faults.add(Fault(method, kind, **how))

    def posted(self, method: str = "chat.postMessage") -> list[LoggedCall]:
        """Every call of this method that had an effect, whether or not its answer arrived."""
        return [call for call in self.sandbox.log.since(0, method) if call.ok]


@asynccontextmanager
async def post_office(database: Database, now: datetime = NOW) -> AsyncIterator[Post]:
    """Opens with Leena, a contact person, and Sanna, who looks for one; both in Helsinki."""
    clock = Clock(now)
    leena = await add_member(database, "0713", name="Leena Harjula", external_id="U0LEENA")
    sanna = await add_member(database, name="Sanna Laine", external_id="U0SANNA", roles=("student",))
    people = [Person("U0LEENA", "Leena Harjula"), Person("U0SANNA", "Sanna Laine")]
    sandbox = Sandbox(clock=clock, people=people, scopes=frozenset(BOT_SCOPES))
    await sandbox.serve()
    services = all_services.build(database, clock, Programme())
    slack = Slack(
        AsyncWebClient(token=sandbox.bot_token, base_url=f"{sandbox.url}/api/", timeout=10, retry_handlers=[])
    )
    sender = Sender(WORKSPACE, database, clock, BRISK, services.outgoing, slack)
    try:
        yield Post(sandbox, database, clock, services, sender, leena, sanna)
    finally:
        await sandbox.close()
