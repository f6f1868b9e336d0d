"""The bot changes, removes or links what it has said."""

from sandbox.errors import SlackError
from sandbox.ids import BOT_USER
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods.chat_content import read_content
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.workspace import Workspace


def update(workspace: Workspace, call: Call) -> Json:
    """``chat.update`` changes one of the bot's own messages; blocks that are not given stay as they are."""
    conversation, message = _own_message(workspace, call, call.text("ts"), "cant_update_message")
    content = read_content(call)
    workspace.messages.change(
        conversation,
        message,
        text=content.text if content.has_text else None,
        blocks=content.blocks,
        metadata=content.metadata,
    )
    shown = message.body | ({"metadata": message.metadata} if message.metadata else {})
    return {"channel": conversation.id, "ts": message.ts, "text": message.body["text"], "message": shown}


def delete(workspace: Workspace, call: Call) -> Json:
    """``chat.delete`` removes one of the bot's own messages."""
    conversation, message = _own_message(workspace, call, call.text("ts"), "cant_delete_message")
    workspace.messages.delete(conversation, message)
    return {"channel": conversation.id, "ts": message.ts}


def get_permalink(workspace: Workspace, call: Call) -> Json:
    """``chat.getPermalink`` gives the address of a message."""
    conversation = workspace.conversation_of_bot(call.text("channel"))
    message = find_message(conversation, call.text("message_ts"))
    address = f"{workspace.url}/archives/{conversation.id}/p{message.ts.replace('.', '')}"
    return {"channel": conversation.id, "permalink": address}


def find_message(conversation: Conversation, ts: str) -> Message:
    """A lasting message of this conversation; ephemeral ones cannot be addressed.

    Raises:
        SlackError: message_not_found.
    """
    message = conversation.messages.get(ts)
    if message is None or message.only_for is not None:
        raise SlackError("message_not_found")
    return message


def _own_message(workspace: Workspace, call: Call, ts: str, not_ours: str) -> tuple[Conversation, Message]:
    conversation = workspace.conversation_of_bot(call.text("channel"))
    message = find_message(conversation, ts)
    if message.body["user"] != BOT_USER:
        raise SlackError(not_ours)
    if conversation.is_archived:
        raise SlackError("is_archived")
    return conversation, message
