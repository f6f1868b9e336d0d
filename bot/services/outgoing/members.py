"""What messages to one person about themselves tell."""

from typing import Final

from bot.facts.members import Person, Rested, Sorry, StillRight
from bot.facts.profiles import Confirmed, ContactToConfirm, NotConfirmed
from bot.services import people
from bot.services.confirmations import may_confirm
from bot.services.freshness import is_fresh
from bot.services.outgoing.look import Look, Lookup
from bot.services.responsible import a_coordinator
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
    return Sorry(look.subject, await _somebody_to_ask(look))


async def to_confirm(look: Look) -> ContactToConfirm | None:
    """Who has joined as a contact person, while that waits for an answer and the recipient may give it."""
    contact = await look.store.members.by_ref(look.recipient.workspace, look.subject)
    if contact is None or contact.confirmation != members.WAITING or not may_confirm(look.recipient, contact):
        return None
    codes = (await look.store.members.fields_of([contact.id]))[contact.id]
    return ContactToConfirm(people.person(contact), codes, contact.institution, contact.offer)


async def confirmed(look: Look) -> Confirmed | None:
    """That the contact person is proposed from now on, while it is so."""
    return Confirmed() if look.recipient.confirmation == members.CONFIRMED else None


async def not_confirmed(look: Look) -> NotConfirmed | None:
    """That the contact person is not proposed for now, and whom to ask."""
    if look.recipient.confirmation != members.NOT_NOW:
        return None
    return NotConfirmed(await _somebody_to_ask(look))


async def _somebody_to_ask(look: Look) -> Person | None:
    coordinator = await a_coordinator(look.store, look.programme, look.recipient, look.now)
    return people.person(coordinator) if coordinator else None


LOOKUPS: Final[dict[str, Lookup]] = {
    "introductions.rested": rested,
    "members.still_right": still_right,
    "errors.sorry": sorry,
    "members.to_confirm": to_confirm,
    "members.confirmed": confirmed,
    "members.not_confirmed": not_confirmed,
}
