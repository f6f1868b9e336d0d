"""Acknowledge at once, work a few at a time: in a burst the newest event does not wait behind the oldest one's work."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any, Final

from slack_bolt.context.ack.async_ack import AsyncAck

Listener = Callable[..., Awaitable[None]]

LANES: Final = 4
"""Listeners that work at the same time. More only wait for each other at the database (docs/figures.md)."""


def in_lanes() -> Callable[[Listener], Listener]:
    """A decorator for every listener of one app: its acknowledgement goes out first, its work waits for a lane."""
    lanes = asyncio.Semaphore(LANES)

    def in_a_lane(listener: Listener) -> Listener:
        # Bolt looks through the wrapper for the names of the arguments, and always knows `ack`.
        @wraps(listener)
        async def acknowledge_then_work(*arguments: Any, ack: AsyncAck, **named: Any) -> None:
            await ack()
            async with lanes:
                await listener(*arguments, ack=ack, **named)

        return acknowledge_then_work

    return in_a_lane
