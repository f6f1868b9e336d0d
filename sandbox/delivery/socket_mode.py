"""Socket Mode: WebSockets the bot opens to us; each payload goes to one of them."""

import asyncio
import contextlib
import json
import random
import time
from collections.abc import Callable

from starlette.websockets import WebSocket

from sandbox.delivery.envelopes import Ack, Envelope, as_payload
from sandbox.delivery.lines import GONE, Line, as_message
from sandbox.ids import APP
from sandbox.shapes import Json

# Slack: at most ten sockets per app; an old one is closed some seconds after it was told to reconnect.
MOST_SOCKETS = 10
FAREWELL_SECONDS = 10.0
_HOST = "sandbox-applink"


class SocketMode:
    """All sockets of the app."""

    timeout_reason = "timeout"

    def __init__(self, tickets: set[str]) -> None:
        self._tickets = tickets
        self._lines: list[Line] = []
        self._someone = asyncio.Event()
        self._farewells: set[asyncio.Task[None]] = set()
        self.on_change: Callable[[], None] = _nothing

    @property
    def count(self) -> int:
        """How many sockets are open."""
        return len(self._lines)

    @property
    def is_connected(self) -> bool:
        """True when a payload could be delivered now."""
        return bool(self._lines)

    async def wait_until_connected(self) -> None:
        """Return once a socket is open that has not been told to leave."""
        await self._someone.wait()

    async def serve(self, socket: WebSocket) -> None:
        """One socket, from hello to goodbye; an unknown ticket is turned away, an eleventh socket sent off."""
        if socket.query_params.get("ticket") not in self._tickets:
            await socket.close(1008, "unknown ticket")
            return
        await socket.accept()
        line = Line(socket)
        if len(self._lines) >= MOST_SOCKETS:
            await line.say(_goodbye("too_many_websockets"))
            await line.hang_up()
            return
        self._lines.append(line)
        try:
            with contextlib.suppress(*GONE):
                await line.say(self._hello())
                self._notice_change()
                await self._listen(line)
        finally:
            self._drop(line)

    async def deliver(self, envelope: Envelope, within: float) -> Ack:
        """Send the envelope to one socket, chosen at random, and wait for its acknowledgement."""
        line = self._choose()
        if line is None:
            return Ack(acked=False, reason="not_connected")
        started = time.perf_counter()
        answer: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        line.waiting[envelope.id] = answer
        try:
            await line.say(as_message(envelope))
            ack = await asyncio.wait_for(answer, within)
        except TimeoutError:
            return Ack(acked=False, reason=self.timeout_reason)
        except GONE:
            return Ack(acked=False, reason="connection_failed")
        finally:
            line.waiting.pop(envelope.id, None)
        ms = round((time.perf_counter() - started) * 1000, 3)
        return Ack(ack.acked, ms if ack.acked else None, ack.payload, ack.reason)

    async def refresh(self) -> int:
        """Tell every socket to reconnect; returns how many were told."""
        staying = [line for line in self._lines if not line.is_leaving]
        for line in staying:
            line.is_leaving = True
        self._notice_change()
        for line in staying:
            with contextlib.suppress(*GONE):
                await line.say(_goodbye("refresh_requested"))
            farewell = asyncio.create_task(_close_later(line))
            self._farewells.add(farewell)
            farewell.add_done_callback(self._farewells.discard)
        return len(staying)

    async def close(self) -> None:
        """Close every socket."""
        for farewell in list(self._farewells):
            farewell.cancel()
        for line in list(self._lines):
            await line.hang_up()

    async def _listen(self, line: Line) -> None:
        while True:
            try:
                message = json.loads(await line.socket.receive_text())
            except GONE:
                return
            except ValueError:
                continue
            if not isinstance(message, dict):
                continue
            answer = line.waiting.get(message.get("envelope_id", ""))
            if answer and not answer.done():
                answer.set_result(Ack(acked=True, payload=as_payload(message.get("payload"))))

    def _choose(self) -> Line | None:
        staying = [line for line in self._lines if not line.is_leaving]
        # Between "please reconnect" and the new socket the old one still takes what comes, as with Slack.
        return random.choice(staying or self._lines) if self._lines else None  # noqa: S311 - nothing secret is drawn

    def _hello(self) -> Json:
        debug = {"host": _HOST, "started": time.ctime(), "build_number": 1, "approximate_connection_time": 18_060}
        count = len(self._lines)
        return {"type": "hello", "num_connections": count, "debug_info": debug, "connection_info": {"app_id": APP}}

    def _drop(self, line: Line) -> None:
        self._lines.remove(line)
        for answer in line.waiting.values():
            if not answer.done():
                answer.set_result(Ack(acked=False, reason="connection_failed"))
        self._notice_change()

    def _notice_change(self) -> None:
        if any(not line.is_leaving for line in self._lines):
            self._someone.set()
        else:
            self._someone.clear()
        self.on_change()


def _nothing() -> None:
    """What happens on a change until somebody wants to know."""


def _goodbye(reason: str) -> Json:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": _HOST}}


async def _close_later(line: Line) -> None:
    await asyncio.sleep(FAREWELL_SECONDS)
    await line.hang_up()
