"""The control interface: clear complaints, the state a page needs, the feed, unread marks, people who come."""

import asyncio
import json
import socket
from typing import Any

import aiohttp
import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.stage import LEENA, SANNA, Connect, Somebody, new_sandbox


@pytest.mark.parametrize(
    ("act", "fields", "complaint"),
    [
        ("message", {}, "'user' is missing"),
        ("message", {"user": "U0NOBODY", "text": "hi"}, "nobody with the id 'U0NOBODY'"),
        ("message", {"user": SANNA.id}, "'text' is missing"),
        ("message", {"user": SANNA.id, "channel": "C0NOWHERE", "text": "hi"}, "no conversation 'C0NOWHERE'"),
        ("message", {"user": LEENA.id, "channel": "#bayern", "text": "hi"}, "U0LEENA is not in"),
        ("press", {"user": SANNA.id, "ts": "1.0", "action_id": "a"}, "no message 1.0"),
        ("submit", {"user": SANNA.id, "view_id": "V0", "values": {}}, "no open view 'V0'"),
        ("clock", {}, "Say 'set'"),
        ("clock", {"set": "next week"}, "not an ISO moment"),
        ("clock", {"advance": "9999999w"}, "any calendar"),
        ("faults", {"method": "auth.test", "kind": "slow", "seconds": "long"}, "has to be a number"),
        ("redeliver", {"event_id": "Ev0"}, "no event 'Ev0'"),
        ("dance", {}, "nothing to do called 'dance'"),
    ],
)
async def test_complaint_is_a_clear_sentence(
    somebody: Somebody, act: str, fields: dict[str, Any], complaint: str
) -> None:
    status, answer = await somebody.try_post(act, **fields)

    assert status == 400
    assert answer["ok"] is False
    assert complaint in answer["error"]


async def test_body_that_is_no_json_object_is_refused(somebody: Somebody) -> None:
    for body in ("{", "[]", "[" * 100_000):
        async with somebody.session.post(f"{somebody.url}/_sandbox/message", data=body) as response:
            assert response.status == 400


async def test_state_holds_all_a_page_needs(client: AsyncWebClient, somebody: Somebody) -> None:
    await client.chat_postMessage(channel=SANNA.id, text="hi")
    await client.chat_postMessage(channel=LEENA.id, text="hi")

    state = await somebody.get("state", user=SANNA.id)

    assert (state["title"], state["timezone_of_user"], state["command"]) == ("Silta", "Europe/Helsinki", "/silta")
    assert state["you"]["language"] == "fi"
    assert {one["id"]: one["unread"] for one in state["people"]} == {"U0SANNA": 1, "U0LEENA": 1, "U0JONAS": 0}
    [direct] = [one for one in state["conversations"] if one["kind"] == "im"]
    assert (direct["unread"], direct["with_bot"], direct["name"]) == (1, True, "Silta")
    assert state["bot"] == {"id": "U0SILTABOT", "name": "Silta", "connected": False}
    assert len(state["samples"]) == 3
    assert state["samples"][0].startswith("Moi!")


async def test_reading_takes_the_unread_mark_away(client: AsyncWebClient, somebody: Somebody) -> None:
    posted = await client.chat_postMessage(channel=SANNA.id, text="hi")
    await somebody.post("read", user=SANNA.id, channel=posted["channel"])

    state = await somebody.get("state", user=SANNA.id)

    assert state["you"]["unread"] == 0


async def test_ordinary_channel_messages_wait_for_nobody(client: AsyncWebClient, somebody: Somebody) -> None:
    await client.chat_postMessage(channel="#general", text="good morning")
    quiet = await somebody.get("state", user=SANNA.id)
    await client.chat_postMessage(channel="#general", text=f"good morning <@{SANNA.id}>")
    called = await somebody.get("state", user=SANNA.id)

    assert quiet["you"]["unread"] == 0
    assert called["you"]["unread"] == 1
    assert next(one["unread"] for one in called["conversations"] if one["name"] == "general") == 2


