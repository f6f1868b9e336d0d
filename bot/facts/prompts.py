"""Facts about light prompts and the task offers that come of them."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Prompt:
    """One light question about a task; `needs_resources` when somebody has to cover the time.

    `note` and `who_decides` are what the programme says of the task where this person works; both may be empty.
    """

    prompt_ref: str
    prompt: str
    needs_resources: bool
    note: str = ""
    who_decides: str = ""


@dataclass(frozen=True)
class TaskOffered:
    """This person could offer the task; nothing starts without asking them."""

    prompt_ref: str
    task: str


@dataclass(frozen=True)
class TaskDeclined:
    """The task is not for this person, who is not asked about it again."""

    prompt_ref: str
    task: str


@dataclass(frozen=True)
class AskedAnotherTime:
    """Not now: nothing was noted."""


@dataclass(frozen=True)
class OfferTakenBack:
    """The task is not offered any more."""

    task: str
