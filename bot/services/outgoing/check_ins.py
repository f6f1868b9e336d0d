"""What check-ins and the end of a contact tell."""

from typing import Final

from bot.facts.check_ins import CheckIn, KeepOrClose
from bot.facts.introductions import Faded, Thanked
from bot.facts.members import Person
from bot.services import people
from bot.services.outgoing.look import Look, Lookup, introduction_in_state, other_side
from storage import introductions


async def check_in(look: Look) -> CheckIn | None:
    """The question whether they were in touch, while the contact is open and the answer is not known."""
    found = await _unanswered(look)
    return CheckIn(look.subject, *found) if found else None


async def keep_or_close(look: Look) -> KeepOrClose | None:
    """The question after many quiet weeks, while the contact is open and the answer is not known."""
    found = await _unanswered(look)
    return KeepOrClose(look.subject, *found, look.programme.check_ins.quiet_weeks) if found else None


async def thanked(look: Look) -> Thanked | None:
    """That the other one has thanked and closed the contact."""
    introduction = await introduction_in_state(look, introductions.CLOSED)
    return Thanked(people.person(await other_side(look, introduction)), by_me=False) if introduction else None


async def faded(look: Look) -> Faded | None:
    """That the contact was closed after a quiet time."""
    introduction = await introduction_in_state(look, introductions.FADED)
    return Faded(people.person(await other_side(look, introduction))) if introduction else None


async def _unanswered(look: Look) -> tuple[Person, str] | None:
    check_in = await look.store.check_ins.by_ref(look.subject)
    if check_in is None or check_in.answer is not None:
        return None
    introduction = await look.store.introductions.by_id(check_in.introduction_id)
    if introduction.state != introductions.OPEN:
        return None
    return people.person(await other_side(look, introduction)), introduction.code


LOOKUPS: Final[dict[str, Lookup]] = {
    "check_ins.ask": check_in,
    "check_ins.keep_or_close": keep_or_close,
    "check_ins.thanked": thanked,
    "check_ins.faded": faded,
}
