"""Every Web API method the sandbox knows, by its name."""

from collections.abc import Callable, Mapping

from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods import (
    apps,
    auth,
    chat_change,
    chat_post,
    conversations_list,
    conversations_members,
    conversations_open,
    conversations_read,
    dnd,
    files,
    reactions,
    users,
    views,
)
from sandbox.workspace.workspace import Workspace

Method = Callable[[Workspace, Call], Json]

METHODS: Mapping[str, Method] = {
    "api.test": auth.api_test,
    "apps.connections.open": apps.connections_open,
    "auth.test": auth.auth_test,
    "bots.info": auth.bots_info,
    "chat.delete": chat_change.delete,
    "chat.getPermalink": chat_change.get_permalink,
    "chat.postEphemeral": chat_post.post_ephemeral,
    "chat.postMessage": chat_post.post_message,
    "chat.update": chat_change.update,
    "conversations.archive": conversations_members.archive,
    "conversations.create": conversations_members.create,
    "conversations.history": conversations_read.history,
    "conversations.info": conversations_read.info,
    "conversations.invite": conversations_members.invite,
    "conversations.join": conversations_members.join,
    "conversations.list": conversations_list.list_all,
    "conversations.members": conversations_read.members,
    "conversations.open": conversations_open.open_conversation,
    "conversations.replies": conversations_read.replies,
    "dnd.teamInfo": dnd.team_info,
    "files.completeUploadExternal": files.complete_upload,
    "files.getUploadURLExternal": files.get_upload_url,
    "reactions.add": reactions.add,
    "team.info": auth.team_info,
    "users.conversations": conversations_list.of_user,
    "users.info": users.info,
    "users.list": users.list_all,
    "users.lookupByEmail": users.lookup_by_email,
    "views.open": views.open_view,
    "views.publish": views.publish_view,
    "views.push": views.push_view,
    "views.update": views.update_view,
}
