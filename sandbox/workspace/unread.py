"""Unread marks: how many messages a person has not seen yet, in each conversation and in total."""

from collections import Counter

from sandbox.feed import Feed
from sandbox.workspace.conversations import Conversation


class Unread:
    """Counts what people have not read and shows it to every open page."""

    def __init__(self, feed: Feed) -> None:
        self._feed = feed
        self._total: Counter[str] = Counter()

    def total(self, person: str) -> int:
        """Everything this person has not read."""
        return self._total[person]

    def arrived(self, conversation: Conversation, author: str, ts: str, only_for: str | None = None) -> None:
        """A message is new for everybody who sees it, except its author."""
        for member in [only_for] if only_for else conversation.members:
            if member == author:
                self.read(conversation, member, ts)
            else:
                self._change(conversation, member, +1)

    def read(self, conversation: Conversation, person: str, ts: str) -> None:
        """The person has seen everything up to ``ts``."""
        conversation.last_read[person] = ts
        self._change(conversation, person, -conversation.unread.get(person, 0))

    def _change(self, conversation: Conversation, person: str, by: int) -> None:
        if by == 0:
            return
        conversation.unread[person] = conversation.unread.get(person, 0) + by
        self._total[person] += by
        if self._feed.is_watched:
            self._feed.tell_everyone(
                {
                    "type": "unread",
                    "user": person,
                    "channel": conversation.id,
                    "unread": conversation.unread[person],
                    "total": self._total[person],
                }
            )
