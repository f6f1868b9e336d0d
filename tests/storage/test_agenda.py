"""The one question before every tick: it may say "perhaps" for nothing, but never "no" while something is due."""

from collections.abc import Awaitable, Callable
from datetime import timedelta

import pytest

from storage import check_ins, circles, introductions, meetups, outbox, questions, waits
from storage.database import Database
from tests.storage.rows import (
    A_MINUTE,
    NOW,
    add_agenda,
    add_ask,
    add_change,
    add_check_in,
    add_circle,
    add_introduction,
    add_member,
    add_round,
    add_wait,
    claim,
    intent,
    put,
)

Arrange = Callable[[Database], Awaitable[None]]


async def _requested(database: Database, state: str = introductions.ASKED) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    await add_introduction(database, await add_ask(database, sanna), leena, state=state)


async def _to_remind(database: Database) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    later = NOW + timedelta(days=2)
    await add_introduction(database, await add_ask(database, sanna), leena, remind_at=NOW, release_at=later)


async def _to_release(database: Database) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    await add_introduction(database, await add_ask(database, sanna), leena, remind_at=NOW, release_at=NOW)


async def _waits(database: Database) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    await add_wait(database, await add_ask(database, sanna), leena)


async def _watches(database: Database) -> None:
    await add_wait(database, await add_ask(database, await add_member(database)), None)


async def _has_an_offer(database: Database) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    await add_wait(database, await add_ask(database, sanna), leena, state=waits.OFFERED, offer_ends_at=NOW)


async def _contact(database: Database, state: str = introductions.OPEN, **check_in: object) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    contact = await add_introduction(database, await add_ask(database, sanna), leena, state=state)
    await add_check_in(database, contact, sanna.id, **check_in)


async def _to_ask(database: Database) -> None:
    await _contact(database, due_at=NOW)


async def _to_fade(database: Database) -> None:
    await _contact(database, kind=check_ins.KEEP, asked_at=NOW - A_MINUTE, fade_at=NOW)


async def _to_send(database: Database) -> None:
    await put(database, intent(await add_member(database)))


async def _to_send_again(database: Database) -> None:
    await _to_send(database)
    await claim(database, "crashed")


async def _asked_a_person(database: Database, state: str = questions.ASKED) -> None:
    asker = await add_member(database)
    async with database.transaction() as store:
        row = questions.QuestionRow(workspace=asker.workspace, asker_id=asker.id, asked_at=NOW, state=state)
        store.questions.add(row)


async def _to_list(database: Database) -> None:
    async with database.transaction() as store:
        await store.knowledge.ensure_list("T0", NOW)


async def _to_nudge(database: Database) -> None:
    await add_member(database, nudge_due_at=NOW)


async def _to_find_a_slot_for(database: Database) -> None:
    await add_member(database, nudge_due_at=None)


async def _to_poll(database: Database) -> None:
    await add_circle(database, next_poll_at=NOW)


async def _to_group(database: Database) -> None:
    await add_round(database, await add_circle(database), closes_at=NOW)


async def _to_count(database: Database) -> None:
    await add_change(database, await add_circle(database), closes_at=NOW)


async def _agenda_to_forget(database: Database, **meetup: object) -> None:
    held = await add_round(database, await add_circle(database), state=meetups.GROUPED, closes_at=NOW)
    await add_agenda(database, held, **{"ends_at": NOW, **meetup})


DUE: dict[str, Arrange] = {
    "a request that was delivered or not": _requested,
    "a reminder": _to_remind,
    "a release": _to_release,
    "somebody waits": _waits,
    "somebody watches": _watches,
    "an offer has ended": _has_an_offer,
    "a check-in": _to_ask,
    "a contact fades": _to_fade,
    "a nudge": _to_nudge,
    "a question with a person": _asked_a_person,
    "a weekly list": _to_list,
    "a contact person without a slot": _to_find_a_slot_for,
    "a poll": _to_poll,
    "a poll whose groups are to be made": _to_group,
    "a vote to count": _to_count,
    "an agenda to forget": _agenda_to_forget,
    "a message": _to_send,
    "a message whose sender crashed": _to_send_again,
}


async def something_is_due(database: Database) -> bool:
    async with database.reading() as store:
        return await store.agenda.has_something_due(NOW)


@pytest.mark.parametrize("what", DUE)
async def test_whatever_is_due_is_noticed(database: Database, what: str) -> None:
    await DUE[what](database)

    assert await something_is_due(database)


async def test_an_empty_network_has_nothing_due(database: Database) -> None:
    await add_member(database, "0713")

    assert not await something_is_due(database)


@pytest.mark.parametrize("state", [introductions.DECLINED, introductions.CLOSED, introductions.FADED])
async def test_a_contact_that_ended_brings_nothing(database: Database, state: str) -> None:
    await _contact(database, state, due_at=NOW, fade_at=NOW)

    assert not await something_is_due(database)


async def test_what_is_not_due_yet_can_wait(database: Database) -> None:
    soon = NOW + timedelta(microseconds=1)
    await _contact(database, due_at=soon, fade_at=soon)
    await put(database, intent(await add_member(database, nudge_due_at=soon), not_before=soon))
    await add_member(database, roles=("student",), nudge_due_at=None)

    assert not await something_is_due(database)


async def test_a_circle_that_rests_or_whose_time_has_not_come_brings_nothing(database: Database) -> None:
    soon = NOW + timedelta(microseconds=1)
    circle = await add_circle(database, next_poll_at=None)
    await add_round(database, circle, closes_at=soon)
    await add_change(database, circle, closes_at=soon)
    await add_change(database, circle, closes_at=NOW, state=circles.ACCEPTED)
    held = await add_round(database, await add_circle(database, code="0732"), state=meetups.GROUPED, closes_at=NOW)
    await add_agenda(database, held, ends_at=soon)

    assert not await something_is_due(database)


async def test_what_was_sent_or_answered_is_done(database: Database) -> None:
    await _asked_a_person(database, questions.ANSWERED)
    await _contact(database, asked_at=NOW, answer="keep", fade_at=NOW)
    await _to_send(database)
    (row,) = await claim(database, "me")
    async with database.transaction() as store:
        await store.outbox.drop(row.id, "me", NOW, outbox.CANCELLED, "recipient_left")

    assert not await something_is_due(database)
