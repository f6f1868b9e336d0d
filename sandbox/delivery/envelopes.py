"""What is handed to the bot, and what comes back."""

import uuid
from dataclasses import dataclass, field
from typing import Any, Literal, Protocol

from sandbox.shapes import Json

EnvelopeType = Literal["events_api", "slash_commands", "interactive"]


@dataclass(frozen=True)
class Envelope:
    """One delivery of one payload; a retry is a new envelope around the same payload."""

    type: EnvelopeType
    payload: Json
    accepts_response: bool = False
    retry_attempt: int = 0
    retry_reason: str = ""
    id: str = field(default_factory=lambda: str(uuid.uuid4()))


@dataclass(frozen=True)
class Ack:
    """The bot's answer to one envelope: ``payload`` may carry words or a response_action.

    Without an answer ``reason`` says why, in the words of the X-Slack-Retry-Reason header, or ``not_connected``.
    """

    acked: bool
    ms: float | None = None
    payload: Json | None = None
    reason: str = ""
    # The bot asked for no retry (X-Slack-No-Retry).
    is_final: bool = False


class Transport(Protocol):
    """A way to the bot."""

    # Slack gives the same failure two names: timeout on sockets, http_timeout over HTTP.
    timeout_reason: str

    @property
    def is_connected(self) -> bool:
        """True when there is somebody to deliver to."""

    async def wait_until_connected(self) -> None:
        """Return once there is."""

    async def deliver(self, envelope: Envelope, within: float) -> Ack:
        """Hand over one envelope and wait at most ``within`` seconds for the answer."""


def as_payload(answer: Any) -> Json | None:
    """The answer to an envelope as an object; plain text means a message with that text."""
    if isinstance(answer, dict):
        return answer or None
    return {"text": answer} if isinstance(answer, str) and answer else None
