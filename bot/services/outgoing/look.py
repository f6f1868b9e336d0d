"""One look at what a message of the outbox is about, at the moment it leaves."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime

from bot.programme import Programme
from bot.services.search import Search
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.store import Store


@dataclass(frozen=True)
class Look:
    """What a lookup may see: the sender's own transaction, what the message is about, who gets it, and when.

    `place` is channel and ts of the message that it is to replace, if it is.
    """

    store: Store
    subject: str
    recipient: MemberRow
    now: datetime
    programme: Programme
    search: Search
    place: tuple[str, str] | None = None


Lookup = Callable[[Look], Awaitable[object | None]]


async def introduction_in_state(look: Look, state: str) -> IntroductionRow | None:
    """The introduction the message is about, while it is in this state."""
    introduction = await look.store.introductions.by_ref(look.subject)
    return introduction if introduction is not None and introduction.state == state else None


async def other_side(look: Look, introduction: IntroductionRow) -> MemberRow:
    """The one of the two who does not get this message."""
    i_asked = introduction.asker_id == look.recipient.id
    return await look.store.members.by_id(introduction.contact_id if i_asked else introduction.asker_id)
