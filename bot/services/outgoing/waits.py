"""What messages to people on a waiting list tell."""

from typing import Final

from bot.facts.fields import CandidatesFound
from bot.facts.introductions import SomeoneOpened, StillInterested
from bot.services import people
from bot.services.outgoing.look import Look, Lookup
from storage import waits


async def still_interested(look: Look) -> StillInterested | None:
    """That a place has opened, while it is kept for this person."""
    entry = await look.store.waits.by_ref(look.subject)
    if entry is None or entry.state != waits.OFFERED or entry.contact_id is None or entry.offer_ends_at is None:
        return None
    ask = await look.store.asks.by_id(entry.ask_id)
    contact = await look.store.members.by_id(entry.contact_id)
    kept_until = entry.offer_ends_at.astimezone(people.zone(look.recipient)).date()
    return StillInterested(ask.ref, entry.ref, people.person(contact), ask.code or "", kept_until)


async def someone_opened(look: Look) -> SomeoneOpened | None:
    """Who can be asked now, if somebody still can."""
    entry = await look.store.waits.by_ref(look.subject)
    if entry is None or entry.state != waits.TAKEN:
        return None
    found = await look.search.for_ask(look.store, await look.store.asks.by_id(entry.ask_id), look.recipient, look.now)
    if not isinstance(found, CandidatesFound):
        # Somebody else was faster: this person goes on waiting, and hears of the next one.
        entry.state = waits.WAITING
        return None
    return SomeoneOpened(found)


LOOKUPS: Final[dict[str, Lookup]] = {
    "waits.still_interested": still_interested,
    "waits.someone_opened": someone_opened,
}
