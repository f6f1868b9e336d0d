""" "Not with this person": private, honoured on every path from either side, and taken back with one press."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot import services as all_services
from bot.errors import NotAskable, UnknownReference
from bot.facts.fields import CandidatesFound
from bot.facts.own_data import Forgotten
from bot.facts.reports import PartedWays
from bot.programme import Programme
from bot.services import Services
from sandbox import Clock
from storage import introductions, waits
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.meetups import MeetupRow, SlotRow
from storage.members import MemberRow
from tests.journeys.stage import Cast, story
from tests.storage.rows import (
    NOW,
    WORKSPACE,
    add_ask,
    add_circle,
    add_introduction,
    add_member,
    add_round,
    add_wait,
)

OMAR = Cast("Omar Ali", "student", ("0715",), locale="en-GB")
RISTO = Cast("Risto Ahola", fields=("0715",), locale="en-GB")
PAIVI = Cast("Päivi Laine", fields=("0715",), locale="en-GB")


async def test_asker_presses_it_on_a_card_and_is_shown_others(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-02-03 09:30", OMAR, RISTO, PAIVI) as told:
        await told.writes(OMAR, "I need a contact in metal")
        risto = (await told.member(RISTO)).ref
        cards = (await told.hears(OMAR))[-1]
        button = next(one for one in cards.elements if one["action_id"] == "members.avoid" and one["value"] == risto)
        await told.presses_on(OMAR, cards, button)
        answer = (await told.hears(OMAR))[-1]
        assert "I do not bring you and *Risto Ahola* together any more." in answer.words
        await told.writes(OMAR, "I need a contact in metal")
        assert (await told.hears(OMAR))[-1].labels("introductions.request") == ["Ask Päivi"]
        assert await told.posted_to(RISTO) == []
        await told.presses(OMAR, "members.unavoid")
        await told.writes(OMAR, "I need a contact in metal")
        assert len((await told.hears(OMAR))[-1].labels("introductions.request")) == 2


async def test_contact_presses_it_on_a_request_and_the_asker_hears_what_everybody_hears(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-02-03 09:30", OMAR, RISTO, PAIVI) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.presses(RISTO, "members.avoid")
        assert (await told.hears(RISTO))[-1].words.startswith("I do not bring you and *Omar Ali* together any more.")
        heard = (await told.hears(OMAR))[-1]
        assert heard.words.startswith("*Risto Ahola* is not available right now. Who also fits: Päivi")
        assert [row.state for row in await told.rows(IntroductionRow)] == [introductions.DECLINED]


async def test_a_circle_puts_nobody_into_a_group_with_somebody_they_are_kept_apart_from(database: Database) -> None:
    circle = await add_circle(database, workspace=WORKSPACE)
    one, other, third = [await add_member(database, "0713") for _ in range(3)]
    held = await add_round(database, circle, closes_at=NOW)
    async with database.transaction() as store:
        slot = SlotRow(workspace=WORKSPACE, round_id=held.id, starts_at=NOW + timedelta(days=3))
        store.meetups.add(slot)
        await store.flush()
        for member in (one, other, third):
            await store.circles.join(circle, member, NOW)
            await store.meetups.vote(held, member.id, (slot.ref,))
    services = services_of(database)
    await services.avoids.avoid(other.id, one.ref)

    await services.meetups.hold_rounds()

    async with database.reading() as store:
        (meetup,) = (await store.meetups._session.scalars(select(MeetupRow))).all()
        together = {member.id for member in await store.meetups.people(meetup.id)}
        assert third.id in together
        assert len(together) == 2
        (alone,) = {one.id, other.id} - together
        assert len(await store.outbox.all_to(alone, "meetups.alone")) == 1, "told as anybody whose times nobody shares"


@pytest.mark.parametrize("asked_by_reporter", [True, False])
async def test_parting_ways_ends_what_else_is_under_way_between_the_two(
    database: Database, asked_by_reporter: bool
) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    contact = await add_introduction(database, await add_ask(database, sanna), leena, state=introductions.CLOSED)
    request = await add_introduction(database, await add_ask(database, sanna), leena)
    entry = await add_wait(database, await add_ask(database, sanna), leena)
    services = services_of(database)

    await services.reports.part(sanna.id if asked_by_reporter else leena.id, contact.ref)

    ended = introductions.CANCELLED if asked_by_reporter else introductions.DECLINED
    async with database.reading() as store:
        assert (await store.introductions.by_id(request.id)).state == ended
        assert (await store.waits.held(entry.id)).state == waits.GONE
        assert await store.avoids.between(sanna.id, leena.id)


async def test_forgetting_and_parting_at_the_same_moment_do_not_wait_for_each_other(database: Database) -> None:
    services = services_of(database)
    for _ in range(5):
        sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
        contact = await add_introduction(database, await add_ask(database, sanna), leena, state=introductions.OPEN)

        async with asyncio.timeout(60):
            ended = await asyncio.gather(
                services.leaving.forget(leena.id, leena.ref),
                services.reports.part(sanna.id, contact.ref),
                return_exceptions=True,
            )

        assert isinstance(ended[0], Forgotten)
        assert isinstance(ended[1], PartedWays | UnknownReference)


def services_of(database: Database) -> Services:
    return all_services.build(database, Clock(NOW), Programme())


async def kept_apart(database: Database, wished_by_contact: bool) -> tuple[Services, MemberRow, MemberRow]:
    """A student and the only contact person of the field, one of whom does not want to meet the other."""
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    services = services_of(database)
    one, other = (leena, sanna) if wished_by_contact else (sanna, leena)
    await services.avoids.avoid(one.id, other.ref)
    return services, sanna, leena


@pytest.mark.parametrize("wished_by_contact", [True, False])
async def test_neither_candidates_nor_watching_nor_a_forged_press_bring_them_together(
    database: Database, wished_by_contact: bool
) -> None:
    services, sanna, leena = await kept_apart(database, wished_by_contact)
    ask = await add_ask(database, sanna)

    assert not isinstance(await services.fields.confirm(sanna.id, ask.ref), CandidatesFound)
    with pytest.raises(NotAskable):
        await services.introductions.request(sanna.id, ask.ref, leena.ref)
    with pytest.raises(NotAskable):
        await services.introductions.request_form(sanna.id, ask.ref, leena.ref)
    with pytest.raises(NotAskable):
        await services.waits.wait(sanna.id, ask.ref, leena.ref)
    await services.waits.watch(sanna.id, ask.ref)
    await services.waits.tell_watchers()
    async with database.reading() as store:
        assert await store.waits.latest_of(sanna.id) is not None, "still watching: nobody has opened for them"


@pytest.mark.parametrize("wished_by_contact", [True, False])
async def test_a_colleague_who_is_kept_apart_is_not_suggested(database: Database, wished_by_contact: bool) -> None:
    services, sanna, leena = await kept_apart(database, wished_by_contact)
    marko = await add_member(database, "0713")
    request = await add_introduction(database, await add_ask(database, sanna), marko)

    assert (await services.answers.pass_on_form(marko.id, request.ref)).colleagues == ()
    with pytest.raises(NotAskable):
        await services.answers.pass_on(marko.id, request.ref, leena.ref)


@pytest.mark.parametrize("state", [waits.WAITING, waits.OFFERED])
async def test_waiting_for_that_person_ends(database: Database, state: str) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    entry = await add_wait(database, await add_ask(database, sanna), leena, state=state)
    services = services_of(database)

    await services.avoids.avoid(leena.id, sanna.ref)
    await services.waits.offer_places()

    async with database.reading() as store:
        kept = await store.waits.by_ref(entry.ref)
        assert kept is not None
        assert kept.state == waits.GONE
        assert await store.listings.wrong_ones() == [], "the place that was kept is free again"


async def test_asker_takes_a_pending_request_back_by_it_and_undo_brings_only_the_person_back(
    database: Database,
) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    ask = await add_ask(database, sanna)
    services = services_of(database)
    await services.introductions.request(sanna.id, ask.ref, leena.ref)

    await services.avoids.avoid(sanna.id, leena.ref)
    await services.avoids.avoid(sanna.id, leena.ref)
    await services.avoids.undo(sanna.id, leena.ref)

    async with database.reading() as store:
        assert await store.candidates.load_of(leena.id) == 0
        assert not await store.avoids.between(sanna.id, leena.id)
    later = await add_ask(database, sanna)
    assert isinstance(await services.fields.confirm(sanna.id, later.ref), CandidatesFound)


async def test_the_wish_of_the_other_stays_when_one_takes_theirs_back(database: Database) -> None:
    services, sanna, leena = await kept_apart(database, wished_by_contact=True)

    await services.avoids.undo(sanna.id, leena.ref)

    async with database.reading() as store:
        assert await store.avoids.between(sanna.id, leena.id)


async def test_nobody_avoids_themselves_or_somebody_of_another_workspace(database: Database) -> None:
    sanna = await add_member(database, roles=("student",))
    stranger = await add_member(database, workspace="T0OTHER")
    services = services_of(database)

    for ref in (sanna.ref, stranger.ref, "no-such-ref"):
        with pytest.raises(UnknownReference):
            await services.avoids.avoid(sanna.id, ref)
