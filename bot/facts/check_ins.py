"""Facts about how a contact goes."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.facts.members import Person

ASKER_BENEFITS: Final = (
    "know_institution",
    "way_into_work",
    "got_answers",
    "someone_to_think_with",
    "nothing_yet",
)
"""What an asker may have got out of a contact (W1, W2, S11); "nothing yet" is a good answer."""

CONTACT_BENEFITS: Final = (
    "teaching",
    "counselling",
    "operations",
    "pedagogy_news",
    "say_in_content",
    "future_colleague",
    "nothing_yet",
)
"""What a contact person may have got out of it (W2-W6, S45)."""


@dataclass(frozen=True)
class CheckIn:
    """The question whether the two were in touch (R12)."""

    check_in_ref: str
    other: Person
    code: str


@dataclass(frozen=True)
class KeepOrClose:
    """After many quiet weeks: keep the contact, or thank and close?"""

    check_in_ref: str
    other: Person
    code: str
    quiet_weeks: int


@dataclass(frozen=True)
class InTouch:
    """They were in touch: did this person get something out of it (S1)?"""

    check_in_ref: str
    other: Person
    benefits: tuple[str, ...]
    next_on: date | None


@dataclass(frozen=True)
class NotYet:
    """They were not in touch yet, which is fine."""

    check_in_ref: str
    other: Person
    next_on: date | None


@dataclass(frozen=True)
class BenefitNoted:
    """What this person got out of the contact so far; the last answer wins (R17)."""

    check_in_ref: str
    other: Person
    benefit: str
    benefits: tuple[str, ...]
    next_on: date | None


@dataclass(frozen=True)
class Kept:
    """The contact stays open."""

    other: Person
    next_on: date | None
