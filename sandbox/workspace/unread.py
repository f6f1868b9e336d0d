"""Unread marks: what a person has not seen yet in each conversation, and how much of it is meant for them."""

from collections import Counter, defaultdict

from sandbox.feed import Feed
from sandbox.workspace.conversations import Conversation, Message

_CALLS_EVERYBODY = ("<!channel>", "<!here>", "<!everyone>")


class Unread:
    """Counts what people have not read and shows it to every open page."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        # Person -> conversation id -> unread messages that are meant for this person.
        self._calls: defaultdict[str, Counter[str]] = defaultdict(Counter)

    def total(self, person: str) -> int:
        """What waits for this person: direct and group messages and mentions, as on Slack's own badge."""
        return self._calls[person].total()

    def arrived(self, conversation: Conversation, message: Message, author: str) -> None:
        """A message is new for everybody who sees it, except its author."""
        for member in [message.only_for] if message.only_for else conversation.members:
            if member == author:
                self.read(conversation, member, message.ts)
                continue
            conversation.unread[member] = conversation.unread.get(member, 0) + 1
            if _is_meant_for(member, conversation, message):
                self._calls[member][conversation.id] += 1
            self._show(conversation, member)

    def read(self, conversation: Conversation, person: str, ts: str) -> None:
        """The person has seen everything up to ``ts``."""
        conversation.last_read[person] = ts
        if conversation.unread.pop(person, 0):
            self._calls[person].pop(conversation.id, None)
            self._show(conversation, person)

    def _show(self, conversation: Conversation, person: str) -> None:
        if self._feed.is_watched:
            self._feed.tell_everyone(
                {
                    "type": "unread",
                    "user": person,
                    "channel": conversation.id,
                    "unread": conversation.unread.get(person, 0),
                    "total": self.total(person),
                }
            )


def _is_meant_for(person: str, conversation: Conversation, message: Message) -> bool:
    """In a channel only what names the person, or everybody, is meant for them; elsewhere everything is."""
    if conversation.kind != "channel" or message.only_for:
        return True
    words = f"{message.body.get('text')} {message.body.get('blocks')}"
    return any(call in words for call in (f"<@{person}>", *_CALLS_EVERYBODY))
