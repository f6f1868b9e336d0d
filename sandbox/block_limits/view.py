"""Whole views: modals and the App Home."""

from sandbox.block_limits.layouts import VIEW_BLOCK
from sandbox.block_limits.rules import Rule, anything, by_type, note, record, several, string, truth
from sandbox.block_limits.texts import TYPE, plain_text
from sandbox.block_limits.together import check_ids
from sandbox.errors import SlackError
from sandbox.shapes import Json

_COMMON: dict[str, Rule] = {
    "private_metadata": string(3000, 0),
    "callback_id": string(255, 0),
    "external_id": string(255, 0),
}
_BLOCKS: dict[str, Rule] = {"blocks": several(VIEW_BLOCK, 100, 0)}
_MODAL = record(
    TYPE | _BLOCKS | {"title": plain_text(24)},
    _COMMON
    | {
        "submit": plain_text(24),
        "close": plain_text(24),
        "clear_on_close": truth,
        "notify_on_close": truth,
        "submit_disabled": truth,
    },
)
# slack_sdk's View sends title, submit and close for a home view as well when they are set; Slack ignores them there.
_HOME = record(TYPE | _BLOCKS, _COMMON | dict.fromkeys(("title", "submit", "close"), anything))
_VIEW = by_type({"modal": _MODAL, "home": _HOME})


def check_view(view: Json, kind: str | None) -> None:
    """Refuse a view that Slack would refuse; ``kind`` is the type that belongs here, None for either.

    Raises:
        SlackError: invalid_arguments, with messages that point at what is wrong.
    """
    found: list[str] = []
    _VIEW(view, "/view", found)
    if not found:
        check_ids(view["blocks"], "/view/blocks", found)
        _check_submit(view, found)
        if kind and view["type"] != kind:
            note(found, f"unsupported type: {view['type']}", "/view/type")
    if found:
        raise SlackError("invalid_arguments", response_metadata={"messages": found})


def _check_submit(view: Json, found: list[str]) -> None:
    """No library checks this: a modal with input blocks needs a submit button."""
    has_inputs = any(block["type"] == "input" for block in view["blocks"])
    if view["type"] == "modal" and has_inputs and not view.get("submit"):
        note(found, "missing required field: submit (the view has input blocks)", "/view")
