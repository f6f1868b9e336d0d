"""Rate limits, off unless somebody sets them: at most so many calls in so many seconds."""

import math
import time
from collections import deque
from dataclasses import dataclass, field


@dataclass
class Limit:
    """At most ``calls`` in any ``seconds`` (real time), for the workspace or for each channel."""

    calls: int
    seconds: float = 60.0
    per_channel: bool = False
    _made: dict[str, deque[float]] = field(default_factory=dict)

    def retry_after(self, channel: str) -> int | None:
        """Whole seconds until a call is welcome again; None when this one is, and then it counts."""
        made = self._made.setdefault(channel if self.per_channel else "", deque())
        now = time.monotonic()
        while made and made[0] <= now - self.seconds:
            made.popleft()
        if len(made) < self.calls:
            made.append(now)
            return None
        return max(1, math.ceil(made[0] + self.seconds - now))


class Pace:
    """The limits in force, per method; one method may have several."""

    def __init__(self) -> None:
        self._limits: dict[str, list[Limit]] = {}

    def limit(self, method: str, limit: Limit) -> None:
        """Put a limit in force."""
        self._limits.setdefault(method, []).append(limit)

    def retry_after(self, method: str, channel: str) -> int | None:
        """Seconds to wait, when this call is too many."""
        waits = [limit.retry_after(channel) for limit in self._limits.get(method, ())]
        return max((wait for wait in waits if wait is not None), default=None)
