"""The bot reacts with an emoji."""

from sandbox.errors import SlackError
from sandbox.ids import BOT_USER
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods.chat_change import find_message
from sandbox.workspace.workspace import Workspace


def add(workspace: Workspace, call: Call) -> Json:
    """``reactions.add``: each emoji once per message."""
    conversation = workspace.conversation_of_bot(call.text("channel"))
    message = find_message(conversation, call.text("timestamp"))
    name = call.required("name").strip(":")
    reactions = message.body.setdefault("reactions", [])
    reaction = next((one for one in reactions if one["name"] == name), None)
    if reaction and BOT_USER in reaction["users"]:
        raise SlackError("already_reacted")
    if reaction is None:
        reactions.append({"name": name, "users": [BOT_USER], "count": 1})
    workspace.messages.announce_change(conversation, message)
    return {}
