"""Conversations: the same people are always the same conversation, at most eight besides the bot."""

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Person
from tests.sandbox.stage import JONAS, LEENA, SANNA, new_sandbox, web_client


async def test_same_people_in_any_order_are_the_same_conversation(client: AsyncWebClient) -> None:
    first = await client.conversations_open(users=[SANNA.id, LEENA.id], return_im=True)
    again = await client.conversations_open(users=[LEENA.id, SANNA.id])

    assert "already_open" not in first.data
    assert again["already_open"] is True
    assert first["channel"]["id"] == again["channel"]["id"]
    assert first["channel"]["is_mpim"] is True
    assert first["channel"]["name"].startswith("mpdm-")


async def test_direct_messages_show_the_other_person_on_request(client: AsyncWebClient) -> None:
    short = await client.conversations_open(users=SANNA.id)
    whole = await client.conversations_open(users=SANNA.id, return_im=True)

    assert set(short["channel"]) == {"id"}
    assert short["channel"]["id"].startswith("D")
    assert (whole["channel"]["is_im"], whole["channel"]["user"]) == (True, SANNA.id)


async def test_members_of_a_group_include_the_bot(client: AsyncWebClient) -> None:
    channel = (await client.conversations_open(users=[SANNA.id, LEENA.id]))["channel"]["id"]

    members = (await client.conversations_members(channel=channel))["members"]

    assert sorted(members) == sorted([SANNA.id, LEENA.id, "U0SILTABOT"])


async def test_nine_people_are_too_many_for_a_group() -> None:
    crowd = [Person(f"U0CROWD{n}", f"Crowd {n}") for n in range(9)]
    sandbox = new_sandbox(people=crowd)
    await sandbox.serve()
    client = web_client(sandbox)
    try:
        await client.conversations_open(users=[one.id for one in crowd[:8]])
        with pytest.raises(SlackApiError, match="too_many_users"):
            await client.conversations_open(users=[one.id for one in crowd])
    finally:
        await sandbox.close()


@pytest.mark.parametrize(
    ("users", "error"),
    [([], "users_list_not_supplied"), (["U0NOBODY"], "user_not_found"), (["U0SILTABOT"], "users_list_not_supplied")],
)
async def test_conversation_is_refused_with_slacks_error(client: AsyncWebClient, users: list[str], error: str) -> None:
    with pytest.raises(SlackApiError) as refusal:
        await client.conversations_open(users=users)
    assert refusal.value.response["error"] == error


async def test_listing_filters_by_type_and_refuses_unknown_types(client: AsyncWebClient) -> None:
    await client.conversations_open(users=[JONAS.id])

    channels = (await client.conversations_list())["channels"]
    direct = (await client.conversations_list(types="im,mpim"))["channels"]

    assert [one["name"] for one in channels] == ["general", "uusimaa", "bayern"]
    assert [one["user"] for one in direct] == [JONAS.id]
    with pytest.raises(SlackApiError, match="invalid_types"):
        await client.conversations_list(types="im,secret")


async def test_channel_is_created_and_people_are_brought_in(client: AsyncWebClient) -> None:
    channel = (await client.conversations_create(name="visits"))["channel"]["id"]
    await client.conversations_invite(channel=channel, users=[SANNA.id])

    theirs = (await client.users_conversations(user=SANNA.id))["channels"]

    assert "visits" in [one["name"] for one in theirs]
    for name, error in [("visits", "name_taken"), ("Not A Name", "invalid_name_specials"), ("x" * 81, "maxlength")]:
        with pytest.raises(SlackApiError, match=error):
            await client.conversations_create(name=name)


async def test_emoji_is_added_once(client: AsyncWebClient) -> None:
    posted = await client.chat_postMessage(channel=SANNA.id, text="hi")
    place = {"channel": posted["channel"], "timestamp": posted["ts"], "name": "tada"}
    await client.reactions_add(**place)

    [message] = (await client.conversations_history(channel=posted["channel"]))["messages"]
    assert message["reactions"] == [{"name": "tada", "users": ["U0SILTABOT"], "count": 1}]
    with pytest.raises(SlackApiError, match="already_reacted"):
        await client.reactions_add(**place)


async def test_nobody_minds_being_disturbed_until_somebody_says_so(client: AsyncWebClient) -> None:
    users = (await client.dnd_teamInfo(users=[SANNA.id]))["users"]

    assert users[SANNA.id]["dnd_enabled"] is False
