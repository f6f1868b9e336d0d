"""Whatever is posted to the address of the bot: 401, 413, 400 or 405, never 500, and unsigned bodies are never read."""

import asyncio
import hashlib
import hmac
import json
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

import aiohttp
import pytest
from slack_bolt import BoltResponse
from slack_bolt.async_app import AsyncApp
from slack_bolt.request import internals
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_sdk.web.async_client import AsyncWebClient

from handlers import http
from handlers.http import BODY_AT_MOST, web_app
from sandbox.serving import Serving
from tests.journeys.stage import Cast, story

SECRET = "a-signing-secret"
JSON, FORM = "application/json", "application/x-www-form-urlencoded"
EVENT = b'{"type": "event_callback", "event_id": "Ev1", "event": {"type": "message"}}'
PRESS = {"type": "block_actions", "user": {"id": "U1"}, "actions": [{"action_id": "fields.start"}]}
SANNA = Cast("Sanna Laine", "student", ("0713",))


def signed(body: bytes, secret: str = SECRET, timestamp: str | None = None, kind: str = JSON) -> dict[str, str]:
    """The headers with which Slack posts this body."""
    timestamp = timestamp or str(int(time.time()))
    digest = hmac.new(secret.encode(), b"v0:" + timestamp.encode() + b":" + body, hashlib.sha256).hexdigest()
    return {"Content-Type": kind, "X-Slack-Request-Timestamp": timestamp, "X-Slack-Signature": f"v0={digest}"}


@dataclass
class Door:
    """The bot's address with nobody behind it but a bell: what rings has passed every guard."""

    url: str
    session: aiohttp.ClientSession
    let_in: list[dict[str, Any]]

    async def posts(self, body: Any, headers: dict[str, str]) -> int:
        """Posts this and says which status came back."""
        async with self.session.post(f"{self.url}/slack/events", data=body, headers=headers) as answer:
            return answer.status


class Bell(AsyncApp):
    """A Bolt app that rings instead of working."""

    def __init__(self) -> None:
        super().__init__(client=AsyncWebClient(token="xoxb-x"), request_verification_enabled=False)
        self.rung: list[dict[str, Any]] = []

    async def async_dispatch(self, req: AsyncBoltRequest) -> BoltResponse:
        """Rings."""
        self.rung.append(req.body)
        return BoltResponse(status=200, body="")


@pytest.fixture
async def door() -> AsyncIterator[Door]:
    async def healthy() -> bool:
        return True

    bell = Bell()
    serving = Serving(web_app(healthy, bell, SECRET))
    port = await serving.start("127.0.0.1", 0)
    async with aiohttp.ClientSession() as session:
        yield Door(f"http://127.0.0.1:{port}", session, bell.rung)
    await serving.stop()


