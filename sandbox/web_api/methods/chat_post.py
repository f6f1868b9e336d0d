"""The bot says something."""

from sandbox.errors import SlackError
from sandbox.ids import BOT_USER
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods.chat_content import read_content
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.workspace import Workspace


def post_message(workspace: Workspace, call: Call) -> Json:
    """``chat.postMessage`` to a channel, a conversation, or a person's direct messages."""
    conversation = find_place(workspace, call.text("channel"))
    content = read_content(call)
    extra = content.attachments | _thread(conversation, call)
    message = workspace.messages.post_as_bot(
        conversation, workspace.people.bot, content.text, content.blocks, metadata=content.metadata, **extra
    )
    shown = message.body | ({"metadata": message.metadata} if message.metadata else {})
    return {"channel": conversation.id, "ts": message.ts, "message": shown}


def post_ephemeral(workspace: Workspace, call: Call) -> Json:
    """``chat.postEphemeral`` shows something to one person in a conversation both are in."""
    conversation = find_place(workspace, call.text("channel"))
    user = call.required("user")
    if not conversation.has(user):
        raise SlackError("user_not_in_channel")
    content = read_content(call)
    message = workspace.messages.post_ephemeral(
        conversation, workspace.people.bot, user, content.text, content.blocks, **_thread(conversation, call)
    )
    return {"message_ts": message.ts}


def find_place(workspace: Workspace, channel: str) -> Conversation:
    """Where the bot may write: a conversation it is in, ``#name``, or the direct messages of a user id.

    Raises:
        SlackError: channel_not_found, not_in_channel, is_archived.
    """
    if channel.startswith(("U", "W")):
        return _direct_messages(workspace, channel)
    named = workspace.conversations.channel_named(channel)
    conversation = named or workspace.conversation_of_bot(channel)
    if not conversation.has(BOT_USER):
        raise SlackError("not_in_channel")
    if conversation.is_archived:
        raise SlackError("is_archived")
    return conversation


def _direct_messages(workspace: Workspace, user: str) -> Conversation:
    person = workspace.people.find(user)
    if person is None or person.deleted:
        raise SlackError("channel_not_found")
    if person.is_bot:
        raise SlackError("cannot_dm_bot")
    return workspace.between(user, BOT_USER)[0]


def _thread(conversation: Conversation, call: Call) -> Json:
    thread_ts = call.text("thread_ts")
    if not thread_ts:
        return {}
    if thread_ts not in conversation.messages:
        raise SlackError("thread_not_found")
    parent = conversation.messages[thread_ts]
    return {"thread_ts": parent.thread_ts or parent.ts}
