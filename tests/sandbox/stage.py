"""People and tools of the sandbox tests: a small workspace, real clients, and somebody who acts in it."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import aiohttp
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Clock, Person, Sandbox

SANNA = Person(
    "U0SANNA", "Sanna Laine", "sanna@example.org", "Europe/Helsinki", "fi-FI", "student", "ICT", "FI", "Uusimaa"
)
LEENA = Person("U0LEENA", "Leena Harjula", "leena@example.org", "Europe/Helsinki", "fi-FI", "mentor", region="Uusimaa")
JONAS = Person("U0JONAS", "Jonas Falkner", "jonas@example.org", "Europe/Berlin", "de-DE", "student", region="Bayern")
MONDAY_NINE = datetime(2027, 2, 1, 7, 0, tzinfo=UTC)

Connect = Callable[[AsyncApp], Awaitable[AsyncSocketModeHandler]]


@dataclass
class Somebody:
    """Acts through the control interface."""

    session: aiohttp.ClientSession
    url: str

    async def post(self, name: str, /, **fields: Any) -> dict[str, Any]:
        """Act, and insist that it was understood."""
        status, answer = await self.try_post(name, **fields)
        assert status == 200, answer
        return answer

    async def try_post(self, name: str, /, **fields: Any) -> tuple[int, dict[str, Any]]:
        """Act, whatever comes of it."""
        async with self.session.post(f"{self.url}/_sandbox/{name}", json=fields) as response:
            return response.status, await response.json()

    async def get(self, name: str, **query: Any) -> dict[str, Any]:
        """Look at something."""
        async with self.session.get(f"{self.url}/_sandbox/{name}", params=query) as response:
            answer: dict[str, Any] = await response.json()
            return answer


def new_sandbox(**options: Any) -> Sandbox:
    """A sandbox with three people, on a Monday morning, that retries events quickly."""
    given: dict[str, Any] = {
        "clock": Clock(MONDAY_NINE),
        "people": [SANNA, LEENA, JONAS],
        "retry_after": (0.0, 0.05, 0.05),
    } | options
    return Sandbox(**given)


def web_client(sandbox: Sandbox, token: str | None = None) -> AsyncWebClient:
    """A client for this sandbox."""
    return AsyncWebClient(token=token or sandbox.bot_token, base_url=f"{sandbox.url}/api/", retry_handlers=[])


async def until(holds: Callable[[], bool], seconds: float = 3.0) -> None:
    """Wait until something holds."""
    async with asyncio.timeout(seconds):
        while not holds():  # noqa: ASYNC110 - what is waited for has no event of its own
            await asyncio.sleep(0.005)
