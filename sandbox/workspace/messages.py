"""Posting, changing and deleting messages, and telling everybody concerned."""

from collections.abc import Callable
from typing import Any

from sandbox.feed import Feed
from sandbox.ids import BOT_USER
from sandbox.people import Person
from sandbox.shapes import Json
from sandbox.timestamps import Timestamps
from sandbox.workspace.conversations import Conversation, Message
from sandbox.workspace.message_shapes import bot_message, person_message, with_ids
from sandbox.workspace.unread import Unread

# Told of every lasting message and change: the conversation and the event as Slack's Events API words it.
Listener = Callable[[Conversation, Json], None]


class Messages:
    """Everything that happens to messages goes through here, so that pages and bot hear of it alike."""

    def __init__(self, timestamps: Timestamps, feed: Feed, unread: Unread) -> None:
        self._timestamps = timestamps
        self._feed = feed
        self._unread = unread
        self.listener: Listener | None = None

    def post_typed(self, conversation: Conversation, person: Person, text: str, thread_ts: str | None) -> Message:
        """Somebody typed something; ``text`` is already in its stored, escaped form."""
        ts = self._timestamps.next()
        return self._post(conversation, Message(ts, person_message(person, text, ts, thread_ts)), person.id)

    def post_as_bot(
        self,
        conversation: Conversation,
        bot: Person,
        text: str,
        blocks: list[Json] | None,
        *,
        metadata: Json | None = None,
        **extra: Any,
    ) -> Message:
        """The bot posts a message everybody in the conversation sees."""
        ts = self._timestamps.next()
        return self._post(conversation, Message(ts, bot_message(bot, text, ts, blocks, extra), metadata), BOT_USER)

    def post_ephemeral(
        self, conversation: Conversation, bot: Person, only_for: str, text: str, blocks: list[Json] | None, **extra: Any
    ) -> Message:
        """The bot says something only one person sees; it is in no history."""
        ts = self._timestamps.next()
        body = bot_message(bot, text, ts, blocks, extra | {"is_ephemeral": True})
        message = Message(ts, body, only_for=only_for)
        conversation.messages[ts] = message
        self._unread.arrived(conversation, message, BOT_USER)
        self._feed.tell([only_for], {"type": "ephemeral", "channel": conversation.id, "message": body})
        return message

    def change(
        self,
        conversation: Conversation,
        message: Message,
        *,
        text: str | None,
        blocks: list[Json] | None,
        metadata: Json | None = None,
    ) -> None:
        """Change a message in place; what is not given stays as it is, an empty list of blocks removes them."""
        before = dict(message.body)
        if text is not None:
            message.body["text"] = text
        if blocks:
            message.body["blocks"] = with_ids(blocks)
        elif blocks is not None:
            message.body.pop("blocks", None)
        if metadata is not None:
            message.metadata = metadata
        message.body["edited"] = {"user": BOT_USER, "ts": self._timestamps.next()}
        self.announce_change(conversation, message)
        if message.only_for is None:
            self._echo(conversation, "message_changed", message=dict(message.body), previous_message=before)

    def delete(self, conversation: Conversation, message: Message) -> None:
        """Remove a message for good."""
        del conversation.messages[message.ts]
        watching = self._watching(conversation, message)
        self._feed.tell(watching, {"type": "message_deleted", "channel": conversation.id, "ts": message.ts})
        if message.only_for is None:
            self._echo(conversation, "message_deleted", deleted_ts=message.ts, previous_message=dict(message.body))

    def announce_change(self, conversation: Conversation, message: Message) -> None:
        """Show the message as it is now on every page that shows it."""
        event = {"type": "message_changed", "channel": conversation.id, "message": message.body}
        self._feed.tell(self._watching(conversation, message), event)

    def _post(self, conversation: Conversation, message: Message, author: str) -> Message:
        conversation.messages[message.ts] = message
        self._count_reply(conversation, message)
        self._unread.arrived(conversation, message, author)
        event = {"type": "message", "channel": conversation.id, "message": message.body}
        self._feed.tell(conversation.members, event)
        if self.listener:
            self.listener(conversation, dict(message.body))
        return message

    def _count_reply(self, conversation: Conversation, message: Message) -> None:
        parent = conversation.messages.get(message.thread_ts or "")
        if parent is None or not message.is_reply:
            return
        message.body["parent_user_id"] = parent.body["user"]
        parent.body["thread_ts"] = parent.ts
        parent.body["reply_count"] = parent.body.get("reply_count", 0) + 1
        parent.body["latest_reply"] = message.ts
        parent.body["reply_users"] = sorted({*parent.body.get("reply_users", []), message.body["user"]})
        self.announce_change(conversation, parent)

    def _watching(self, conversation: Conversation, message: Message) -> list[str]:
        return [message.only_for] if message.only_for else list(conversation.members)

    def _echo(self, conversation: Conversation, subtype: str, **more: Any) -> None:
        if self.listener:
            event = {"type": "message", "subtype": subtype, "hidden": True, "ts": self._timestamps.next(), **more}
            self.listener(conversation, event)
