"""D3: two students ask for the last place at once; one is asked for, the other waits and is asked again first."""

import asyncio

from bot.errors import Situation
from bot.facts.fields import CandidatesFound
from bot.facts.introductions import Asked, PlacesFilled
from storage.introductions import ASKED, CLOSED, OPEN, IntroductionRow
from storage.waits import OFFERED, TAKEN, WAITING, WaitRow
from tests.journeys.stage import Cast, Story, story

AINO = Cast("Aino Virta", "student", ("0913",), locale="en-GB")
JARI = Cast("Jari Lehto", "student", ("0913",), locale="en-GB")
VILLE = Cast("Ville Oja", "student", ("0913",), locale="en-GB")
SARI = Cast("Sari Niemi", "student", ("0913",), locale="en-GB")
MARJA = Cast("Marja Salo", fields=("0913",), capacity=2, locale="en-GB")
HEIDI = Cast("Heidi Kallio", fields=("0913",), region="Lappi")


async def test_d3_the_last_place_is_given_once_and_kept_for_whoever_waits(database_url: str) -> None:
    async with story(database_url, "2027-01-26 11:00", AINO, JARI, VILLE, SARI, MARJA, HEIDI) as told:
        loads: list[int] = []

        async def note_the_load() -> None:
            loads.append(await _load(told, MARJA))

        told.clock.on_move(note_the_load)
        await told.asks_in(AINO, "health care", "Marja")
        await told.presses(MARJA, "introductions.accept")
        await _two_ask_for_the_last_place(told)
        await note_the_load()
        await _the_second_waits_and_the_first_is_accepted(told)
        await _nobody_is_offered_marja_while_she_is_full(told)
        await _a_place_opens_and_the_one_who_waited_is_asked_first(told)
        await note_the_load()
        assert max(loads) == 2, "never more than her two places"


async def _two_ask_for_the_last_place(told: Story) -> None:
    await told.writes(JARI, "I need a contact in health care")
    await told.writes(VILLE, "I need a contact in health care")
    await told.at("2027-01-26 12:00")
    await told.presses(JARI, "introductions.request", "Marja")
    await told.presses(VILLE, "introductions.request", "Marja")
    await told.submits(JARI)
    await told.clock.travel(max(told.clock.now(), told.clock.now().replace(second=1, microsecond=0)))
    await told.submits(VILLE)
    pending = [row for row in await told.rows(IntroductionRow) if row.state == ASKED]
    assert [row.asker_id for row in pending] == [(await told.member(JARI)).id]
    assert "I have asked *Marja Salo* for you." in (await told.hears(JARI))[-1].words
    filled = (await told.hears(VILLE))[-1]
    assert "*Marja Salo*'s places just filled." in filled.words
    assert filled.labels("introductions.wait") == ["Wait for Marja"]
    assert filled.labels("introductions.request") == ["Ask Heidi"], "the others are named"


async def _the_second_waits_and_the_first_is_accepted(told: Story) -> None:
    await told.presses(VILLE, "introductions.wait", "Marja")
    assert "You are waiting for *Marja Salo*." in (await told.hears(VILLE))[-1].words
    await told.presses(MARJA, "introductions.accept")
    (entry,) = await told.rows(WaitRow)
    assert (entry.state, entry.asker_id) == (WAITING, (await told.member(VILLE)).id)
    assert [row.state for row in await told.rows(IntroductionRow)] == [OPEN, OPEN]


async def _nobody_is_offered_marja_while_she_is_full(told: Story) -> None:
    for moment in ("2027-01-26 13:00", "2027-02-05 12:00", "2027-02-16 08:30"):
        await told.leaps_to(moment)
        await told.writes(SARI, "I need a contact in health care")
        assert (await told.hears(SARI))[-1].labels("introductions.request") == ["Ask Heidi"]


async def _a_place_opens_and_the_one_who_waited_is_asked_first(told: Story) -> None:
    await told.at("2027-02-16 09:00")
    await told.opens_home(MARJA)
    await told.presses_at_home(MARJA, "check_ins.close")
    await told.at("2027-02-16 09:05")
    question = (await told.hears(VILLE))[-1]
    assert "*Marja Salo* has a free place now. Are you still interested?" in question.words
    assert [entry.state for entry in await told.rows(WaitRow)] == [OFFERED]
    await told.writes(SARI, "I need a contact in health care")
    assert (await told.hears(SARI))[-1].labels("introductions.request") == ["Ask Heidi"], "the place is kept for Ville"
    assert not any("Ville" in heard.words for heard in await told.hears(MARJA)), "not a word before the new yes"
    await told.asks(VILLE, "Marja")
    assert "Ville Oja" in (await told.hears(MARJA))[-1].words
    assert [entry.state for entry in await told.rows(WaitRow)] == [TAKEN]
    assert sorted(row.state for row in await told.rows(IntroductionRow)) == sorted([CLOSED, OPEN, ASKED])


async def test_of_many_requests_at_the_same_instant_one_gets_the_last_place(database_url: str) -> None:
    students = [Cast(f"{name} Testi", "student", ("0913",)) for name in ("Eka", "Toka", "Kolmas", "Neljas", "Viides")]
    marja = Cast("Marja Salo", fields=("0913",), capacity=1)
    async with story(database_url, "2027-01-26 12:00", *students, marja, HEIDI) as told:
        services, contact = told.silta.services, await told.member(marja)

        async def ask(student: Cast) -> object:
            me = await told.member(student)
            found = await services.fields.find(me.id, "hoitoala")
            assert isinstance(found, CandidatesFound)
            asked: Asked | PlacesFilled | Situation = await services.introductions.request(
                me.id, found.ask_ref, contact.ref
            )
            return asked

        facts = await asyncio.gather(*(ask(student) for student in students))
        assert sorted(type(fact).__name__ for fact in facts) == ["Asked"] + ["PlacesFilled"] * 4
        assert await _load(told, marja) == 1


async def test_one_student_asking_two_at_the_same_instant_has_one_pending_request(database_url: str) -> None:
    async with story(database_url, "2027-01-26 12:00", JARI, MARJA, HEIDI) as told:
        services, me = told.silta.services, await told.member(JARI)
        found = await services.fields.find(me.id, "hoitoala")
        assert isinstance(found, CandidatesFound)
        both = [(await told.member(who)).ref for who in (MARJA, HEIDI)]
        facts = await asyncio.gather(
            *(services.introductions.request(me.id, found.ask_ref, ref) for ref in both), return_exceptions=True
        )
        assert sorted(type(fact).__name__ for fact in facts) == ["AlreadyAsking", "Asked"], facts
        assert len(await told.rows(IntroductionRow)) == 1


async def _load(told: Story, who: Cast) -> int:
    async with told.silta.database.reading() as store:
        return await store.candidates.load_of((await told.member(who)).id)
