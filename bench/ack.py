"""How long Slack waits for the acknowledgement of a direct message and of a button, at 50 events a second."""

import asyncio
import os
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from itertools import cycle
from pathlib import Path

from bench import meters, network
from bench.stage import SILTA, Stage, answers, bot_process, import_members, stage, until
from bench.tables import percentile, show
from sandbox import Person

PER_SECOND = 50
SECONDS = 60
MEMBERS = 1_000
SLACK_WAITS_MS = 3_000.0
ASK = "Etsin jotakuta hoiva-alalta Uudeltamaalta"

Act = Callable[[Person], None]


async def main() -> None:
    """Measures both ways to the bot, one after the other, and prints."""
    rows = []
    for way in ("Socket Mode", "HTTP"):
        with tempfile.TemporaryDirectory(prefix="silta-bench-") as folder:
            os.chdir(folder)
            rows += await _by(way)
    show(
        f"Acknowledgement at {PER_SECOND} events/s for {SECONDS} s, ms, SQLite (Slack waits {SLACK_WAITS_MS:.0f} ms)",
        (
            "way",
            "event",
            "events",
            "acknowledged at once",
            "p50",
            "p99",
            "longest",
            "all answered after, s",
            "CPU of the bot",
        ),
        rows,
    )


async def _by(way: str) -> list[tuple[object, ...]]:
    people, file = network.askers(50), Path("members.csv")
    network.write(file, MEMBERS)
    await import_members("sqlite:///silta.db", file)
    http = way == "HTTP"
    async with (
        stage(people) as workspace,
        bot_process(SILTA, workspace.sandbox, "sqlite:///silta.db", http=http) as (bot, address),
    ):
        await until(lambda: answers(f"{address}/healthz"))
        if http:
            workspace.sandbox.send_events_to(f"{address}/slack/events")
        # Silta meets everybody once, at leisure: that takes longer and is no part of the load.
        for number, person in enumerate(people, start=1):
            workspace.write(person, "help")
            await workspace.until_called(number, "chat.postMessage")
        await workspace.until_quiet()
        acts = {
            "direct message, answered with the menu": _writing(workspace, "help"),
            "button “Find a contact”": _Pressing(workspace, "fields.start").start,
            "direct message, answered with cards": _writing(workspace, ASK),
        }
        return [(way, name, *await _load(workspace, act, bot.pid)) for name, act in acts.items()]


def _writing(workspace: Stage, text: str) -> Act:
    return lambda person: workspace.write(person, text)


class _Pressing:
    """Presses a button on a card that everybody has, without waiting for the acknowledgement."""

    def __init__(self, workspace: Stage, action_id: str) -> None:
        self._workspace = workspace
        self._action_id = action_id
        self._cards = {person.id: workspace.card(person, action_id) for person in workspace.people}
        self._under_way: set[asyncio.Task[None]] = set()

    def start(self, person: Person) -> None:
        """One press."""
        press = self._workspace.press(person, self._cards[person.id], self._action_id)
        task = asyncio.create_task(press)
        self._under_way.add(task)
        task.add_done_callback(self._under_way.discard)


async def _load(workspace: Stage, act: Act, pid: int) -> tuple[object, ...]:
    """Events evenly spread, whether or not the bot keeps up, and how they were acknowledged and answered."""
    deliveries = workspace.sandbox.line.deliveries
    before = max((one.n for one in deliveries.since()), default=0)
    answered = workspace.calls("chat.postMessage")
    events, people = PER_SECOND * SECONDS, cycle(workspace.people)
    began, cpu = time.monotonic(), meters.cpu_seconds(pid)
    for number in range(events):
        await asyncio.sleep(max(0.0, began + number / PER_SECOND - time.monotonic()))
        act(next(people))
    with suppress(TimeoutError):
        await workspace.until_called(answered + events, "chat.postMessage")
    took, cpu = time.monotonic() - began, meters.cpu_seconds(pid) - cpu
    await workspace.until_quiet()
    # The bot's own answers come back as events, as Slack sends them; they are no part of the load named above.
    human = [one for one in deliveries.since(before) if not one.payload.get("event", {}).get("bot_id")]
    # Slack's first try is what counts; whatever was not acknowledged in it took at least as long as Slack waits.
    firsts = [one.attempts[0].ack_ms if one.attempts else None for one in human]
    times = [SLACK_WAITS_MS if ms is None else ms for ms in firsts]
    in_time = sum(ms is not None for ms in firsts)
    return len(human), in_time, percentile(times, 50), percentile(times, 99), max(times), took, f"{cpu / took:.0%}"


if __name__ == "__main__":
    asyncio.run(main())
