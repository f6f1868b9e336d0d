"""Trigger ids: the short-lived, single-use right to open a modal for somebody who has just acted."""

import secrets
import time
from dataclasses import dataclass

from sandbox.errors import SlackError

# Slack: a trigger_id expires three (real) seconds after the person acted.
VALID_SECONDS = 3.0


@dataclass
class Trigger:
    """Who acted, when (monotonic seconds), and in which modal, if they were in one."""

    user: str
    issued: float
    view_id: str | None
    used: bool = False


class Triggers:
    """Issues trigger ids and redeems each of them once."""

    def __init__(self) -> None:
        self._issued: dict[str, Trigger] = {}

    def issue(self, user: str, view_id: str | None = None) -> str:
        """A new trigger id for something ``user`` has just done."""
        trigger_id = f"{secrets.randbelow(10**13)}.{secrets.randbelow(10**11)}.{secrets.token_hex(16)}"
        self._issued[trigger_id] = Trigger(user, time.monotonic(), view_id)
        return trigger_id

    def redeem(self, trigger_id: str) -> Trigger:
        """Use a trigger id up.

        Raises:
            SlackError: invalid_trigger_id, exchanged_trigger_id (used before), expired_trigger_id.
        """
        trigger = self._issued.get(trigger_id)
        if trigger is None:
            raise SlackError("invalid_trigger_id")
        if trigger.used:
            raise SlackError("exchanged_trigger_id")
        if time.monotonic() - trigger.issued > VALID_SECONDS:
            raise SlackError("expired_trigger_id")
        trigger.used = True
        return trigger
