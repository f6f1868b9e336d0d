"""What a request to the control interface says, read in one place with clear complaints."""

import json
from dataclasses import dataclass
from typing import Any

from starlette.requests import Request

from sandbox.errors import UnclearRequest
from sandbox.ids import BOT_USER
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.views import View
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Ask:
    """The fields of one request, and what they mean in this workspace."""

    fields: Json
    workspace: Workspace

    def text(self, name: str) -> str:
        """A text that must be there.

        Raises:
            UnclearRequest: it is missing.
        """
        value = self.fields.get(name)
        if value is None:
            raise UnclearRequest(f"The field '{name}' is missing.")
        return str(value)

    def optional(self, name: str) -> Any:
        """A field that may be absent."""
        return self.fields.get(name)

    def person(self, name: str = "user") -> Person:
        """A person of the workspace, by id."""
        wanted = self.text(name)
        found = self.workspace.people.invented.get(wanted)
        if found is None:
            raise UnclearRequest(f"There is nobody with the id '{wanted}'.")
        return found

    def conversation(self, person: Person) -> Conversation:
        """The conversation named, by id or #name; the person's direct messages with the bot when none is."""
        wanted = self.fields.get("channel")
        if not wanted:
            return self.workspace.between(person.id, BOT_USER)[0]
        conversations = self.workspace.conversations
        found = conversations.find(str(wanted)) or conversations.channel_named(str(wanted))
        if found is None:
            raise UnclearRequest(f"There is no conversation '{wanted}'.")
        return found

    def view(self, person: Person) -> View:
        """An open view of this person, by ``view_id``."""
        wanted = self.text("view_id")
        found = self.workspace.views.find(wanted)
        if found is None or found.user != person.id:
            raise UnclearRequest(f"{person.id} has no open view '{wanted}'.")
        return found


async def read_ask(request: Request, workspace: Workspace) -> Ask:
    """The fields of a request: its JSON body, or its query string.

    Raises:
        UnclearRequest: the body is not a JSON object.
    """
    body = await request.body()
    if not body:
        return Ask(dict(request.query_params), workspace)
    try:
        fields = json.loads(body)
    except (ValueError, RecursionError):  # UnicodeDecodeError is a ValueError
        raise UnclearRequest("The body is not JSON.") from None
    if not isinstance(fields, dict):
        raise UnclearRequest("The body is not a JSON object.")
    return Ask(dict(request.query_params) | fields, workspace)
