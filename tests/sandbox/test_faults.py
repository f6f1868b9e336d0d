"""Faults to order: 429 with Retry-After, connections dropped before and after the work, slowness, errors, limits."""

import asyncio
import time

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.stage import SANNA, Somebody


async def test_rate_limit_says_when_to_come_back(client: AsyncWebClient, somebody: Somebody) -> None:
    await somebody.post("faults", method="chat.postMessage", kind="rate_limited", times=1, retry_after=7)

    with pytest.raises(SlackApiError) as refusal:
        await client.chat_postMessage(channel=SANNA.id, text="hi")

    assert refusal.value.response.status_code == 429
    assert refusal.value.response.headers["Retry-After"] == "7"
    assert refusal.value.response["error"] == "ratelimited"
    assert (await client.chat_postMessage(channel=SANNA.id, text="hi"))["ok"]


async def test_slack_sdks_own_handler_waits_and_comes_back(client: AsyncWebClient, somebody: Somebody) -> None:
    client.retry_handlers.append(AsyncRateLimitErrorRetryHandler(max_retry_count=1))
    await somebody.post("faults", method="auth.test", kind="rate_limited", retry_after=1)

    started = time.monotonic()
    await client.auth_test()

    assert time.monotonic() - started >= 1


async def test_drop_after_does_the_work_and_answers_nothing(
    sandbox: Sandbox, client: AsyncWebClient, somebody: Somebody
) -> None:
    await somebody.post("faults", method="chat.postMessage", kind="drop_after", times=1)

    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=SANNA.id, text="did it arrive?")

    channel = (await client.conversations_open(users=[SANNA.id]))["channel"]["id"]
    history = (await client.conversations_history(channel=channel))["messages"]
    assert [message["text"] for message in history] == ["did it arrive?"]
    [call] = sandbox.log.since(method="chat.postMessage")
    assert (call.ok, call.fault) == (True, "drop_after")


async def test_drop_before_does_no_work(client: AsyncWebClient, somebody: Somebody) -> None:
    await somebody.post("faults", method="chat.postMessage", kind="drop_before")

    with pytest.raises(aiohttp.ClientConnectionError):
        await client.chat_postMessage(channel=SANNA.id, text="lost")

    channel = (await client.conversations_open(users=[SANNA.id]))["channel"]["id"]
    assert (await client.conversations_history(channel=channel))["messages"] == []


async def test_slow_call_is_done_even_when_the_caller_has_left(client: AsyncWebClient, somebody: Somebody) -> None:
    await somebody.post("faults", method="chat.postMessage", kind="slow", seconds=0.3)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await _post(client, "late")
    await asyncio.sleep(0.4)

    channel = (await client.conversations_open(users=[SANNA.id]))["channel"]["id"]
    history = (await client.conversations_history(channel=channel))["messages"]
    assert [message["text"] for message in history] == ["late"]


async def _post(client: AsyncWebClient, text: str) -> None:
    await client.chat_postMessage(channel=SANNA.id, text=text)


async def test_ordered_error_comes_so_many_times(client: AsyncWebClient, somebody: Somebody) -> None:
    await somebody.post("faults", method="*", kind="error", error="fatal_error", times=2)

    for _ in range(2):
        with pytest.raises(SlackApiError, match="fatal_error"):
            await client.auth_test()
    await client.auth_test()


async def test_limit_holds_per_channel(sandbox: Sandbox, client: AsyncWebClient) -> None:
    sandbox.limit("chat.postMessage", 1, 60, per_channel=True)
    await client.chat_postMessage(channel=SANNA.id, text="one")
    await client.chat_postMessage(channel="U0LEENA", text="one")

    with pytest.raises(SlackApiError) as refusal:
        await client.chat_postMessage(channel=SANNA.id, text="two")

    assert 1 <= int(refusal.value.response.headers["Retry-After"]) <= 60


async def test_unknown_fault_is_refused_in_a_sentence(somebody: Somebody) -> None:
    status, answer = await somebody.try_post("faults", method="auth.test", kind="explode")

    assert status == 400
    assert "explode" in answer["error"]
