"""What can be looked at: the log, deliveries, people, views, messages, and all a page needs at once."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sandbox.control.page_state import PageState
from sandbox.control.request import Ask
from sandbox.delivery.bot_line import BotLine
from sandbox.errors import UnclearRequest
from sandbox.shapes import Json
from sandbox.web_api.log import CallLog

Look = Callable[[Ask], Json]


@dataclass(frozen=True)
class Reading:
    """Answers to GET; a list comes under its own name, such as ``{"messages": […]}``."""

    log: CallLog
    line: BotLine
    page_state: PageState

    def by_name(self) -> Mapping[str, Look]:
        """Everything to look at, under the name of its path."""
        return {
            "clock": self.clock,
            "log": self.calls,
            "events": self.events,
            "users": self.users,
            "views": self.views,
            "home": self.home,
            "messages": self.messages,
            "conversations": self.conversations,
            "state": self.state,
        }

    def clock(self, ask: Ask) -> Json:
        """What time it is in the workspace."""
        return {"now": ask.workspace.clock.now().isoformat()}

    def calls(self, ask: Ask) -> Json:
        """Web API calls after number ``since``, of one ``method`` or all."""
        return {"calls": self.log.as_json(_since(ask), ask.optional("method"))}

    def events(self, ask: Ask) -> Json:
        """What was handed to the bot after number ``since``."""
        return {"events": [delivery.as_json() for delivery in self.line.deliveries.since(_since(ask))]}

    def users(self, ask: Ask) -> Json:
        """Everybody one can be."""
        return {"users": [self.page_state.person(person) for person in ask.workspace.people.invented.values()]}

    def views(self, ask: Ask) -> Json:
        """The modals a person has open, the visible one last."""
        return {"views": [view.shown() for view in ask.workspace.views.open_for(ask.person().id)]}

    def home(self, ask: Ask) -> Json:
        """What a person sees on the App Home; ``view`` is null before the bot has published anything."""
        home = ask.workspace.views.home_of(ask.person().id)
        return {"view": home.shown() if home else None}

    def messages(self, ask: Ask) -> Json:
        """A conversation, oldest first, as a person sees it (with ephemeral messages) or as everybody does."""
        user = ask.person() if ask.optional("user") else None
        conversation = ask.workspace.conversations.find(ask.text("channel"))
        if conversation is None:
            raise UnclearRequest(f"There is no conversation '{ask.text('channel')}'.")
        return {"messages": [message.body for message in conversation.visible_to(user.id if user else None)]}

    def conversations(self, ask: Ask) -> Json:
        """The conversations a person is in."""
        return {"conversations": self.page_state.conversations(ask.person())}

    def state(self, ask: Ask) -> Json:
        """All a page needs at once."""
        return self.page_state.of(ask.person())


def _since(ask: Ask) -> int:
    try:
        return int(ask.optional("since") or 0)
    except ValueError:
        raise UnclearRequest("'since' has to be a whole number.") from None
