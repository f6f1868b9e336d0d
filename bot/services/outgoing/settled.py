"""What a card about a request says once the request is settled."""

from typing import Final

from bot.facts.introductions import Accepted, Declined, MovedOn, NoLongerAsked, PassedOn, SaidYes, TakenBack, Withdrawn
from bot.facts.nudges import Settled
from bot.rules.open_time import next_open
from bot.services import people
from bot.services.nudge_items import content
from bot.services.outgoing.look import Look, Lookup
from bot.services.settling import KIND
from storage import introductions
from storage.introductions import IntroductionRow
from storage.members import MemberRow


async def settled(look: Look) -> Settled | None:
    """How the request ended, and what is still open of the nudge it was a part of.

    None while it waits, and for a contact person who wants to be kept apart: their card says that, with its undo.
    """
    introduction = await look.store.introductions.by_ref(look.subject)
    if introduction is None or introduction.state == introductions.ASKED or look.place is None:
        return None
    asker = await look.store.members.by_id(introduction.asker_id)
    contact = await look.store.members.by_id(introduction.contact_id)
    if look.recipient.id == asker.id:
        return Settled(_for_asker(introduction, contact))
    apart = await look.store.avoids.between(asker.id, contact.id)
    if apart and introduction.state == introductions.DECLINED:
        return None
    nudge = await look.store.nudges.standing_at(contact.id, *look.place)
    rest = await content(look.store, nudge, contact, look.programme) if nudge else None
    return Settled(await _for_contact(look, introduction, asker, contact), rest)


def _for_asker(introduction: IntroductionRow, contact: MemberRow) -> object:
    if introduction.state == introductions.CANCELLED:
        return Withdrawn(people.person(contact))
    said_yes = introduction.state in (introductions.OPEN, introductions.CLOSED, introductions.FADED)
    return SaidYes(people.person(contact)) if said_yes else NoLongerAsked(people.person(contact))


async def _for_contact(look: Look, introduction: IntroductionRow, asker: MemberRow, contact: MemberRow) -> object:
    """The same words as the answer to the press had, since this may stand in its place."""
    match introduction.state:
        case introductions.CANCELLED:
            return TakenBack(people.person(asker))
        case introductions.RELEASED:
            return MovedOn(people.person(asker))
        case introductions.DECLINED | introductions.UNAVAILABLE:
            return Declined(people.person(asker))
        case introductions.PASSED_ON if introduction.suggested_id is not None:
            suggested = await look.store.members.by_id(introduction.suggested_id)
            return PassedOn(people.person(asker), people.person(suggested))
        case introductions.PASSED_ON:
            return Declined(people.person(asker))
    answered_at = introduction.answered_at or look.now
    opens_at = next_open(people.calendar(asker, look.programme), answered_at)
    return Accepted(introduction.ref, people.person(asker), opens_at, at_once=opens_at == answered_at)


LOOKUPS: Final[dict[str, Lookup]] = {KIND: settled}
