"""Pressing and choosing: in a message, in a modal, on the App Home."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.delivery.bot_line import BotLine
from sandbox.delivery.envelopes import Ack
from sandbox.errors import UnclearRequest
from sandbox.interactions.actions import action_of, find_element
from sandbox.interactions.answers import fill_in
from sandbox.interactions.element_state import initial_state
from sandbox.interactions.payloads import interaction
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.views import View
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Press:
    """What a person touches: the element and, if it is not plain, its value (an option value, a list, a text).

    ``values`` is what the other fields of the same message or view hold at that moment.
    """

    action_id: str
    value: Any = None
    block_id: str | None = None
    values: Json = field(default_factory=dict)


@dataclass(frozen=True)
class Presses:
    """Sends ``block_actions`` and ``block_suggestion``."""

    workspace: Workspace
    line: BotLine

    async def in_message(
        self, person: Person, conversation: Conversation, message: Message, press: Press
    ) -> tuple[Ack, str]:
        """Press something in a message; returns the acknowledgement and the trigger_id that went with it."""
        blocks = message.body.get("blocks", [])
        chosen = message.chosen.setdefault(person.id, initial_state(blocks))
        action = self._action(blocks, chosen, press)
        trigger_id = self.workspace.triggers.issue(person.id)
        token = self.workspace.response_urls.issue(person.id, conversation.id, message.ts)
        payload = interaction("block_actions", person) | {
            **message_place(conversation, message),
            "trigger_id": trigger_id,
            "state": {"values": chosen},
            "response_url": f"{self.workspace.url}/hooks/response/{token}",
            "actions": [action],
        }
        return await self.line.ask("interactive", payload, accepts_response=False), trigger_id

    async def in_view(self, person: Person, view: View, press: Press) -> tuple[Ack, str]:
        """Press something in a modal or on the App Home."""
        action = self._action(view.body["blocks"], view.body["state"]["values"], press)
        is_modal = view.body["type"] == "modal"
        trigger_id = self.workspace.triggers.issue(person.id, view.id if is_modal else None)
        payload = interaction("block_actions", person) | {
            **view_place(view),
            "trigger_id": trigger_id,
            "actions": [action],
        }
        return await self.line.ask("interactive", payload, accepts_response=False), trigger_id

    async def suggestions(self, person: Person, place: Json, press: Press) -> Ack:
        """What an external menu offers for the typed text; the answer holds options or option_groups."""
        asked = {"action_id": press.action_id, "block_id": press.block_id or "", "value": str(press.value or "")}
        payload = interaction("block_suggestion", person) | asked | place
        return await self.line.ask("interactive", payload, accepts_response=True)

    def _action(self, blocks: list[Json], chosen: Json, press: Press) -> Json:
        ts = f"{self.workspace.clock.now().timestamp():.6f}"
        fill_in(blocks, chosen, press.values)
        found = find_element(blocks, press.action_id, press.value, press.block_id)
        action, state = action_of(found, press.action_id, press.value, ts)
        if state is not None:
            chosen.setdefault(action["block_id"], {})[press.action_id] = state
        return action


def shown_name(conversation: Conversation) -> str:
    """The name Slack gives a conversation in payloads."""
    return {"im": "directmessage", "mpim": conversation.name, "channel": conversation.name}[conversation.kind]


def message_at(conversation: Conversation, ts: str) -> Message:
    """The message with this timestamp.

    Raises:
        UnclearRequest: there is none.
    """
    message = conversation.messages.get(ts)
    if message is None:
        raise UnclearRequest(f"There is no message {ts} in {conversation.id}.")
    return message


def message_place(conversation: Conversation, message: Message) -> Json:
    """Where in a conversation something was pressed; Slack does not show the bot an ephemeral message again."""
    container: Json = {
        "type": "message",
        "message_ts": message.ts,
        "channel_id": conversation.id,
        "is_ephemeral": message.only_for is not None,
    }
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    shown = {"message": dict(message.body)} if message.only_for is None else {}
    return {"container": container, "channel": {"id": conversation.id, "name": shown_name(conversation)}, **shown}


def view_place(view: View) -> Json:
    """In which modal, or on which App Home, something was pressed."""
    return {"container": {"type": "view", "view_id": view.id}, "view": view.shown()}
