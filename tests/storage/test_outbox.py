"""The outbox: one intent is kept once, leased by one sender, and moves only as its states are drawn."""

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select, update

from storage import outbox
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import OutboxRow, Priority
from storage.paces import database_now
from storage.schema import migrate
from storage.store import Store
from tests.storage.rows import A_MINUTE, NOW, WORKSPACE, add_member, claim, intent, outbox_row, put, time_passes

Move = Callable[[Store, int, str], Coroutine[Any, Any, object]]

MOVES: dict[str, tuple[str, str, Move]] = {
    "start": (outbox.LEASED, outbox.ATTEMPTING, lambda s, row, who: s.outbox.start(row, who, NOW)),
    "sent": (outbox.ATTEMPTING, outbox.SENT, lambda s, row, who: s.outbox.sent(row, who, NOW, "D1", "1.000001")),
    "failed": (outbox.ATTEMPTING, outbox.FAILED, lambda s, row, who: s.outbox.failed(row, who, NOW, "no")),
    "unknown": (outbox.ATTEMPTING, outbox.UNKNOWN, lambda s, row, who: s.outbox.unknown(row, who, NOW, "no")),
    "again": (outbox.ATTEMPTING, outbox.PENDING, lambda s, row, who: s.outbox.again(row, who, NOW, "429")),
    "postpone": (outbox.LEASED, outbox.PENDING, lambda s, row, who: s.outbox.postpone(row, who, NOW, "closed")),
    "cancelled": (
        outbox.LEASED,
        outbox.CANCELLED,
        lambda s, row, who: s.outbox.drop(row, who, NOW, outbox.CANCELLED, "no"),
    ),
    "expired": (outbox.LEASED, outbox.EXPIRED, lambda s, row, who: s.outbox.drop(row, who, NOW, outbox.EXPIRED, "no")),
}
STATES = ("pending", "leased", "attempting", "sent", "failed", "cancelled", "expired", "unknown")
FINAL = {outbox.SENT, outbox.FAILED, outbox.CANCELLED, outbox.EXPIRED, outbox.UNKNOWN}


@pytest.fixture
async def leena(database: Database) -> MemberRow:
    return await add_member(database, name="Leena Harjula")


@pytest.fixture
async def replicas(database_url: str) -> AsyncIterator[list[Database]]:
    """The same database as two replicas of the bot have it open."""
    opened = [Database(database_url) for _ in range(2)]
    await migrate(opened[0])
    yield opened
    for one in opened:
        await one.close()


async def in_state(database: Database, leena: MemberRow, state: str, owner: str | None = "me") -> int:
    """A row in that state, held by that sender with a lease that lasts."""
    await put(database, intent(leena))
    async with database.transaction() as store:
        lasts = await database_now(store.outbox._session) + A_MINUTE
    async with database.engine.connect() as connection:
        await connection.execution_options(silta_writing=True)
        values = {"state": state, "owner": owner, "leased_until": lasts, "attempted_at": NOW}
        row_id = (await connection.execute(update(OutboxRow).values(values).returning(OutboxRow.id))).scalar_one()
        await connection.commit()
    return int(row_id)


async def move(database: Database, name: str, row_id: int, owner: str) -> OutboxRow:
    """Tries a move, and shows what the row is afterwards."""
    async with database.transaction() as store:
        await MOVES[name][2](store, row_id, owner)
    return await outbox_row(database, row_id)


async def test_an_intent_is_kept_once_however_often_it_is_put(database: Database, leena: MemberRow) -> None:
    async with database.transaction() as store:
        answers = [await store.outbox.put(intent(leena)) for _ in range(3)]

    assert answers == [True, False, False]


async def test_an_intent_put_by_many_at_once_is_kept_once(replicas: list[Database]) -> None:
    leena = await add_member(replicas[0])

    async def put_it(database: Database) -> bool:
        async with database.transaction() as store:
            return await store.outbox.put(intent(leena))

    answers = await asyncio.gather(*(put_it(replicas[number % 2]) for number in range(10)))

    assert sorted(answers) == [False] * 9 + [True]
    async with replicas[0].engine.connect() as connection:
        assert (await connection.execute(select(func.count()).select_from(OutboxRow))).scalar_one() == 1


