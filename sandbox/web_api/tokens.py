"""The two tokens of the app, and which of them a method takes."""

import secrets
from dataclasses import dataclass

from sandbox.errors import SlackError

_FOR_THE_APP_TOKEN = frozenset({"apps.connections.open"})
_FOR_ANYBODY = frozenset({"api.test"})


@dataclass(frozen=True)
class Tokens:
    """The bot token (xoxb-…) and the app-level token (xapp-…)."""

    bot: str
    app: str

    def check(self, method: str, token: str) -> None:
        """Insist on the right token for this method.

        Raises:
            SlackError: not_authed, invalid_auth or not_allowed_token_type.
        """
        if method in _FOR_ANYBODY:
            return
        if not token:
            raise SlackError("not_authed")
        is_app, is_bot = _same(token, self.app), _same(token, self.bot)
        if not (is_app or is_bot):
            raise SlackError("invalid_auth")
        if is_app is not (method in _FOR_THE_APP_TOKEN):
            raise SlackError("not_allowed_token_type")


def _same(one: str, other: str) -> bool:
    return secrets.compare_digest(one.encode(), other.encode())
