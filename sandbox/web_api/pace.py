"""Rate limits, off unless somebody sets them: so many calls in so many seconds, in a window or from a bucket."""

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


@dataclass
class Bucket:
    """``burst`` calls at once, and then as many as flow in: ``calls`` in ``seconds`` (real time)."""

    calls: int
    seconds: float
    burst: int
    per_channel: bool = False
    _filled: dict[str, tuple[float, float]] = field(default_factory=dict)

    def retry_after(self, channel: str) -> int | None:
        """Whole seconds until a call is welcome again; None when this one is, and then it counts."""
        key, now = channel if self.per_channel else "", time.monotonic()
        left, since = self._filled.get(key, (float(self.burst), now))
        left = min(self.burst, left + (now - since) * self.calls / self.seconds)
        self._filled[key] = (left - 1 if left >= 1 else left, now)
        return None if left >= 1 else max(1, math.ceil((1 - left) * self.seconds / self.calls))


class Pace:
    """The limits in force, per method; one method may have several."""

    def __init__(self) -> None:
        self._limits: dict[str, list[Limit | Bucket]] = {}

    def limit(self, method: str, limit: Limit | Bucket) -> None:
        """Put a limit in force."""
        self._limits.setdefault(method, []).append(limit)

    def retry_after(self, method: str, channel: str) -> int | None:
        """Seconds to wait, when this call is too many."""
        waits = [limit.retry_after(channel) for limit in self._limits.get(method, ())]
        return max((wait for wait in waits if wait is not None), default=None)
