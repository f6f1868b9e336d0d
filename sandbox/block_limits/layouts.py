"""Blocks: what stands above one another in a message, a modal or the App Home."""

from typing import Any

from sandbox.block_limits.elements import ACCESSORY, ACTION_ELEMENT, IMAGE, INPUT_ELEMENT
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
from sandbox.block_limits.texts import TYPE, any_text, plain_text

_ID: dict[str, Rule] = {"block_id": string(255)}
_CONTEXT_ELEMENT = by_type({"image": IMAGE, "plain_text": any_text(), "mrkdwn": any_text()})
_RICH_PARTS = several(anything, 1_000, 0)


def _rich(**more: Rule) -> Rule:
    return record(TYPE | {"elements": _RICH_PARTS}, {"border": number(0, 1)} | more)


_RICH_ELEMENT = by_type(
    {
        "rich_text_section": _rich(),
        "rich_text_quote": _rich(),
        "rich_text_preformatted": _rich(language=string(50)),
        "rich_text_list": _rich(style=one_of("bullet", "ordered"), indent=number(0, 8), offset=number(0, 10_000)),
    }
)


def _unread(value: Any, pointer: str, found: list[str]) -> None:
    """Accept a block of a kind Silta does not use, as long as its id is a proper one."""
    if value.get("block_id") is not None:
        _ID["block_id"](value["block_id"], f"{pointer}/block_id", found)


def _table_is_even(value: Any, pointer: str, found: list[str]) -> None:
    rows = value.get("rows") if isinstance(value, dict) else None
    if isinstance(rows, list) and len({len(row) for row in rows if isinstance(row, list)}) > 1:
        note(found, "all rows must have the same number of cells", f"{pointer}/rows")


EVERYWHERE: dict[str, Rule] = {
    "section": both(
        record(
            TYPE,
            _ID
            | {
                "text": any_text(3000),
                "fields": several(any_text(2000), 10),
                "accessory": ACCESSORY,
                "expand": truth,
            },
        ),
        either("text", "fields"),
    ),
    "header": record(TYPE | {"text": plain_text(150)}, _ID | {"level": number(1, 4)}),
    "divider": record(TYPE, _ID),
    "context": record(TYPE | {"elements": several(_CONTEXT_ELEMENT, 10)}, _ID),
    "actions": record(TYPE | {"elements": several(ACTION_ELEMENT, 25)}, _ID),
    "image": both(
        record(
            TYPE | {"alt_text": string(2000)},
            _ID | {"image_url": string(3000), "slack_file": anything, "title": plain_text(2000)},
        ),
        either("image_url", "slack_file"),
    ),
    "input": record(
        TYPE | {"label": plain_text(2000), "element": INPUT_ELEMENT},
        _ID | {"hint": plain_text(2000), "optional": truth, "dispatch_action": truth},
    ),
    "rich_text": record(TYPE | {"elements": several(_RICH_ELEMENT, 1_000, 0)}, _ID),
    "video": _unread,
    "alert": _unread,
}
IN_MESSAGES: dict[str, Rule] = EVERYWHERE | {
    "markdown": record(TYPE | {"text": string(12_000)}, _ID),
    "table": both(
        record(
            TYPE | {"rows": several(several(anything, 20), 100)},
            _ID | {"column_settings": several(anything, 20)},
        ),
        _table_is_even,
    ),
    "context_actions": record(TYPE | {"elements": several(anything, 5)}, _ID),
    **dict.fromkeys(("file", "call", "task_card", "plan", "card", "container", "carousel"), _unread),
}

MESSAGE_BLOCK = by_type(IN_MESSAGES)
VIEW_BLOCK = by_type(EVERYWHERE)
