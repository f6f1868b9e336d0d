"""Facts about the one nudge a week."""

from dataclasses import dataclass
from datetime import date

from bot.facts.introductions import Request
from bot.facts.promises import Promise
from bot.facts.prompts import Prompt


@dataclass(frozen=True)
class Nudge:
    """At most three items in their order, each answerable by one press (R4).

    `rhythm` is how often nudges come; `slowed_down` when this nudge says that they come less often from now on.
    """

    nudge_ref: str
    waiting: tuple[Request, ...]
    promises: tuple[Promise, ...]
    prompt: Prompt | None
    rhythm: str
    slowed_down: bool = False


@dataclass(frozen=True)
class RhythmChosen:
    """How often nudges may come from now on: weekly, fortnightly, monthly or when_needed (R4)."""

    rhythm: str


@dataclass(frozen=True)
class Snoozed:
    """The next nudge is skipped; none comes before that day."""

    next_on: date


@dataclass(frozen=True)
class ReminderAndNudge:
    """A reminder, whatever it is about, and the nudge of the same slot below it: one message (R20)."""

    reminder: object
    nudge: Nudge


@dataclass(frozen=True)
class Settled:
    """In place of a card about a request: how it ended, and what is still open of the nudge it was a part of."""

    outcome: object
    rest: Nudge | None = None
