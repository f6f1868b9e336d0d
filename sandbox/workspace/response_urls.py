"""Response URLs: the right to answer a command or a press a few times without a token."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sandbox.clock import Clock
from sandbox.errors import SlackError

# Slack: five uses within thirty minutes.
USES = 5
VALID_FOR = timedelta(minutes=30)


@dataclass
class ResponseUrl:
    """Where an answer goes: whose action it was, in which conversation, on which message (None for a command)."""

    user: str
    channel: str
    message_ts: str | None
    expires_at: datetime
    uses_left: int = USES


class ResponseUrls:
    """Issues response URLs and counts their uses."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._issued: dict[str, ResponseUrl] = {}

    def issue(self, user: str, channel: str, message_ts: str | None) -> str:
        """The token of a new response URL."""
        token = secrets.token_urlsafe(24)
        self._issued[token] = ResponseUrl(user, channel, message_ts, self._clock.now() + VALID_FOR)
        return token

    def use(self, token: str) -> ResponseUrl:
        """Use one of the five answers.

        Raises:
            SlackError: invalid_url, expired_url, used_url.
        """
        response_url = self._issued.get(token)
        if response_url is None:
            raise SlackError("invalid_url")
        if self._clock.now() > response_url.expires_at:
            raise SlackError("expired_url")
        if response_url.uses_left == 0:
            raise SlackError("used_url")
        response_url.uses_left -= 1
        return response_url