async def test_what_is_typed_on_the_page_is_only_words(somebody: Somebody) -> None:
    sent = await somebody.post("message", user=SANNA.id, text="<!channel> <@U0LEENA> @SILTA", is_typed=True)

    kept = await somebody.get("messages", user=SANNA.id, channel=sent["channel"])
    assert kept["messages"][-1]["text"] == "&lt;!channel&gt; &lt;@U0LEENA&gt; <@U0SILTABOT>"


async def test_feed_tells_messages_marks_and_the_clock(client: AsyncWebClient, somebody: Somebody) -> None:
    async with somebody.session.get(f"{somebody.url}/_sandbox/feed?user={SANNA.id}") as feed:
        assert feed.headers["content-type"].startswith("text/event-stream")
        await feed.content.readline()
        posted = await client.chat_postMessage(channel=SANNA.id, text="hi")
        await client.chat_update(channel=posted["channel"], ts=posted["ts"], text="hello")
        await somebody.post("clock", advance="1h")
        told = await read_events(feed, until_type="clock")

    kinds = [event["type"] for event in told]
    assert kinds[:4] == ["conversation", "unread", "message", "message_changed"]
    assert told[2]["message"]["text"] == "hi"
    assert told[3]["message"]["text"] == "hello"
    assert told[1] == {"type": "unread", "user": SANNA.id, "channel": posted["channel"], "unread": 1, "total": 1}


async def read_events(feed: aiohttp.ClientResponse, until_type: str) -> list[dict[str, Any]]:
    events: list[dict[str, Any]] = []
    async with asyncio.timeout(3):
        while not events or events[-1]["type"] != until_type:
            line = (await feed.content.readline()).decode()
            if line.startswith("data: "):
                events.append(json.loads(line.removeprefix("data: ")))
    return events


async def test_feed_tells_when_the_bot_connects(app: AsyncApp, connect: Connect, somebody: Somebody) -> None:
    async with somebody.session.get(f"{somebody.url}/_sandbox/feed?user={SANNA.id}") as feed:
        await feed.content.readline()
        await connect(app)
        told = await read_events(feed, until_type="bot")

    assert told[-1]["bot"]["connected"] is True


async def test_clock_is_set_and_advanced(sandbox: Sandbox, somebody: Somebody) -> None:
    stops: list[str] = []

    async def note() -> None:
        stops.append(sandbox.clock.now().strftime("%a %H:%M"))

    sandbox.clock.on_move(note)
    await somebody.post("clock", set="2027-02-01T10:00")
    advanced = await somebody.post("clock", advance="1h")

    # A moment after eight, an hour is a stop at nine and one at the very end.
    assert stops == ["Mon 08:00", "Mon 09:00", "Mon 09:00"]
    assert advanced["now"].startswith("2027-02-01T09:00:0")
    assert (await somebody.get("clock"))["now"].startswith("2027-02-01T09:00:0")


async def test_somebody_joins_and_changes(app: AsyncApp, connect: Connect, somebody: Somebody) -> None:
    heard: list[tuple[str, str]] = []

    @app.event("team_join")
    async def welcome(event: dict[str, Any]) -> None:
        heard.append(("team_join", event["user"]["locale"]))

    @app.event("user_change")
    async def note(event: dict[str, Any]) -> None:
        heard.append(("user_change", event["user"]["tz"]))

    await connect(app)
    await somebody.post("join", id="U0NEW", locale="nb-NO")
    await somebody.post("change", user="U0NEW", tz="Europe/Oslo")

    assert heard == [("team_join", "nb-NO"), ("user_change", "Europe/Oslo")]


async def test_page_is_served_and_unknown_paths_are_not_found(somebody: Somebody) -> None:
    async with somebody.session.get(f"{somebody.url}/") as response:
        assert response.status == 200
        assert response.headers["content-type"].startswith("text/html")
    async with somebody.session.get(f"{somebody.url}/page/../server.py") as response:
        assert response.status == 404


async def test_taken_port_is_said_at_once() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(OSError, match="in use"):
        await new_sandbox().serve(port=taken.getsockname()[1])
