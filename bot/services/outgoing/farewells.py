"""What people are told when somebody has left: nothing of who it was."""

from typing import Final

from bot.facts.own_data import CardEnded, ContactEnded, RequestEnded
from bot.services import people
from bot.services.outgoing.look import Look, Lookup
from storage import asks


async def contact(look: Look) -> ContactEnded | None:
    """That a contact has ended."""
    farewell = await look.store.farewells.by_ref(look.subject)
    if farewell is None or farewell.code is None or farewell.since is None:
        return None
    return ContactEnded(farewell.code, farewell.since.astimezone(people.zone(look.recipient)).date())


async def card(look: Look) -> CardEnded | None:
    """In place of a message that showed a name."""
    return CardEnded() if await look.store.farewells.by_ref(look.subject) else None


async def request_ended(look: Look) -> RequestEnded | None:
    """That the person asked for is not available, and who else fits, while something is still asked for."""
    ask = await look.store.asks.by_ref(look.subject)
    if ask is None or ask.code is None or ask.state != asks.OPEN:
        return None
    found = await look.search.for_ask(look.store, ask, look.recipient, look.now)
    return RequestEnded(ask.code, found)


LOOKUPS: Final[dict[str, Lookup]] = {
    "farewells.contact": contact,
    "farewells.card": card,
    "farewells.request_ended": request_ended,
}
