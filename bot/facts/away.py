"""Facts about days away, and two things said in one sentence."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class AwayDays:
    """Days away, both ends included. `back_on` is the first open day after them; None when it cannot be told."""

    starts_on: date
    ends_on: date
    back_on: date | None


@dataclass(frozen=True)
class AwayHeard:
    """Silta has understood these days and asks whether that is right; nothing counts before a yes."""

    days: tuple[AwayDays, ...]


@dataclass(frozen=True)
class AwayUnclear:
    """Silta has understood that somebody is away, and not when."""


@dataclass(frozen=True)
class AwayPeriod:
    """Days away that count. `ref` is for ending them early."""

    ref: str
    days: AwayDays


@dataclass(frozen=True)
class AwayNoted:
    """These days count: no requests and no nudges on them."""

    periods: tuple[AwayPeriod, ...]


@dataclass(frozen=True)
class AwayForm:
    """The form with the first and the last day, filled with what Silta understood, if anything."""

    starts_on: date | None
    ends_on: date | None


@dataclass(frozen=True)
class AwayEnded:
    """These days do not count any more; messages come in this person's ordinary open time."""


@dataclass(frozen=True)
class CapacityChosen:
    """This person has places for so many contacts from now on; 0 means none for the time being (R8)."""

    places: int


@dataclass(frozen=True)
class Together:
    """Several facts as one answer, because one sentence said several things."""

    facts: tuple[object, ...]