async def test_the_same_key_in_another_workspace_is_another_intent(database: Database, leena: MemberRow) -> None:
    other = await add_member(database, workspace="T0OTHER")

    await put(database, intent(leena), intent(other))

    async with database.transaction() as store:
        (row,) = await store.outbox.claim("T0OTHER", "me", NOW, 20)
    assert row.recipient_id == other.id
    assert [row.recipient_id for row in await claim(database, "me")] == [leena.id]


async def test_two_senders_never_hold_the_same_row(replicas: list[Database]) -> None:
    leena = await add_member(replicas[0])
    await put(replicas[0], *(intent(leena, f"rested:{number}") for number in range(40)))

    claims = await asyncio.gather(*(claim(replicas[n % 2], f"sender {n % 2}", at_most=5) for n in range(12)))

    claimed = [row.id for rows in claims for row in rows]
    assert len(claimed) == len(set(claimed)) == 40


async def test_what_is_due_is_claimed_by_priority_then_by_time(database: Database, leena: MemberRow) -> None:
    await put(
        database,
        intent(leena, "nudge", priority=Priority.NUDGE, not_before=NOW - 2 * A_MINUTE),
        intent(leena, "later", priority=Priority.ANSWER, not_before=NOW),
        intent(leena, "earlier", priority=Priority.ANSWER, not_before=NOW - A_MINUTE),
        intent(leena, "not due", priority=Priority.ANSWER, not_before=NOW + timedelta(microseconds=1)),
    )

    rows = await claim(database, "me")

    assert [row.dedup_key for row in rows] == ["earlier", "later", "nudge"]


async def test_no_more_is_claimed_than_asked_for_and_the_most_important_first(
    database: Database, leena: MemberRow
) -> None:
    await put(database, *(intent(leena, f"{number}", priority=Priority(number)) for number in (5, 3, 6, 1, 2, 4)))

    assert [row.dedup_key for row in await claim(database, "me", at_most=2)] == ["1", "2"]


async def test_a_lease_that_ran_out_before_the_attempt_is_due_again(database: Database, leena: MemberRow) -> None:
    row_id = await in_state(database, leena, outbox.LEASED, "crashed")
    assert await claim(database, "me") == []
    await _lease_runs_out(database)

    (row,) = await claim(database, "me")

    assert (row.id, row.owner) == (row_id, "me")


async def test_an_attempt_is_never_claimed_again_whatever_its_lease(database: Database, leena: MemberRow) -> None:
    await in_state(database, leena, outbox.ATTEMPTING, "crashed")
    await _lease_runs_out(database)

    assert await claim(database, "me", NOW + timedelta(days=365)) == []


@pytest.mark.parametrize("state", sorted(FINAL))
async def test_a_final_state_is_final(database: Database, leena: MemberRow, state: str) -> None:
    row_id = await in_state(database, leena, state)
    await _lease_runs_out(database)

    assert await claim(database, "me") == []
    for name in MOVES:
        assert (await move(database, name, row_id, "me")).state == state


@pytest.mark.parametrize("name", MOVES)
async def test_a_move_leads_where_it_is_drawn(database: Database, leena: MemberRow, name: str) -> None:
    before, after, _ = MOVES[name]
    row_id = await in_state(database, leena, before)

    row = await move(database, name, row_id, "me")

    assert row.state == after
    assert (row.finished_at == NOW) == (after in FINAL)
    assert (row.owner is None) == (after == outbox.PENDING)
    if name not in {"start", "sent"}:
        assert row.reason


@pytest.mark.parametrize("name", MOVES)
async def test_a_move_by_somebody_else_changes_nothing(database: Database, leena: MemberRow, name: str) -> None:
    row_id = await in_state(database, leena, MOVES[name][0], "the holder")

    row = await move(database, name, row_id, "somebody else")

    assert (row.state, row.owner, row.attempts) == (MOVES[name][0], "the holder", 0)


@pytest.mark.parametrize("name", MOVES)
async def test_a_move_from_a_wrong_state_changes_nothing(database: Database, leena: MemberRow, name: str) -> None:
    row_id = await in_state(database, leena, outbox.PENDING)
    for state in set(STATES) - {MOVES[name][0]}:
        async with database.engine.connect() as connection:
            await connection.execution_options(silta_writing=True)
            await connection.execute(update(OutboxRow).values(state=state))
            await connection.commit()

        assert (await move(database, name, row_id, "me")).state == state


