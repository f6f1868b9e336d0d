"""Which happenings the bot is told of: the events Silta subscribes to, in Slack's shapes."""

import asyncio

from sandbox.delivery.bot_line import BotLine
from sandbox.delivery.envelopes import Ack
from sandbox.delivery.events import event_callback
from sandbox.ids import BOT_USER
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.workspace.conversations import Conversation
from sandbox.workspace.people_book import user_object
from sandbox.workspace.workspace import Workspace

_MENTION = f"<@{BOT_USER}>"


class Subscriptions:
    """Turns what happens in the workspace into events; ``echoes`` includes the bot's own messages, as Slack does."""

    def __init__(self, workspace: Workspace, line: BotLine, *, echoes: bool) -> None:
        self._workspace = workspace
        self._line = line
        self._echoes = echoes
        # The first attempt for the message that was posted last, for whoever posted it.
        self.last_message: asyncio.Future[Ack] | None = None

    def on_message(self, conversation: Conversation, message: Json) -> None:
        """``message`` in direct messages with the bot, ``app_mention`` elsewhere when the bot is named."""
        self.last_message = None
        if not conversation.has(BOT_USER):
            return
        is_own = _author(message) == BOT_USER
        if conversation.kind == "im":
            if self._echoes or not is_own:
                self.last_message = self._send(_in_conversation(message, conversation, "im"))
        elif not is_own and "subtype" not in message and _MENTION in message["text"]:
            mention = _in_conversation(message, conversation, None) | {"type": "app_mention"}
            self.last_message = self._send(mention)

    def home_opened(self, person: str, channel: str, tab: str) -> asyncio.Future[Ack]:
        """``app_home_opened`` for the ``home`` or ``messages`` tab, with what the person sees at home now."""
        event: Json = {"type": "app_home_opened", "user": person, "channel": channel, "tab": tab}
        home = self._workspace.views.home_of(person) if tab == "home" else None
        return self._send(event | ({"view": home.shown()} if home else {}))

    def joined(self, person: Person) -> asyncio.Future[Ack]:
        """``team_join``: somebody new."""
        return self._send({"type": "team_join", "user": self._shown(person), "cache_ts": self._workspace.now()})

    def changed(self, person: Person) -> asyncio.Future[Ack]:
        """``user_change``: a profile, zone or language is different now, or an account closed."""
        return self._send({"type": "user_change", "user": self._shown(person), "cache_ts": self._workspace.now()})

    def _shown(self, person: Person) -> Json:
        return user_object(person, self._workspace.clock.now(), with_locale=True)

    def _send(self, event: Json) -> asyncio.Future[Ack]:
        event.setdefault("event_ts", f"{self._workspace.clock.now().timestamp():.6f}")
        return self._line.send_event(event_callback(event, self._workspace.now()))


def _author(message: Json) -> str | None:
    inner = message.get("message") or message.get("previous_message") or message
    author: str | None = inner.get("user")
    return author


def _in_conversation(message: Json, conversation: Conversation, channel_type: str | None) -> Json:
    event = message | {"channel": conversation.id, "event_ts": message["ts"]}
    return event | ({"channel_type": channel_type} if channel_type else {})
