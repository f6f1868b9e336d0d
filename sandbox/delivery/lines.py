"""One WebSocket of the bot, and what is said on it."""

import asyncio
import contextlib
import json
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect, WebSocketState

from sandbox.delivery.envelopes import Ack, Envelope
from sandbox.shapes import Json

# What Starlette raises when the other side has left, and when we have.
GONE = (WebSocketDisconnect, RuntimeError)


@dataclass(eq=False)
class Line:
    """One open socket and the envelopes on it that wait for an answer."""

    socket: WebSocket
    waiting: dict[str, asyncio.Future[Ack]] = field(default_factory=dict)
    is_leaving: bool = False

    async def say(self, message: Json) -> None:
        """Send one message."""
        await self.socket.send_text(json.dumps(message, ensure_ascii=False))

    async def hang_up(self) -> None:
        """Close the socket if it is still open."""
        if self.socket.application_state is WebSocketState.CONNECTED:
            with contextlib.suppress(*GONE):
                await self.socket.close()


def as_message(envelope: Envelope) -> Json:
    """The envelope as Socket Mode sends it; only events say whether they are a retry."""
    message: Json = {
        "envelope_id": envelope.id,
        "type": envelope.type,
        "accepts_response_payload": envelope.accepts_response,
        "payload": envelope.payload,
    }
    if envelope.type == "events_api":
        message |= {"retry_attempt": envelope.retry_attempt, "retry_reason": envelope.retry_reason}
    return message