async def test_an_attempt_does_not_start_on_a_lease_that_ran_out(database: Database, leena: MemberRow) -> None:
    row_id = await in_state(database, leena, outbox.LEASED)
    await _lease_runs_out(database)

    async with database.transaction() as store:
        assert not await store.outbox.start(row_id, "me", NOW)
    assert (await outbox_row(database, row_id)).state == outbox.LEASED


async def test_an_attempt_is_counted_and_dated(database: Database, leena: MemberRow) -> None:
    row_id = await in_state(database, leena, outbox.LEASED)

    async with database.transaction() as store:
        assert await store.outbox.start(row_id, "me", NOW)

    row = await outbox_row(database, row_id)
    assert (row.attempts, row.attempted_at) == (1, NOW)


async def test_withdrawing_cancels_what_has_not_left_and_only_that(database: Database, leena: MemberRow) -> None:
    await put(database, intent(leena, "a", subject="withdrawn"), intent(leena, "b", subject="other"))

    async with database.transaction() as store:
        await store.outbox.cancel("withdrawn", NOW, "withdrawn")

    assert [row.dedup_key for row in await claim(database, "me")] == ["b"]


async def test_a_leased_row_is_not_cancelled_behind_its_senders_back(database: Database, leena: MemberRow) -> None:
    row_id = await in_state(database, leena, outbox.LEASED)

    async with database.transaction() as store:
        await store.outbox.cancel("subject", NOW, "withdrawn")

    assert (await outbox_row(database, row_id)).state == outbox.LEASED


async def test_an_attempt_without_an_end_is_found_when_it_is_old_enough(database: Database, leena: MemberRow) -> None:
    row_id = await in_state(database, leena, outbox.ATTEMPTING, "crashed")

    async with database.reading() as store:
        young = await store.outbox.left_without_evidence(WORKSPACE)
        elsewhere = await store.outbox.left_without_evidence("T0OTHER")
    await time_passes(database, A_MINUTE)
    async with database.reading() as store:
        old = await store.outbox.left_without_evidence(WORKSPACE)

    assert [row.id for row in (*young, *elsewhere)] == []
    assert [row.id for row in old] == [row_id]


async def test_an_attempt_is_taken_over_by_one(replicas: list[Database]) -> None:
    leena = await add_member(replicas[0])
    await in_state(replicas[0], leena, outbox.ATTEMPTING, "crashed")
    await time_passes(replicas[0], A_MINUTE)
    async with replicas[0].reading() as store:
        (lost,) = await store.outbox.left_without_evidence(WORKSPACE)

    async def take(database: Database, owner: str) -> bool:
        async with database.transaction() as store:
            return await store.outbox.take_over(lost, owner)

    taken = await asyncio.gather(*(take(replicas[n % 2], f"sender {n}") for n in range(6)))

    assert sorted(taken) == [False] * 5 + [True]


async def test_who_was_taken_over_can_record_nothing_more(database: Database, leena: MemberRow) -> None:
    row_id = await in_state(database, leena, outbox.ATTEMPTING, "slow")
    await time_passes(database, A_MINUTE)
    async with database.transaction() as store:
        (lost,) = await store.outbox.left_without_evidence(WORKSPACE)
        assert await store.outbox.take_over(lost, "me")

    assert (await move(database, "again", row_id, "slow")).state == outbox.ATTEMPTING
    assert (await move(database, "sent", row_id, "me")).state == outbox.SENT


async def test_a_commit_that_fills_the_outbox_wakes_the_sender(database: Database, leena: MemberRow) -> None:
    database.outbox_filled.clear()
    async with database.reading():
        pass
    assert not database.outbox_filled.is_set()

    await put(database, intent(leena))

    assert database.outbox_filled.is_set()


async def test_an_intent_lives_and_dies_with_the_change_that_causes_it(database: Database, leena: MemberRow) -> None:
    database.outbox_filled.clear()

    with pytest.raises(ZeroDivisionError):
        async with database.transaction() as store:
            await store.outbox.put(intent(leena))
            raise ZeroDivisionError

    assert await claim(database, "me") == []
    assert not database.outbox_filled.is_set()


async def _lease_runs_out(database: Database) -> None:
    await time_passes(database, 2 * A_MINUTE)
