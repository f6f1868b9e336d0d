"""Typed readers for what Slack sends: parsed once, in one place, failing clearly."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.errors import UnknownReference
from bot.messages.ids import COLLEAGUE, KINDS, NOTE
from bot.messages.parts import REF_SEPARATOR

Body = Mapping[str, Any]


@dataclass(frozen=True)
class CardPlace:
    """Where a message stands, so that it can be updated."""

    channel: str
    ts: str


def value(body: Body) -> str:
    """What the pressed button or chosen option carries. Raises UnknownReference when there is nothing."""
    action = _action(body)
    chosen = action.get("value") or (action.get("selected_option") or {}).get("value")
    if not isinstance(chosen, str) or not chosen:
        raise UnknownReference
    return chosen


def pair(both: str) -> tuple[str, str]:
    """The two references in one value. Raises UnknownReference for anything else."""
    first, separator, second = both.partition(REF_SEPARATOR)
    if not (first and separator and second):
        raise UnknownReference
    return first, second


def card_of(body: Body) -> CardPlace | None:
    """The message in which something was pressed; None on the home view and in forms."""
    container = body.get("container") or {}
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return None
    channel, ts = container.get("channel_id"), container.get("message_ts")
    return CardPlace(channel, ts) if channel and ts else None


def remember(chosen: str, card: CardPlace | None) -> str:
    """What a form carries along: the references it is about, and the card to update afterwards."""
    return "|".join((chosen, card.channel, card.ts)) if card else chosen


def remembered(body: Body) -> tuple[str, CardPlace | None]:
    """What `remember` kept in this submitted form."""
    chosen, *place = str(body["view"].get("private_metadata", "")).split("|")
    return chosen, CardPlace(*place) if len(place) == 2 else None


def kinds(body: Body) -> tuple[str, ...]:
    """What the asker looks for, as ticked in the form."""
    ticked = _inputs(body).get(KINDS, {}).get(KINDS, {}).get("selected_options") or []
    return tuple(str(option["value"]) for option in ticked)


def note(body: Body) -> str | None:
    """What the asker wrote in the form."""
    written = _inputs(body).get(NOTE, {}).get(NOTE, {}).get("value")
    return str(written) if written else None


def colleague(body: Body) -> str:
    """The colleague chosen in the form. Raises UnknownReference when there is none."""
    chosen = _inputs(body).get(COLLEAGUE, {}).get(COLLEAGUE, {}).get("selected_option") or {}
    if not chosen.get("value"):
        raise UnknownReference
    return str(chosen["value"])


def without_mention(text: str) -> str:
    """The words of a mention, without the mention itself."""
    return " ".join(part for part in text.split() if not (part.startswith("<@") and part.rstrip(",:").endswith(">")))


def inbox_key(body: Body) -> str | None:
    """What makes this event, click, form or command one of a kind; None for what needs no memory."""
    if event_id := body.get("event_id"):
        return f"event:{event_id}"
    user = (body.get("user") or {}).get("id", "")
    if body.get("type") == "view_submission":
        return f"view:{body['view']['id']}:{body['view'].get('hash')}"
    if body.get("type") == "block_actions":
        action = _action(body)
        return f"action:{user}:{action.get('action_id')}:{action.get('action_ts')}"
    return f"command:{body['trigger_id']}" if body.get("command") and body.get("trigger_id") else None


def _action(body: Body) -> Mapping[str, Any]:
    actions = body.get("actions") or [{}]
    return actions[0] if isinstance(actions[0], Mapping) else {}


def _inputs(body: Body) -> Mapping[str, Any]:
    state = body["view"].get("state") or {}
    values: Mapping[str, Any] = state.get("values") or {}
    return values
