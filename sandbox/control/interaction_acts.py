"""Commands, presses, choices and modals."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sandbox.control.act import Act, answered_to
from sandbox.control.request import Ask
from sandbox.errors import UnclearRequest
from sandbox.interactions.commands import Commands
from sandbox.interactions.presses import Press, Presses, message_at, message_place, view_place
from sandbox.interactions.submissions import Submissions
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace.views import View


@dataclass(frozen=True)
class InteractionActs:
    """What people do with cards, menus, modals and commands, as Slack's own client would."""

    presses: Presses
    submissions: Submissions
    commands: Commands

    def by_name(self) -> Mapping[str, Act]:
        """Every act under the name of its path."""
        return {
            "command": self.command,
            "press": self.press,
            "suggest": self.suggest,
            "submit": self.submit,
            "close": self.close,
        }

    async def command(self, ask: Ask) -> Json:
        """Run ``/silta …``."""
        person = ask.person()
        text = ask.text("text").strip()
        if text == "/silta" or text.startswith("/silta "):
            text = text.removeprefix("/silta").strip()
        ack = await self.commands.run(person, ask.conversation(person), text)
        return answered_to(ask, person, ack)

    async def press(self, ask: Ask) -> Json:
        """Press a button or choose in a menu: in a message, a modal (view_id) or at home (channel "home")."""
        person, press = ask.person(), _press(ask)
        if view := _view(ask, person):
            ack, trigger_id = await self.presses.in_view(person, view, press)
        else:
            conversation = ask.conversation(person)
            message = message_at(conversation, ask.text("ts"))
            ack, trigger_id = await self.presses.in_message(person, conversation, message, press)
        return answered_to(ask, person, ack) | {"trigger_id": trigger_id}

    async def suggest(self, ask: Ask) -> Json:
        """Type into a menu whose options come from the bot."""
        person = ask.person()
        if view := _view(ask, person):
            place = view_place(view)
        else:
            conversation = ask.conversation(person)
            place = message_place(conversation, message_at(conversation, ask.text("ts")))
        ack = await self.presses.suggestions(person, place, _press(ask))
        return answered_to(ask, person, ack)

    async def submit(self, ask: Ask) -> Json:
        """Send a modal off; ``force`` sends what Slack's client would hold back."""
        person = ask.person()
        forced = bool(ask.optional("force"))
        sent = await self.submissions.submit(person, ask.view(person), _values(ask), is_forced=forced)
        if not sent.was_sent:
            return {"acked": False, "ack_ms": None, "sent": False, "errors": sent.errors}
        answer = answered_to(ask, person, sent.ack)
        return answer | {"sent": True} | ({"errors": sent.errors} if sent.errors else {})

    async def close(self, ask: Ask) -> Json:
        """Close a modal without sending it; with ``clear`` all that are open."""
        person = ask.person()
        view = ask.view(person)
        clears = bool(ask.optional("clear"))
        closing = list(reversed(ask.workspace.views.open_for(person.id))) if clears else [view]
        for one in closing:
            await self.submissions.close(person, one, is_cleared=clears)
        return {}


def _view(ask: Ask, person: Person) -> View | None:
    if ask.optional("view_id"):
        return ask.view(person)
    if ask.optional("channel") != "home":
        return None
    home = ask.workspace.views.home_of(person.id)
    if home is None:
        raise UnclearRequest(f"{person.id} has no App Home yet.")
    return home


def _press(ask: Ask) -> Press:
    value: Any = ask.optional("value")
    if value is None:
        value = ask.optional("selected")
    return Press(ask.text("action_id"), value, ask.optional("block_id"), _values(ask))


def _values(ask: Ask) -> Json:
    values = ask.optional("values") or {}
    if not isinstance(values, dict):
        raise UnclearRequest("'values' has to be an object: field -> answer.")
    return values
