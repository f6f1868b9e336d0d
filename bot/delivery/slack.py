"""One attempt, one request, and an answer that says what is known for certain."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from bot.delivery.pace import POST, UPDATE
from bot.errors import SiltaError
from bot.messages.parts import Message

EVENT_TYPE: Final = "silta_delivery"
_AMBIGUOUS: Final = {"internal_error", "fatal_error", "service_unavailable", "request_timeout"}
_WORKSPACE_RESTS: Final = {"token_revoked", "invalid_auth", "account_inactive", "token_expired", "not_authed"}
_DEFAULT_RETRY_SECONDS: Final = 30


@dataclass(frozen=True)
class Receipt:
    """The evidence that a message arrived."""

    channel: str
    ts: str


class Refused(SiltaError):
    """Slack said no for good; nothing was posted. The message is Slack's name for the reason."""


class TryLater(SiltaError):
    """Slack said later, or the workspace does not answer to our token just now; nothing was posted."""

    def __init__(self, reason: str, seconds: int) -> None:
        super().__init__(reason)
        self.seconds = seconds


class TooFast(TryLater):
    """Slack said 429: nobody may call this method for so many seconds."""

    def __init__(self, method: str, seconds: int) -> None:
        super().__init__("rate_limited", seconds)
        self.method = method


class WorkspaceRests(TryLater):
    """The workspace does not answer to our token; it makes no sense to try anything else meanwhile."""


class Ambiguous(SiltaError):
    """No answer came that tells whether the message was posted; it must be looked up, never posted again blindly."""


@dataclass(frozen=True)
class ToPerson:
    """A direct message."""

    user: str


@dataclass(frozen=True)
class ToGroup:
    """The one group conversation of these people and the bot."""

    users: tuple[str, ...]


@dataclass(frozen=True)
class ToChannel:
    """A channel that Silta is a member of."""

    channel: str


@dataclass(frozen=True)
class InPlaceOf:
    """An update of a message that was posted before; it notifies nobody."""

    channel: str
    ts: str


Target = ToPerson | ToGroup | ToChannel | InPlaceOf


@dataclass(frozen=True)
class Slack:
    """Posts with a client that never retries by itself: slack_sdk would post twice after a dropped connection."""

    client: AsyncWebClient

    async def deliver(self, target: Target, message: Message, delivery_id: str) -> Receipt:
        """Posts or updates once. Raises Refused, TryLater or Ambiguous."""
        if isinstance(target, InPlaceOf):
            return await self._update(target, message)
        channel = await self._place(target)
        metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery_id": delivery_id}}
        answer = await _certain(
            POST,
            lambda: self.client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=list(message.blocks),
                metadata=metadata,
                unfurl_links=False,
                unfurl_media=False,
            ),
        )
        return Receipt(answer["channel"], answer["ts"])

    async def find(self, target: ToPerson, delivery_id: str, since: datetime) -> Receipt | None:
        """Looks for a message that may have been posted; None when it was not. Raises as `deliver` does."""
        opened = await _certain("conversations.open", lambda: self.client.conversations_open(users=[target.user]))
        channel = opened["channel"]["id"]
        cursor: str | None = None
        while cursor != "":
            page = await self._page(channel, since, cursor)
            for message in page["messages"]:
                if message.get("metadata", {}).get("event_payload", {}).get("delivery_id") == delivery_id:
                    return Receipt(channel, message["ts"])
            cursor = (page.get("response_metadata") or {}).get("next_cursor") or ""
        return None

    async def answers(self) -> bool:
        """Whether the workspace answers to our token."""
        try:
            await _certain("auth.test", self.client.auth_test)
        except (Refused, TryLater, Ambiguous):
            return False
        return True

    async def _page(self, channel: str, since: datetime, cursor: str | None) -> dict[str, Any]:
        return await _certain(
            "conversations.history",
            lambda: self.client.conversations_history(
                channel=channel, oldest=str(since.timestamp()), include_all_metadata=True, limit=200, cursor=cursor
            ),
        )

    async def _place(self, target: ToPerson | ToGroup | ToChannel) -> str:
        if isinstance(target, ToGroup):
            return await self._group(target)
        return target.user if isinstance(target, ToPerson) else target.channel

    async def _group(self, target: ToGroup) -> str:
        try:
            opened = await _certain(
                "conversations.open", lambda: self.client.conversations_open(users=list(target.users))
            )
        except Ambiguous as problem:
            # Opening the same group twice gives the same group, and nothing is posted by it.
            raise TryLater(str(problem), _DEFAULT_RETRY_SECONDS) from None
        return str(opened["channel"]["id"])

    async def _update(self, target: InPlaceOf, message: Message) -> Receipt:
        try:
            await _certain(
                UPDATE,
                lambda: self.client.chat_update(
                    channel=target.channel, ts=target.ts, text=message.text, blocks=list(message.blocks)
                ),
            )
        except Ambiguous as problem:
            # Updating twice leaves the same message.
            raise TryLater(str(problem), _DEFAULT_RETRY_SECONDS) from None
        return Receipt(target.channel, target.ts)


async def _certain(method: str, call: Callable[[], Awaitable[AsyncSlackResponse]]) -> dict[str, Any]:
    """The answer of one request, or what is known for certain instead."""
    try:
        return dict((await call()).data)  # type: ignore[arg-type]  # these methods answer with JSON objects
    except SlackApiError as problem:
        raise _named(method, problem) from None
    except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as problem:
        # No connection, so nothing can have been posted.
        raise TryLater(type(problem).__name__, _DEFAULT_RETRY_SECONDS) from None
    except (aiohttp.ClientError, TimeoutError, OSError) as problem:
        raise Ambiguous(type(problem).__name__) from None


def _named(method: str, problem: SlackApiError) -> SiltaError:
    status, headers = problem.response.status_code, problem.response.headers
    error = error_of(problem) or f"http_{status}"
    if status == 429:
        seconds = str(headers.get("Retry-After", ""))
        return TooFast(method, int(seconds) if seconds.isdecimal() else _DEFAULT_RETRY_SECONDS)
    if error in _WORKSPACE_RESTS:
        return WorkspaceRests(error, _DEFAULT_RETRY_SECONDS)
    if status >= 500 or error in _AMBIGUOUS:
        return Ambiguous(error)
    return Refused(error)


def error_of(problem: SlackApiError) -> str | None:
    """What Slack calls the error; None when the answer is none of Slack's."""
    answer = getattr(problem.response, "data", None)
    return str(answer["error"]) if isinstance(answer, dict) and "error" in answer else None
