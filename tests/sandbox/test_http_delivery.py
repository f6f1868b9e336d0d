"""Delivery by HTTP to Bolt behind its Starlette adapter: signatures, retries, immediate answers."""

from collections.abc import AsyncIterator
from typing import Any

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox import Sandbox
from sandbox.serving import Serving
from tests.sandbox.stage import SANNA, Somebody, until


class RequestUrl:
    """The bot's address; keeps what arrives, and can be made to refuse."""

    def __init__(self, app: AsyncApp) -> None:
        self._handler = AsyncSlackRequestHandler(app)
        self.headers: list[dict[str, str]] = []
        self.bodies: list[str] = []
        self.refuse_with: Response | None = None

    async def receive(self, request: Request) -> Response:
        self.headers.append(dict(request.headers))
        self.bodies.append((await request.body()).decode())
        return self.refuse_with or await self._handler.handle(request)


@pytest.fixture
def door(app: AsyncApp) -> RequestUrl:
    return RequestUrl(app)


@pytest.fixture
async def http_sandbox(sandbox: Sandbox, door: RequestUrl) -> AsyncIterator[Sandbox]:
    serving = Serving(Starlette(routes=[Route("/slack/events", door.receive, methods=["POST"])]))
    port = await serving.start("127.0.0.1", 0)
    sandbox.send_events_to(f"http://127.0.0.1:{port}/slack/events")
    yield sandbox
    sandbox.send_events_to(None)
    await serving.stop()


@pytest.mark.usefixtures("http_sandbox")
async def test_signed_event_is_accepted_by_bolt(app: AsyncApp, door: RequestUrl, somebody: Somebody) -> None:
    heard: list[str] = []

    @app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    written = await somebody.post("message", user=SANNA.id, text="ääkköset ✓")
    await until(lambda: bool(heard))

    assert written["acked"] is True
    assert heard == ["ääkköset ✓"]
    assert door.headers[0]["content-type"] == "application/json"
    assert door.headers[0]["x-slack-signature"].startswith("v0=")
    assert "x-slack-retry-num" not in door.headers[0]


async def test_event_that_is_refused_is_retried_with_headers(
    http_sandbox: Sandbox, door: RequestUrl, somebody: Somebody
) -> None:
    door.refuse_with = PlainTextResponse("no", 500)

    written = await somebody.post("message", user=SANNA.id, text="hi")
    await until(lambda: len(door.headers) == 4)

    assert written["acked"] is False
    assert [one.get("x-slack-retry-num") for one in door.headers] == [None, "1", "2", "3"]
    assert [one.get("x-slack-retry-reason") for one in door.headers] == [None, *["http_error"] * 3]
    assert len(set(door.bodies)) == 1
    assert not http_sandbox.line.deliveries.since()[0].acked


@pytest.mark.usefixtures("http_sandbox")
async def test_no_retry_header_stops_retries(door: RequestUrl, sandbox: Sandbox, somebody: Somebody) -> None:
    door.refuse_with = PlainTextResponse("no", 500, {"X-Slack-No-Retry": "1"})

    await somebody.post("message", user=SANNA.id, text="hi")
    door.refuse_with = None
    await somebody.post("open_home", user=SANNA.id)

    assert len(sandbox.line.deliveries.since()[0].attempts) == 1


async def test_bot_that_cannot_be_reached_is_tried_again(sandbox: Sandbox, somebody: Somebody) -> None:
    sandbox.send_events_to("http://127.0.0.1:9/slack/events")

    await somebody.post("message", user=SANNA.id, text="hi")
    delivery = sandbox.line.deliveries.since()[0]
    await until(lambda: len(delivery.attempts) == 4)

    assert [one.failure for one in delivery.attempts] == ["connection_failed"] * 4


@pytest.mark.usefixtures("http_sandbox")
async def test_command_is_a_form_and_its_answer_is_shown(app: AsyncApp, door: RequestUrl, somebody: Somebody) -> None:
    @app.command("/silta")
    async def answer(ack: Any, command: dict[str, str]) -> None:
        await ack(f"you said {command['text']}")

    ran = await somebody.post("command", user=SANNA.id, text="find me")

    assert ran["response"] == {"text": "you said find me"}
    assert door.headers[0]["content-type"] == "application/x-www-form-urlencoded"
    [channel] = [
        one for one in (await somebody.get("conversations", user=SANNA.id))["conversations"] if one["kind"] == "im"
    ]
    [message] = (await somebody.get("messages", channel=channel["id"], user=SANNA.id))["messages"]
    assert (message["text"], message["is_ephemeral"]) == ("you said find me", True)


async def test_wrong_secret_is_not_acknowledged(http_sandbox: Sandbox, somebody: Somebody) -> None:
    target = http_sandbox.line.transport
    target._secret = b"something else"  # type: ignore[attr-defined]

    pressed = await somebody.post("command", user=SANNA.id, text="help")

    assert (pressed["acked"], pressed["reason"]) == (False, "http_error")


async def test_connecting_verifies_the_address(sandbox: Sandbox, app: AsyncApp, somebody: Somebody) -> None:
    door = RequestUrl(app)
    serving = Serving(Starlette(routes=[Route("/slack/events", door.receive, methods=["POST"])]))
    port = await serving.start("127.0.0.1", 0)

    connected = await somebody.post("connect", request_url=f"http://127.0.0.1:{port}/slack/events")
    back = await somebody.post("connect", request_url=None)
    await serving.stop()

    assert connected["verified"] is True
    assert back["ok"] is True
    assert sandbox.line.transport is sandbox.sockets
