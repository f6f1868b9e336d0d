"""Slack as the state machine has it: each request meets a fate of the machine's choice, and every post is judged."""

import asyncio
from collections import Counter, deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import cast

from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.pace import POST
from bot.delivery.slack import Ambiguous, Receipt, Refused, Slack, Target, TooFast, ToPerson, TryLater
from bot.messages.parts import Message

REQUEST_ENDS_WITHIN = timedelta(seconds=30)
"""The sender's own time limit: a request that has not arrived by then never does."""
RETRY_AFTER_SECONDS = 20
LAG_AT_MOST = timedelta(seconds=60)
"""What docs/promises.md takes for granted of Slack's history."""


class Fate(StrEnum):
    """What becomes of one request to post."""

    ANSWERED = "answered"
    ANSWER_LOST = "posted, but the answer is lost"
    REQUEST_LOST = "lost on the way"
    TOO_FAST = "429"
    REFUSED = "refused for good"
    UNDER_WAY = "still on its way"


class Look(StrEnum):
    """What becomes of one look at the history."""

    SHOWN = "shown"
    PUT_OFF = "429"
    IMPOSSIBLE = "missing scope"


@dataclass(frozen=True)
class Posted:
    """One message in somebody's direct messages, and from when on the history shows it."""

    delivery_id: str
    channel: str
    ts: str
    shown_from: datetime


@dataclass
class OnItsWay:
    """A request that has left and not arrived; the process that made it may be gone by the time it does."""

    user: str
    delivery_id: str
    left_at: datetime
    answer: asyncio.Future[Receipt]


@dataclass
class Wire:
    """Everything between the senders and Slack."""

    now: Callable[[], datetime]
    posted: list[Posted] = field(default_factory=list)
    fates: deque[Fate] = field(default_factory=deque)
    looks: deque[Look] = field(default_factory=deque)
    on_its_way: list[OnItsWay] = field(default_factory=list)
    not_looked_up: set[str] = field(default_factory=set)
    lag: timedelta = timedelta()
    blocked_until: datetime | None = None

    def posts(self, user: str, delivery_id: str) -> Receipt:
        """It is there."""
        ts = f"{len(self.posted) + 1}.000000"
        self.posted.append(Posted(delivery_id, f"D{user}", ts, self.now() + self.lag))
        return Receipt(f"D{user}", ts)

    def lands(self, one: OnItsWay, *, answered: bool) -> None:
        """A request that was on its way arrives after all."""
        self.on_its_way.remove(one)
        receipt = self.posts(one.user, one.delivery_id)
        if not one.answer.done():
            if answered:
                one.answer.set_result(receipt)
            else:
                one.answer.set_exception(Ambiguous("TimeoutError"))

    def times_posted(self) -> Counter[str]:
        """How often each intent has arrived."""
        return Counter(one.delivery_id for one in self.posted)


class PracticeSlack(Slack):
    """What a sender believes to be Slack. `judge` sees every request before it leaves."""

    def __init__(self, wire: Wire, judge: Callable[[str], Awaitable[None]]) -> None:
        super().__init__(cast(AsyncWebClient, None))
        object.__setattr__(self, "_wire", wire)
        object.__setattr__(self, "_judge", judge)

    _wire: Wire
    _judge: Callable[[str], Awaitable[None]]

    async def deliver(self, target: Target, message: Message, delivery_id: str) -> Receipt:
        assert isinstance(target, ToPerson)
        await self._judge(delivery_id)
        fate = self._wire.fates.popleft() if self._wire.fates else Fate.ANSWERED
        return await self._meets(fate, target.user, delivery_id)

    async def _meets(self, fate: Fate, user: str, delivery_id: str) -> Receipt:
        match fate:
            case Fate.ANSWERED:
                return self._wire.posts(user, delivery_id)
            case Fate.ANSWER_LOST:
                self._wire.posts(user, delivery_id)
                raise Ambiguous("ServerDisconnectedError")
            case Fate.REQUEST_LOST:
                raise Ambiguous("ServerDisconnectedError")
            case Fate.TOO_FAST:
                self._wire.blocked_until = self._wire.now() + timedelta(seconds=RETRY_AFTER_SECONDS)
                raise TooFast(POST, RETRY_AFTER_SECONDS)
            case Fate.REFUSED:
                raise Refused("user_not_found")
            case Fate.UNDER_WAY:
                one = OnItsWay(user, delivery_id, self._wire.now(), asyncio.get_running_loop().create_future())
                self._wire.on_its_way.append(one)
                return await one.answer

    async def find(self, target: ToPerson, delivery_id: str, since: datetime) -> Receipt | None:
        look = self._wire.looks.popleft() if self._wire.looks else Look.SHOWN
        if look is Look.PUT_OFF:
            raise TryLater("rate_limited", 1)
        if look is Look.IMPOSSIBLE:
            self._wire.not_looked_up.add(delivery_id)
            raise Refused("missing_scope")
        shown = (one for one in self._wire.posted if one.shown_from <= self._wire.now())
        return next((Receipt(one.channel, one.ts) for one in shown if one.delivery_id == delivery_id), None)

    async def answers(self) -> bool:
        return True
