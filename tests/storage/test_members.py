"""Who can be asked, how many places are taken, and that one workspace never sees another."""

import pytest

from storage import introductions, waits
from storage.database import Database
from storage.listings import Around, Asker
from storage.members import MemberRow
from tests.storage.rows import NOW, WORKSPACE, add_ask, add_introduction, add_member, add_wait


async def askable(database: Database, *codes: str, workspace: str = WORKSPACE) -> dict[int, int]:
    """The load of everybody who is listed in these fields, by number."""
    asker, everywhere = Asker(workspace, (), None), [Around(codes, None, 10, full) for full in (False, True)]
    async with database.reading() as store:
        return {one.member_id: one.load for one in await store.listings.foremost(asker, everywhere)}


async def load(database: Database, contact: MemberRow, apart_from: MemberRow | None = None) -> int:
    async with database.reading() as store:
        return await store.candidates.load_of(contact.id, apart_from_offers_to=apart_from.id if apart_from else None)


async def test_contact_person_of_the_field_can_be_asked(database: Database) -> None:
    leena = await add_member(database, "0713", "0715")

    assert await askable(database, "0713") == {leena.id: 0}
    assert await askable(database, "0713", "0715") == {leena.id: 0}
    assert await askable(database, "0911") == {}


@pytest.mark.parametrize(
    "given",
    [
        {"availability": "paused"},
        {"availability": "resting"},
        {"deactivated_at": NOW},
        {"capacity": 0},
        {"external_id": None},
        {"roles": ("student",)},
        {"roles": ()},
        {"workspace": "T0OTHER"},
    ],
)
async def test_whoever_is_not_open_cannot_be_asked(database: Database, given: dict[str, object]) -> None:
    await add_member(database, "0713", **given)

    assert await askable(database, "0713") == {}


@pytest.mark.parametrize(
    ("state", "places"),
    [
        (introductions.ASKED, 1),
        (introductions.OPEN, 1),
        (introductions.DECLINED, 0),
        (introductions.PASSED_ON, 0),
        (introductions.RELEASED, 0),
        (introductions.CANCELLED, 0),
        (introductions.CLOSED, 0),
        (introductions.FADED, 0),
    ],
)
async def test_a_pending_request_and_an_open_contact_hold_a_place(database: Database, state: str, places: int) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    await add_introduction(database, await add_ask(database, sanna), leena, state=state)

    assert await load(database, leena) == places
    assert await askable(database, "0713") == {leena.id: places}


@pytest.mark.parametrize(
    ("state", "places"), [(waits.WAITING, 0), (waits.OFFERED, 1), (waits.TAKEN, 0), (waits.GONE, 0)]
)
async def test_an_offered_place_is_kept_for_whoever_waited(database: Database, state: str, places: int) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    await add_wait(database, await add_ask(database, sanna), leena, state=state)

    assert await load(database, leena) == places
    assert await load(database, leena, apart_from=sanna) == 0
    assert await askable(database, "0713") == {leena.id: places}


async def test_the_load_of_one_is_not_the_load_of_another(database: Database) -> None:
    leena, marko = await add_member(database, "0713"), await add_member(database, "0713")
    for _ in range(2):
        sanna = await add_member(database)
        await add_introduction(database, await add_ask(database, sanna), leena)

    assert await askable(database, "0713") == {leena.id: 2, marko.id: 0}
    assert await load(database, marko) == 0


async def test_waiting_for_anybody_holds_no_place(database: Database) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database)
    await add_wait(database, await add_ask(database, sanna), None, state=waits.OFFERED)

    assert await load(database, leena) == 0


async def test_a_workspace_sees_its_own_people_only(database: Database) -> None:
    here = await add_member(database, "0713", external_id="U0SAME", roles=("mentor", "coordinator"))
    there = await add_member(
        database, "0713", external_id="U0SAME", roles=("mentor", "coordinator"), workspace="T0OTHER"
    )

    async with database.reading() as store:
        found = await store.members.by_external_id("T0OTHER", "U0SAME")
        assert found is not None
        assert found.id == there.id
        assert await store.members.by_ref("T0OTHER", here.ref) is None
        assert [one.id for one in await store.members.everyone(WORKSPACE)] == [here.id]
        assert [one.id for one in await store.members.coordinators(WORKSPACE)] == [here.id]
        among = await store.members.by_external_ids("T0OTHER", ["U0SAME"])
        assert [one.id for one in among.values()] == [there.id]
    assert await askable(database, "0713", workspace="T0OTHER") == {there.id: 0}


async def test_a_coordinator_who_left_is_not_named(database: Database) -> None:
    await add_member(database, roles=("coordinator",), deactivated_at=NOW)

    async with database.reading() as store:
        assert await store.members.coordinators(WORKSPACE) == []


async def test_cards_of_somebody_else_are_not_found(database: Database) -> None:
    leena, sanna, stranger = [await add_member(database) for _ in range(3)]
    ask = await add_ask(database, sanna)
    asked = await add_introduction(database, ask, leena)
    wait = await add_wait(database, ask, leena)

    async with database.reading() as store:
        assert await store.asks.of_person(stranger.id, ask.ref) is None
        assert await store.introductions.with_person(stranger.id, asked.ref) is None
        assert await store.introductions.to_contact(sanna.id, asked.ref) is None
        assert await store.introductions.to_contact(leena.id, asked.ref) is not None
        assert await store.waits.of_person(leena.id, wait.ref) is None
        assert await store.waits.of_person(sanna.id, wait.ref) is not None


async def test_fields_are_replaced_and_doubled_ones_kept_once(database: Database) -> None:
    leena = await add_member(database, "0713", "0715")

    async with database.transaction() as store:
        await store.members.set_fields(leena.id, ["0911", "0713", "0911"])

    async with database.reading() as store:
        assert await store.members.fields_of([leena.id]) == {leena.id: ("0713", "0911")}
