"""A served practice workspace, real Slack clients connected to it, and somebody who acts in it."""

from collections.abc import AsyncIterator

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.stage import Connect, Somebody, new_sandbox, until, web_client


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    """A served sandbox with every scope."""
    made = new_sandbox()
    await made.serve()
    yield made
    await made.close()


@pytest.fixture
def client(sandbox: Sandbox) -> AsyncWebClient:
    """The real Web API client, without retries of its own."""
    return web_client(sandbox)


@pytest.fixture
async def somebody(sandbox: Sandbox) -> AsyncIterator[Somebody]:
    """The hand that presses, writes and moves the clock."""
    async with aiohttp.ClientSession() as session:
        yield Somebody(session, sandbox.url)


@pytest.fixture
def app(client: AsyncWebClient, sandbox: Sandbox) -> AsyncApp:
    """A real Bolt app without listeners."""
    return AsyncApp(client=client, signing_secret=sandbox.signing_secret)


@pytest.fixture
async def connect(sandbox: Sandbox) -> AsyncIterator[Connect]:
    """Connects Bolt apps by Socket Mode and hangs up afterwards."""
    handlers: list[AsyncSocketModeHandler] = []

    async def connect_app(app: AsyncApp) -> AsyncSocketModeHandler:
        handler = AsyncSocketModeHandler(app, app_token=sandbox.app_token)
        handlers.append(handler)
        await handler.connect_async()  # type: ignore[no-untyped-call]  # slack_bolt leaves it untyped
        await until(lambda: sandbox.sockets.count >= len(handlers))
        return handler

    yield connect_app
    for handler in handlers:
        await handler.close_async()  # type: ignore[no-untyped-call]
