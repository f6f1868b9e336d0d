"""The record of everything handed to the bot, for tests and for the curious."""

from collections import deque
from dataclasses import asdict, dataclass, field

from sandbox.delivery.envelopes import Ack, Envelope
from sandbox.shapes import Json

_KEPT = 20_000


@dataclass
class Attempt:
    """One envelope and how it went; ``ack_ms`` is real milliseconds."""

    envelope_id: str
    retry_attempt: int
    retry_reason: str
    acked: bool
    ack_ms: float | None
    failure: str


@dataclass
class Delivery:
    """One payload with all its attempts; ``at`` is sandbox time, ISO."""

    n: int
    type: str
    kind: str
    event_id: str | None
    at: str
    payload: Json
    is_dropped: bool = False
    attempts: list[Attempt] = field(default_factory=list)

    @property
    def acked(self) -> bool:
        """True when some attempt was acknowledged in time."""
        return any(attempt.acked for attempt in self.attempts)

    def note(self, envelope: Envelope, ack: Ack) -> None:
        """Write an attempt down."""
        self.attempts.append(
            Attempt(envelope.id, envelope.retry_attempt, envelope.retry_reason, ack.acked, ack.ms, ack.reason)
        )

    def as_json(self) -> Json:
        """The record as the control interface shows it; ``ack_ms`` is that of the attempt that succeeded."""
        ack_ms = next((attempt.ack_ms for attempt in self.attempts if attempt.acked), None)
        return asdict(self) | {"acked": self.acked, "ack_ms": ack_ms}


class Deliveries:
    """Deliveries in the order in which they began, numbered from 1; the oldest make room for new ones."""

    def __init__(self) -> None:
        self._kept: deque[Delivery] = deque(maxlen=_KEPT)
        self._count = 0

    def begin(self, envelope: Envelope, at: str) -> Delivery:
        """Start the record of a payload."""
        self._count += 1
        payload = envelope.payload
        kind = payload.get("event", {}).get("type") or payload.get("type") or payload.get("command", "")
        delivery = Delivery(self._count, envelope.type, kind, payload.get("event_id"), at, payload)
        self._kept.append(delivery)
        return delivery

    def since(self, n: int = 0) -> list[Delivery]:
        """The deliveries after number ``n``."""
        return [one for one in self._kept if one.n > n]

    def of_event(self, event_id: str) -> Delivery | None:
        """The delivery of this event."""
        return next((one for one in reversed(self._kept) if one.event_id == event_id), None)
