"""Interactive elements: buttons, menus, pickers and inputs."""

from typing import Any

from sandbox.block_limits.rules import (
    Rule,
    anything,
    both,
    by_type,
    either,
    note,
    number,
    one_of,
    record,
    several,
    string,
    truth,
)
from sandbox.block_limits.texts import (
    CONFIRM,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    PLAIN_OPTION,
    RICH_OPTION,
    TYPE,
    plain_text,
)
from sandbox.interactions.element_state import options_of
from sandbox.shapes import Json

_ACTS: dict[str, Rule] = {"action_id": string(255)}
_ASKS = _ACTS | {"placeholder": plain_text(150), "focus_on_load": truth, "confirm": CONFIRM}
_TYPED = _ASKS | {"dispatch_action_config": record({}, {"trigger_actions_on": several(string(30), 2)})}
_CHOSEN = _ASKS | {"options": several(PLAIN_OPTION, 100), "option_groups": several(OPTION_GROUP, 100)}
_SEVERAL = {"max_selected_items": number(1, 100)}


def _preset_is_an_option(element: Any, pointer: str, found: list[str]) -> None:
    """No library checks this: a preset that is not among the options."""
    if not isinstance(element, dict):
        return
    known = [_key(option) for option in options_of(element) if isinstance(option, dict)]
    initial = element.get("initial_option")
    if initial is not None and _key(initial) not in known:
        note(found, "initial_option is not one of the options", f"{pointer}/initial_option")
    for index, option in enumerate(element.get("initial_options") or []):
        if _key(option) not in known:
            note(found, "initial_options is not one of the options", f"{pointer}/initial_options/{index}")


def _key(option: Any) -> tuple[Any, Any]:
    if not isinstance(option, dict):
        return (None, None)
    text = option.get("text")
    return (text.get("text") if isinstance(text, dict) else None, option.get("value"))


def _asks(**more: Rule) -> Rule:
    return record(TYPE, _ASKS | more)


def _typed(**more: Rule) -> Rule:
    return record(TYPE, _TYPED | {"initial_value": string(3000, 0)} | more)


def _static(several_key: dict[str, Rule]) -> Rule:
    return both(record(TYPE, _CHOSEN | several_key), either("options", "option_groups"), _preset_is_an_option)


def _buttons(initial: dict[str, Rule]) -> Rule:
    return both(record(TYPE | {"options": several(RICH_OPTION, 10)}, _ASKS | initial), _preset_is_an_option)


_BUTTON_LOOKS: dict[str, Rule] = {
    "style": one_of("primary", "danger"),
    "accessibility_label": string(75),
    "confirm": CONFIRM,
}
IMAGE = both(
    record(TYPE | {"alt_text": string(2000)}, {"image_url": string(3000), "slack_file": anything}),
    either("image_url", "slack_file"),
)
BUTTON = record(TYPE | {"text": plain_text(75)}, _ACTS | _BUTTON_LOOKS | {"url": string(3000), "value": string(2000)})
OVERFLOW = record(TYPE | {"options": several(OVERFLOW_OPTION, 5)}, _ACTS | {"confirm": CONFIRM})

MENUS: dict[str, Rule] = {
    "static_select": _static({"initial_option": PLAIN_OPTION}),
    "multi_static_select": _static({"initial_options": several(PLAIN_OPTION, 100)} | _SEVERAL),
    "external_select": _asks(initial_option=PLAIN_OPTION, min_query_length=number(0, 100)),
    "multi_external_select": _asks(
        initial_options=several(PLAIN_OPTION, 100), min_query_length=number(0, 100), **_SEVERAL
    ),
    "users_select": _asks(initial_user=string(30)),
    "multi_users_select": _asks(initial_users=several(string(30), 100, 0), **_SEVERAL),
    "conversations_select": _asks(
        initial_conversation=string(30),
        default_to_current_conversation=truth,
        response_url_enabled=truth,
        filter=anything,
    ),
    "multi_conversations_select": _asks(
        initial_conversations=several(string(30), 100, 0),
        default_to_current_conversation=truth,
        filter=anything,
        **_SEVERAL,
    ),
    "channels_select": _asks(initial_channel=string(30), response_url_enabled=truth),
    "multi_channels_select": _asks(initial_channels=several(string(30), 100, 0), **_SEVERAL),
    "checkboxes": _buttons({"initial_options": several(RICH_OPTION, 10)}),
    "radio_buttons": _buttons({"initial_option": RICH_OPTION}),
    "datepicker": _asks(initial_date=string(10)),
    "timepicker": _asks(initial_time=string(5), timezone=string(60)),
    "datetimepicker": _asks(initial_date_time=number(0, 9_999_999_999)),
}
INPUTS: dict[str, Rule] = MENUS | {
    "plain_text_input": _typed(multiline=truth, min_length=number(0, 3000), max_length=number(1, 3000)),
    "email_text_input": _typed(),
    "url_text_input": _typed(),
    "number_input": both(
        record(
            TYPE | {"is_decimal_allowed": truth},
            _TYPED | {"initial_value": string(100), "min_value": string(100), "max_value": string(100)},
        )
    ),
    "rich_text_input": record(
        TYPE, _TYPED | {"initial_value": anything, "min_lines": number(0, 50), "max_lines": number(0, 50)}
    ),
    "file_input": _asks(filetypes=several(string(20), 100), max_files=number(1, 10)),
}
BUTTONS: dict[str, Rule] = {
    "button": BUTTON,
    "overflow": OVERFLOW,
    "workflow_button": record(TYPE | {"text": plain_text(75), "workflow": anything}, _ACTS | _BUTTON_LOOKS),
}

ACTION_ELEMENT = by_type(BUTTONS | MENUS)
ACCESSORY = by_type(BUTTONS | MENUS | {"image": IMAGE})
INPUT_ELEMENT = by_type(INPUTS)


def duplicate_action_ids(block: Json) -> list[str]:
    """No library checks this: an ``action_id`` that stands twice in one block."""
    elements = block.get("elements")
    ids = [one.get("action_id") for one in elements if isinstance(one, dict)] if isinstance(elements, list) else []
    given = [one for one in ids if one is not None]
    return [one for one in dict.fromkeys(given) if given.count(one) > 1]
