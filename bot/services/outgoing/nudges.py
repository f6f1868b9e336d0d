"""What the weekly nudge tells."""

from typing import Final

from bot.facts.nudges import Nudge
from bot.services.outgoing.look import Look, Lookup, request_of

NUDGE_ITEMS: Final = 3
"""At most this many items in a nudge (R4)."""


async def nudge(look: Look) -> Nudge | None:
    """Who waits for this person; None when nobody does any more: an empty nudge is not sent (R4)."""
    waiting = await look.store.introductions.waiting_without_reminder(look.recipient.id)
    requests = [await request_of(look.store, introduction) for introduction, _ in waiting[:NUDGE_ITEMS]]
    return Nudge(tuple(requests)) if requests else None


LOOKUPS: Final[dict[str, Lookup]] = {
    "nudges.weekly": nudge,
}
