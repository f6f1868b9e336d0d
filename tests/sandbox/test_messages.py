"""Messages: posting, changing, deleting, threads, history and metadata, in Slack's shapes and errors."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from tests.sandbox.stage import JONAS, LEENA, SANNA, Somebody

BUTTON = {
    "type": "actions",
    "elements": [{"type": "button", "action_id": "a.b", "text": {"type": "plain_text", "text": "Go"}, "value": "7"}],
}


async def test_message_to_a_person_opens_their_direct_messages(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=SANNA.id, text="hi", blocks=[BUTTON])
    opened = await client.conversations_open(users=[SANNA.id])

    assert posted["channel"] == opened["channel"]["id"]
    message = posted["message"]
    assert (message["type"], message["user"], message["bot_id"]) == ("message", "U0SILTABOT", "B0SILTA01")
    assert (message["app_id"], message["team"], message["ts"]) == ("A0SILTA01", "T0SILTA01", posted["ts"])
    [block] = message["blocks"]
    assert block["block_id"]
    assert block["elements"][0]["text"] == {"type": "plain_text", "text": "Go", "emoji": True}


async def test_change_keeps_what_is_not_given_and_an_empty_list_takes_blocks_away(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=SANNA.id, text="before", blocks=[BUTTON])
    place = {"channel": posted["channel"], "ts": posted["ts"]}

    changed = await client.chat_update(**place, text="after")
    emptied = await client.chat_update(**place, text="bare", blocks=[])

    assert changed["text"] == changed["message"]["text"] == "after"
    assert changed["message"]["blocks"] == posted["message"]["blocks"]
    assert changed["message"]["edited"]["user"] == "U0SILTABOT"
    assert "blocks" not in emptied["message"]


async def test_bot_changes_only_its_own_messages(client: AsyncWebClient, somebody: Somebody) -> None:
    written = await somebody.post("message", user=SANNA.id, text="mine")
    place = {"channel": written["channel"], "ts": written["ts"]}

    with pytest.raises(SlackApiError, match="cant_update_message"):
        await client.chat_update(**place, text="yours")
    with pytest.raises(SlackApiError, match="message_not_found"):
        await client.chat_update(channel=written["channel"], ts="1.000001", text="yours")


async def test_deleted_message_is_gone_from_history(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=SANNA.id, text="oops")
    await client.chat_delete(channel=posted["channel"], ts=posted["ts"])

    assert (await client.conversations_history(channel=posted["channel"]))["messages"] == []


async def test_history_is_newest_first_paged_and_shows_metadata_on_request(client: AsyncWebClient) -> None:
    metadata = {"event_type": "silta_delivery", "event_payload": {"delivery_id": "abc"}}
    for number in range(3):
        posted = await client.chat_postMessage(channel=SANNA.id, text=str(number), metadata=metadata)
    channel = posted["channel"]

    first = await client.conversations_history(channel=channel, limit=2, include_all_metadata=True)
    rest = await client.conversations_history(
        channel=channel, limit=2, cursor=first["response_metadata"]["next_cursor"]
    )

    assert [one["text"] for one in first["messages"]] == ["2", "1"]
    assert first["has_more"] is True
    assert first["messages"][0]["metadata"] == metadata
    assert [one["text"] for one in rest["messages"]] == ["0"]
    assert rest["has_more"] is False
    assert "metadata" not in rest["messages"][0]


async def test_history_between_two_moments_leaves_the_ends_out_unless_inclusive(client: AsyncWebClient) -> None:
    stamps = [(await client.chat_postMessage(channel=SANNA.id, text=str(n)))["ts"] for n in range(4)]
    channel = (await client.conversations_open(users=[SANNA.id]))["channel"]["id"]
    between = {"channel": channel, "oldest": stamps[1], "latest": stamps[3]}

    exclusive = await client.conversations_history(**between)
    inclusive = await client.conversations_history(**between, inclusive=True)

    assert [one["text"] for one in exclusive["messages"]] == ["2"]
    assert [one["text"] for one in inclusive["messages"]] == ["3", "2", "1"]


async def test_answers_in_a_thread_are_in_replies_and_not_in_history(client: AsyncWebClient) -> None:
    parent = await client.chat_postMessage(channel=SANNA.id, text="parent")
    await client.chat_postMessage(channel=parent["channel"], text="reply", thread_ts=parent["ts"])

    history = await client.conversations_history(channel=parent["channel"])
    replies = await client.conversations_replies(channel=parent["channel"], ts=parent["ts"])

    assert [one["text"] for one in history["messages"]] == ["parent"]
    assert history["messages"][0]["reply_count"] == 1
    assert [one["text"] for one in replies["messages"]] == ["parent", "reply"]


async def test_ephemeral_message_is_seen_by_one_person_only(client: AsyncWebClient, somebody: Somebody) -> None:
    channel = (await client.conversations_open(users=[SANNA.id, LEENA.id]))["channel"]["id"]
    await client.chat_postEphemeral(channel=channel, user=SANNA.id, text="psst")

    def texts(answer: dict[str, Any]) -> list[str]:
        return [message["text"] for message in answer["messages"]]

    assert texts(await somebody.get("messages", channel=channel, user=SANNA.id)) == ["psst"]
    assert texts(await somebody.get("messages", channel=channel, user=LEENA.id)) == []
    assert (await client.conversations_history(channel=channel))["messages"] == []
    with pytest.raises(SlackApiError, match="user_not_in_channel"):
        await client.chat_postEphemeral(channel=channel, user=JONAS.id, text="psst")


@pytest.mark.parametrize(
    ("arguments", "error"),
    [
        ({"channel": "C0NOWHERE", "text": "hi"}, "channel_not_found"),
        ({"channel": "U0NOBODY", "text": "hi"}, "channel_not_found"),
        ({"channel": "U0SILTABOT", "text": "hi"}, "cannot_dm_bot"),
        ({"channel": SANNA.id, "text": ""}, "no_text"),
        ({"channel": SANNA.id, "text": "x" * 40_001}, "msg_too_long"),
        ({"channel": SANNA.id, "text": "hi", "blocks": [{"type": "nonsense"}]}, "invalid_blocks"),
        ({"channel": SANNA.id, "text": "hi", "blocks": "{not json"}, "invalid_blocks_format"),
        ({"channel": SANNA.id, "text": "hi", "metadata": {"event_type": "x"}}, "invalid_metadata_format"),
        ({"channel": SANNA.id, "text": "hi", "thread_ts": "1.000000"}, "thread_not_found"),
    ],
)
async def test_message_is_refused_with_slacks_error(
    client: AsyncWebClient, arguments: dict[str, Any], error: str
) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.api_call("chat.postMessage", json=arguments)
    assert refusal.value.response["error"] == error


async def test_bot_writes_only_where_it_is(sandbox: Sandbox, client: AsyncWebClient, somebody: Somebody) -> None:
    theirs = (await somebody.post("open", user=SANNA.id, users=[LEENA.id]))["channel"]
    elsewhere = sandbox.workspace.conversations.create_channel("elsewhere", [SANNA.id], 0)
    archived = (await client.conversations_create(name="old-times"))["channel"]["id"]
    await client.conversations_archive(channel=archived)

    for channel, error in [(theirs, "channel_not_found"), (elsewhere.id, "not_in_channel"), (archived, "is_archived")]:
        with pytest.raises(SlackApiError) as refusal:
            await client.chat_postMessage(channel=channel, text="hi")
        assert refusal.value.response["error"] == error


async def test_file_is_uploaded_in_three_steps(client: AsyncWebClient, somebody: Somebody) -> None:
    channel = (await client.conversations_open(users=[SANNA.id]))["channel"]["id"]
    await client.files_upload_v2(channel=channel, content="BEGIN:VCALENDAR", filename="visit.ics", title="Visit")

    [message] = (await somebody.get("messages", channel=channel))["messages"]
    assert message["files"][0]["name"] == "visit.ics"