@pytest.fixture
def readings(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every body that anything has begun to read."""
    begun: list[str] = []
    read = internals.parse_body

    class Read(AsyncBoltRequest):
        def __init__(self, *, body: Any, **rest: Any) -> None:
            begun.append(body)
            super().__init__(body=body, **rest)

    def loads(text: Any, **options: Any) -> Any:
        begun.append(str(text))
        return original(text, **options)

    original = json.loads
    assert read.__globals__["json"] is json
    monkeypatch.setattr(json, "loads", loads)
    monkeypatch.setattr(http, "AsyncBoltRequest", Read)
    return begun


async def test_a_signed_event_is_let_in(door: Door, readings: list[str]) -> None:
    assert await door.posts(EVENT, signed(EVENT)) == 200
    assert [body["event_id"] for body in door.let_in] == ["Ev1"]
    assert readings, "the proof below that nothing was read would prove nothing otherwise"


async def test_a_signed_form_is_let_in(door: Door) -> None:
    command = urlencode({"command": "/silta", "text": "", "trigger_id": "1.2", "user_id": "U1"}).encode()
    press = urlencode({"payload": json.dumps(PRESS)}).encode()

    for form in (command, press):
        assert await door.posts(form, signed(form, kind=FORM)) == 200

    assert [body.get("command", body.get("type")) for body in door.let_in] == ["/silta", "block_actions"]


def _now(offset: int = 0) -> str:
    return str(int(time.time()) + offset)


@pytest.mark.parametrize(
    "timestamp",
    [
        "abc",
        "",
        "١٢٣",
        "²",
        "-1",
        "1.5",
        "1e9",
        "0x10",
        " ",
        "9" * 12,
        "9" * 400,
        "0",
        "NaN",
        "past",
        "future",
    ],
)
async def test_stale_future_and_malformed_timestamps_are_refused_unread(
    door: Door, readings: list[str], timestamp: str
) -> None:
    timestamp = {"past": _now(-301), "future": _now(330)}.get(timestamp, timestamp)
    headers = signed(EVENT, timestamp=timestamp) | {"X-Slack-Request-Timestamp": timestamp}

    assert await door.posts(EVENT, headers) == 401
    assert (door.let_in, readings) == ([], [])


@pytest.mark.parametrize(
    "change",
    [
        {"X-Slack-Signature": "v0=" + "0" * 64},
        {"X-Slack-Signature": ""},
        {"X-Slack-Signature": "ä" * 67},
        {"X-Slack-Signature": "v0"},
        {"X-Slack-Signature": "v1=" + "a" * 10_000},
        {"X-Slack-Signature": None},
        {"X-Slack-Request-Timestamp": None},
        {"X-Slack-Signature": None, "X-Slack-Request-Timestamp": None},
    ],
    ids=["wrong", "empty", "not ASCII", "short", "long", "missing", "no timestamp", "neither"],
)
async def test_wrong_and_missing_signatures_are_refused_unread(
    door: Door, readings: list[str], change: dict[str, str | None]
) -> None:
    headers = {name: value for name, value in (signed(EVENT) | change).items() if value is not None}

    assert await door.posts(EVENT, headers) == 401
    assert (door.let_in, readings) == ([], [])


async def test_a_signature_made_with_another_secret_or_for_another_body_is_refused(door: Door) -> None:
    assert await door.posts(EVENT, signed(EVENT, secret="another-secret")) == 401
    assert await door.posts(EVENT.replace(b"Ev1", b"Ev2"), signed(EVENT)) == 401
    assert door.let_in == []


NESTED = b'{"type": "event_callback", "event": ' + b"[" * 100_000 + b"]" * 100_000 + b"}"
JUST_TOO_NESTED = b'{"type": "event_callback", "event": ' + b"[" * 300 + b"]" * 300 + b"}"
MALFORMED = {
    "nested": (NESTED, JSON),
    "a little too nested": (JUST_TOO_NESTED, JSON),
    "nested in a form": (urlencode({"payload": NESTED.decode()}).encode(), FORM),
    "second payload nested": (b"payload=%7B%7D&payload=" + b"[" * 100_000, FORM),
    "not JSON": (b"{type: event_callback}", JSON),
    "cut off": (EVENT[:-5], JSON),
    "a list": (b'[{"type": "event_callback"}]', JSON),
    "a number": (b"7", JSON),
    "null": (b"null", JSON),
    "an endless number": (b'{"type": ' + b"9" * 20_000 + b"}", JSON),
    "empty": (b"", JSON),
    "empty form": (b"", FORM),
    "blanks": (b"   ", JSON),
    "nothing of Slack": (b'{"hello": "world"}', JSON),
    "form without payload": (b"hello=world", FORM),
    "form with an empty payload": (b"payload=", FORM),
    "form whose payload is no object": (b"payload=%5B1%5D", FORM),
    "form whose payload is not JSON": (b"payload=%7B", FORM),
    "form that begins like JSON": (b"{type=1", FORM),
    "no form": (b"payload", FORM),
    "text": (EVENT, "text/plain"),
    "multipart": (EVENT, "multipart/form-data; boundary=x"),
    "no content type": (EVENT, ""),
    "wrong shapes": (b'{"type": "event_callback", "authorizations": [1], "team": 5, "event": "x"}', JSON),
    "wrong user": (b'{"type": "block_actions", "user": 7, "view": []}', JSON),
}


@pytest.mark.parametrize("name", MALFORMED)
async def test_a_malformed_body_is_400_when_signed_and_unread_when_not(
    door: Door, readings: list[str], name: str
) -> None:
    body, kind = MALFORMED[name]

    assert await door.posts(body, signed(body, secret="another-secret", kind=kind)) == 401
    assert readings == [], "nothing is read before the signature holds"
    assert await door.posts(body, signed(body, kind=kind)) == 400
    assert door.let_in == []


@pytest.mark.parametrize("secret", [SECRET, "another-secret"])
async def test_bytes_that_are_no_text_are_refused(door: Door, readings: list[str], secret: str) -> None:
    body = b'{"type": "event_callback", "text": "\xff\xfe"}'

    assert await door.posts(body, signed(body, secret=secret)) in (400, 401)
    assert (door.let_in, readings) == ([], [])


async def test_an_oversized_body_is_refused_whether_its_length_is_declared_or_not(
    door: Door, readings: list[str]
) -> None:
    body = b'{"type": "' + b"x" * BODY_AT_MOST + b'"}'

    async def in_chunks() -> AsyncIterator[bytes]:
        for start in range(0, len(body), 50_000):
            yield body[start : start + 50_000]

    assert await door.posts(body, signed(body)) == 413
    assert await door.posts(in_chunks(), signed(body)) == 413
    assert (door.let_in, readings) == ([], [])


async def test_a_body_that_only_claims_to_be_large_is_refused_before_it_comes(door: Door) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rsplit(":", 1)[1]))
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999\r\n\r\n")
    answer = await asyncio.wait_for(reader.readline(), 20)
    writer.close()
    await writer.wait_closed()

    assert b" 413 " in answer


@pytest.mark.parametrize("length", [b"abc", b"-5", b"1, 2", b"\xb2"])
async def test_a_content_length_that_is_no_number_is_400(door: Door, length: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rsplit(":", 1)[1]))
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: " + length + b"\r\n\r\n")
    answer = await asyncio.wait_for(reader.readline(), 20)
    writer.close()
    await writer.wait_closed()

    assert b" 400 " in answer


async def test_somebody_who_hangs_up_in_the_middle_does_no_harm(door: Door, caplog: pytest.LogCaptureFixture) -> None:
    _, writer = await asyncio.open_connection("127.0.0.1", int(door.url.rsplit(":", 1)[1]))
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: x\r\nContent-Length: 500\r\n\r\n{")
    await writer.drain()
    writer.close()
    await writer.wait_closed()

    assert await door.posts(EVENT, signed(EVENT)) == 200
    assert [record for record in caplog.records if record.levelname == "ERROR"] == []


@pytest.mark.parametrize("method", ["GET", "PUT", "DELETE", "PATCH", "HEAD"])
async def test_only_posts_are_taken(door: Door, method: str) -> None:
    async with door.session.request(method, f"{door.url}/slack/events", headers=signed(b"")) as answer:
        assert answer.status == 405


async def test_an_address_check_of_slack_is_answered_with_its_challenge(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-01-19 10:12", SANNA, by_http=True) as told:
        line = told.sandbox.line
        assert await line.transport.verify(20.0)  # type: ignore[attr-defined]  # HTTP is the transport here


ODD_BUT_SIGNED: list[dict[str, Any]] = [
    {"type": "event_callback", "event": "x", "team_id": "T0SILTA01", "user_id": "U0SANNA"},
    {"type": "event_callback", "event": {"type": ["message"]}, "team_id": "T0SILTA01", "user_id": "U0SANNA"},
    {"type": "event_callback", "event": {"type": "message", "channel_type": "im", "user": SANNA.id, "text": 7}},
    {"type": "block_actions", "actions": "x", "user": {"id": SANNA.id}, "team": {"id": "T0SILTA01"}},
    {"type": "block_actions", "actions": [], "user": {"id": SANNA.id}, "team": {"id": "T0SILTA01"}},
    {"type": "block_actions", "actions": [{"action_id": 5}], "user": {"id": SANNA.id}, "team": {"id": "T0SILTA01"}},
    {"type": "view_submission", "view": None, "user": {"id": SANNA.id}, "team": {"id": "T0SILTA01"}},
    {"type": "view_submission", "view": {"callback_id": []}, "user": {"id": SANNA.id}, "team": {"id": "T0SILTA01"}},
    {"type": "something_new", "user": {"id": SANNA.id}, "team": {"id": "T0SILTA01"}},
    {"type": 17},
]


async def test_signed_bodies_of_odd_shapes_never_become_a_500(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-01-19 10:12", SANNA, by_http=True) as told:
        url = told.sandbox.line.transport.url  # type: ignore[attr-defined]  # HTTP is the transport here
        for payload in ODD_BUT_SIGNED:
            body = json.dumps(payload).encode()
            headers = signed(body, secret=told.sandbox.signing_secret)
            async with told.session.post(url, data=body, headers=headers) as answer:
                assert answer.status < 500, payload


async def test_health_is_200_while_ticking_and_503_when_not(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-01-19 10:12", SANNA, by_http=True) as told:
        url = told.sandbox.line.transport.url.replace("/slack/events", "/healthz")  # type: ignore[attr-defined]
        async with told.session.get(url) as answer:
            assert (answer.status, await answer.json()) == (200, {"healthy": True})

        await told.silta.database.close()
        await told.silta.timetable.stop()
        told.silta.timetable._ticked_at = 0.0
        async with told.session.get(url) as answer:
            assert (answer.status, await answer.json()) == (503, {"healthy": False})
