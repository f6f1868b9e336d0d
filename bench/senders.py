"""Senders as processes of their own, forked from a parent that has loaded everything: real processes, cheap starts."""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy.util import LRUCache

from bot.clock import Clock
from bot.delivery.sender import Sender
from bot.delivery.slack import Slack
from bot.delivery.steps import Step
from bot.programme import Programme
from bot.services.addresses import Addresses
from bot.services.outgoing import Outgoing
from bot.services.search import Search
from bot.understanding.fields import FieldCatalogue
from bot.understanding.regions import RegionRecogniser
from storage.database import Database
from storage.one_sender import the_only_sender

TOKEN = "xoxb-sandbox"
_COMPILED: Any = LRUCache(1_000)


@dataclass(frozen=True)
class Post:
    """Where senders work: a database, a Slack, a pace, and one clock for all of them."""

    workspace: str
    database_url: str
    api_url: str
    programme: Programme
    clock: Clock
    outgoing: Outgoing

    def sender(self, database: Database, passing: Callable[[Step], None]) -> Sender:
        """A sender as `bot.app` builds it."""
        client = AsyncWebClient(token=TOKEN, base_url=self.api_url, timeout=30, retry_handlers=[])
        return Sender(self.workspace, database, self.clock, self.programme, self.outgoing, Slack(client), passing)


def outgoing(programme: Programme) -> Outgoing:
    """What messages say, loaded once for all the processes that will be forked."""
    regions = RegionRecogniser.load()
    return Outgoing(programme, Search(programme, FieldCatalogue.load(), regions), Addresses(None), regions)


def dies_at(step: Step, passes: int) -> Callable[[Step], None]:
    """Ends this process without a word (SIGKILL) when it passes that step for the so manieth time."""
    left = passes

    def passing(passed: Step) -> None:
        nonlocal left
        left -= passed is step
        if left <= 0:
            os.kill(os.getpid(), signal.SIGKILL)

    return passing


def fork(post: Post, passing: Callable[[Step], None], *, seconds: float | None = None) -> int:
    """Starts one sender; answers its process id. It looks up what was lost, then sends until nothing is due.

    With `seconds` it goes on for so long instead, as `silta run` does.
    """
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
        asyncio.run(work(post, passing, seconds))
        code = 0
    finally:
        # The parent's own business at exit is not the child's.
        sys.stdout.flush()
        os._exit(code)


async def work(post: Post, passing: Callable[[Step], None], seconds: float | None = None) -> None:
    """What one sender does in its process."""
    database = warm(Database(post.database_url))
    with the_only_sender(database):
        sender = post.sender(database, passing)
        if seconds is None:
            await sender.look_up_lost()
            await sender.deliver_due()
        else:
            database.outbox_filled.set()
            with suppress(TimeoutError):
                await asyncio.wait_for(sender.run(), seconds)
    await database.close()


def warm(database: Database) -> Database:
    """The same database with the statements that the parent has compiled: a child need not do it again."""
    database.engine.sync_engine._compiled_cache = _COMPILED
    return database


def wait_for(*pids: int) -> int:
    """Waits until these processes have ended; answers how many were killed."""
    return sum(os.WIFSIGNALED(os.waitpid(pid, 0)[1]) for pid in pids)
