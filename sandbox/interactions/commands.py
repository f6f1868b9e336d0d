"""Slash commands, and the words the bot may answer inside the acknowledgement."""

from dataclasses import dataclass

from sandbox.block_limits.message import check_message
from sandbox.delivery.bot_line import BotLine
from sandbox.delivery.envelopes import Ack
from sandbox.errors import SlackError, UnclearRequest
from sandbox.interactions.payloads import command
from sandbox.interactions.presses import shown_name
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Commands:
    """Sends ``/silta …`` and shows the immediate answer."""

    workspace: Workspace
    line: BotLine

    async def run(self, person: Person, conversation: Conversation, text: str) -> Ack:
        """What follows ``/silta``, as it was typed."""
        token = self.workspace.response_urls.issue(person.id, conversation.id, None)
        urls = {
            "response_url": f"{self.workspace.url}/hooks/response/{token}",
            "trigger_id": self.workspace.triggers.issue(person.id),
        }
        payload = command(person, text, conversation.id, shown_name(conversation), urls)
        ack = await self.line.ask("slash_commands", payload, accepts_response=True)
        if ack.payload:
            try:
                say(self.workspace, conversation, person.id, ack.payload)
            except SlackError as error:
                raise UnclearRequest(f"Slack refuses the bot's answer: {error.name} {error.more}.") from error
        return ack


def say(workspace: Workspace, conversation: Conversation, user: str, answer: Json) -> None:
    """Post an answer with text or blocks: to the whole conversation if it says in_channel, else to this person.

    Raises:
        SlackError: no_text, invalid_blocks.
    """
    text, blocks = str(answer.get("text") or ""), answer.get("blocks")
    if not text.strip() and not blocks:
        raise SlackError("no_text")
    if blocks is not None:
        check_message(blocks)
    thread = {"thread_ts": answer["thread_ts"]} if answer.get("thread_ts") else {}
    bot = workspace.people.bot
    if answer.get("response_type") == "in_channel":
        workspace.messages.post_as_bot(conversation, bot, text, blocks, **thread)
    else:
        workspace.messages.post_ephemeral(conversation, bot, user, text, blocks, **thread)
