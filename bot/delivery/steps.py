"""The places at which a process may die: named, so that tests can let it die at each of them."""

from collections.abc import Callable
from enum import StrEnum


class Step(StrEnum):
    """How far a delivery has come. Between two steps lies exactly one commit or one request to Slack."""

    CLAIMING = "claiming"
    """Rows are leased and their places in the pace are taken, not committed."""
    CLAIMED = "claimed"
    """The lease is committed."""
    STARTING = "starting"
    """The attempt is written down, not committed."""
    STARTED = "started"
    """The attempt is committed; the request has not left."""
    POSTED = "posted"
    """Slack has answered; nothing of it is written down."""
    ENDING = "ending"
    """The end is written down, not committed."""
    ENDED = "ended"
    """The end is committed."""
    TAKEN_OVER = "taken over"
    """Somebody's lost answer is ours to look for; nothing was asked yet."""
    LOOKED = "looked"
    """Slack has said what it has; nothing of it is written down."""
    LOOK_NOTED = "look noted"
    """What came of a look is committed."""


Passing = Callable[[Step], None]


def walk_on(step: Step) -> None:
    """What happens at each of these places: nothing."""
