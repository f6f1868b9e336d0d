"""Four opinions on a payload before Slack gives its own: who thinks that Slack would refuse it, and why.

What each covers of what Silta sends (sections, actions, context, header, divider, inputs; button, static_select,
multi_static_select, checkboxes, plain_text_input, datepicker, datetimepicker, timepicker, option, confirm; modal and
home view):

- `slack_sdk` checks lengths and counts while `to_dict` builds the payload, so every rendered payload has passed it;
- `blockkit` and `slackblocks` cannot read a payload, so it is built again with their classes, key by key. Both check
  lengths, counts, required keys and which element may stand in which block; `blockkit` also that `emoji` belongs to
  plain text and `verbatim` to mrkdwn, `slackblocks` also that texts are not empty and options are not doubled;
- `sandbox.block_limits` reads the payload itself, and knows every key that Slack documents;
- `what_no_library_checks` looks for a doubled action_id or block_id, inputs without a submit button, text that is too
  long or says nothing, and an initial option that is not among the options.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

import blockkit
import slackblocks

from sandbox.block_limits.message import check_message
from sandbox.block_limits.view import check_view
from sandbox.errors import SlackError

Json = dict[str, Any]
Make = Callable[..., Any]

MESSAGE_TEXT_AT_MOST: Final = 4_000
"""Advised by Slack; from 40,000 on it cuts."""

_BLOCKKIT: Final[Mapping[str, Make]] = {
    "section": blockkit.Section,
    "actions": blockkit.Actions,
    "context": blockkit.Context,
    "header": blockkit.Header,
    "input": blockkit.Input,
    "divider": blockkit.Divider,
    "button": blockkit.Button,
    "users_select": blockkit.UsersSelect,
    "static_select": lambda **keys: blockkit.StaticSelect(**_without_initial_in_groups(keys)),
    "multi_static_select": blockkit.MultiStaticSelect,
    "checkboxes": blockkit.Checkboxes,
    "plain_text_input": blockkit.PlainTextInput,
    "datepicker": blockkit.DatePicker,
    "datetimepicker": blockkit.DatetimePicker,
    "timepicker": blockkit.TimePicker,
    "plain_text": lambda **keys: blockkit.Text(type="plain_text", **keys),
    "mrkdwn": lambda **keys: blockkit.Text(type="mrkdwn", **keys),
    "option": blockkit.Option,
    "option_group": blockkit.OptionGroup,
    "confirm": blockkit.Confirm,
    "modal": blockkit.Modal,
    "home": lambda **keys: blockkit.Home(**_without_modal_keys(keys)),
}
_SLACKBLOCKS: Final[Mapping[str, Make]] = {
    "section": slackblocks.SectionBlock,
    "actions": slackblocks.ActionsBlock,
    "context": slackblocks.ContextBlock,
    "header": slackblocks.HeaderBlock,
    "input": slackblocks.InputBlock,
    "divider": slackblocks.DividerBlock,
    "button": slackblocks.Button,
    "users_select": slackblocks.UserSelectMenu,
    "static_select": lambda **keys: slackblocks.StaticSelectMenu(**_without_initial_in_groups(keys)),
    "multi_static_select": slackblocks.StaticMultiSelectMenu,
    "checkboxes": slackblocks.CheckboxGroup,
    "plain_text_input": slackblocks.PlainTextInput,
    "datepicker": slackblocks.DatePicker,
    "datetimepicker": slackblocks.DateTimePicker,
    "timepicker": slackblocks.TimePicker,
    "plain_text": slackblocks.PlainText,
    "mrkdwn": slackblocks.Markdown,
    "option": slackblocks.Option,
    "option_group": slackblocks.OptionGroup,
    "confirm": slackblocks.ConfirmationDialogue,
    "modal": slackblocks.ModalView,
    "home": lambda **keys: slackblocks.HomeTabView(**_without_modal_keys(keys)),
}
_ROLES: Final = {
    "confirm": "confirm",
    "options": "option",
    "option_groups": "option_group",
    "initial_option": "option",
    "initial_options": "option",
}
"""Objects that say by their place what they are, not by a type."""


def on_message(text: str, blocks: list[Json]) -> list[str]:
    """What anybody has to say against this message; nobody anything is an empty list."""
    return [
        *_complaints("blockkit", lambda: blockkit.Message(text=text, blocks=_with(_BLOCKKIT, blocks)).build()),  # type: ignore[no-untyped-call]
        *_complaints("slackblocks", lambda: slackblocks.Message("D0", text, _with(_SLACKBLOCKS, blocks)).to_dict()),
        *_complaints("sandbox", lambda: check_message(blocks)),
        *_text_complaints(text),
        *what_no_library_checks(blocks),
    ]


def on_view(view: Json) -> list[str]:
    """What anybody has to say against this view."""
    return [
        *_complaints("blockkit", lambda: _with(_BLOCKKIT, view).build()),
        *_complaints("slackblocks", lambda: _with(_SLACKBLOCKS, view).to_dict()),
        *_complaints("sandbox", lambda: check_view(view, view["type"])),
        *what_no_library_checks(view["blocks"]),
        *_submit_complaints(view),
    ]


def what_no_library_checks(blocks: list[Json]) -> list[str]:
    """The five (docs of Slack, checked by nobody else)."""
    found = list(_doubled("block_id", (block.get("block_id") for block in blocks)))
    for block in blocks:
        found += _doubled("action_id in a block", (element.get("action_id") for element in elements_of(block)))
        for element in elements_of(block):
            grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
            options = [*element.get("options", []), *grouped]
            chosen = [element.get("initial_option"), *element.get("initial_options", [])]
            found += [f"initial option {one} is not among the options" for one in chosen if one and one not in options]
    return found


def elements_of(block: Json) -> list[Json]:
    """Everything in a block that can be pressed, chosen or filled in."""
    inside = [*block.get("elements", []), block.get("accessory"), block.get("element")]
    return [one for one in inside if one and "action_id" in one]


def _text_complaints(text: str) -> list[str]:
    if not any(letter.isalpha() for letter in text):
        return ["text: says nothing"]
    return [f"text: {len(text)} characters"] if len(text) > MESSAGE_TEXT_AT_MOST else []


def _submit_complaints(view: Json) -> list[str]:
    has_inputs = any(block["type"] == "input" for block in view["blocks"])
    return ["inputs without a submit button"] if has_inputs and not view.get("submit") else []


def _doubled(what: str, ids: Iterator[str | None]) -> Iterator[str]:
    seen = set()
    for one in ids:
        if one in seen:
            yield f"doubled {what}: {one}"
        seen |= {one} - {None}


def _complaints(who: str, look: Callable[[], object]) -> list[str]:
    try:
        look()
    except SlackError as problem:
        return [f"{who}: {problem} {problem.more}"]
    except Exception as problem:
        return [f"{who}: {type(problem).__name__}: {problem}"]
    return []


def _with(classes: Mapping[str, Make], payload: Any, role: str = "") -> Any:
    """The same payload, built again with a library's own classes."""
    if isinstance(payload, list):
        return [_with(classes, one, role) for one in payload]
    if not isinstance(payload, dict):
        return payload
    keys = {name: _with(classes, value, _ROLES.get(name, "")) for name, value in payload.items() if name != "type"}
    return classes[payload.get("type", role)](**keys)


def _without_initial_in_groups(keys: Json) -> Json:
    """Both libraries look for the chosen option among the groups, not in them; `what_no_library_checks` looks right."""
    return {name: value for name, value in keys.items() if name != "initial_option" or "option_groups" not in keys}


def _without_modal_keys(keys: Json) -> Json:
    return {name: value for name, value in keys.items() if name not in {"title", "submit", "close"}}
