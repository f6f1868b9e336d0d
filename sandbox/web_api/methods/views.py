"""Modals and the App Home."""

import json

from sandbox.block_limits.view import check_view
from sandbox.errors import SlackError
from sandbox.ids import BOT_USER
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.workspace.views import View
from sandbox.workspace.workspace import Workspace

# Slack: a whole view may have 250 KB.
LARGEST_VIEW = 250_000


def open_view(workspace: Workspace, call: Call) -> Json:
    """``views.open``: a modal for whoever has just acted."""
    given = read_view(call, "modal")
    trigger = workspace.triggers.redeem(_trigger_id(call))
    return {"view": workspace.views.open(trigger.user, given).shown()}


def push_view(workspace: Workspace, call: Call) -> Json:
    """``views.push``: a modal on top of the one in which somebody has just acted."""
    given = read_view(call, "modal")
    trigger = workspace.triggers.redeem(_trigger_id(call))
    if trigger.view_id is None or not workspace.views.open_for(trigger.user):
        raise SlackError("not_found")
    return {"view": workspace.views.push(trigger.user, given).shown()}


def update_view(workspace: Workspace, call: Call) -> Json:
    """``views.update``: change a view by ``view_id`` or ``external_id``, unless the ``hash`` is an old one."""
    given = read_view(call, None)
    view_id, external_id = call.text("view_id"), call.text("external_id")
    if not (view_id or external_id):
        raise _invalid("[ERROR] missing required field: view_id")
    found = workspace.views.find(view_id) if view_id else workspace.views.with_external_id(external_id)
    if found is None:
        raise SlackError("not_found")
    _check_hash(call, found)
    workspace.views.replace(found, given)
    return {"view": found.shown()}


def publish_view(workspace: Workspace, call: Call) -> Json:
    """``views.publish``: what a person sees on the App Home."""
    given = read_view(call, "home")
    user = workspace.people.find(call.required("user_id"))
    if user is None or user.id == BOT_USER:
        raise SlackError("invalid_arguments")
    home = workspace.views.home_of(user.id)
    if home is not None:
        _check_hash(call, home)
    return {"view": workspace.views.publish(user.id, given).shown()}


def read_view(call: Call, kind: str | None) -> Json:
    """The view of this call, checked.

    Raises:
        SlackError: invalid_arguments with messages that point at what is wrong, or view_too_large.
    """
    given = call.structure("view")
    if not isinstance(given, dict):
        raise _invalid("[ERROR] must provide an object [json-pointer:/view]")
    if len(json.dumps(given, ensure_ascii=False).encode()) > LARGEST_VIEW:
        raise SlackError("view_too_large")
    check_view(given, kind)
    return given


def _trigger_id(call: Call) -> str:
    return call.text("trigger_id") or call.required("interactivity_pointer")


def _check_hash(call: Call, view: View) -> None:
    if call.text("hash") and call.text("hash") != view.body["hash"]:
        raise SlackError("hash_conflict")


def _invalid(message: str) -> SlackError:
    return SlackError("invalid_arguments", response_metadata={"messages": [message]})
