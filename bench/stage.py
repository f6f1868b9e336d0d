"""A practice workspace in this process, and a bot connected to it in a process of its own."""

import asyncio
import os
import socket
import sys
import time
from asyncio.subprocess import Process
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from pathlib import Path
from types import MappingProxyType
from zoneinfo import ZoneInfo

import aiohttp

from bot import programme as programmes
from bot.manifest import BOT_SCOPES
from bot.services.members_file import MembersFile
from bot.understanding.fields import FieldRecogniser
from sandbox import Clock, Person, Sandbox
from sandbox.ids import BOT_USER, TEAM
from sandbox.interactions.presses import Press, Presses
from sandbox.workspace.conversations import Message
from storage.database import Database
from storage.schema import migrate

ROOT = Path(__file__).parent.parent
SILTA = (str(Path(sys.executable).with_name("silta")), "run")
BARE = (sys.executable, "-m", "bench.bare")
A_WORKING_MORNING = datetime(2027, 1, 19, 10, 12, tzinfo=ZoneInfo("Europe/Helsinki"))
LONGEST_WAIT = 60.0
"""Seconds after which a measurement gives up waiting for the bot."""


class Stage:
    """People who write and press, and what the bot called meanwhile."""

    def __init__(self, people: Sequence[Person]) -> None:
        self.people = people
        self.sandbox = Sandbox(clock=Clock(A_WORKING_MORNING), people=people, scopes=frozenset(BOT_SCOPES))
        self._presses = Presses(self.sandbox.workspace, self.sandbox.line)

    def write(self, person: Person, text: str) -> None:
        """This person writes into the direct messages with the bot; the event goes out in the background."""
        conversation, _ = self.sandbox.workspace.between(person.id, BOT_USER)
        self.sandbox.workspace.messages.post_typed(conversation, person, text, None)

    def card(self, person: Person, action_id: str) -> Message:
        """The newest message to this person that has a button with that id."""
        conversation, _ = self.sandbox.workspace.between(person.id, BOT_USER)
        return next(card for card in reversed(conversation.messages.values()) if action_id in str(card.body))

    async def press(self, person: Person, card: Message, action_id: str) -> None:
        """This person presses that button; returns when the bot has acknowledged it."""
        conversation, _ = self.sandbox.workspace.between(person.id, BOT_USER)
        await self._presses.in_message(person, conversation, card, Press(action_id))

    def calls(self, *methods: str) -> int:
        """How often the bot has called these methods so far."""
        return sum(call.ok and call.method in methods for call in self.sandbox.log.since(0))

    async def until_called(self, times: int, *methods: str) -> None:
        """Waits until the bot has called these methods so many times in all."""
        await until(lambda: _at_once(self.calls(*methods) >= times))

    async def until_quiet(self, seconds: float = 1.0) -> None:
        """Waits until the bot has called nothing for so long."""
        calls = -1
        while calls != len(self.sandbox.log.since(0)):
            calls = len(self.sandbox.log.since(0))
            await asyncio.sleep(seconds)


@asynccontextmanager
async def stage(people: Sequence[Person]) -> AsyncIterator[Stage]:
    """Opens a workspace of these people."""
    made = Stage(people)
    await made.sandbox.serve()
    try:
        yield made
    finally:
        await made.sandbox.close()


@asynccontextmanager
async def bot_process(
    command: Sequence[str],
    sandbox: Sandbox,
    database_url: str,
    *,
    http: bool = False,
    environment: Mapping[str, str] = MappingProxyType({}),
) -> AsyncIterator[tuple[Process, str]]:
    """Starts a bot against this workspace; answers the process and the address it listens on.

    Without `http` it connects by Socket Mode. What it writes goes into bot-PORT.log in the current folder.
    """
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    reached_by = {"SLACK_SIGNING_SECRET": sandbox.signing_secret} if http else {"SLACK_APP_TOKEN": sandbox.app_token}
    settings = {
        "SLACK_BOT_TOKEN": sandbox.bot_token,
        "SLACK_API_URL": f"{sandbox.url}/api/",
        "DATABASE_URL": database_url,
        "PORT": str(port),
        "PYTHONPATH": str(ROOT),
    }
    surroundings = {**os.environ, **settings, **reached_by, **environment}
    log = await asyncio.to_thread(Path(f"bot-{port}.log").open, "wb")
    process = await asyncio.create_subprocess_exec(*command, env=surroundings, stdout=log, stderr=log)
    log.close()
    try:
        yield process, address
    finally:
        process.terminate()
        await asyncio.wait_for(process.wait(), LONGEST_WAIT)


async def import_members(database_url: str, file: Path) -> None:
    """A migrated database with the people of this file."""
    database = Database(database_url)
    try:
        await migrate(database)
        await MembersFile(database, FieldRecogniser.load(), programmes.load(None)).bring_in(TEAM, file)
    finally:
        await database.close()


async def answers(url: str) -> bool:
    """True when this address answers with 200."""
    try:
        async with aiohttp.ClientSession() as session, session.get(url) as answer:
            return answer.status == 200
    except aiohttp.ClientError:
        return False


async def until(is_so: Callable[[], Awaitable[bool]], every: float = 0.005) -> None:
    """Waits until it is so, looking every so many seconds. Raises TimeoutError after a minute."""
    gives_up = time.monotonic() + LONGEST_WAIT
    while not await is_so():
        if time.monotonic() > gives_up:
            raise TimeoutError("the bot did not do what was waited for; see its log")
        await asyncio.sleep(every)


def free_port() -> int:
    """A port of this computer that nobody listens on just now."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return int(listening.getsockname()[1])


async def _at_once(answer: bool) -> bool:
    return answer
