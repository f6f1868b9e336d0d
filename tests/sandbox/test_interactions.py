"""Presses, choices, submissions, commands and response URLs, played with a real Bolt app."""

import asyncio
from typing import Any

import pytest
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from sandbox import Sandbox
from tests.sandbox.stage import SANNA, Connect, Somebody, until


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


OPTIONS = [{"text": plain("One"), "value": "1"}, {"text": plain("Two"), "value": "2"}]
CARD: list[dict[str, Any]] = [
    {
        "type": "actions",
        "block_id": "row",
        "elements": [
            {"type": "button", "action_id": "card.yes", "text": plain("Yes"), "value": "ref-1", "style": "primary"},
            {"type": "static_select", "action_id": "card.pick", "options": OPTIONS},
            {"type": "overflow", "action_id": "card.more", "options": OPTIONS},
            {"type": "datepicker", "action_id": "card.day"},
            {"type": "checkboxes", "action_id": "card.kinds", "options": OPTIONS},
        ],
    }
]
FORM: dict[str, Any] = {
    "type": "modal",
    "callback_id": "form",
    "title": plain("Form"),
    "submit": plain("Send"),
    "notify_on_close": True,
    "blocks": [
        {
            "type": "input",
            "block_id": "note",
            "label": plain("Note"),
            "element": {"type": "plain_text_input", "action_id": "text", "max_length": 5},
        },
        {
            "type": "input",
            "block_id": "kinds",
            "optional": True,
            "label": plain("Kinds"),
            "element": {"type": "checkboxes", "action_id": "kinds", "options": OPTIONS},
        },
        {
            "type": "input",
            "block_id": "when",
            "optional": True,
            "label": plain("When"),
            "element": {"type": "timepicker", "action_id": "when"},
        },
    ],
}


class Heard:
    """A Bolt app that acknowledges everything and keeps the payloads."""

    def __init__(self, app: AsyncApp) -> None:
        self.bodies: list[dict[str, Any]] = []
        self.answer: dict[str, Any] = {}
        app.action({"type": "block_actions", "action_id": "card.yes"})(self.hear)
        for action_id in ("card.pick", "card.more", "card.day", "card.kinds", "card.gone"):
            app.action(action_id)(self.hear)
        app.view("form")(self.hear)
        app.view_closed("form")(self.hear)
        app.command("/silta")(self.hear)

    async def hear(self, ack: Any, body: dict[str, Any]) -> None:
        self.bodies.append(body)
        await ack(**self.answer)

    @property
    def last(self) -> dict[str, Any]:
        return self.bodies[-1]


@pytest.fixture
async def heard(app: AsyncApp, connect: Connect) -> Heard:
    made = Heard(app)
    await connect(app)
    return made


@pytest.fixture
async def card(client: AsyncWebClient) -> dict[str, str]:
    posted = await client.chat_postMessage(channel=SANNA.id, text="card", blocks=CARD)
    return {"user": SANNA.id, "channel": posted["channel"], "ts": posted["ts"]}


async def opened(sandbox: Sandbox, client: AsyncWebClient, **more: Any) -> str:
    trigger_id = sandbox.workspace.triggers.issue(SANNA.id)
    view_id: str = (await client.views_open(trigger_id=trigger_id, view=FORM | more))["view"]["id"]
    return view_id


async def test_press_carries_user_message_container_and_trigger(
    heard: Heard, card: dict[str, str], somebody: Somebody
) -> None:
    pressed = await somebody.post("press", **card, action_id="card.yes")

    body = heard.last
    assert pressed["acked"] is True
    assert pressed["trigger_id"] == body["trigger_id"]
    assert body["user"] == {
        "id": SANNA.id,
        "username": "sanna.laine",
        "name": "sanna.laine",
        "team_id": "T0SILTA01",
    }
    assert body["container"] == {
        "type": "message",
        "message_ts": card["ts"],
        "channel_id": card["channel"],
        "is_ephemeral": False,
    }
    assert body["channel"] == {"id": card["channel"], "name": "directmessage"}
    assert body["message"]["ts"] == card["ts"]
    [action] = body["actions"]
    assert (action["type"], action["block_id"], action["value"]) == ("button", "row", "ref-1")
    assert action["text"]["text"] == "Yes"
    assert action["action_ts"]


