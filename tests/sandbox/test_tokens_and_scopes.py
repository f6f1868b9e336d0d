"""Who may call what: tokens, scopes, unknown methods, and the log of it all."""

import aiohttp
import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.stage import SANNA, new_sandbox, web_client


async def test_auth_test_names_team_and_bot(client: AsyncWebClient) -> None:
    answer = await client.auth_test()

    assert (answer["team_id"], answer["user_id"], answer["bot_id"]) == ("T0SILTA01", "U0SILTABOT", "B0SILTA01")


async def test_wrong_token_is_refused(sandbox: Sandbox) -> None:
    with pytest.raises(SlackApiError, match="invalid_auth"):
        await web_client(sandbox, "xoxb-something-else").auth_test()


async def test_no_token_is_refused_with_slacks_shape(sandbox: Sandbox) -> None:
    async with aiohttp.ClientSession() as session, session.get(f"{sandbox.url}/api/auth.test") as response:
        assert response.status == 200
        assert await response.json() == {"ok": False, "error": "not_authed"}


async def test_each_token_is_for_its_own_methods(sandbox: Sandbox, client: AsyncWebClient) -> None:
    assert (await client.apps_connections_open(app_token=sandbox.app_token))["url"].startswith("ws://")
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await client.apps_connections_open(app_token=sandbox.bot_token)
    with pytest.raises(SlackApiError, match="not_allowed_token_type"):
        await web_client(sandbox, sandbox.app_token).auth_test()


async def test_unknown_method_is_named_so(client: AsyncWebClient) -> None:
    with pytest.raises(SlackApiError, match="unknown_method"):
        await client.api_call("chat.sing")


async def test_form_json_and_query_are_read_alike(sandbox: Sandbox) -> None:
    blocks = '[{"type": "divider"}]'
    sent = {"token": sandbox.bot_token, "channel": SANNA.id, "text": "hi", "blocks": blocks}
    address = f"{sandbox.url}/api/chat.postMessage"
    async with aiohttp.ClientSession() as session:
        for options in ({"data": sent}, {"json": sent}, {"params": sent}):
            async with session.post(address, **options) as response:  # type: ignore[arg-type]
                answer = await response.json()
                assert answer["ok"], answer
                assert answer["message"]["blocks"][0]["type"] == "divider"

    logged = sandbox.log.since(method="chat.postMessage")
    assert [call.arguments["blocks"] for call in logged] == [[{"type": "divider"}]] * 3
    assert all("token" not in call.arguments for call in logged)


async def test_missing_scope_says_what_is_needed_and_provided() -> None:
    sandbox = new_sandbox(scopes=frozenset({"users:read"}))
    await sandbox.serve()
    client = web_client(sandbox)
    try:
        with pytest.raises(SlackApiError) as refusal:
            await client.chat_postMessage(channel=SANNA.id, text="hi")
        assert refusal.value.response["needed"] == "chat:write"
        assert refusal.value.response["provided"] == "users:read"
        # Without users:read.email the address stays hidden.
        assert "email" not in (await client.users_info(user=SANNA.id))["user"]["profile"]
    finally:
        await sandbox.close()


async def test_group_conversation_needs_its_own_scope() -> None:
    sandbox = new_sandbox(scopes=frozenset({"im:write"}))
    await sandbox.serve()
    client = web_client(sandbox)
    try:
        await client.conversations_open(users=[SANNA.id])
        with pytest.raises(SlackApiError) as refusal:
            await client.conversations_open(users=[SANNA.id, "U0LEENA"])
        assert refusal.value.response["needed"] == "mpim:write"
    finally:
        await sandbox.close()


async def test_log_numbers_calls_and_keeps_arguments_and_answers(sandbox: Sandbox, client: AsyncWebClient) -> None:
    await client.chat_postMessage(channel=SANNA.id, text="one")
    with pytest.raises(SlackApiError):
        await client.chat_postMessage(channel="C0NOWHERE", text="two")

    first, second = sandbox.log.since()
    assert (first.n, first.method, first.arguments["text"], first.ok) == (1, "chat.postMessage", "one", True)
    assert (second.n, second.ok, second.error) == (2, False, "channel_not_found")
    assert first.at.startswith("2027-02-01T07:00:0")
    assert sandbox.log.since(1) == [second]
