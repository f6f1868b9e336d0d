"""The clock of the practice workspace: it flows like a real one and can be moved."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta

OnMove = Callable[[], Awaitable[None]]


class Clock:
    """Tells the time of the workspace as aware UTC, flowing on from wherever it was last set."""

    def __init__(self, start: datetime | None = None) -> None:
        self._callbacks: list[OnMove] = []
        self._travelling = asyncio.Lock()
        self._set(_aware(start or datetime.now(UTC)))

    def now(self) -> datetime:
        """The moment it is in the workspace."""
        return self._set_at + timedelta(seconds=time.monotonic() - self._set_on)

    def on_move(self, callback: OnMove) -> None:
        """Await ``callback`` at every stop of every later travel."""
        self._callbacks.append(callback)

    async def travel(self, to: datetime) -> None:
        """Move to ``to``: forward with a stop at every full hour on the way, backward in one jump.

        What is due at 08:00 therefore happens at 08:00 and not at the end of the journey. Full hours of UTC are
        full local hours in every zone of the programme. A stop that has passed while a callback ran is skipped.
        """
        to = _aware(to)
        async with self._travelling:
            if to < self.now():
                await self._stop_at(to)
                return
            while (hour := _next_full_hour(self.now())) < to:
                await self._stop_at(hour)
            await self._stop_at(max(to, self.now()))

    async def _stop_at(self, moment: datetime) -> None:
        self._set(moment)
        for callback in self._callbacks:
            await callback()

    def _set(self, moment: datetime) -> None:
        self._set_at = moment
        self._set_on = time.monotonic()


def _next_full_hour(moment: datetime) -> datetime:
    return moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"The clock needs a moment with a time zone, not {moment.isoformat()}.")
    return moment.astimezone(UTC)
