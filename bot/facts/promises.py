"""Facts about what people noted that they have promised."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Promise:
    """One open promise, in its owner's own words, which nobody else ever sees (S9)."""

    promise_ref: str
    words: str
    due_on: date | None


@dataclass(frozen=True)
class PromiseForm:
    """The short form in which a promise is noted."""


@dataclass(frozen=True)
class PromiseNoted:
    """The promise is kept, and comes up in nudges from that day on; None when this person gets no such nudges."""

    promise: Promise
    comes_up_on: date | None


@dataclass(frozen=True)
class PromiseDone:
    """The promise was kept, and is forgotten here."""


@dataclass(frozen=True)
class PromiseDropped:
    """The promise is not needed any more, and is forgotten here."""


@dataclass(frozen=True)
class TooManyPromises:
    """So many promises are open that another would only be a burden."""

    open_promises: tuple[Promise, ...]
