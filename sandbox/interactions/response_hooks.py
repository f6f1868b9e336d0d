"""``POST /hooks/response/…``: the bot answers a command or a press without a token."""

from dataclasses import dataclass

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response

from sandbox.block_limits.message import check_message
from sandbox.errors import SlackError
from sandbox.interactions.commands import say
from sandbox.shapes import Json
from sandbox.web_api.call import read_arguments
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.response_urls import ResponseUrl
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class ResponseHooks:
    """Posts, replaces or deletes a message for whoever holds the address."""

    workspace: Workspace

    async def answer(self, request: Request) -> Response:
        """One use of a response URL."""
        try:
            given = await read_arguments(request)
            self._follow(self.workspace.response_urls.use(request.path_params["token"]), given)
        except SlackError as error:
            status = 404 if error.name.endswith("_url") else 400
            return JSONResponse(error.answer(), status)
        return PlainTextResponse("ok")

    def _follow(self, url: ResponseUrl, given: Json) -> None:
        conversation = self.workspace.conversations.find(url.channel)
        if conversation is None:
            raise SlackError("channel_not_found")
        original = conversation.messages.get(url.message_ts or "")
        if given.get("delete_original"):
            if original:
                self.workspace.messages.delete(conversation, original)
        elif given.get("replace_original") and original:
            self._replace(conversation, original.ts, given)
        else:
            say(self.workspace, conversation, url.user, given)

    def _replace(self, conversation: Conversation, ts: str, given: Json) -> None:
        text, blocks = str(given.get("text") or ""), given.get("blocks")
        if not text.strip() and not blocks:
            raise SlackError("no_text")
        if blocks is not None:
            check_message(blocks)
        # A replacement is a whole new content: text alone takes the old blocks away.
        self.workspace.messages.change(conversation, conversation.messages[ts], text=text, blocks=blocks or [])
