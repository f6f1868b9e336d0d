"""Facts about guests of events without an account, and about the calendar address of a member."""

from dataclasses import dataclass

from bot.facts.events import Event, EventEntry
from bot.facts.meetups import Invitation


@dataclass(frozen=True)
class Guest:
    """Somebody invited by a link; `state` is yes, waiting, maybe, no, or None before they answer."""

    ref: str
    name: str
    state: str | None


@dataclass(frozen=True)
class GuestsShown:
    """Everybody who was invited to an event by a link."""

    event: Event
    guests: tuple[Guest, ...]


@dataclass(frozen=True)
class GuestInvited:
    """The link for one guest; it is told this once."""

    guest_ref: str
    event: Event
    name: str
    address: str


@dataclass(frozen=True)
class GuestPage:
    """An event as one guest sees it. `is_closed` once a yes can only be taken back."""

    name: str
    event: Event
    answer: str | None
    waits_as: int | None
    is_over: bool
    may_answer: bool
    is_closed: bool


@dataclass(frozen=True)
class FeedOpened:
    """The address at which a calendar finds what its member goes to; it is told this once."""

    address: str


@dataclass(frozen=True)
class FeedThere:
    """There is an address already, told earlier."""


@dataclass(frozen=True)
class FeedStopped:
    """The address shows nothing any more."""


@dataclass(frozen=True)
class Feed:
    """What a member goes to, in their language."""

    meetups: tuple[Invitation, ...]
    events: tuple[EventEntry, ...]
