"""What people are told about their own data, and about what ends when somebody leaves."""

from dataclasses import dataclass
from datetime import date

from bot.facts.fields import CandidatesFound, NobodyOpen


@dataclass(frozen=True)
class DataLink:
    """A copy of somebody's data waits at this address, which works once and for a day."""

    url: str


@dataclass(frozen=True)
class DataPart:
    """A piece of a copy in the direct messages; `form` is "JSON" or "CSV". The pieces count from 1."""

    form: str
    number: int
    of: int
    words: tuple[str, ...]


@dataclass(frozen=True)
class NothingStored:
    """Nothing about this person is stored."""


@dataclass(frozen=True)
class Consequences:
    """What ends if this person is forgotten; `me_ref` is what the last button must bring back."""

    me_ref: str
    contacts: int
    requests: int
    waiting_for_me: int
    circles: int
    meetups: int
    events: int


@dataclass(frozen=True)
class Forgotten:
    """Everything about this person is deleted."""


@dataclass(frozen=True)
class ContactEnded:
    """For the other side of a contact: it has ended; nobody is told why, and nobody's name is kept for it."""

    code: str
    since_on: date


@dataclass(frozen=True)
class CardEnded:
    """In place of a message that showed somebody who has left."""


@dataclass(frozen=True)
class RequestEnded:
    """For somebody who asked or waited: that person is not available, and who else fits (R7)."""

    code: str
    next: CandidatesFound | NobodyOpen
