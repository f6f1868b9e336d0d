"""Sending a modal off, closing it, and what the bot may answer to that."""

from dataclasses import dataclass

from sandbox.block_limits.view import check_view
from sandbox.delivery.bot_line import BotLine
from sandbox.delivery.envelopes import Ack
from sandbox.errors import SlackError, UnclearRequest
from sandbox.interactions.answers import filled_in, problems
from sandbox.interactions.payloads import view_closed, view_submission
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace.views import View
from sandbox.workspace.workspace import Workspace


@dataclass(frozen=True)
class Submission:
    """How sending went; ``errors`` (block_id -> words) stand beside the fields of a modal that stays open."""

    ack: Ack
    was_sent: bool = True
    errors: Json | None = None


@dataclass(frozen=True)
class Submissions:
    """Sends ``view_submission`` and ``view_closed`` and does what the answer says."""

    workspace: Workspace
    line: BotLine

    async def submit(self, person: Person, view: View, given: Json, *, is_forced: bool = False) -> Submission:
        """Send a modal off, unless Slack itself would hold it back for an empty or too long answer."""
        values = filled_in(view, given)
        held_back = {} if is_forced else problems(view, values)
        if held_back:
            return Submission(Ack(acked=False), was_sent=False, errors=held_back)
        view.body["state"] = {"values": values}
        trigger_id = self.workspace.triggers.issue(person.id, view.id)
        payload = view_submission(person, view, values, trigger_id)
        ack = await self.line.ask("interactive", payload, accepts_response=True)
        if not ack.acked:
            return Submission(ack)
        return Submission(ack, errors=self._follow(view, ack.payload or {}))

    async def close(self, person: Person, view: View, *, is_cleared: bool = False) -> Ack | None:
        """Close a modal; the bot hears of it only if it asked to."""
        self.workspace.views.close(view)
        if not view.body["notify_on_close"]:
            return None
        payload = view_closed(person, view, is_cleared=is_cleared)
        return await self.line.ask("interactive", payload, accepts_response=False)

    def _follow(self, view: View, answer: Json) -> Json | None:
        views = self.workspace.views
        match answer.get("response_action"):
            case None:
                views.close(view)
            case "clear":
                views.clear(view.user)
            case "errors":
                return _known_errors(view, answer.get("errors") or {})
            case "update":
                views.replace(view, _checked(answer))
            case "push":
                views.push(view.user, _checked(answer))
            case unknown:
                raise UnclearRequest(f"The bot answered with an unknown response_action: {unknown}.")
        return None


def _checked(answer: Json) -> Json:
    view = answer.get("view")
    if not isinstance(view, dict):
        raise UnclearRequest("The bot answered without a view.")
    try:
        check_view(view, "modal")
    except SlackError as error:
        raise UnclearRequest(f"The bot answered with a view Slack refuses: {error.more}.") from error
    return view


def _known_errors(view: View, errors: Json) -> Json:
    blocks = {block["block_id"] for block in view.body["blocks"] if block["type"] == "input"}
    unknown = errors.keys() - blocks
    if unknown or not errors:
        raise UnclearRequest(f"The bot answered with errors for fields that are not there: {sorted(unknown)}.")
    return errors
