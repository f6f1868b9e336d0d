"""Slack's own "do not disturb": what Silta starts by itself waits until it is over (R2)."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Final

import structlog
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

KNOWN_FOR: Final = timedelta(minutes=10)
"""So long an answer of Slack is believed; somebody who goes quiet meanwhile may get one more message."""
REST_AFTER_FAILURE: Final = timedelta(minutes=1)
PEOPLE_PER_CALL: Final = 50
"""More are refused by Slack (dnd.teamInfo); one call for many people is what its 20 calls a minute allow."""

log = structlog.get_logger()


@dataclass
class DoNotDisturb:
    """Who does not want to be disturbed now, as far as Slack tells.

    Whatever goes wrong, also a missing permission, means that nobody is quiet: a message is never lost over a courtesy.
    """

    client: AsyncWebClient
    _known: dict[str, tuple[datetime, datetime | None]] = field(default_factory=dict)
    _rests_until: datetime | None = None

    async def until(self, user: str, now: datetime) -> datetime | None:
        """When this person's quiet time ends; None when they may be written to now."""
        await self.ask_about([user], now)
        ends_at = self._known[user][1] if self._is_known(user, now) else None
        return ends_at if ends_at is not None and ends_at > now else None

    def knows(self, users: Collection[str], now: datetime) -> bool:
        """True when something recent is known of each of these people."""
        return all(self._is_known(user, now) for user in users)

    async def ask_about(self, users: Collection[str], now: datetime) -> None:
        """Asks about everybody of whom nothing recent is known, many at once."""
        unknown = [user for user in dict.fromkeys(users) if not self._is_known(user, now)]
        for first in range(0, len(unknown), PEOPLE_PER_CALL):
            if self._rests_until is not None and now < self._rests_until:
                return
            await self._ask(unknown[first : first + PEOPLE_PER_CALL], now)

    def _is_known(self, user: str, now: datetime) -> bool:
        asked_at = self._known[user][0] if user in self._known else None
        return asked_at is not None and asked_at <= now < asked_at + KNOWN_FOR

    async def _ask(self, users: list[str], now: datetime) -> None:
        try:
            answer = (await self.client.dnd_teamInfo(users=users)).data
        except (SlackApiError, ClientError, OSError, TimeoutError) as problem:
            self._rests_until = now + REST_AFTER_FAILURE
            log.info("do_not_disturb.not_known", reason=type(problem).__name__)
            return
        told = answer.get("users") if isinstance(answer, dict) else None
        told = told if isinstance(told, dict) else {}
        # What nobody asks about any more is dropped, so that memory does not grow with the network.
        self._known = {user: known for user, known in self._known.items() if known[0] + KNOWN_FOR > now}
        self._known |= {user: (now, _ends_at(told.get(user), now)) for user in users}


def _ends_at(told: Any, now: datetime) -> datetime | None:
    """When the quiet time that holds now is over; a coming one does not matter yet."""
    if not isinstance(told, dict) or not told.get("dnd_enabled"):
        return None
    begins, ends = told.get("next_dnd_start_ts"), told.get("next_dnd_end_ts")
    if not (isinstance(begins, int) and isinstance(ends, int)) or not begins <= now.timestamp() < ends:
        return None
    return datetime.fromtimestamp(ends, UTC)
