"""Facts about people."""

from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

NOBODY: Final = 0
"""The number of somebody who is not stored."""


@dataclass(frozen=True)
class Person:
    """Somebody as a message names them. `external_id` is the chat platform's id, for a mention."""

    ref: str
    name: str
    external_id: str | None


@dataclass(frozen=True)
class Me:
    """The person who is talking to Silta now."""

    id: int
    person: Person
    workspace: str
    language: str
    zone: ZoneInfo
    is_contact: bool
    is_coordinator: bool
    availability: str

    @property
    def is_stranger(self) -> bool:
        """True for somebody of whom nothing is stored, because they have only looked in so far."""
        return self.id == NOBODY


@dataclass(frozen=True)
class Welcome:
    """Somebody said hello, looked in for the first time or asked for help: the menu.

    `unknown_word` is what was not understood, if anything. `has_profile`: what they are here is
    known.
    """

    is_contact: bool
    availability: str
    unknown_word: str | None = None
    has_profile: bool = False


@dataclass(frozen=True)
class NotUnderstood:
    """The words had no meaning that Silta knows (D6: nothing is invented).

    They stand only in the button that tells the coordinator; without them there is no such button.
    """

    words: str = ""


@dataclass(frozen=True)
class YouAreWelcome:
    """Somebody said thank you."""


@dataclass(frozen=True)
class AllRight:
    """Somebody said yes, no or "I see", and nothing was asked."""


@dataclass(frozen=True)
class BecomingContact:
    """Somebody would like to be a contact person, or asks how one becomes one."""


@dataclass(frozen=True)
class OwnSettings:
    """Somebody wants their language, field or profile to be another; `language` is what Silta speaks with them."""

    language: str


@dataclass(frozen=True)
class AnsweredPrivately:
    """The answer to a mention in a channel went into the direct messages, so that it stays with the person."""


@dataclass(frozen=True)
class KeptApart:
    """Silta does not bring this person together with `other` any more. The other one never learns of it."""

    other: Person


@dataclass(frozen=True)
class NotKeptApart:
    """That wish was taken back."""

    other: Person


@dataclass(frozen=True)
class StillRight:
    """The yearly question to a contact person: is this still what you offer?"""

    codes: tuple[str, ...]
    institution: str | None
    region: str | None
    places: int
    offer: str


@dataclass(frozen=True)
class ProfileConfirmed:
    """The contact person says that their profile is right."""


@dataclass(frozen=True)
class Paused:
    """No requests and no nudges until this person comes back."""


@dataclass(frozen=True)
class Resumed:
    """This person is open for contacts again."""


@dataclass(frozen=True)
class Rested:
    """Two requests in a row went on without an answer, so this person rests until they say so (R7)."""


@dataclass(frozen=True)
class Sorry:
    """Something went wrong on the way to this person. `reference` finds it in the log."""

    reference: str
    coordinator: Person | None