@pytest.mark.parametrize(
    ("action_id", "value", "key", "held"),
    [
        ("card.pick", "2", "selected_option", "2"),
        ("card.more", "1", "selected_option", "1"),
        ("card.day", "2027-02-03", "selected_date", "2027-02-03"),
        ("card.kinds", ["1", "2"], "selected_options", ["1", "2"]),
    ],
)
async def test_choice_has_the_shape_of_its_element(
    heard: Heard, card: dict[str, str], somebody: Somebody, action_id: str, value: Any, key: str, held: Any
) -> None:
    await somebody.post("press", **card, action_id=action_id, value=value)

    [action] = heard.last["actions"]
    chosen = action[key]
    if key == "selected_option":
        chosen = chosen["value"]
    elif key == "selected_options":
        chosen = [option["value"] for option in chosen]
    assert chosen == held
    if action_id != "card.more":
        assert heard.last["state"]["values"]["row"][action_id][key] == action[key]


async def test_forged_value_and_vanished_button_are_sent_as_they_are(
    heard: Heard, card: dict[str, str], somebody: Somebody
) -> None:
    await somebody.post("press", **card, action_id="card.yes", value="somebody-elses")
    forged = heard.last["actions"][0]["value"]
    await somebody.post("press", **card, action_id="card.gone", value="old")

    assert forged == "somebody-elses"
    assert heard.last["actions"][0]["value"] == "old"


async def test_option_that_is_not_there_is_refused_in_a_sentence(card: dict[str, str], somebody: Somebody) -> None:
    status, answer = await somebody.try_post("press", **card, action_id="card.pick", value="3")

    assert status == 400
    assert "3" in answer["error"]


async def test_submission_turns_plain_answers_into_slacks_state(
    sandbox: Sandbox, client: AsyncWebClient, heard: Heard, somebody: Somebody
) -> None:
    view_id = await opened(sandbox, client)
    values = {"note": {"text": "hi"}, "kinds": ["2"], "when": "10:00"}

    sent = await somebody.post("submit", user=SANNA.id, view_id=view_id, values=values)

    assert (sent["acked"], sent["sent"]) == (True, True)
    body = heard.last
    assert (body["type"], body["response_urls"]) == ("view_submission", [])
    assert body["view"]["state"]["values"] == {
        "note": {"text": {"type": "plain_text_input", "value": "hi"}},
        "kinds": {
            "kinds": {
                "type": "checkboxes",
                "selected_options": [{"text": plain("Two") | {"emoji": True}, "value": "2"}],
            }
        },
        "when": {"when": {"type": "timepicker", "selected_time": "10:00"}},
    }
    assert (await somebody.get("views", user=SANNA.id))["views"] == []


@pytest.mark.parametrize("values", [{}, {"text": ""}, {"text": "too long"}])
async def test_answer_slacks_client_would_hold_back_is_not_sent(
    sandbox: Sandbox, client: AsyncWebClient, heard: Heard, somebody: Somebody, values: dict[str, str]
) -> None:
    view_id = await opened(sandbox, client)

    held = await somebody.post("submit", user=SANNA.id, view_id=view_id, values=values)
    forced = await somebody.post("submit", user=SANNA.id, view_id=view_id, values=values, force=True)

    assert held["sent"] is False
    assert set(held["errors"]) == {"note"}
    assert forced["sent"] is True
    assert len(heard.bodies) == 1


async def test_errors_keep_the_modal_open_beside_the_field(
    sandbox: Sandbox, client: AsyncWebClient, heard: Heard, somebody: Somebody
) -> None:
    view_id = await opened(sandbox, client)
    heard.answer = {"response_action": "errors", "errors": {"note": "Shorter, please"}}

    sent = await somebody.post("submit", user=SANNA.id, view_id=view_id, values={"text": "hi"})

    assert sent["errors"] == {"note": "Shorter, please"}
    [view] = (await somebody.get("views", user=SANNA.id))["views"]
    assert view["state"]["values"]["note"]["text"]["value"] == "hi"


