"""What messages to one person about themselves tell."""

from typing import Final

from bot.facts.members import Rested, Sorry, StillRight
from bot.services import people
from bot.services.freshness import is_fresh
from bot.services.outgoing.look import Look, Lookup
from storage import members


async def rested(look: Look) -> Rested | None:
    """The kind note about resting, while the person rests."""
    return Rested() if look.recipient.availability == members.RESTING else None


async def still_right(look: Look) -> StillRight | None:
    """The yearly question, unless they have paused, or have said it meanwhile by what they did."""
    member = look.recipient
    said_lately = member.confirmed_on is not None and is_fresh(member.confirmed_on, look.now)
    if not member.can_be_asked or said_lately:
        return None
    codes = (await look.store.members.fields_of([member.id]))[member.id]
    return StillRight(codes, member.institution, member.region, member.capacity, member.offer) if codes else None


async def sorry(look: Look) -> Sorry:
    """That something went wrong, with a reference for the log and somebody to tell."""
    coordinators = await look.store.members.coordinators(look.recipient.workspace)
    return Sorry(look.subject, people.person(coordinators[0]) if coordinators else None)


LOOKUPS: Final[dict[str, Lookup]] = {
    "introductions.rested": rested,
    "members.still_right": still_right,
    "errors.sorry": sorry,
}
