"""Places are counted once: however many ask in the same moment, nobody gets a place that is taken (R8)."""

import asyncio
from collections import Counter

from bot import services as all_services
from bot.errors import AlreadyAsking, NotAskable
from bot.facts.introductions import Asked, PlacesFilled
from bot.programme import Programme
from bot.services import Services
from sandbox import Clock
from storage.database import Database
from storage.members import MemberRow
from tests.storage.rows import NOW, add_ask, add_member

ASKERS = 50


def services_of(database: Database) -> Services:
    return all_services.build(database, Clock(NOW), Programme())


async def everybody_asks(database: Database, contact: MemberRow, askers: int) -> Counter[type]:
    """So many people press the button for this contact person in the same moment."""
    services = services_of(database)
    asks = [await add_ask(database, await add_member(database, roles=("student",))) for _ in range(askers)]
    answers = await asyncio.gather(
        *(services.introductions.request(ask.asker_id, ask.ref, contact.ref) for ask in asks)
    )
    return Counter(type(answer) for answer in answers)


async def load(database: Database, contact: MemberRow) -> int:
    async with database.reading() as store:
        return await store.candidates.load_of(contact.id)


async def test_one_of_fifty_gets_the_last_place(database: Database) -> None:
    leena = await add_member(database, "0713", capacity=1)

    answers = await everybody_asks(database, leena, ASKERS)

    assert answers == {Asked: 1, PlacesFilled: ASKERS - 1}
    assert await load(database, leena) == 1


async def test_as_many_as_there_are_places(database: Database) -> None:
    leena = await add_member(database, "0713", capacity=3)

    answers = await everybody_asks(database, leena, 10)

    assert answers == {Asked: 3, PlacesFilled: 7}
    assert await load(database, leena) == 3


async def test_a_second_press_does_not_ask_twice(database: Database) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database, roles=("student",))
    ask = await add_ask(database, sanna)
    services = services_of(database)

    answers = await asyncio.gather(
        *(services.introductions.request(sanna.id, ask.ref, leena.ref) for _ in range(5)), return_exceptions=True
    )

    assert Counter(type(answer) for answer in answers) == {Asked: 1, AlreadyAsking: 4}
    assert await load(database, leena) == 1


async def test_one_pending_request_in_a_field_whoever_is_asked(database: Database) -> None:
    contacts = [await add_member(database, "0713") for _ in range(4)]
    sanna = await add_member(database, roles=("student",))
    ask = await add_ask(database, sanna)
    services = services_of(database)

    answers = await asyncio.gather(
        *(services.introductions.request(sanna.id, ask.ref, contact.ref) for contact in contacts),
        return_exceptions=True,
    )

    assert Counter(type(answer) for answer in answers) == {Asked: 1, AlreadyAsking: 3}


async def test_two_contact_persons_who_ask_each_other_do_not_wait_for_each_other(database: Database) -> None:
    leena, marko = await add_member(database, "0713"), await add_member(database, "0713")
    from_leena, from_marko = await add_ask(database, leena), await add_ask(database, marko)
    services = services_of(database)

    async with asyncio.timeout(60):
        answers = await asyncio.gather(
            services.introductions.request(leena.id, from_leena.ref, marko.ref),
            services.introductions.request(marko.id, from_marko.ref, leena.ref),
            return_exceptions=True,
        )

    assert all(isinstance(answer, Asked | NotAskable) for answer in answers)


async def test_a_place_is_free_again_after_a_withdrawal(database: Database) -> None:
    leena = await add_member(database, "0713", capacity=1)
    sanna, mikko = [await add_member(database, roles=("student",)) for _ in range(2)]
    services = services_of(database)
    ask = await add_ask(database, sanna)
    await services.introductions.request(sanna.id, ask.ref, leena.ref)

    await services.introductions.cancel_pending(sanna.id)

    later = await add_ask(database, mikko)
    assert isinstance(await services.introductions.request(mikko.id, later.ref, leena.ref), Asked)
