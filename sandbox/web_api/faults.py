"""Faults to order: what can go wrong between a bot and Slack, made to happen on purpose."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal["rate_limited", "drop_before", "drop_after", "error", "slow"]
KINDS: tuple[str, ...] = get_args(Kind)


@dataclass
class Fault:
    """What goes wrong, with which method (``*`` for any), how many more times.

    ``retry_after`` and ``seconds`` are real seconds; ``error`` is Slack's error name.
    """

    method: str
    kind: Kind
    times: int = 1
    retry_after: int = 1
    error: str = "internal_error"
    seconds: float = 5.0


class Faults:
    """The faults waiting to happen, oldest first."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def add(self, fault: Fault) -> None:
        """Let this go wrong from the next call on."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Let everything go right again."""
        self._waiting.clear()

    def next_for(self, method: str) -> Fault | None:
        """The fault this call meets, used up by one."""
        for fault in self._waiting:
            if fault.method in (method, "*"):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None
