"""Once a year a contact person is asked whether their profile is still right; nobody is pressed."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select

from bot import services as all_services
from bot.errors import UnknownReference
from bot.facts.fields import CandidatesFound
from bot.facts.members import StillRight
from bot.programme import Programme
from bot.services import Services
from sandbox import Clock
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import OutboxRow
from tests.storage.rows import NOW, add_ask, add_introduction, add_member

LAST_YEAR = NOW.date() - timedelta(days=365)


def services_at(database: Database, now: datetime = NOW) -> Services:
    return all_services.build(database, Clock(now), Programme())


async def contact(database: Database, **given: object) -> MemberRow:
    return await add_member(database, "0713", **{"confirmed_on": LAST_YEAR, "confirm_due_on": NOW.date(), **given})


async def questions(database: Database) -> list[OutboxRow]:
    async with database.reading() as store:
        kind = OutboxRow.kind == "members.still_right"
        return list(await store.members._session.scalars(select(OutboxRow).where(kind).order_by(OutboxRow.id)))


async def asked(database: Database, member: MemberRow, now: datetime = NOW) -> object:
    """What the question would say if it left at this moment."""
    async with database.transaction() as store:
        recipient = await store.members.by_id(member.id)
        return await services_at(database, now).outgoing.fact(store, "members.still_right", member.ref, recipient, now)


async def confirmed_on(database: Database, member: MemberRow) -> date | None:
    async with database.reading() as store:
        return (await store.members.by_id(member.id)).confirmed_on


async def test_a_year_after_the_last_confirmation_one_question_is_asked_and_the_next_a_year_later(
    database: Database,
) -> None:
    leena = await contact(database, institution="Koulu", region="Uusimaa")
    for now in (NOW - timedelta(days=1), NOW, NOW, NOW + timedelta(days=364)):
        await services_at(database, now).freshness.ask()
    assert len(await questions(database)) == 1
    assert await asked(database, leena) == StillRight(("0713",), "Koulu", "Uusimaa", 2, "")

    await services_at(database, NOW + timedelta(days=365)).freshness.ask()

    assert len(await questions(database)) == 2
    assert await confirmed_on(database, leena) == LAST_YEAR, "silence says nothing"


async def test_two_replicas_ask_once(database: Database) -> None:
    await contact(database)
    for replica in (services_at(database), services_at(database)):
        await replica.freshness.ask()
    assert len(await questions(database)) == 1


async def test_the_question_keeps_out_of_the_slot_of_the_weekly_nudge(database: Database) -> None:
    # It is Tuesday, 10:12, in the middle of the slot from ten to twelve.
    await contact(database)
    await services_at(database).freshness.ask()
    (question,) = await questions(database)
    assert question.not_before == datetime(2027, 1, 19, 10, tzinfo=UTC)


async def test_in_closed_time_it_waits_for_the_next_open_minute(database: Database) -> None:
    await contact(database)
    await services_at(database, datetime(2027, 1, 20, 20, tzinfo=UTC)).freshness.ask()
    (question,) = await questions(database)
    assert question.not_before == datetime(2027, 1, 21, 6, tzinfo=UTC)


@pytest.mark.parametrize("given", [{"availability": "paused"}, {"capacity": 0}, {"roles": ("student",)}])
async def test_whoever_is_paused_or_no_contact_is_not_asked(database: Database, given: dict[str, object]) -> None:
    await contact(database, **given)
    await services_at(database).freshness.ask()
    assert await questions(database) == []
    async with database.reading() as store:
        assert not await store.agenda.has_something_due(NOW), "and nothing is looked for again and again"


async def test_the_agenda_knows_that_somebody_is_to_be_asked(database: Database) -> None:
    await contact(database)
    async with database.reading() as store:
        assert await store.agenda.has_something_due(NOW)


async def test_still_right_may_be_pressed_twice_and_only_by_a_contact_person(database: Database) -> None:
    leena = await contact(database)
    freshness = services_at(database).freshness
    assert await freshness.confirm(leena.id) == await freshness.confirm(leena.id)
    assert await confirmed_on(database, leena) == NOW.date()
    assert await asked(database, leena) is None, "a question that waits has lost its point"

    student = await add_member(database, roles=("student",))
    with pytest.raises(UnknownReference):
        await freshness.confirm(student.id)


async def test_saying_yes_to_somebody_confirms_the_profile_too(database: Database) -> None:
    leena, sanna = await contact(database), await add_member(database, roles=("student",))
    request = await add_introduction(database, await add_ask(database, sanna), leena)
    await services_at(database).answers.accept(leena.id, request.ref)
    assert await confirmed_on(database, leena) == NOW.date()
    await services_at(database, NOW + timedelta(days=1)).freshness.ask()
    assert await questions(database) == []


async def test_a_card_says_how_fresh_it_is_and_when_a_request_arrives(database: Database) -> None:
    await contact(database, confirmed_on=NOW.date() - timedelta(days=30), capacity=3)
    await contact(database, capacity=2)
    sanna = await add_member(database, roles=("student",))
    ask = await add_ask(database, sanna)

    by_day = await services_at(database).fields.confirm(sanna.id, ask.ref)
    by_night = await services_at(database, datetime(2027, 1, 22, 19, tzinfo=UTC)).fields.confirm(sanna.id, ask.ref)

    assert isinstance(by_day, CandidatesFound)
    assert isinstance(by_night, CandidatesFound)
    assert sorted(card.is_fresh for card in by_day.cards) == [False, True]
    assert all(card.at_once for card in by_day.cards)
    assert {(card.at_once, card.reached_at) for card in by_night.cards} == {
        (False, datetime(2027, 1, 25, 6, tzinfo=UTC))
    }
