"""So that no contact person is flooded and nobody asks around blindly (R8, R10; numbers in `[limits]`)."""

from datetime import datetime, time, timedelta
from typing import Final

from bot.errors import EnoughForToday, NotAskable, TooManyOpen
from bot.programme import Limits
from bot.services import people
from storage.listings import Reached
from storage.members import MemberRow
from storage.store import Store

_A_WEEK: Final = timedelta(weeks=1)


def refused_since(limits: Limits, now: datetime) -> datetime:
    """Since when a refusal still counts (R10)."""
    return now - timedelta(days=limits.cool_down_days)


def spared(limits: Limits, now: datetime) -> Reached:
    """Whom a search leaves in peace, because enough requests have reached them (R8)."""
    return Reached(now - _A_WEEK, limits.requests_per_contact_and_week)


async def check_asker(store: Store, limits: Limits, asker: MemberRow, now: datetime) -> None:
    """Raises TooManyOpen or EnoughForToday. The asker must be held, so that their requests are counted once."""
    if await store.introductions.pending_of(asker.id) >= limits.open_requests:
        raise TooManyOpen(limits.open_requests)
    zone = people.zone(asker)
    midnight = datetime.combine(now.astimezone(zone).date(), time(), zone)
    if await store.introductions.requested_since(asker.id, midnight) >= limits.requests_per_day:
        raise EnoughForToday


async def check_pair(store: Store, limits: Limits, asker: MemberRow, contact: MemberRow, now: datetime) -> None:
    """Raises NotAskable while a refusal is fresh: the words are those for everybody who cannot be asked (R7)."""
    if await store.introductions.refused_since(asker.id, contact.id, refused_since(limits, now)):
        raise NotAskable(contact.name)


async def is_full(store: Store, limits: Limits, contact: MemberRow, asker: MemberRow, now: datetime) -> bool:
    """True when there is no place for this asker just now (R8); one that is kept for them counts as free."""
    load = await store.candidates.load_of(contact.id, apart_from_offers_to=asker.id)
    return load >= contact.capacity or await asked_by_many(store, limits, contact, now)


async def asked_by_many(store: Store, limits: Limits, contact: MemberRow, now: datetime) -> bool:
    """True when so many requests have reached this contact person in seven days that the next one has to wait."""
    return bool(await store.introductions.reached_by_many([contact.id], *spared(limits, now)))
