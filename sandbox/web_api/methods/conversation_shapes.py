"""The conversation object, in the form it has for direct messages, group messages and channels."""

from sandbox.ids import BOT_USER, TEAM
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.scopes import PREFIXES
from sandbox.workspace.conversations import Conversation


def conversation_object(conversation: Conversation) -> Json:
    """The conversation as the bot sees it."""
    shown: Json = {
        "id": conversation.id,
        "created": conversation.created,
        "is_im": conversation.kind == "im",
        "is_org_shared": False,
        "is_archived": conversation.is_archived,
        "context_team_id": TEAM,
        "updated": conversation.created * 1000,
        "last_read": conversation.last_read.get(BOT_USER, "0000000000.000000"),
    }
    if conversation.kind == "im":
        return shown | {"user": conversation.partner_of(BOT_USER), "is_user_deleted": False, "priority": 0}
    return shown | _named(conversation)


def need_by_kind(call: Call, conversation: Conversation, what: str) -> None:
    """Insist on the scope for this kind of conversation, such as ``mpim:read``."""
    prefix = "groups" if _is_private_channel(conversation) else PREFIXES[conversation.kind]
    call.need(f"{prefix}:{what}")


def _named(conversation: Conversation) -> Json:
    empty = {"value": "", "creator": "", "last_set": 0}
    return {
        "name": conversation.name,
        "name_normalized": conversation.name,
        "is_channel": conversation.kind == "channel",
        "is_group": False,
        "is_mpim": conversation.kind == "mpim",
        "is_private": conversation.is_private,
        "is_general": conversation.name == "general",
        "is_shared": False,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "is_open": conversation.kind == "mpim",
        "is_member": conversation.has(BOT_USER),
        "creator": conversation.creator,
        "unlinked": 0,
        "shared_team_ids": [TEAM],
        "pending_shared": [],
        "pending_connected_team_ids": [],
        "previous_names": [],
        "topic": empty,
        "purpose": empty,
        "num_members": len(conversation.members),
    }


def _is_private_channel(conversation: Conversation) -> bool:
    return conversation.kind == "channel" and conversation.is_private
