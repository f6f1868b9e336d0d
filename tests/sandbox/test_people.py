"""People: read from a members file, shown in Slack's user object."""

from pathlib import Path

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import people_from_csv
from sandbox.escaping import as_typed, typed_elements, with_mentions
from tests.sandbox.stage import LEENA, SANNA

MEMBERS = """slack_user_id,name,role,country,region,institution,fields,languages,timezone,capacity,tasks,note,email
U0AYLIN,Aylin Demirkuşak,mentor,TR,İzmir,Körfez Lisesi,0716|1041,tr|en,Europe/Istanbul,2,T1,not,aylin@example.org
"""


def test_members_file_gives_people_with_locale_and_fields_in_words(tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_text(MEMBERS, encoding="utf-8-sig")

    [aylin] = people_from_csv(file)

    assert (aylin.id, aylin.locale, aylin.tz) == ("U0AYLIN", "tr-TR", "Europe/Istanbul")
    assert aylin.field == "vehicle repair, logistics"
    assert aylin.handle == "aylin.demirkusak"


def test_typed_text_is_escaped_except_mentions_of_people_who_exist() -> None:
    written = "<@U0SANNA> & <@U0NOBODY> <!channel> <script>"

    assert as_typed(written, {SANNA.id}) == "<@U0SANNA> &amp; &lt;@U0NOBODY&gt; &lt;!channel&gt; &lt;script&gt;"


def test_at_sign_and_name_become_a_mention() -> None:
    assert with_mentions("hi @Leena Harjula!", [SANNA, LEENA]) == "hi <@U0LEENA>!"
    assert with_mentions("@leena harjula, hi", [SANNA, LEENA]) == "<@U0LEENA>, hi"


def test_address_is_no_mention() -> None:
    assert with_mentions("x@leena harjula.example", [LEENA]) == "x@leena harjula.example"


def test_rich_text_of_typed_words_holds_the_raw_words() -> None:
    assert typed_elements("&lt;b&gt; &amp;amp; <@U0LEENA>") == [
        {"type": "text", "text": "<b> &amp; "},
        {"type": "user", "user_id": "U0LEENA"},
    ]


async def test_user_has_slack_shape_and_locale_on_request(client: AsyncWebClient) -> None:
    plain = (await client.users_info(user=SANNA.id))["user"]
    with_locale = (await client.users_info(user=SANNA.id, include_locale=True))["user"]

    assert "locale" not in plain
    assert with_locale["locale"] == "fi-FI"
    assert (plain["tz"], plain["tz_offset"]) == ("Europe/Helsinki", 7200)
    assert plain["profile"]["email"] == SANNA.email
    assert plain["is_bot"] is False


async def test_list_of_users_comes_in_pages_with_bot_and_slackbot(client: AsyncWebClient) -> None:
    members = []
    async for page in await client.users_list(limit=2):
        members += page["members"]

    assert [one["id"] for one in members] == ["U0SANNA", "U0LEENA", "U0JONAS", "U0SILTABOT", "USLACKBOT"]


async def test_person_is_found_by_address(client: AsyncWebClient) -> None:
    assert (await client.users_lookupByEmail(email="SANNA@example.org"))["user"]["id"] == SANNA.id
    with pytest.raises(SlackApiError, match="users_not_found"):
        await client.users_lookupByEmail(email="nobody@example.org")
