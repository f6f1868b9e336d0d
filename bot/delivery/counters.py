"""What this process has sent so far, in numbers: for `/metrics`, without names and without words."""

from dataclasses import dataclass
from datetime import timedelta


@dataclass
class Counters:
    """Counted since this process started."""

    attempts: int = 0
    rate_limited: int = 0
    ambiguous: int = 0
    refused: int = 0
    late_seconds: float = 0.0
    latest_seconds: float = 0.0

    def left(self, late: timedelta) -> None:
        """A message has left so much later than it was due."""
        self.attempts += 1
        self.late_seconds += max(0.0, late.total_seconds())
        self.latest_seconds = max(self.latest_seconds, late.total_seconds())
