"""Uploading files in Slack's three steps: ask for an address, send the bytes, complete."""

from sandbox.errors import SlackError
from sandbox.shapes import Json
from sandbox.web_api.call import Call
from sandbox.web_api.methods.chat_post import find_place
from sandbox.workspace.workspace import Workspace


def get_upload_url(workspace: Workspace, call: Call) -> Json:
    """``files.getUploadURLExternal``: where to send the bytes."""
    length = call.whole("length", 0)
    if length <= 0:
        raise SlackError("invalid_arguments")
    file = workspace.files.expect(call.required("filename"), length)
    return {"upload_url": f"{workspace.url}/upload/{file.id}", "file_id": file.id}


def complete_upload(workspace: Workspace, call: Call) -> Json:
    """``files.completeUploadExternal``: share what was sent, or keep it to the bot."""
    shown = [_uploaded(workspace, one) for one in call.structure("files") or []]
    if not shown:
        raise SlackError("invalid_arguments")
    places = call.listed("channels") or call.listed("channel_id")
    for place in places:
        conversation = find_place(workspace, place)
        text, thread = call.text("initial_comment"), call.text("thread_ts")
        extra: Json = {"files": shown} | ({"thread_ts": thread} if thread else {})
        workspace.messages.post_as_bot(conversation, workspace.people.bot, text, None, **extra)
    return {"files": shown}


def _uploaded(workspace: Workspace, given: Json) -> Json:
    file = workspace.files.find(str(given.get("id")))
    if file is None or file.content is None:
        raise SlackError("file_not_found")
    return file.shown(workspace.url, given.get("title") or file.name)
