"""Nobody is flooded and nobody asks around blindly: limits for the asker, for a pair, and for a contact person."""

import dataclasses
from datetime import timedelta

import pytest

from bot import services as all_services
from bot.errors import EnoughForToday, NotAskable, TooManyOpen
from bot.facts.fields import CandidatesFound, NobodyOpen
from bot.facts.introductions import Asked, PlacesFilled
from bot.facts.profiles import ProfileEntered
from bot.programme import Limits, Programme
from bot.services import Services
from bot.services.undelivered import settle
from sandbox import Clock
from storage.asks import AskRow
from storage.database import Database
from storage.introductions import ASKED, CANCELLED, DECLINED, RELEASED, UNAVAILABLE
from storage.members import MemberRow
from storage.outbox import FAILED
from tests.storage.rows import NOW, add_ask, add_introduction, add_member

FIELDS = ("0713", "0715", "0716", "0732", "0811", "1013")
A_DAY = timedelta(days=1)


class Network:
    """One student, services over one clock, and as many contact persons as a rule needs."""

    def __init__(self, database: Database, student: MemberRow, **limits: int) -> None:
        self.database = database
        self.student = student
        self.clock = Clock(NOW)
        self.services: Services = all_services.build(database, self.clock, Programme(limits=Limits(**limits)))

    async def asks(self, contact: MemberRow, code: str = "0713", student: MemberRow | None = None) -> object:
        """One request in that field."""
        asker = student or self.student
        ask = await add_ask(self.database, asker, code)
        return await self.services.introductions.request(asker.id, ask.ref, contact.ref)

    async def sees(self, code: str = "0713", student: MemberRow | None = None) -> list[str]:
        """Whom Silta proposes."""
        asker = student or self.student
        found = await self.services.fields.pick(asker.id, (await self._ask(asker)).ref, code)
        if isinstance(found, NobodyOpen):
            return []
        assert isinstance(found, CandidatesFound)
        return [card.person.ref for card in found.cards]

    async def _ask(self, asker: MemberRow) -> AskRow:
        return await add_ask(self.database, asker, None)


async def network(database: Database, **limits: int) -> Network:
    return Network(database, await add_member(database, roles=("student",), name="Sanna"), **limits)


async def test_three_requests_wait_at_a_time_and_a_fourth_waits_for_an_answer(database: Database) -> None:
    told = await network(database)
    contacts = [await add_member(database, code) for code in FIELDS[:4]]
    for contact, code in zip(contacts[:3], FIELDS, strict=False):
        assert isinstance(await told.asks(contact, code), Asked)

    with pytest.raises(TooManyOpen) as refused:
        await told.asks(contacts[3], FIELDS[3])
    await told.services.introductions.cancel_pending(told.student.id)

    assert refused.value.at_most == 3
    assert isinstance(await told.asks(contacts[3], FIELDS[3]), Asked)


async def test_a_day_has_room_for_five_requests_even_if_all_are_taken_back(database: Database) -> None:
    told = await network(database)
    contacts = [await add_member(database, code) for code in FIELDS]
    for contact, code in zip(contacts[:5], FIELDS, strict=False):
        await told.asks(contact, code)
        await told.services.introductions.cancel_pending(told.student.id)

    with pytest.raises(EnoughForToday):
        await told.asks(contacts[5], FIELDS[5])
    await told.clock.travel(NOW + A_DAY)

    assert isinstance(await told.asks(contacts[5], FIELDS[5]), Asked)


@pytest.mark.parametrize("state", [DECLINED, RELEASED])
async def test_who_could_not_say_yes_is_left_in_peace_by_the_same_person_for_ninety_days(
    database: Database, state: str
) -> None:
    told = await network(database)
    leena, pekka = await add_member(database, "0713"), await add_member(database, roles=("student",))
    earlier = await add_ask(database, told.student)
    await add_introduction(
        database, earlier, leena, state=state, ended_at=NOW - 89 * A_DAY, requested_at=NOW - 90 * A_DAY
    )

    assert await told.sees() == []
    assert await told.sees(student=pekka) == [leena.ref], "others may ask"
    with pytest.raises(NotAskable):
        await told.asks(leena)
    ask = await add_ask(database, told.student)
    with pytest.raises(NotAskable):
        await told.services.waits.wait(told.student.id, ask.ref, leena.ref)
    await told.clock.travel(NOW + 2 * A_DAY)

    assert await told.sees() == [leena.ref]
    assert isinstance(await told.asks(leena), Asked)


