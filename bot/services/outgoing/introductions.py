"""What messages about requests and introductions tell."""

from dataclasses import replace
from typing import Final

from bot.facts.introductions import (
    Introduction,
    MeetDirectly,
    NeedsCoordinator,
    NotAvailable,
    Reminder,
    Request,
)
from bot.services import people
from bot.services.outgoing.look import Look, Lookup, introduction_in_state, other_side
from bot.services.requests import request_of
from bot.services.units import is_found, is_unit_contact
from storage import introductions
from storage.introductions import IntroductionRow


async def request(look: Look) -> Request | None:
    """The request, while it waits for an answer and the contact person agrees to be asked."""
    introduction = await introduction_in_state(look, introductions.ASKED)
    asked = introduction is not None and is_found(look.recipient, look.programme)
    return await _request(look, introduction) if introduction and asked else None


async def reminder(look: Look) -> Reminder | None:
    """The reminder, while the request waits for an answer."""
    introduction = await introduction_in_state(look, introductions.ASKED)
    if introduction is None or introduction.release_at is None:
        return None
    release_on = introduction.release_at.astimezone(people.zone(look.recipient)).date()
    return Reminder(await _request(look, introduction), release_on)


async def not_available(look: Look) -> NotAvailable | None:
    """The kind word after "not now" or silence, with who else fits; a suggested colleague comes first."""
    introduction = await look.store.introductions.by_ref(look.subject)
    if introduction is None:
        return None
    contact = await look.store.members.by_id(introduction.contact_id)
    ask = await look.store.asks.by_id(introduction.ask_id)
    found = await look.search.for_ask(look.store, ask, look.recipient, look.now, first=introduction.suggested_id)
    suggested = introduction.suggested_id is not None and introduction.state == introductions.PASSED_ON
    return NotAvailable(people.person(contact), suggested, found)


async def introduce(look: Look) -> Introduction | None:
    """The text of the group conversation, in the languages of both where they differ (R11)."""
    introduction = await introduction_in_state(look, introductions.OPEN)
    if introduction is None:
        return None
    contact = await look.store.members.by_id(introduction.contact_id)
    languages = tuple(dict.fromkeys((people.language(look.recipient), people.language(contact))))
    return Introduction(
        asker=people.person(look.recipient),
        contact=people.person(contact),
        code=introduction.code,
        kinds=introduction.kinds,
        languages=languages,
        called=people.settings(contact, look.programme).contact_words,
    )


async def meet_directly(look: Look) -> MeetDirectly | None:
    """Who the other one is, when their conversation could not be opened."""
    introduction = await introduction_in_state(look, introductions.OPEN)
    if introduction is None:
        return None
    return MeetDirectly(people.person(await other_side(look, introduction)), introduction.code)


async def needs_coordinator(look: Look) -> NeedsCoordinator | None:
    """Who looks for a contact and found nobody, by their own wish."""
    ask = await look.store.asks.by_ref(look.subject)
    if ask is None or ask.code is None:
        return None
    return NeedsCoordinator(people.person(await look.store.members.by_id(ask.asker_id)), ask.code, ask.region)


async def _request(look: Look, introduction: IntroductionRow) -> Request:
    """The request, with the reason why somebody is asked who does not teach this field."""
    asked = await request_of(look.store, introduction)
    codes = (await look.store.members.fields_of([look.recipient.id]))[look.recipient.id]
    of_field = not look.search.fields.same_field(introduction.code).isdisjoint(codes)
    return replace(asked, for_unit=not of_field and is_unit_contact(look.recipient, look.programme))


LOOKUPS: Final[dict[str, Lookup]] = {
    "introductions.request": request,
    introductions.REMINDER: reminder,
    "introductions.not_available": not_available,
    "introductions.introduce": introduce,
    "introductions.meet_directly": meet_directly,
    "introductions.needs_coordinator": needs_coordinator,
}
