"""What open pages are told as it happens: one stream of events per person and window."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable

from sandbox.shapes import Json

# A window that has fallen this far behind is closed; the browser reconnects and reads the state afresh.
_BEHIND_AT_MOST = 2_000
_KEEP_ALIVE_SECONDS = 15.0


class Feed:
    """Hands every event to the windows of the people it concerns."""

    def __init__(self) -> None:
        self._windows: dict[str, set[asyncio.Queue[str | None]]] = {}

    @property
    def is_watched(self) -> bool:
        """True when any page is open, so that nobody builds events for nobody."""
        return bool(self._windows)

    def tell(self, people: Iterable[str], event: Json) -> None:
        """Send ``event`` to these people's windows."""
        watching = [person for person in people if person in self._windows]
        if watching:
            written = json.dumps(event, ensure_ascii=False)
            for person in watching:
                self._put(person, written)

    def tell_everyone(self, event: Json) -> None:
        """Send ``event`` to every window."""
        self.tell(list(self._windows), event)

    async def watch(self, person: str) -> AsyncIterator[str]:
        """One window's server-sent events, until it is closed."""
        queue: asyncio.Queue[str | None] = asyncio.Queue(_BEHIND_AT_MOST)
        self._windows.setdefault(person, set()).add(queue)
        try:
            yield "retry: 1000\n\n"
            while True:
                try:
                    written = await asyncio.wait_for(queue.get(), _KEEP_ALIVE_SECONDS)
                except TimeoutError:
                    yield ": still here\n\n"
                    continue
                if written is None:
                    return
                yield f"data: {written}\n\n"
        finally:
            self._leave(person, queue)

    def close(self) -> None:
        """End every stream."""
        for windows in list(self._windows.values()):
            for queue in list(windows):
                _end(queue)

    def _put(self, person: str, written: str) -> None:
        for queue in list(self._windows[person]):
            if queue.full():
                self._leave(person, queue)
                _end(queue)
            else:
                queue.put_nowait(written)

    def _leave(self, person: str, queue: asyncio.Queue[str | None]) -> None:
        windows = self._windows.get(person, set())
        windows.discard(queue)
        if not windows:
            self._windows.pop(person, None)


def _end(queue: asyncio.Queue[str | None]) -> None:
    if queue.full():
        queue.get_nowait()
    queue.put_nowait(None)
