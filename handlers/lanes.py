"""Acknowledge at once, work a few at a time: in a burst the newest event does not wait behind the oldest one's work."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from functools import wraps
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.context import Turn
from handlers.payloads import Body, inbox_key

Listener = Callable[..., Awaitable[None]]
Check = Callable[[AsyncBoltContext, Body], Awaitable[Mapping[str, str]]]
"""What is wrong in a form: sentences by the block they belong to. Slack waits for it, so it must be quick."""

LANES: Final = 4
"""Listeners that work at the same time. More only wait for each other at the database (docs/figures.md)."""


def in_lanes() -> Callable[..., Listener]:
    """A decorator for every listener of one app: its acknowledgement goes out first, its work waits for a lane.

    A form with a `check` is acknowledged with its mistakes, if there are any, and then its listener does not work.
    """
    lanes = asyncio.Semaphore(LANES)

    def in_a_lane(listener: Listener, check: Check | None = None) -> Listener:
        # Bolt looks through the wrapper for the names of the arguments, and always knows `ack`.
        @wraps(listener)
        async def acknowledge_then_work(*arguments: Any, ack: AsyncAck, **named: Any) -> None:
            if check is not None and await _is_sent_back(check, ack, named["context"], named["body"]):
                return
            await ack()
            async with lanes:
                await listener(*arguments, ack=ack, **named)

        return acknowledge_then_work

    return in_a_lane


async def _is_sent_back(check: Check, ack: AsyncAck, context: AsyncBoltContext, body: Body) -> bool:
    """True when the form stays open with its mistakes; it will come again under the same key, and counts then."""
    turn: Turn = context["turn"]
    try:
        mistakes = await check(context, body)
    except Exception:
        # The form closes, and the person is told as after any other act.
        await ack()
        raise
    if mistakes:
        await turn.services.inbox.forget(turn.me.workspace, inbox_key(body))
        await ack(response_action="errors", errors=dict(mistakes))
    return bool(mistakes)
