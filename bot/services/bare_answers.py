"""A bare yes or no answers the card that was shown last, right after it was shown and as the first thing said then.

Whoever says "ok" an hour later, or after talking of something else, has agreed to nothing.
"""

from datetime import datetime, timedelta
from typing import Final

from storage.asks import AskRow
from storage.store import Store

HOLDS_FOR: Final = timedelta(minutes=15)
"""Since the card was shown; a name chooses at any time."""


async def await_answer(store: Store, ask: AskRow, now: datetime) -> None:
    """The card of this ask is shown now. What is remembered is only that, by the ask's reference."""
    await end(store, ask)
    await store.inbox.is_new(ask.workspace, _key(ask), now)


async def shown_at(store: Store, ask: AskRow) -> datetime | None:
    """When the card of this ask was shown; None when something else was said since."""
    return await store.inbox.noted_at(ask.workspace, _key(ask))


async def end(store: Store, ask: AskRow) -> None:
    """Something was said: the next bare yes answers something else."""
    await store.inbox.forget(ask.workspace, _key(ask))


def _key(ask: AskRow) -> str:
    return f"asks.shown:{ask.ref}"