async def test_errors_for_a_field_that_is_not_there_are_pointed_out(
    sandbox: Sandbox, client: AsyncWebClient, heard: Heard, somebody: Somebody
) -> None:
    view_id = await opened(sandbox, client)
    heard.answer = {"response_action": "errors", "errors": {"nowhere": "Oops"}}

    status, answer = await somebody.try_post("submit", user=SANNA.id, view_id=view_id, values={"text": "hi"})

    assert status == 400
    assert "nowhere" in answer["error"]


async def test_update_push_and_clear_change_the_stack(
    sandbox: Sandbox, client: AsyncWebClient, heard: Heard, somebody: Somebody
) -> None:
    async def submit(view_id: str) -> list[dict[str, Any]]:
        await somebody.post("submit", user=SANNA.id, view_id=view_id, values={"text": "hi"})
        views: list[dict[str, Any]] = (await somebody.get("views", user=SANNA.id))["views"]
        return views

    view_id = await opened(sandbox, client)
    heard.answer = {"response_action": "update", "view": FORM | {"title": plain("Updated")}}
    [updated] = await submit(view_id)
    heard.answer = {"response_action": "push", "view": FORM | {"title": plain("Pushed")}}
    pushed = await submit(view_id)
    heard.answer = {"response_action": "clear"}
    cleared = await submit(pushed[-1]["id"])

    assert (updated["id"], updated["title"]["text"]) == (view_id, "Updated")
    assert [view["title"]["text"] for view in pushed] == ["Updated", "Pushed"]
    assert cleared == []


async def test_closing_is_told_when_the_bot_asked_for_it(
    sandbox: Sandbox, client: AsyncWebClient, heard: Heard, somebody: Somebody
) -> None:
    view_id = await opened(sandbox, client)
    await somebody.post("close", user=SANNA.id, view_id=view_id)
    await somebody.post("close", user=SANNA.id, view_id=await opened(sandbox, client, notify_on_close=False))

    assert [body["type"] for body in heard.bodies] == ["view_closed"]
    assert heard.last["is_cleared"] is False


async def test_press_inside_a_modal_carries_the_view_and_its_state(
    sandbox: Sandbox, client: AsyncWebClient, heard: Heard, somebody: Somebody
) -> None:
    view_id = await opened(sandbox, client, blocks=[*FORM["blocks"], CARD[0]])

    await somebody.post(
        "press", user=SANNA.id, view_id=view_id, action_id="card.yes", values={"note": {"text": "draft"}}
    )

    body = heard.last
    assert body["container"] == {"type": "view", "view_id": view_id}
    assert body["view"]["state"]["values"]["note"]["text"]["value"] == "draft"
    assert "response_url" not in body


async def test_press_on_the_app_home(client: AsyncWebClient, heard: Heard, somebody: Somebody) -> None:
    await client.views_publish(user_id=SANNA.id, view={"type": "home", "blocks": CARD})

    await somebody.post("press", user=SANNA.id, channel="home", action_id="card.yes")

    assert heard.last["view"]["type"] == "home"


async def test_opening_the_home_tells_the_bot(
    app: AsyncApp, connect: Connect, sandbox: Sandbox, somebody: Somebody
) -> None:
    @app.event("app_home_opened")
    async def greet(event: dict[str, Any], client: AsyncWebClient) -> None:
        await client.views_publish(user_id=event["user"], view={"type": "home", "blocks": [{"type": "divider"}]})

    await connect(app)
    assert (await somebody.post("open_home", user=SANNA.id))["acked"] is True
    await until(lambda: sandbox.workspace.views.home_of(SANNA.id) is not None)


async def test_command_has_slacks_fields(heard: Heard, somebody: Somebody) -> None:
    heard.answer = {"text": "menu", "response_type": "ephemeral"}

    ran = await somebody.post("command", user=SANNA.id, text="/silta  find <b>")

    body = heard.last
    assert ran["response"]["text"] == "menu"
    assert (body["command"], body["text"], body["user_id"]) == ("/silta", "find <b>", SANNA.id)
    assert (body["channel_name"], body["team_id"], body["team_domain"]) == (
        "directmessage",
        "T0SILTA01",
        "silta-practice",
    )
    assert body["trigger_id"]


