"""Reporting a problem with a contact: to the coordinators, never to the reported one."""

from dataclasses import dataclass
from typing import Final

from bot.facts.members import Person

NOT_COMFORTABLE: Final = "not_comfortable"
NO_ANSWER: Final = "no_answer"
WRONG_PERSON: Final = "wrong_person"
SOMETHING_ELSE: Final = "something_else"
CATEGORIES: Final = (NOT_COMFORTABLE, NO_ANSWER, WRONG_PERSON, SOMETHING_ELSE)
SERIOUS: Final = frozenset({NOT_COMFORTABLE})
"""Goes out at once, also in closed time."""


@dataclass(frozen=True)
class ReportForm:
    """What is to be filled in; `receivers` are those who will read it."""

    ref: str
    other: Person
    receivers: tuple[Person, ...]


@dataclass(frozen=True)
class Reported:
    """Thank you: who reads it, and what they read. `ref` is the contact, which can be ended now."""

    ref: str
    other: Person
    receivers: tuple[Person, ...]
    with_words: bool
    at_once: bool
    can_part: bool


@dataclass(frozen=True)
class NobodyToTell:
    """There is no coordinator who could read a report, or only the one it would be about."""


@dataclass(frozen=True)
class Report:
    """For a coordinator: who reports what about the contact with whom, in their own words if they wished so."""

    reporter: Person
    reported: Person
    category: str
    words: str | None


@dataclass(frozen=True)
class PartedWays:
    """The contact has ended and the two are kept apart; the other one is told only that it has ended."""

    other: Person
