"""Facts about the one nudge a week."""

from dataclasses import dataclass

from bot.facts.introductions import Request


@dataclass(frozen=True)
class Nudge:
    """What waits for a contact person, at most three items, each answerable by one press (R4)."""

    waiting: tuple[Request, ...]


@dataclass(frozen=True)
class RhythmChosen:
    """How often nudges may come from now on: weekly, fortnightly, monthly or when_needed (R4)."""

    rhythm: str


@dataclass(frozen=True)
class Snoozed:
    """No nudge next week."""
