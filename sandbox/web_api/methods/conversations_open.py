"""Opening direct and group conversations."""

from sandbox.errors import SlackError
from sandbox.ids import BOT_USER
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods.conversation_shapes import conversation_object
from sandbox.workspace.workspace import Workspace

# Slack: a group conversation has at most eight people besides the bot.
MOST_USERS = 8


def open_conversation(workspace: Workspace, call: Call) -> Json:
    """``conversations.open`` by ``users`` (one to eight) or ``channel``: the same people, the same conversation."""
    if not call.listed("users") and call.text("channel"):
        return _shown(workspace, call, call.text("channel"), was_there=True)
    users = [user for user in dict.fromkeys(call.listed("users")) if user != BOT_USER]
    _check(workspace, call, users)
    conversation, was_there = workspace.between(*users, BOT_USER)
    return _shown(workspace, call, conversation.id, was_there=was_there)


def _check(workspace: Workspace, call: Call, users: list[str]) -> None:
    if not users:
        raise SlackError("users_list_not_supplied")
    if len(users) > MOST_USERS:
        raise SlackError("too_many_users")
    call.need("im:write" if len(users) == 1 else "mpim:write")
    for user in users:
        person = workspace.people.find(user)
        if person is None:
            raise SlackError("user_not_found")
        if person.is_bot and len(users) == 1:
            raise SlackError("cannot_dm_bot")
        if person.deleted:
            raise SlackError("user_disabled")


def _shown(workspace: Workspace, call: Call, channel: str, *, was_there: bool) -> Json:
    conversation = workspace.conversation_of_bot(channel)
    shown = conversation_object(conversation) if call.truth("return_im") else {"id": conversation.id}
    return {"channel": shown} | ({"no_op": True, "already_open": True} if was_there else {})
