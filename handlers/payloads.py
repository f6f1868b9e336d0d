"""Typed readers for what Slack sends: parsed once, in one place, failing clearly.

Whatever JSON arrives, a reader answers with a value, with None, or with UnknownReference: the same words that a
reference to nothing gets.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Final

from bot.errors import UnknownReference
from bot.language import on_one_line, without_invisible_characters
from bot.messages.ids import COLLEAGUE, KINDS, NOTE
from bot.messages.parts import REF_SEPARATOR

Body = Mapping[str, Any]
REFERENCE_AT_MOST: Final = 255
"""Characters. Slack's ids and ours are plain ASCII and far shorter."""
KEY_AT_MOST: Final = 200
LATEST_SECONDS: Final = 4_102_444_800
"""The year 2100."""


@dataclass(frozen=True)
class CardPlace:
    """Where a message stands, so that it can be updated."""

    channel: str
    ts: str


def value(body: Body) -> str:
    """What the pressed button or chosen option carries. Raises UnknownReference when there is nothing."""
    action = _action(body)
    return _reference(action.get("value")) or _required(_inside(action, "selected_option").get("value"))


def pair(both: str) -> tuple[str, str]:
    """The two references in one value. Raises UnknownReference for anything else."""
    first, separator, second = both.partition(REF_SEPARATOR)
    if not (first and separator and second):
        raise UnknownReference
    return first, second


def card_of(body: Body) -> CardPlace | None:
    """The message in which something was pressed; None on the home view and in forms."""
    container = _inside(body, "container")
    if container.get("type") != "message" or container.get("is_ephemeral"):
        return None
    channel, ts = _reference(container.get("channel_id")), _reference(container.get("message_ts"))
    return CardPlace(channel, ts) if channel and ts else None


def remember(chosen: str, card: CardPlace | None) -> str:
    """What a form carries along: the references it is about, and the card to update afterwards."""
    return "|".join((chosen, card.channel, card.ts)) if card else chosen


def remembered(body: Body) -> tuple[str, CardPlace | None]:
    """What `remember` kept in this submitted form. Raises UnknownReference when there is nothing."""
    chosen, *place = _required(_inside(body, "view").get("private_metadata")).split("|")
    return chosen, CardPlace(*place) if len(place) == 2 and all(place) else None


def kinds(body: Body) -> tuple[str, ...]:
    """What the asker looks for, as ticked in the form."""
    ticked = _input(body, KINDS).get("selected_options")
    options = ticked if isinstance(ticked, list) else []
    values = (_reference(option.get("value")) for option in options if isinstance(option, Mapping))
    return tuple(value for value in values if value)


def note(body: Body) -> str | None:
    """What the asker wrote in the form, as far as it can be seen and kept."""
    written = _input(body, NOTE).get("value")
    # Half of a character that needs two halves can neither be stored nor sent.
    whole = written.encode("utf-8", "replace").decode("utf-8") if isinstance(written, str) else ""
    return without_invisible_characters(whole) or None


def colleague(body: Body) -> str:
    """The colleague chosen in the form. Raises UnknownReference when there is none."""
    return _required(_inside(_input(body, COLLEAGUE), "selected_option").get("value"))


def chosen(body: Body, name: str) -> str:
    """What was chosen in that menu of the form. Raises UnknownReference when there is nothing."""
    return _required(_inside(_input(body, name), "selected_option").get("value"))


def line(body: Body, name: str) -> str | None:
    """What was written in that line of the form, on one line, as far as it can be seen and kept."""
    written = _input(body, name).get("value")
    whole = written.encode("utf-8", "replace").decode("utf-8") if isinstance(written, str) else ""
    return on_one_line(whole) or None


def moment(body: Body, name: str) -> datetime | None:
    """The moment chosen in the form, in UTC; None when there is none. Raises UnknownReference for an absurd one."""
    seconds = _input(body, name).get("selected_date_time")
    if not isinstance(seconds, int) or isinstance(seconds, bool):
        return None
    if not 0 <= seconds <= LATEST_SECONDS:
        raise UnknownReference
    return datetime.fromtimestamp(seconds, tz=UTC)


def without_mention(text: str) -> str:
    """The words of a mention, without the mention itself."""
    return " ".join(part for part in text.split() if not (part.startswith("<@") and part.rstrip(",:").endswith(">")))


def has_the_shape_of_slack(body: Body) -> bool:
    """Whether this is something that Slack posts, with everything in place that Bolt relies on before we are asked."""
    match body.get("type"):
        case "event_callback":
            return event_type(body) is not None
        case "block_actions":
            return bool(_reference(_action(body).get("action_id")))
        case "view_submission" | "view_closed":
            return bool(_reference(_inside(body, "view").get("callback_id")))
        case str():
            return True
    # The check of a new address comes as a form with nothing else in it.
    return isinstance(body.get("command"), str) or "ssl_check" in body


def event_type(body: Body) -> str | None:
    """Which event this is; None for clicks, forms and commands."""
    return _reference(_inside(body, "event").get("type"))


def inbox_key(body: Body) -> str | None:
    """What makes this event, click, form or command one of a kind; None for what needs no memory."""
    match body.get("type"):
        case "view_submission":
            view = _inside(body, "view")
            return _key("view", view.get("id"), view.get("hash"))
        case "block_actions":
            action = _action(body)
            return _key("action", _inside(body, "user").get("id"), action.get("action_id"), action.get("action_ts"))
    if body.get("command"):
        return _key("command", body.get("trigger_id"))
    return _key("event", body.get("event_id"))


def _key(kind: str, *parts: object) -> str | None:
    references = [_reference(part) for part in parts]
    return ":".join((kind, *map(str, references)))[:KEY_AT_MOST] if all(references) else None


def _action(body: Body) -> Mapping[str, Any]:
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    return first if isinstance(first, Mapping) else {}


def _input(body: Body, name: str) -> Mapping[str, Any]:
    """One answered field of a form; block and action have the same id."""
    return _inside(body, "view", "state", "values", name, name)


def _inside(outer: Mapping[str, Any], *names: str) -> Mapping[str, Any]:
    """The object found by these names, one inside the other; empty when anything else is there."""
    for name in names:
        inner = outer.get(name)
        if not isinstance(inner, Mapping):
            return {}
        outer = inner
    return outer


def _reference(found: object) -> str | None:
    if not isinstance(found, str) or not 0 < len(found) <= REFERENCE_AT_MOST:
        return None
    # Anything else than plain ASCII never came from us or from Slack, and some of it no database would take.
    return found if found.isascii() and found.isprintable() else None


def _required(found: object) -> str:
    if (reference := _reference(found)) is None:
        raise UnknownReference
    return reference
