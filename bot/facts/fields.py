"""Facts about asking for a contact in a field."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.facts.members import Person


class Reach(StrEnum):
    """How far Silta had to look for the candidates it found."""

    NEARBY = "nearby"
    UNIT_CONTACTS = "unit_contacts"
    NEIGHBOURING_OR_ABROAD = "neighbouring_or_abroad"


@dataclass(frozen=True)
class Card:
    """A contact person as the asker may see one before both have said yes: no phone, no e-mail (R5).

    `reasons` are the values of `bot.rules.candidates.Reason`. `away_until` is the day they are back, if they are away;
    `reached_at` is now or their next open minute, and `at_once` tells which. `confirmed_on` is when their profile was
    right the last time anybody said so, `is_fresh` whether that is less than a year ago. `called` is what a contact
    person is called where they work, by language, if the programme has words of its own.
    """

    person: Person
    codes: tuple[str, ...]
    institution: str | None
    region: str | None
    languages: tuple[str, ...]
    offer: str
    reasons: tuple[str, ...]
    away_until: date | None
    reached_at: datetime
    at_once: bool = False
    confirmed_on: date | None = None
    is_fresh: bool = True
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class FieldInferred:
    """Silta believes it knows the field and place, but read more out of the words than they said: please confirm."""

    ask_ref: str
    code: str
    region: str | None
    others: tuple[str, ...] = ()
    """Fields that may be meant instead, likelier ones first."""


@dataclass(frozen=True)
class FieldUnclear:
    """The words could mean these fields (up to three, perhaps none): which one?"""

    ask_ref: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class FieldMenu:
    """All fields to choose from."""

    ask_ref: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class CandidatesFound:
    """Up to three contact persons, best first (R9)."""

    ask_ref: str
    code: str
    region: str | None
    cards: tuple[Card, ...]
    reach: Reach


@dataclass(frozen=True)
class NobodyOpen:
    """Nobody can be asked now. `full` are contact persons of the field whose places are taken."""

    ask_ref: str
    code: str
    region: str | None
    full: tuple[Person, ...]
    coordinator: Person | None