async def test_response_url_replaces_the_card_and_works_five_times(
    heard: Heard, card: dict[str, str], somebody: Somebody
) -> None:
    await somebody.post("press", **card, action_id="card.yes")
    webhook = AsyncWebhookClient(heard.last["response_url"])

    replaced = await webhook.send(text="done", replace_original=True)
    for _ in range(4):
        assert (await webhook.send(text="psst")).status_code == 200
    sixth = await webhook.send(text="once too often")

    messages = (await somebody.get("messages", channel=card["channel"], user=SANNA.id))["messages"]
    assert replaced.body == "ok"
    assert (messages[0]["text"], "blocks" in messages[0]) == ("done", False)
    assert [message["text"] for message in messages[1:]] == ["psst"] * 4
    assert sixth.status_code == 404
    assert "used_url" in sixth.body


async def test_response_url_expires_after_thirty_minutes(
    heard: Heard, card: dict[str, str], somebody: Somebody
) -> None:
    await somebody.post("press", **card, action_id="card.yes")
    await somebody.post("clock", advance="31m")

    late = await AsyncWebhookClient(heard.last["response_url"]).send(text="late")

    assert "expired_url" in late.body


async def test_response_url_deletes_the_original_and_speaks_to_all(
    heard: Heard, card: dict[str, str], somebody: Somebody
) -> None:
    await somebody.post("press", **card, action_id="card.yes")
    webhook = AsyncWebhookClient(heard.last["response_url"])
    await webhook.send_dict({"delete_original": True})
    await webhook.send(text="for all", response_type="in_channel")

    messages = (await somebody.get("messages", channel=card["channel"]))["messages"]
    assert [message["text"] for message in messages] == ["for all"]


async def test_ephemeral_message_is_not_shown_to_the_bot_again(
    heard: Heard, client: AsyncWebClient, card: dict[str, str], somebody: Somebody
) -> None:
    hidden = await client.chat_postEphemeral(channel=card["channel"], user=SANNA.id, text="psst", blocks=CARD)

    await somebody.post("press", **(card | {"ts": hidden["message_ts"]}), action_id="card.yes")

    assert heard.last["container"]["is_ephemeral"] is True
    assert "message" not in heard.last


async def test_interaction_that_is_not_acknowledged_is_noticed_and_not_repeated(
    sandbox: Sandbox, app: AsyncApp, connect: Connect, card: dict[str, str], somebody: Somebody
) -> None:
    sandbox.line.ack_seconds = 0.1
    calls = 0

    @app.action("card.yes")
    async def sleep(ack: Any) -> None:
        nonlocal calls
        calls += 1
        await asyncio.sleep(0.3)
        await ack()

    await connect(app)
    async with somebody.session.get(f"{somebody.url}/_sandbox/feed?user={SANNA.id}") as feed:
        await feed.content.readline()
        pressed = await somebody.post("press", **card, action_id="card.yes")
        lines = [await asyncio.wait_for(feed.content.readline(), 2) for _ in range(3)]
    await asyncio.sleep(0.4)

    assert (pressed["acked"], pressed["reason"]) == (False, "timeout")
    assert any(b"did not answer in time" in line for line in lines)
    assert calls == 1


async def test_external_menu_asks_the_bot_for_options(
    app: AsyncApp, connect: Connect, sandbox: Sandbox, client: AsyncWebClient, somebody: Somebody
) -> None:
    @app.options("fields.pick")
    async def offer(ack: Any, body: dict[str, Any]) -> None:
        await ack(options=[{"text": plain(body["value"].upper()), "value": body["value"]}])

    await connect(app)
    view_id = await opened(sandbox, client)
    asked = await somebody.post("suggest", user=SANNA.id, view_id=view_id, action_id="fields.pick", value="ict")

    assert asked["response"]["options"][0]["text"]["text"] == "ICT"
