"""What messages to one person about themselves tell."""

from typing import Final

from bot.facts.members import Rested, Sorry
from bot.services import people
from bot.services.outgoing.look import Look, Lookup
from storage import members


async def rested(look: Look) -> Rested | None:
    """The kind note about resting, while the person rests."""
    return Rested() if look.recipient.availability == members.RESTING else None


async def sorry(look: Look) -> Sorry:
    """That something went wrong, with a reference for the log and somebody to tell."""
    coordinators = await look.store.members.coordinators(look.recipient.workspace)
    return Sorry(look.subject, people.person(coordinators[0]) if coordinators else None)


LOOKUPS: Final[dict[str, Lookup]] = {
    "introductions.rested": rested,
    "errors.sorry": sorry,
}
