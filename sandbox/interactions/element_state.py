"""What an input holds, in the shape of Slack's ``state.values``, and how a plain answer becomes that shape."""

from collections.abc import Iterator
from typing import Any

from sandbox.errors import UnclearRequest
from sandbox.shapes import Json

# element type -> (the key of its answer in the state, the key of its preset in the element)
SINGLE = {
    "plain_text_input": ("value", "initial_value"),
    "email_text_input": ("value", "initial_value"),
    "url_text_input": ("value", "initial_value"),
    "number_input": ("value", "initial_value"),
    "rich_text_input": ("rich_text_value", "initial_value"),
    "datepicker": ("selected_date", "initial_date"),
    "timepicker": ("selected_time", "initial_time"),
    "datetimepicker": ("selected_date_time", "initial_date_time"),
    "users_select": ("selected_user", "initial_user"),
    "conversations_select": ("selected_conversation", "initial_conversation"),
    "channels_select": ("selected_channel", "initial_channel"),
    "static_select": ("selected_option", "initial_option"),
    "external_select": ("selected_option", "initial_option"),
    "radio_buttons": ("selected_option", "initial_option"),
}
SEVERAL = {
    "checkboxes": ("selected_options", "initial_options"),
    "multi_static_select": ("selected_options", "initial_options"),
    "multi_external_select": ("selected_options", "initial_options"),
    "multi_users_select": ("selected_users", "initial_users"),
    "multi_conversations_select": ("selected_conversations", "initial_conversations"),
    "multi_channels_select": ("selected_channels", "initial_channels"),
    "file_input": ("files", "initial_files"),
}


def elements_of(blocks: list[Json]) -> Iterator[tuple[str, Json]]:
    """Every interactive element with the block_id it stands in."""
    for block in blocks:
        inside = [block.get("element"), block.get("accessory"), *(block.get("elements") or [])]
        for element in inside:
            if isinstance(element, dict) and "action_id" in element:
                yield block["block_id"], element


def initial_state(blocks: list[Json]) -> Json:
    """``state.values`` before anybody has answered: presets, or nothing."""
    values: Json = {}
    for block_id, element in elements_of(blocks):
        kind = element["type"]
        if kind in SINGLE:
            key, preset = SINGLE[kind]
            held: Any = element.get(preset)
        elif kind in SEVERAL:
            key, preset = SEVERAL[kind]
            held = list(element.get(preset) or [])
        else:
            continue
        values.setdefault(block_id, {})[element["action_id"]] = {"type": kind, key: held}
    return values


def answered(element: Json, answer: Any) -> Json:
    """The state of an element after a person has given this answer.

    ``answer`` is a string, a number, an option value, a list of them, or already Slack's own shape.

    Raises:
        UnclearRequest: the answer is not among the options.
    """
    kind = element["type"]
    if isinstance(answer, dict) and answer.get("type") == kind:
        return answer
    if kind in SEVERAL:
        key = SEVERAL[kind][0]
        wanted = answer if isinstance(answer, list) else [] if answer in (None, "") else [answer]
        return {"type": kind, key: [_chosen(element, one) if key == "selected_options" else one for one in wanted]}
    key = SINGLE.get(kind, ("value", ""))[0]
    if answer in (None, "") or answer == []:
        return {"type": kind, key: None}
    if key == "selected_option":
        return {"type": kind, key: _chosen(element, answer)}
    if key == "selected_date_time":
        return {"type": kind, key: int(answer)}
    return {"type": kind, key: _rich(answer) if key == "rich_text_value" else str(answer)}


def holds_an_answer(element: Json) -> bool:
    """True for inputs and menus, false for buttons and overflow menus."""
    return element["type"] in SINGLE or element["type"] in SEVERAL


def is_empty(state: Json) -> bool:
    """True when the person has given no answer."""
    return all(value in (None, "", []) for key, value in state.items() if key != "type")


def options_of(element: Json) -> list[Json]:
    """The options of an element, whether grouped or not."""
    groups = element.get("option_groups") or []
    return [*(element.get("options") or []), *(option for group in groups for option in group["options"])]


def _chosen(element: Json, answer: Any) -> Json:
    if isinstance(answer, dict) and "value" in answer:
        answer = answer["value"]
    for option in options_of(element):
        if option.get("value") == answer:
            return option
    if element["type"].endswith("external_select"):
        return {"text": {"type": "plain_text", "text": str(answer), "emoji": True}, "value": str(answer)}
    known = ", ".join(str(option.get("value")) for option in options_of(element))
    raise UnclearRequest(f"'{answer}' is not among the options of {element['action_id']}: {known}.")


def _rich(answer: Any) -> Any:
    if isinstance(answer, dict):
        return answer
    section = {"type": "rich_text_section", "elements": [{"type": "text", "text": str(answer)}]}
    return {"type": "rich_text", "elements": [section]}
