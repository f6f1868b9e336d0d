"""The message objects Slack shows, for people's and for the bot's messages."""

import uuid
from typing import Any

from sandbox.escaping import typed_elements
from sandbox.ids import APP, BOT, BOT_USER, TEAM, fresh
from sandbox.people import Person
from sandbox.shapes import Json


def person_message(person: Person, text: str, ts: str, thread_ts: str | None) -> Json:
    """A message somebody typed."""
    body: Json = {
        "client_msg_id": str(uuid.uuid4()),
        "type": "message",
        "user": person.id,
        "text": text,
        "ts": ts,
        "team": person.team,
    }
    if text:
        body["blocks"] = [_typed_block(text)]
    if thread_ts:
        body["thread_ts"] = thread_ts
    return body


def bot_message(bot: Person, text: str, ts: str, blocks: list[Json] | None, extra: Json) -> Json:
    """A message of the bot; ``extra`` carries thread_ts, attachments, files and the like."""
    body: Json = {
        "user": BOT_USER,
        "type": "message",
        "ts": ts,
        "bot_id": BOT,
        "app_id": APP,
        "text": text,
        "team": TEAM,
        "bot_profile": bot_profile(bot),
    }
    if blocks:
        body["blocks"] = with_ids(blocks)
    return body | extra


def bot_profile(bot: Person) -> Json:
    """The short description of the bot that comes with its messages."""
    return {
        "id": BOT,
        "app_id": APP,
        "user_id": BOT_USER,
        "name": bot.name,
        "icons": {},
        "deleted": False,
        "updated": 1_790_000_000,
        "team_id": TEAM,
    }


def with_ids(blocks: list[Json]) -> list[Json]:
    """The blocks as Slack stores them: block_id, action_id and the defaults of text objects filled in."""
    return [_stored_block(block) for block in blocks]


def _stored_block(block: Json) -> Json:
    stored: Json = {"type": block["type"], "block_id": block.get("block_id") or fresh("")[:5]}
    stored.update((key, _stored(value)) for key, value in block.items() if key not in stored)
    return stored


def _stored(value: Any) -> Any:
    if isinstance(value, list):
        return [_stored(item) for item in value]
    if not isinstance(value, dict):
        return value
    stored = {key: _stored(item) for key, item in value.items()}
    match stored.get("type"):
        case "plain_text":
            stored.setdefault("emoji", True)
        case "mrkdwn":
            stored.setdefault("verbatim", False)
        case str() as kind if _acts(kind) and "action_id" not in stored:
            stored["action_id"] = fresh("")[:5]
    return stored


def _acts(kind: str) -> bool:
    return kind in {"button", "overflow", "checkboxes", "radio_buttons", "datepicker", "timepicker"} or kind.endswith(
        ("_select", "_input", "picker")
    )


def _typed_block(text: str) -> Json:
    section = {"type": "rich_text_section", "elements": typed_elements(text)}
    return {"type": "rich_text", "block_id": fresh("")[:5], "elements": [section]}
