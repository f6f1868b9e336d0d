"""The line to the bot: events with retries, interactions with one chance."""

import asyncio
from collections.abc import Coroutine, Sequence
from typing import Any

from sandbox.clock import Clock
from sandbox.delivery.envelopes import Ack, Envelope, EnvelopeType, Transport
from sandbox.delivery.http_delivery import HttpDelivery
from sandbox.delivery.records import Deliveries, Delivery
from sandbox.delivery.socket_mode import SocketMode
from sandbox.shapes import Json

# Slack: acknowledge within three seconds; an event is tried again at once, after a minute and after five minutes.
ACK_SECONDS = 3.0
RETRY_AFTER_SECONDS = (0.0, 60.0, 300.0)
# Events that wait for a bot to connect; what comes on top is dropped and recorded as such.
MOST_WAITING = 1_000


class BotLine:
    """Delivers to the bot by whatever way is connected; all waiting is in real seconds."""

    def __init__(self, clock: Clock, sockets: SocketMode, retry_after: Sequence[float] = RETRY_AFTER_SECONDS) -> None:
        self._clock = clock
        self._sockets = sockets
        self._http: HttpDelivery | None = None
        self._retry_after = tuple(retry_after)
        self._tasks: set[asyncio.Task[None]] = set()
        self._waiting = 0
        self.ack_seconds = ACK_SECONDS
        self.deliveries = Deliveries()

    @property
    def transport(self) -> Transport:
        """The way in use: HTTP once a Request URL is set, sockets otherwise."""
        return self._http or self._sockets

    def use_http(self, http: HttpDelivery | None) -> None:
        """Deliver by HTTP from now on, or by sockets again."""
        if self._http:
            self._start(self._http.close())
        self._http = http

    async def ask(self, kind: EnvelopeType, payload: Json, *, accepts_response: bool) -> Ack:
        """Deliver an interaction or a command once and wait for the answer; there is no second attempt."""
        envelope = Envelope(kind, payload, accepts_response)
        return await self._attempt(envelope, self.deliveries.begin(envelope, self._now()))

    def send_event(self, payload: Json) -> asyncio.Future[Ack]:
        """Deliver an event in the background, with retries; the future holds how the first attempt went."""
        envelope = Envelope("events_api", payload)
        delivery = self.deliveries.begin(envelope, self._now())
        first: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        if self._waiting >= MOST_WAITING:
            delivery.is_dropped = True
            first.set_result(Ack(acked=False, reason="not_connected"))
        else:
            self._start(self._carry(envelope, delivery, first))
        return first

    async def redeliver(self, delivery: Delivery) -> Ack:
        """Deliver an event once more, as a retry."""
        attempt = max((one.retry_attempt for one in delivery.attempts), default=0) + 1
        reason = self.transport.timeout_reason
        return await self._attempt(Envelope("events_api", delivery.payload, False, attempt, reason), delivery)

    async def close(self) -> None:
        """Give up what is still under way."""
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        if self._http:
            await self._http.close()

    async def _carry(self, envelope: Envelope, delivery: Delivery, first: asyncio.Future[Ack]) -> None:
        ack = Ack(acked=False, reason="not_connected")
        if not self.transport.is_connected:
            first.set_result(ack)
        try:
            ack = await self._attempt_when_connected(envelope, delivery)
        finally:
            # Whoever waits for the first attempt hears of it even when the sandbox closes meanwhile.
            if not first.done():
                first.set_result(ack)
        for attempt, pause in enumerate(self._retry_after, start=1):
            if ack.acked or ack.is_final:
                return
            await asyncio.sleep(pause)
            reason = ack.reason or self.transport.timeout_reason
            again = Envelope("events_api", envelope.payload, False, attempt, reason)
            ack = await self._attempt_when_connected(again, delivery)

    async def _attempt_when_connected(self, envelope: Envelope, delivery: Delivery) -> Ack:
        self._waiting += 1
        try:
            await self.transport.wait_until_connected()
        finally:
            self._waiting -= 1
        return await self._attempt(envelope, delivery)

    async def _attempt(self, envelope: Envelope, delivery: Delivery) -> Ack:
        ack = await self.transport.deliver(envelope, self.ack_seconds)
        delivery.note(envelope, ack)
        return ack

    def _start(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def _now(self) -> str:
        return self._clock.now().isoformat()
