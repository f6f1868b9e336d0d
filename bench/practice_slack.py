"""The practice workspace in a process of its own, for measurements whose own process forks."""

import asyncio
import json
import os
import signal
import sys
import urllib.request
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.manifest import BOT_SCOPES
from sandbox import Clock, Person, Sandbox


@dataclass(frozen=True)
class PracticeSlack:
    """A workspace that is being served."""

    url: str

    @property
    def api_url(self) -> str:
        """What a Slack client calls."""
        return f"{self.url}/api/"

    def posts(self) -> list[dict[str, Any]]:
        """Every post that had an effect, whether or not its answer arrived."""
        return [call for call in self.calls("chat.postMessage") if call["ok"]]

    def calls(self, method: str) -> list[dict[str, Any]]:
        """Every call of this method."""
        with urllib.request.urlopen(f"{self.url}/_sandbox/log?method={method}") as answer:
            found: list[dict[str, Any]] = json.load(answer)["calls"]
            return found

    def times_posted(self) -> Counter[str]:
        """How often each delivery id has arrived."""
        metadata = (post["response"]["message"]["metadata"] for post in self.posts())
        return Counter(one["event_payload"]["delivery_id"] for one in metadata)


@contextmanager
def practice_slack(
    people: Sequence[Person], now: datetime, arrange: Callable[[Sandbox], None] = lambda _: None
) -> Iterator[PracticeSlack]:
    """Serves a workspace of these people."""
    reading, writing = os.pipe()
    pid = os.fork()
    if not pid:
        try:
            asyncio.run(_serve(people, now, arrange, writing))
        finally:
            sys.stdout.flush()
            os._exit(0)
    try:
        yield PracticeSlack(os.read(reading, 200).decode())
    finally:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)


async def _serve(people: Sequence[Person], now: datetime, arrange: Callable[[Sandbox], None], told: int) -> None:
    sandbox = Sandbox(clock=Clock(now), people=people, scopes=frozenset(BOT_SCOPES), echoes=False)
    arrange(sandbox)
    await sandbox.serve()
    os.write(told, sandbox.url.encode())
    await asyncio.Event().wait()
