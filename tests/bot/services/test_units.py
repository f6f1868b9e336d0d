"""Where an institution has nobody of the field in the network, somebody who knows who teaches there can be asked."""

from typing import Any

import pytest

from bot import services as all_services
from bot.errors import NotAskable
from bot.facts.fields import CandidatesFound, NobodyOpen, Reach
from bot.facts.introductions import Asked, OnWaitingList, Request
from bot.programme import Institution, Programme
from bot.services import Services
from sandbox import Clock
from storage.database import Database
from storage.members import MemberRow
from tests.storage.rows import NOW, add_ask, add_introduction, add_member

NEAR = Institution(name="Koulu Near", country="FI", region="Uusimaa", contact="U0NEAR")
FAR = Institution(name="Koulu Far", country="FI", region="Lappi", contact="U0FAR")
OWN = Institution(name="Koulu Own", country="FI", region="Uusimaa", contact="U0OWN")
ABROAD = Institution(name="Schule", country="DE", region="Bayern", contact="U0ABROAD")
PROGRAMME = Programme(institutions=(ABROAD, FAR, OWN, NEAR))


def services_of(database: Database) -> Services:
    return all_services.build(database, Clock(NOW), PROGRAMME)


async def unit(database: Database, of: Institution, **given: Any) -> MemberRow:
    """The contact of this institution, who teaches nothing that is known."""
    defaults = {"external_id": of.contact, "name": of.name, "roles": ("leader",), "institution": of.name}
    return await add_member(database, **{**defaults, **given})


async def student(database: Database) -> MemberRow:
    return await add_member(database, roles=("student",), region="Uusimaa", institution="Koulu Own")


async def found(database: Database, asker: MemberRow) -> CandidatesFound | NobodyOpen:
    ask = await add_ask(database, asker)
    return await services_of(database).fields.confirm(asker.id, ask.ref)


async def names(database: Database, asker: MemberRow) -> list[str]:
    fact = await found(database, asker)
    return [card.person.name for card in fact.cards] if isinstance(fact, CandidatesFound) else []


async def test_institutions_of_the_region_come_first_and_ones_own_last(database: Database) -> None:
    for one in (ABROAD, OWN, FAR, NEAR):
        await unit(database, one)

    fact = await found(database, await student(database))

    assert isinstance(fact, CandidatesFound)
    assert fact.reach is Reach.UNIT_CONTACTS
    assert [card.person.name for card in fact.cards] == ["Koulu Near", "Koulu Far", "Koulu Own"]
    assert fact.cards[0].reasons == ("unit_contact", "shared_language", "same_region")


async def test_somebody_of_the_field_goes_before_and_a_neighbouring_field_after(database: Database) -> None:
    await unit(database, NEAR)
    neighbouring = services_of(database).fields.search.fields.neighbours("0713")[0]
    await add_member(database, neighbouring, name="Neighbour")
    sanna = await student(database)
    assert await names(database, sanna) == ["Koulu Near"]

    await add_member(database, "0713", name="Same field")

    assert await names(database, sanna) == ["Same field"]


async def test_an_institution_with_a_contact_person_of_the_field_is_not_offered_through_somebody_else(
    database: Database,
) -> None:
    await unit(database, NEAR)
    await unit(database, FAR)
    await add_member(database, "0713", institution=NEAR.name, availability="paused")
    assert await names(database, await student(database)) == ["Koulu Far"]


@pytest.mark.parametrize(
    "given",
    [
        {"availability": "paused"},
        {"availability": "resting"},
        {"capacity": 0},
        {"deactivated_at": NOW},
        {"languages": ("tr",)},
    ],
)
async def test_whoever_cannot_be_asked_is_not_offered(database: Database, given: dict[str, Any]) -> None:
    await unit(database, NEAR, **given)
    assert await names(database, await student(database)) == []


async def test_places_avoid_lists_and_earlier_answers_hold(database: Database) -> None:
    sanna, omar = await student(database), await student(database)
    near = await unit(database, NEAR, capacity=1)
    await services_of(database).avoids.avoid(near.id, sanna.ref)
    assert await names(database, sanna) == []
    assert await names(database, omar) == ["Koulu Near"]
    await add_introduction(database, await add_ask(database, sanna), near)
    assert await names(database, omar) == []


async def test_one_person_for_two_institutions_is_offered_once(database: Database) -> None:
    both = replace_contact(FAR, "U0NEAR")
    await unit(database, NEAR)
    services = all_services.build(database, Clock(NOW), Programme(institutions=(NEAR, both)))
    sanna = await student(database)
    fact = await services.fields.confirm(sanna.id, (await add_ask(database, sanna)).ref)
    assert isinstance(fact, CandidatesFound)
    assert [card.person.name for card in fact.cards] == ["Koulu Near"]


def replace_contact(institution: Institution, contact: str) -> Institution:
    return institution.model_copy(update={"contact": contact})


async def test_they_are_asked_like_everybody_and_told_why(database: Database) -> None:
    near, sanna = await unit(database, NEAR, capacity=1), await student(database)
    ask, services = await add_ask(database, sanna), services_of(database)

    asked = await services.introductions.request(sanna.id, ask.ref, near.ref)

    assert isinstance(asked, Asked)
    async with database.transaction() as store:
        said = await services.outgoing.fact(store, "introductions.request", asked.introduction_ref, near, NOW)
    assert isinstance(said, Request)
    assert said.for_unit
    omar = await student(database)
    waiting = await services.waits.wait(omar.id, (await add_ask(database, omar)).ref, near.ref)
    assert isinstance(waiting, OnWaitingList), "their one place is taken (R8)"
    assert await services.answers.decline(near.id, asked.introduction_ref)


async def test_whom_no_programme_names_cannot_be_asked(database: Database) -> None:
    leader, sanna = await unit(database, NEAR, external_id="U0OTHER"), await student(database)
    ask = await add_ask(database, sanna)
    with pytest.raises(NotAskable):
        await services_of(database).introductions.request(sanna.id, ask.ref, leader.ref)
