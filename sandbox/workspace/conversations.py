"""Conversations: direct messages, group messages and channels."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from sandbox.ids import BOT_USER, fresh, stable
from sandbox.shapes import Json

Kind = Literal["im", "mpim", "channel"]


@dataclass
class Message:
    """One message: ``body`` is what Slack shows of it; ``metadata`` only comes out when it is asked for."""

    ts: str
    body: Json
    metadata: Json | None = None
    # Who alone sees it, when it is ephemeral.
    only_for: str | None = None
    # What each person has chosen in the message's menus: block_id -> action_id -> Slack's state value.
    chosen: dict[str, Json] = field(default_factory=dict)

    @property
    def thread_ts(self) -> str | None:
        """The first message of the thread this one belongs to."""
        return self.body.get("thread_ts")

    @property
    def is_reply(self) -> bool:
        """True for an answer inside a thread, which is not part of the main conversation."""
        return self.thread_ts is not None and self.thread_ts != self.ts


@dataclass
class Conversation:
    """A place where messages are; ``members`` keeps the order in which people came in."""

    id: str
    kind: Kind
    name: str
    members: dict[str, None]
    created: int
    creator: str = BOT_USER
    is_private: bool = False
    is_archived: bool = False
    messages: dict[str, Message] = field(default_factory=dict)
    last_read: dict[str, str] = field(default_factory=dict)
    unread: dict[str, int] = field(default_factory=dict)

    def has(self, person: str) -> bool:
        """True when the person is in this conversation."""
        return person in self.members

    def partner_of(self, person: str) -> str:
        """The other one in a direct conversation."""
        return next((member for member in self.members if member != person), person)

    def visible_to(self, person: str | None) -> list[Message]:
        """The messages as this person sees them; nobody in particular sees no ephemeral ones."""
        return [one for one in self.messages.values() if one.only_for in (None, person)]

    def lasting(self) -> list[Message]:
        """The messages everybody sees."""
        return [one for one in self.messages.values() if one.only_for is None]


class Conversations:
    """All conversations, findable by id and by who is in them."""

    def __init__(self) -> None:
        self._by_id: dict[str, Conversation] = {}
        self._of: dict[str, dict[str, Conversation]] = {}

    def find(self, conversation_id: str) -> Conversation | None:
        """The conversation with this id."""
        return self._by_id.get(conversation_id)

    def all(self) -> list[Conversation]:
        """Every conversation, oldest first."""
        return list(self._by_id.values())

    def of(self, person: str) -> list[Conversation]:
        """The conversations this person is in."""
        return list(self._of.get(person, {}).values())

    def open_between(self, people: Iterable[str], handles: dict[str, str], now: int) -> tuple[Conversation, bool]:
        """The one conversation of exactly these people, and whether it was there already."""
        members = sorted(set(people))
        kind: Kind = "im" if len(members) <= 2 else "mpim"
        conversation_id = stable("D" if kind == "im" else "C", *members)
        found = self._by_id.get(conversation_id)
        if found:
            return found, True
        name = "mpdm-" + "--".join(handles[member] for member in members) + "-1" if kind == "mpim" else ""
        made = Conversation(conversation_id, kind, name, dict.fromkeys(members), now, is_private=True)
        return self._keep(made), False

    def create_channel(self, name: str, members: Iterable[str], now: int, *, is_private: bool = False) -> Conversation:
        """A new channel; the name is taken as it is."""
        made = Conversation(fresh("C"), "channel", name, dict.fromkeys(members), now, is_private=is_private)
        return self._keep(made)

    def channel_named(self, name: str) -> Conversation | None:
        """The channel with this name, with or without ``#``."""
        wanted = name.removeprefix("#")
        return next((one for one in self._by_id.values() if one.kind == "channel" and one.name == wanted), None)

    def add_member(self, conversation: Conversation, person: str) -> None:
        """Let somebody in."""
        conversation.members[person] = None
        self._of.setdefault(person, {})[conversation.id] = conversation

    def remove_member(self, conversation: Conversation, person: str) -> None:
        """Somebody leaves."""
        conversation.members.pop(person, None)
        self._of.get(person, {}).pop(conversation.id, None)

    def _keep(self, made: Conversation) -> Conversation:
        self._by_id[made.id] = made
        for member in made.members:
            self._of.setdefault(member, {})[made.id] = made
        return made