@pytest.mark.parametrize("why", ["pause", "consent", "undelivered"])
async def test_who_paused_or_was_not_reached_has_refused_nobody(database: Database, why: str) -> None:
    told = await network(database)
    leena = await add_member(database, "0713")
    asked = await told.asks(leena)
    assert isinstance(asked, Asked)

    if why == "pause":
        await told.services.members.pause(leena.id)
        assert await told.sees() == []
        await told.services.members.resume(leena.id)
    elif why == "consent":
        form = (await told.services.profiles.form(leena.id)).profile
        given = dataclasses.asdict(form) | {"field_words": "0713", "region_ref": None}
        del given["codes"], given["region"]
        entered = ProfileEntered(**given)
        await told.services.profiles.save(leena.id, dataclasses.replace(entered, purposes=()))
        assert await told.sees() == []
        await told.services.profiles.save(leena.id, entered)
    else:
        async with database.transaction() as store:
            await settle(store, "introductions.request", asked.introduction_ref, FAILED, NOW)

    async with database.reading() as store:
        (kept,) = await store.introductions.all_of(leena.id)
        assert (kept.state, kept.answered_at, kept.note) == (UNAVAILABLE, None, None)
    assert await told.sees() == [leena.ref]
    assert isinstance(await told.asks(leena), Asked)


async def test_three_requests_a_week_reach_one_contact_person_however_many_places_are_free(database: Database) -> None:
    told = await network(database)
    leena = await add_member(database, "0713", capacity=50)
    students = [await add_member(database, roles=("student",)) for _ in range(5)]
    first = [await told.asks(leena, student=one) for one in students[:3]]
    assert [type(one) for one in first] == [Asked, Asked, Asked]

    fourth = await told.asks(leena, student=students[3])

    assert isinstance(fourth, PlacesFilled), "others are shown, or the student may wait"
    assert await told.sees(student=students[4]) == []
    await told.clock.travel(NOW + 7 * A_DAY + timedelta(minutes=5))
    assert await told.sees(student=students[4]) == [leena.ref]
    assert isinstance(await told.asks(leena, student=students[3]), Asked)


async def test_taking_back_and_asking_again_does_not_get_around_the_week(database: Database) -> None:
    told = await network(database)
    leena = await add_member(database, "0713")
    for _ in range(3):
        earlier = await add_ask(database, told.student)
        await add_introduction(database, earlier, leena, state=CANCELLED, ended_at=NOW)

    assert isinstance(await told.asks(leena), PlacesFilled)


async def test_a_place_that_opens_is_not_offered_while_many_have_asked(database: Database) -> None:
    told = await network(database, requests_per_contact_and_week=1)
    leena, mikko = await add_member(database, "0713", capacity=1), await add_member(database, roles=("student",))
    pending = await add_ask(database, mikko)
    introduction = await add_introduction(database, pending, leena, state=ASKED)
    ask = await add_ask(database, told.student)
    await told.services.waits.wait(told.student.id, ask.ref, leena.ref)
    await told.services.introductions.cancel(mikko.id, introduction.ref)

    await told.services.waits.offer_places()
    async with database.reading() as store:
        assert await store.candidates.load_of(leena.id) == 0
    await told.clock.travel(NOW + 8 * A_DAY)
    await told.services.waits.offer_places()

    async with database.reading() as store:
        assert await store.candidates.load_of(leena.id) == 1, "the place is kept for whoever waits"


async def test_limits_are_numbers_of_the_programme(database: Database) -> None:
    told = await network(database, open_requests=1)
    contacts = [await add_member(database, code) for code in FIELDS[:2]]
    await told.asks(contacts[0], FIELDS[0])

    with pytest.raises(TooManyOpen):
        await told.asks(contacts[1], FIELDS[1])
