"""Making channels, and coming into them."""

import re

from sandbox.errors import SlackError
from sandbox.ids import BOT_USER
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods.conversation_shapes import conversation_object
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.workspace import Workspace

LONGEST_NAME = 80
_NAME = re.compile(r"[\w-]+")


def create(workspace: Workspace, call: Call) -> Json:
    """``conversations.create``: a new channel with the bot in it."""
    name = call.text("name")
    if not name:
        raise SlackError("invalid_name_required")
    if len(name) > LONGEST_NAME:
        raise SlackError("invalid_name_maxlength")
    if not _NAME.fullmatch(name) or name != name.lower():
        raise SlackError("invalid_name_specials")
    if workspace.conversations.channel_named(name):
        raise SlackError("name_taken")
    is_private = call.truth("is_private")
    made = workspace.conversations.create_channel(name, [BOT_USER], workspace.now(), is_private=is_private)
    return {"channel": conversation_object(made)}


def join(workspace: Workspace, call: Call) -> Json:
    """``conversations.join``: the bot comes into a public channel."""
    conversation = _channel(workspace, call)
    if conversation.has(BOT_USER):
        return {"channel": conversation_object(conversation), "warning": "already_in_channel"}
    workspace.conversations.add_member(conversation, BOT_USER)
    return {"channel": conversation_object(conversation)}


def invite(workspace: Workspace, call: Call) -> Json:
    """``conversations.invite``: the bot brings people into a channel it is in."""
    conversation = _channel(workspace, call)
    if not conversation.has(BOT_USER):
        raise SlackError("not_in_channel")
    for user in call.listed("users"):
        _check_invited(workspace, conversation, user)
    for user in call.listed("users"):
        workspace.conversations.add_member(conversation, user)
        workspace.feed.tell([user], {"type": "conversation", "channel": conversation.id})
    return {"channel": conversation_object(conversation)}


def archive(workspace: Workspace, call: Call) -> Json:
    """``conversations.archive``: nobody writes there any more."""
    conversation = _channel(workspace, call)
    if conversation.is_archived:
        raise SlackError("already_archived")
    conversation.is_archived = True
    return {}


def _channel(workspace: Workspace, call: Call) -> Conversation:
    conversation = workspace.conversation_of_bot(call.text("channel"))
    if conversation.kind != "channel":
        raise SlackError("method_not_supported_for_channel_type")
    return conversation


def _check_invited(workspace: Workspace, conversation: Conversation, user: str) -> None:
    if user == BOT_USER:
        raise SlackError("cant_invite_self")
    if workspace.people.find(user) is None:
        raise SlackError("user_not_found")
    if conversation.has(user):
        raise SlackError("already_in_channel")
