"""How long `silta run` and `silta demo` take until they work, and how much memory the bot needs."""

import asyncio
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from itertools import cycle, islice
from pathlib import Path

from bench import meters, network
from bench.find_contact import AT_ONCE
from bench.stage import ROOT, SILTA, answers, bot_process, free_port, import_members, stage, until
from bench.tables import percentile, show

STARTS = 5
MEMBERS = 10_000
EVENTS = 1_000
DEMO = (SILTA[0], "demo", "--no-browser", "--port")
KEPT = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": "bytecode"}
BYTECODE = {
    "kept from the last start": KEPT,
    "none": {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPYCACHEPREFIX": "no-bytecode"},
}
"""Python compiles what it imports once and keeps it, unless it is told not to, as containers often are."""
NOT_CLONED = (".git", ".venv", ".*_cache", ".hypothesis", "__pycache__", "build", "*.db")


async def main() -> None:
    """Measures and prints; with --fresh also a first start in a new copy of the project (it takes a minute)."""
    with tempfile.TemporaryDirectory(prefix="silta-bench-") as folder:
        os.chdir(folder)
        await _run()
        await _memory()
        await _demo()
        if "--fresh" in sys.argv:
            await _fresh(Path(folder) / "silta")


async def _run() -> None:
    rows: list[Sequence[object]] = []
    for bytecode, environment in BYTECODE.items():
        # The very first start writes the bytecode and is not counted.
        await _until_healthy(Path("known.db"), environment)
        for state, database in (("known", "known.db"), ("new", "new-{}-{}.db")):
            starts = [
                await _until_healthy(Path(database.format(number, len(rows))), environment) for number in range(STARTS)
            ]
            times, cpu = [wall for wall, _ in starts], [used for _, used in starts]
            rows.append((state, bytecode, percentile(times, 50), min(times), max(times), percentile(cpu, 50)))
    title = f"`silta run`, Socket Mode: seconds to the first 200 of /healthz, {STARTS} starts"
    show(title, ("database (SQLite)", "bytecode", "median", "shortest", "longest", "CPU (median)"), rows)


async def _until_healthy(database: Path, environment: dict[str, str]) -> tuple[float, float]:
    """Seconds by the clock, and seconds of CPU: these hardly change with what else the computer does."""
    async with stage(network.askers(50)) as workspace:
        began = time.monotonic()
        async with bot_process(SILTA, workspace.sandbox, f"sqlite:///{database}", environment=environment) as (
            bot,
            address,
        ):
            await until(lambda: answers(f"{address}/healthz"))
            return time.monotonic() - began, meters.cpu_seconds(bot.pid)


async def _memory() -> None:
    network.write(Path("members.csv"), MEMBERS)
    await import_members("sqlite:///members.db", Path("members.csv"))
    async with (
        stage(network.askers(50)) as workspace,
        bot_process(SILTA, workspace.sandbox, "sqlite:///members.db", environment=KEPT) as bot,
    ):
        process, address = bot
        await until(lambda: answers(f"{address}/healthz"))
        await workspace.until_quiet()
        at_start = meters.resident_megabytes(process.pid)
        for number, person in enumerate(islice(cycle(workspace.people), EVENTS), start=1):
            workspace.write(person, AT_ONCE[person.country])
            await workspace.until_called(number, "chat.postMessage")
        afterwards = meters.resident_megabytes(process.pid)
    title = f"`silta run`: resident memory, SQLite, {MEMBERS:,} members, MB"
    show(title, ("when", "MB"), [("healthy", at_start), (f"after {EVENTS:,} asks answered with cards", afterwards)])


async def _demo() -> None:
    rows = []
    for bytecode, environment in BYTECODE.items():
        times = [await _until_playable(DEMO, Path(), environment) for _ in range(STARTS + 1)][1:]
        rows.append((bytecode, percentile(times, 50), min(times), max(times)))
    title = f"`silta demo`: seconds until the page is up and Silta answers in it, {STARTS} starts"
    show(title, ("bytecode", "median", "shortest", "longest"), rows)


async def _fresh(copy: Path) -> None:
    """As after `git clone`: nothing installed, but every package in uv's cache."""
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(*NOT_CLONED))
    command = ("uv", "run", "--offline", *("silta", *DEMO[1:]))
    rows = [(when, await _until_playable(command, copy, {})) for when in ("first, with installation", "second")]
    show("`uv run silta demo` in a fresh copy, warm uv cache, seconds", ("start", "until playable"), rows)


async def _until_playable(command: Sequence[str], folder: Path, environment: dict[str, str]) -> float:
    """Starts the demo and waits for the line that says it is open, which comes when the bot is connected."""
    surroundings = {name: value for name, value in os.environ.items() if name != "VIRTUAL_ENV"} | environment
    began = time.monotonic()
    demo = await asyncio.create_subprocess_exec(
        *command, str(free_port()), cwd=folder, env=surroundings, stdout=subprocess.PIPE
    )
    try:
        assert demo.stdout is not None
        while b"practice workspace is open" not in await demo.stdout.readline():
            assert demo.returncode is None
        return time.monotonic() - began
    finally:
        demo.terminate()
        await demo.wait()


if __name__ == "__main__":
    asyncio.run(main())
