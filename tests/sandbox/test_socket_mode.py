"""Socket Mode with the real Bolt handler: hello, one payload to one socket, three seconds, retries, refresh."""

import asyncio
import json
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.stage import SANNA, Connect, Somebody, new_sandbox, until, web_client


def new_app(sandbox: Sandbox) -> AsyncApp:
    return AsyncApp(client=web_client(sandbox), signing_secret=sandbox.signing_secret)


async def open_socket(session: aiohttp.ClientSession, sandbox: Sandbox) -> aiohttp.ClientWebSocketResponse:
    address = (await web_client(sandbox).apps_connections_open(app_token=sandbox.app_token))["url"]
    return await session.ws_connect(address)


async def test_hello_has_slacks_shape(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(session, sandbox)
        hello = await socket.receive_json()
        await socket.close()

    assert (hello["type"], hello["num_connections"]) == ("hello", 1)
    assert hello["connection_info"] == {"app_id": "A0SILTA01"}
    assert hello["debug_info"]["approximate_connection_time"] == 18_060


async def test_unknown_ticket_is_turned_away(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        with pytest.raises(aiohttp.WSServerHandshakeError):
            await session.ws_connect(f"{sandbox.url}/socket?ticket=forged")


async def test_direct_message_reaches_bolt_in_slacks_shape(app: AsyncApp, connect: Connect, somebody: Somebody) -> None:
    heard: list[dict[str, Any]] = []

    @app.event("message")
    async def hear(body: dict[str, Any]) -> None:
        heard.append(body)

    await connect(app)
    written = await somebody.post("message", user=SANNA.id, text="a < b")

    assert written["acked"] is True
    assert written["ack_ms"] < 3000
    [body] = heard
    assert (body["type"], body["team_id"], body["api_app_id"]) == ("event_callback", "T0SILTA01", "A0SILTA01")
    assert body["event_id"].startswith("Ev")
    assert body["authorizations"][0]["user_id"] == "U0SILTABOT"
    event = body["event"]
    assert (event["channel_type"], event["user"], event["text"]) == ("im", SANNA.id, "a &lt; b")
    assert event["ts"] == event["event_ts"] == written["ts"]
    assert event["client_msg_id"]


async def test_mention_in_a_channel_is_an_app_mention_and_nothing_else_is_told(
    app: AsyncApp, connect: Connect, somebody: Somebody
) -> None:
    heard: list[str] = []

    @app.event("app_mention")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    await connect(app)
    silent = await somebody.post("message", user=SANNA.id, channel="#general", text="good morning")
    spoken = await somebody.post("message", user=SANNA.id, channel="#general", text="hi <@U0SILTABOT>")

    assert (silent["acked"], spoken["acked"]) == (False, True)
    assert heard == ["hi <@U0SILTABOT>"]


async def test_bot_ignores_the_echo_of_its_own_message(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, client: AsyncWebClient
) -> None:
    heard: list[dict[str, Any]] = []

    @app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event)

    await connect(app)
    await client.chat_postMessage(channel=SANNA.id, text="hi")
    await until(lambda: any(one.acked for one in sandbox.line.deliveries.since()))

    assert heard == []
    [echo] = sandbox.line.deliveries.since()
    assert echo.payload["event"]["bot_id"] == "B0SILTA01"


async def test_each_payload_goes_to_exactly_one_socket(sandbox: Sandbox, connect: Connect, somebody: Somebody) -> None:
    heard: list[tuple[int, str]] = []

    def listen(app: AsyncApp, number: int) -> None:
        @app.event("message")
        async def hear(event: dict[str, Any]) -> None:
            heard.append((number, event["text"]))

    for number in range(3):
        app = new_app(sandbox)
        listen(app, number)
        await connect(app)

    for count in range(30):
        await somebody.post("message", user=SANNA.id, text=str(count))

    assert sorted(int(text) for _, text in heard) == list(range(30))
    assert len({number for number, _ in heard}) > 1


async def test_eleventh_socket_is_sent_off(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        open_ones = [await open_socket(session, sandbox) for _ in range(10)]
        for socket in open_ones:
            await socket.receive_json()
        eleventh = await open_socket(session, sandbox)

        assert (await eleventh.receive_json())["reason"] == "too_many_websockets"
        assert (await eleventh.receive()).type is aiohttp.WSMsgType.CLOSE
        for socket in open_ones:
            await socket.close()


async def test_event_that_is_not_acknowledged_comes_three_more_times(sandbox: Sandbox, somebody: Somebody) -> None:
    sandbox.line.ack_seconds = 0.05
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(session, sandbox)
        await socket.receive_json()
        written = await somebody.post("message", user=SANNA.id, text="anybody there?")
        envelopes = [await socket.receive_json() for _ in range(4)]
        with pytest.raises(TimeoutError):
            await socket.receive(timeout=0.3)
        await socket.close()

    assert written["acked"] is False
    assert [one["retry_attempt"] for one in envelopes] == [0, 1, 2, 3]
    assert [one["retry_reason"] for one in envelopes] == ["", "timeout", "timeout", "timeout"]
    assert len({one["envelope_id"] for one in envelopes}) == 4
    assert len({one["payload"]["event_id"] for one in envelopes}) == 1


async def test_bolt_sees_the_retry_headers_of_a_redelivered_event(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, somebody: Somebody
) -> None:
    seen: list[tuple[str, list[str] | None]] = []

    @app.event("message")
    async def hear(body: dict[str, Any], request: AsyncBoltRequest) -> None:
        headers = request.headers.get("x-slack-retry-num")
        seen.append((body["event_id"], list(headers) if headers else None))

    await connect(app)
    await somebody.post("message", user=SANNA.id, text="once")
    [delivery] = sandbox.line.deliveries.since()
    await somebody.post("redeliver", event_id=delivery.event_id)

    event_id = delivery.event_id
    assert [number for event, number in seen if event == event_id][1:] == [["1"]]
    assert delivery.attempts[1].retry_reason == "timeout"


async def test_event_waits_until_a_socket_is_open(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, somebody: Somebody
) -> None:
    heard = asyncio.Event()

    @app.event("message")
    async def hear() -> None:
        heard.set()

    early = await somebody.post("message", user=SANNA.id, text="too early")
    await connect(app)
    await asyncio.wait_for(heard.wait(), 3)

    assert (early["acked"], early["reason"]) == (False, "not_connected")
    await until(lambda: sandbox.line.deliveries.since()[0].acked)


async def test_event_on_a_socket_that_breaks_goes_to_the_next(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, somebody: Somebody
) -> None:
    heard = asyncio.Event()

    @app.event("message")
    async def hear() -> None:
        heard.set()

    async with aiohttp.ClientSession() as session:
        socket = await open_socket(session, sandbox)
        await socket.receive_json()
        writing = asyncio.create_task(somebody.post("message", user=SANNA.id, text="hello?"))
        await socket.receive_json()
        await socket.close()
        written = await writing

    assert written["reason"] == "connection_failed"
    await connect(app)
    await asyncio.wait_for(heard.wait(), 3)


async def test_refresh_makes_bolt_reconnect_without_losing_a_message(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, somebody: Somebody
) -> None:
    heard: list[str] = []

    @app.event("message")
    async def hear(event: dict[str, Any]) -> None:
        heard.append(event["text"])

    await connect(app)
    assert (await somebody.post("refresh"))["told"] == 1
    for count in range(5):
        await somebody.post("message", user=SANNA.id, text=str(count))
    await until(lambda: len(set(heard)) == 5)

    assert sandbox.sockets.count == 1
    assert len(sandbox.log.since(method="apps.connections.open")) == 2


async def test_events_beyond_the_waiting_room_are_dropped_and_recorded(
    sandbox: Sandbox, somebody: Somebody, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sandbox.delivery.bot_line.MOST_WAITING", 2)
    for count in range(3):
        await somebody.post("message", user=SANNA.id, text=str(count))

    shown = (await somebody.get("events"))["events"]
    assert [one["is_dropped"] for one in shown] == [False, False, True]


async def test_acknowledgement_that_is_no_json_is_ignored(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(session, sandbox)
        await socket.receive_json()
        await socket.send_str("{nonsense")
        await socket.send_str(json.dumps(["no", "object"]))
        await socket.send_str(json.dumps({"envelope_id": "unknown"}))
        first = sandbox.line.send_event({"type": "event_callback", "event": {"type": "message"}})
        envelope = await socket.receive_json()
        await socket.send_json({"envelope_id": envelope["envelope_id"]})
        assert (await first).acked
        await socket.close()


async def test_socket_that_vanished_without_goodbye_does_not_hinder_closing() -> None:
    sandbox = new_sandbox()
    await sandbox.serve()
    async with aiohttp.ClientSession() as session:
        socket = await open_socket(session, sandbox)
        await socket.receive_json()
        socket._response.close()  # The only way to break a connection off.
    await asyncio.wait_for(sandbox.close(), 3)

    assert sandbox.sockets.count == 0
