"""`silta run` as a real process: it starts, works, ends when asked, and says in one sentence why it cannot."""

import asyncio
import json
import os
import re
import signal
import socket
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response
from starlette.routing import Route

from sandbox import Sandbox
from sandbox.serving import Serving
from tests.bot.cli.stage import PATIENCE_SECONDS, SANNA, ended, http, silta, sockets, started, workspace

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no SIGTERM to end a process kindly")


async def _running(process: asyncio.subprocess.Process) -> dict[str, Any]:
    """What the process logs when it runs."""
    assert process.stderr

    async def line() -> dict[str, Any]:
        while said := await process.stderr.readline():  # type: ignore[union-attr]  # asserted above
            if b"silta.running" in said:
                logged: dict[str, Any] = json.loads(said)
                return logged
        raise AssertionError("it ended before it ran")

    return await asyncio.wait_for(line(), PATIENCE_SECONDS)


async def _until(holds: Callable[[], Awaitable[bool]]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not await holds():  # noqa: ASYNC110 - another process tells nobody in this one
            await asyncio.sleep(0.1)


async def _is_answered(slack: Sandbox) -> None:
    """Sanna writes, and the process answers her."""
    async with aiohttp.ClientSession() as session:
        said = {"user": SANNA.id, "text": "etsin kontaktia sähköalalta"}
        async with session.post(f"{slack.url}/_sandbox/message", json=said) as answer:
            assert (await answer.json())["acked"]

    async def posted() -> bool:
        return any(call.ok for call in slack.log.since(0, "chat.postMessage"))

    await _until(posted)


@pytest.mark.parametrize("wish", [signal.SIGTERM, signal.SIGINT])
async def test_it_answers_by_socket_mode_and_ends_kindly(tmp_path: Path, wish: signal.Signals) -> None:
    async with workspace() as slack:
        process = await started(tmp_path, "run", settings=JSON_LOG | sockets(slack))
        assert (await _running(process))["mode"] == "socket mode"

        await _is_answered(slack)
        process.send_signal(wish)

        end = await ended(process)
        assert (end.code, end.out) == (0, "")
        assert "Traceback" not in end.err
        assert (tmp_path / "silta.db").exists(), "the database is where DATABASE_URL says without a value"


async def test_it_answers_by_http_is_healthy_and_ends_kindly(tmp_path: Path) -> None:
    async with workspace() as slack:
        process = await started(tmp_path, "run", settings=JSON_LOG | http(slack))
        logged = await _running(process)
        assert logged["mode"] == "http"
        address = f"http://127.0.0.1:{logged['port']}"
        slack.send_events_to(f"{address}/slack/events")

        async with aiohttp.ClientSession() as session, session.get(f"{address}/healthz") as answer:
            assert answer.status == 200
        await _is_answered(slack)
        process.send_signal(signal.SIGTERM)

        end = await ended(process)
        assert (end.code, end.out) == (0, "")
        assert "Traceback" not in end.err


async def test_no_words_and_no_tokens_are_logged(tmp_path: Path) -> None:
    async with workspace() as slack:
        process = await started(tmp_path, "run", settings=JSON_LOG | sockets(slack))
        await _running(process)
        await _is_answered(slack)
        process.send_signal(signal.SIGTERM)

        end = await ended(process)

        for secret in ("sähköalalta", slack.bot_token, slack.app_token):
            assert secret not in end.err


async def test_with_a_taken_port_http_says_so_and_socket_mode_runs_on(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        async with workspace() as slack:
            refused = await silta(tmp_path, "run", settings=http(slack) | {"PORT": port})
            assert refused.code == 2
            assert f"PORT {port} " in refused.sentence
            assert ".env.example" in refused.sentence

            process = await started(tmp_path, "run", settings=JSON_LOG | sockets(slack) | {"PORT": port})
            assert (await _running(process))["port"] is None
            await _is_answered(slack)
            process.send_signal(signal.SIGTERM)
            assert (await ended(process)).code == 0


JSON_LOG = {"SILTA_LOG": "json"}
NOWHERE = {"SLACK_API_URL": "http://127.0.0.1:1/api/"}
"""No test of a missing setting gets as far as Slack."""
TOKENS = {"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_APP_TOKEN": "xapp-1"}


@pytest.mark.parametrize(
    ("settings", "named"),
    [
        ({}, "SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "SLACK_SIGNING_SECRET"),
        (TOKENS | {"DATABASE_URL": "postgresql://x:notaport/y"}, "DATABASE_URL"),
    ],
    ids=lambda given: given if isinstance(given, str) else None,
)
async def test_a_missing_setting_ends_the_process_with_one_sentence(
    tmp_path: Path, settings: dict[str, str], named: str
) -> None:
    end = await silta(tmp_path, "run", settings=NOWHERE | settings)

    assert (end.code, end.out) == (2, "")
    assert named in end.sentence
    assert ".env.example" in end.sentence


async def test_a_database_that_cannot_be_opened_is_one_sentence(tmp_path: Path) -> None:
    for address in ("sqlite:////no/such/folder/silta.db", "postgresql://nobody:hush@127.0.0.1:1/silta"):
        end = await silta(tmp_path, "run", settings=NOWHERE | TOKENS | {"PORT": "0", "DATABASE_URL": address})

        assert (end.code, end.out) == (2, "")
        assert "DATABASE_URL" in end.sentence
        assert "hush" not in end.sentence


async def test_tokens_that_slack_refuses_are_one_sentence(tmp_path: Path) -> None:
    async with workspace() as slack:
        for name, wrong in (("SLACK_BOT_TOKEN", "xoxb-wrong"), ("SLACK_APP_TOKEN", "xapp-wrong")):
            end = await silta(tmp_path, "run", settings=sockets(slack) | {name: wrong})

            assert (end.code, end.out) == (2, "")
            assert name in end.sentence
            assert "invalid_auth" in end.sentence
            assert wrong not in end.sentence


async def test_a_slack_that_cannot_be_reached_is_one_sentence(tmp_path: Path) -> None:
    end = await silta(tmp_path, "run", settings=NOWHERE | TOKENS | {"PORT": "0"})

    assert end.code == 2
    assert "SLACK_API_URL http://127.0.0.1:1/api/ cannot be reached" in end.sentence


@pytest.mark.parametrize(
    "answer",
    [
        HTMLResponse("<h1>Welcome</h1>"),
        PlainTextResponse("hello"),
        PlainTextResponse("not found", 404),
        Response("{", media_type="application/json"),
        Response("[]", media_type="application/json"),
    ],
    ids=["page", "text", "not found", "broken", "list"],
)
async def test_an_address_that_is_not_slack_is_one_sentence(tmp_path: Path, answer: Response) -> None:
    async def answers(_: Request) -> Response:
        return answer

    serving = Serving(Starlette(routes=[Route("/api/{method}", answers, methods=["GET", "POST"])]))
    port = await serving.start("127.0.0.1", 0)
    given = TOKENS | {"PORT": "0", "SLACK_API_URL": f"http://127.0.0.1:{port}/api/"}
    end = await silta(tmp_path, "run", settings=given)
    await serving.stop()

    assert end.code == 2
    assert end.sentence.startswith("SLACK_API_URL does not answer as Slack does")


async def test_demo_opens_its_page_and_ends_kindly(tmp_path: Path) -> None:
    process = await started(tmp_path, "demo", "--no-browser", "--port", "0", "--now", "2027-01-19T10:12")
    assert process.stdout
    said = (await asyncio.wait_for(process.stdout.readline(), PATIENCE_SECONDS)).decode()
    (address,) = re.findall(r"http://\S+", said)

    async with aiohttp.ClientSession() as session, session.get(f"{address}/_sandbox/clock") as answer:
        assert (await answer.json())["now"].startswith("2027-01-19T08:12")
    process.send_signal(signal.SIGTERM)

    end = await ended(process)
    assert end.code == 0
    assert "Traceback" not in end.err
    assert os.listdir(tmp_path) == [], "it leaves nothing behind where it was started"  # noqa: PTH208
