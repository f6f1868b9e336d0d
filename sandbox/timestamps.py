"""Message timestamps, which in Slack are also the identity of a message."""

from sandbox.clock import Clock


class Timestamps:
    """Issues ``ts`` values like ``1796040000.000100``: unique and strictly increasing, even if the clock goes back."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> str:
        """The next timestamp; one microsecond after the last one when the clock stands behind it."""
        now = int(self._clock.now().timestamp() * 1_000_000)
        self._last = max(now, self._last + 1)
        return f"{self._last // 1_000_000}.{self._last % 1_000_000:06d}"
