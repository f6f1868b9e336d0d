"""One press of a button, or one choice in a menu, as the ``action`` object of Slack."""

from typing import Any

from sandbox.ids import fresh
from sandbox.interactions.element_state import answered, elements_of, options_of
from sandbox.shapes import Json

_COPIED = ("text", "style", "placeholder", "confirm", "initial_option", "initial_options", "initial_date")


def find_element(blocks: list[Json], action_id: str, value: Any, block_id: str | None) -> tuple[str, Json] | None:
    """The element meant: by action_id, then by block, then by value if several share the id."""
    matching = [
        (block, element)
        for block, element in elements_of(blocks)
        if element["action_id"] == action_id and block_id in (None, block)
    ]
    exact = [(block, element) for block, element in matching if value is not None and _offers(element, value)]
    return next(iter(exact or matching), None)


def action_of(found: tuple[str, Json] | None, action_id: str, value: Any, ts: str) -> tuple[Json, Json | None]:
    """The action and, for elements that hold an answer, the new state.

    A press on something that is not there, or with a value it does not have, becomes a button press with that
    value: a forged payload, which a bot has to withstand.
    """
    if found is None:
        return _forged(action_id, value, ts), None
    block_id, element = found
    common = {"action_id": action_id, "block_id": block_id, "type": element["type"], "action_ts": ts}
    common |= {key: element[key] for key in _COPIED if key in element}
    match element["type"]:
        case "button" | "workflow_button":
            own = element.get("value") if value is None else value
            return common | ({"value": own} if own is not None else {}), None
        case "overflow":
            chosen = next((one for one in options_of(element) if one.get("value") == value), None)
            return common | {"selected_option": chosen or _unknown_option(value)}, None
    state = answered(element, value)
    return common | state, state


def _offers(element: Json, value: Any) -> bool:
    wanted = value if isinstance(value, list) else [value]
    return element.get("value") == value or any(option.get("value") in wanted for option in options_of(element))


def _forged(action_id: str, value: Any, ts: str) -> Json:
    text = {"type": "plain_text", "text": action_id, "emoji": True}
    forged = {"action_id": action_id, "block_id": fresh("")[:5], "type": "button", "text": text, "action_ts": ts}
    return forged | ({"value": str(value)} if value is not None else {})


def _unknown_option(value: Any) -> Json:
    return {"text": {"type": "plain_text", "text": str(value), "emoji": True}, "value": str(value)}
