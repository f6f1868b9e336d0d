"""The `silta` command as its own process, the way people start it."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.manifest import BOT_SCOPES
from bot.settings import Settings
from sandbox import Clock, Sandbox
from tests.journeys.stage import Cast, helsinki

PATIENCE_SECONDS = 90
"""Longer than any start on a busy machine."""
SANNA = Cast("Sanna Laine", "student", ("0713",))


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it said."""

    code: int | None
    out: str
    err: str

    @property
    def sentence(self) -> str:
        """The one line it said about what is wrong; fails when it said more, less, or showed a traceback."""
        (line,) = [line for line in self.err.splitlines() if line.strip()]
        assert "Traceback" not in line
        assert line.endswith(".")
        return line


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """The environment of this process, with these settings of Silta and no others."""
    own = {name.upper() for name in Settings.model_fields}
    kept = {name: value for name, value in os.environ.items() if name.upper() not in own}
    # Help is drawn as wide as the terminal is; colours would stand between the letters.
    return kept | {"COLUMNS": "200", "NO_COLOR": "1", "TERM": "dumb", "PYTHONUTF8": "1", **settings}


async def started(folder: Path, *words: str, settings: Mapping[str, str] | None = None) -> asyncio.subprocess.Process:
    """`silta WORDS`, started in this folder."""
    return await asyncio.create_subprocess_exec(
        sys.executable,
        "-m",
        "bot",
        *words,
        cwd=folder,
        env=environment(settings or {}),
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )


async def ended(process: asyncio.subprocess.Process) -> Ended:
    """Waits for the end of a command; ends it by force when it takes too long."""
    try:
        out, err = await asyncio.wait_for(process.communicate(), PATIENCE_SECONDS)
    except TimeoutError:
        process.kill()
        raise
    return Ended(process.returncode, out.decode(), err.decode())


async def silta(folder: Path, *words: str, settings: Mapping[str, str] | None = None) -> Ended:
    """Runs `silta WORDS` to its end."""
    return await ended(await started(folder, *words, settings=settings))


@asynccontextmanager
async def workspace(*cast: Cast) -> AsyncIterator[Sandbox]:
    """A practice workspace with these people that real processes can reach."""
    made = Sandbox(
        clock=Clock(helsinki("2027-01-19 10:12")),
        people=[one.as_person() for one in cast or (SANNA,)],
        scopes=frozenset(BOT_SCOPES),
    )
    await made.serve()
    try:
        yield made
    finally:
        await made.close()


def sockets(workspace: Sandbox) -> dict[str, str]:
    """The settings for Socket Mode."""
    return {
        "SLACK_BOT_TOKEN": workspace.bot_token,
        "SLACK_APP_TOKEN": workspace.app_token,
        "SLACK_API_URL": f"{workspace.url}/api/",
        "PORT": "0",
    }


def http(workspace: Sandbox) -> dict[str, str]:
    """The settings for HTTP on any free port."""
    given = sockets(workspace) | {"SLACK_SIGNING_SECRET": workspace.signing_secret}
    return {name: value for name, value in given.items() if name != "SLACK_APP_TOKEN"}
