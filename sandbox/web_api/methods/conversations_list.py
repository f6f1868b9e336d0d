"""Listing conversations."""

from sandbox.errors import SlackError
from sandbox.ids import BOT_USER
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods.conversation_shapes import conversation_object
from sandbox.web_api.paging import page
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.workspace import Workspace

_SCOPES = {
    "public_channel": "channels:read",
    "private_channel": "groups:read",
    "mpim": "mpim:read",
    "im": "im:read",
}


def list_all(workspace: Workspace, call: Call) -> Json:
    """``conversations.list``: public channels, and private conversations the bot is in."""
    return _listed(call, [one for one in workspace.conversations.all() if not one.is_private or one.has(BOT_USER)])


def of_user(workspace: Workspace, call: Call) -> Json:
    """``users.conversations``: where a person (or the bot) is, as far as the bot may know."""
    user = workspace.person(call.text("user") or BOT_USER).id
    theirs = workspace.conversations.of(user)
    return _listed(call, [one for one in theirs if not one.is_private or one.has(BOT_USER)])


def _listed(call: Call, conversations: list[Conversation]) -> Json:
    types = call.listed("types") or ["public_channel"]
    if not set(types) <= _SCOPES.keys():
        raise SlackError("invalid_types")
    for kind in types:
        call.need(_SCOPES[kind])
    wanted = [one for one in conversations if _type_of(one) in types]
    if call.truth("exclude_archived"):
        wanted = [one for one in wanted if not one.is_archived]
    shown, following = page(call, wanted, default=100)
    return {"channels": [conversation_object(one) for one in shown], "response_metadata": following}


def _type_of(conversation: Conversation) -> str:
    if conversation.kind != "channel":
        return conversation.kind
    return "private_channel" if conversation.is_private else "public_channel"
