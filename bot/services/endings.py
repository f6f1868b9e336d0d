"""How a request leaves the contact person: answered, turned down or moved on. The asker always hears of it (R7)."""

from datetime import datetime
from typing import Final

from bot.services.intents import about
from bot.services.settling import settle_cards
from storage import asks, introductions
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store

ANSWERS: Final = (introductions.DECLINED, introductions.PASSED_ON)
"""Ends that the contact person has chosen; the others happen without a word of theirs."""


def answered(introduction: IntroductionRow, contact: MemberRow, state: str, now: datetime) -> None:
    """The contact person has answered; silence is over for them, and the note has done its work."""
    introduction.state, introduction.answered_at = state, now
    # What is not needed is not kept.
    introduction.note = None
    contact.releases_in_a_row = 0


async def withdraw(store: Store, introduction: IntroductionRow, now: datetime) -> None:
    """The asker takes the request back; if it has arrived, its cards say so and ask for nothing more (R10)."""
    introduction.state, introduction.ended_at, introduction.note = introductions.CANCELLED, now, None
    (await store.asks.by_id(introduction.ask_id)).state = asks.WITHDRAWN
    await store.outbox.cancel(introduction.ref, now, "withdrawn")
    await settle_cards(store, introduction, now)


async def turn_down(
    store: Store, introduction: IntroductionRow, contact: MemberRow, asker: MemberRow, state: str, now: datetime
) -> None:
    """The request ends here without a contact; the asker is told the same, whatever the reason (R7)."""
    if state in ANSWERS:
        answered(introduction, contact, state, now)
    else:
        introduction.state, introduction.note = state, None
    introduction.ended_at = now
    await store.outbox.cancel(introduction.ref, now, state)
    await settle_cards(store, introduction, now)
    await store.outbox.put(about(introduction, "introductions.not_available", asker, Priority.ANSWER, now))


async def turn_down_all(store: Store, contact: MemberRow, now: datetime) -> None:
    """The contact person is not to be asked any more: whoever waits for their answer is offered others (K13).

    It refuses nobody: whoever waited may ask again as soon as the contact person is back.
    """
    for introduction in await store.introductions.pending_held(contact.id):
        asker = await store.members.by_id(introduction.asker_id)
        await turn_down(store, introduction, contact, asker, introductions.UNAVAILABLE, now)
