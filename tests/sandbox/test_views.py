"""Modals and the App Home: three seconds and one use per trigger, hashes, the stack of three."""

from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from sandbox import Sandbox
from sandbox.workspace import triggers
from tests.sandbox.stage import SANNA, Somebody

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "a.b",
    "title": {"type": "plain_text", "text": "Title"},
    "submit": {"type": "plain_text", "text": "Send"},
    "blocks": [
        {
            "type": "input",
            "block_id": "note",
            "label": {"type": "plain_text", "text": "Note"},
            "element": {"type": "plain_text_input", "action_id": "note", "initial_value": "so far"},
        }
    ],
}
HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "divider"}]}


def a_trigger(sandbox: Sandbox, view_id: str | None = None) -> str:
    return sandbox.workspace.triggers.issue(SANNA.id, view_id)


async def test_opened_view_has_id_hash_and_state(sandbox: Sandbox, client: AsyncWebClient) -> None:
    view = (await client.views_open(trigger_id=a_trigger(sandbox), view=MODAL))["view"]

    assert view["id"].startswith("V")
    assert view["hash"]
    assert (view["root_view_id"], view["previous_view_id"]) == (view["id"], None)
    assert (view["team_id"], view["app_id"], view["bot_id"]) == ("T0SILTA01", "A0SILTA01", "B0SILTA01")
    assert view["state"]["values"]["note"]["note"] == {"type": "plain_text_input", "value": "so far"}


async def test_trigger_works_once(sandbox: Sandbox, client: AsyncWebClient) -> None:
    trigger_id = a_trigger(sandbox)
    await client.views_open(trigger_id=trigger_id, view=MODAL)

    with pytest.raises(SlackApiError, match="exchanged_trigger_id"):
        await client.views_open(trigger_id=trigger_id, view=MODAL)
    with pytest.raises(SlackApiError, match="invalid_trigger_id"):
        await client.views_open(trigger_id="1.2.3", view=MODAL)


async def test_trigger_expires(sandbox: Sandbox, client: AsyncWebClient, monkeypatch: pytest.MonkeyPatch) -> None:
    assert triggers.VALID_SECONDS == 3.0
    monkeypatch.setattr(triggers, "VALID_SECONDS", -1.0)

    with pytest.raises(SlackApiError, match="expired_trigger_id"):
        await client.views_open(trigger_id=a_trigger(sandbox), view=MODAL)


async def test_refused_view_does_not_use_the_trigger_up(sandbox: Sandbox, client: AsyncWebClient) -> None:
    trigger_id = a_trigger(sandbox)
    with pytest.raises(SlackApiError) as refusal:
        await client.views_open(trigger_id=trigger_id, view=MODAL | {"submit": None})
    assert "submit" in refusal.value.response["response_metadata"]["messages"][0]

    await client.views_open(trigger_id=trigger_id, view=MODAL)


async def test_old_hash_is_a_conflict(sandbox: Sandbox, client: AsyncWebClient) -> None:
    opened = (await client.views_open(trigger_id=a_trigger(sandbox), view=MODAL))["view"]
    changed = (await client.views_update(view_id=opened["id"], hash=opened["hash"], view=MODAL))["view"]

    assert changed["id"] == opened["id"]
    assert changed["hash"] != opened["hash"]
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_update(view_id=opened["id"], hash=opened["hash"], view=MODAL)


async def test_view_is_found_by_external_id_which_is_unique(sandbox: Sandbox, client: AsyncWebClient) -> None:
    view = MODAL | {"external_id": "mine"}
    opened = (await client.views_open(trigger_id=a_trigger(sandbox), view=view))["view"]

    changed = (await client.views_update(external_id="mine", view=view))["view"]

    assert changed["id"] == opened["id"]
    with pytest.raises(SlackApiError, match="duplicate_external_id"):
        await client.views_push(trigger_id=a_trigger(sandbox, opened["id"]), view=view)
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(external_id="theirs", view=view)


async def test_stack_holds_three_views(sandbox: Sandbox, client: AsyncWebClient, somebody: Somebody) -> None:
    first = (await client.views_open(trigger_id=a_trigger(sandbox), view=MODAL))["view"]
    second = (await client.views_push(trigger_id=a_trigger(sandbox, first["id"]), view=MODAL))["view"]
    await client.views_push(trigger_id=a_trigger(sandbox, second["id"]), view=MODAL)

    assert (second["root_view_id"], second["previous_view_id"]) == (first["id"], first["id"])
    with pytest.raises(SlackApiError, match="push_limit_reached"):
        await client.views_push(trigger_id=a_trigger(sandbox, second["id"]), view=MODAL)

    await somebody.post("close", user=SANNA.id, view_id=second["id"])
    assert [one["id"] for one in (await somebody.get("views", user=SANNA.id))["views"]] == [first["id"]]
    with pytest.raises(SlackApiError, match="not_found"):
        await client.views_update(view_id=second["id"], view=MODAL)


async def test_home_is_published_and_changed_under_one_id(client: AsyncWebClient, somebody: Somebody) -> None:
    first = (await client.views_publish(user_id=SANNA.id, view=HOME))["view"]
    second = (await client.views_publish(user_id=SANNA.id, view=HOME, hash=first["hash"]))["view"]

    assert first["id"] == second["id"]
    assert (await somebody.get("home", user=SANNA.id))["view"] == second
    with pytest.raises(SlackApiError, match="hash_conflict"):
        await client.views_publish(user_id=SANNA.id, view=HOME, hash=first["hash"])


async def test_view_over_250_kilobytes_is_too_large(sandbox: Sandbox, client: AsyncWebClient) -> None:
    text = {"type": "section", "text": {"type": "plain_text", "text": "x" * 3000}}
    with pytest.raises(SlackApiError, match="view_too_large"):
        await client.views_open(trigger_id=a_trigger(sandbox), view=MODAL | {"blocks": [text] * 90})
