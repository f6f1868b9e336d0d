"""Reading conversations: what was said, and by whom it can be read."""

from sandbox.errors import SlackError
from sandbox.ids import BOT_USER
from sandbox.moments import micros
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods.conversation_shapes import conversation_object, need_by_kind
from sandbox.web_api.paging import page
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.workspace import Workspace

_FAR = 10**18


def info(workspace: Workspace, call: Call) -> Json:
    """``conversations.info`` describes a conversation."""
    conversation = workspace.conversation_of_bot(call.text("channel"))
    need_by_kind(call, conversation, "read")
    return {"channel": conversation_object(conversation)}


def members(workspace: Workspace, call: Call) -> Json:
    """``conversations.members`` lists who is in it."""
    conversation = workspace.conversation_of_bot(call.text("channel"))
    need_by_kind(call, conversation, "read")
    ids, following = page(call, list(conversation.members), default=100)
    return {"members": ids, "response_metadata": following}


def history(workspace: Workspace, call: Call) -> Json:
    """``conversations.history``: newest first, without answers in threads."""
    conversation = _readable(workspace, call)
    wanted = [one for one in reversed(conversation.lasting()) if not one.is_reply and _is_between(call, one)]
    return _messages(call, wanted) | {"pin_count": 0}


def replies(workspace: Workspace, call: Call) -> Json:
    """``conversations.replies``: one thread, oldest first, with its first message."""
    conversation = _readable(workspace, call)
    ts = call.text("ts")
    thread = [one for one in conversation.lasting() if ts in (one.ts, one.thread_ts)]
    if not any(one.ts == ts for one in thread):
        raise SlackError("thread_not_found")
    return _messages(call, [one for one in thread if one.ts == ts or _is_between(call, one)])


def _readable(workspace: Workspace, call: Call) -> Conversation:
    conversation = workspace.conversation_of_bot(call.text("channel"))
    need_by_kind(call, conversation, "history")
    if not conversation.has(BOT_USER):
        raise SlackError("not_in_channel")
    return conversation


def _is_between(call: Call, message: Message) -> bool:
    ts = micros(message.ts)
    oldest, latest = micros(call.text("oldest", "0")), micros(call.text("latest") or _FAR)
    return oldest <= ts <= latest if call.truth("inclusive") else oldest < ts < latest


def _messages(call: Call, wanted: list[Message]) -> Json:
    shown, following = page(call, wanted, default=100, most=999)
    with_metadata = call.truth("include_all_metadata")
    bodies = [one.body | ({"metadata": one.metadata} if one.metadata and with_metadata else {}) for one in shown]
    has_more = bool(following["next_cursor"])
    return {"messages": bodies, "has_more": has_more} | ({"response_metadata": following} if has_more else {})
