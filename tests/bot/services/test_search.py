"""The database narrows the search; whom it leads to is whom the pure ranking over everybody would propose (R9)."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select, text

from bot import services as all_services
from bot.facts.fields import CandidatesFound
from bot.programme import Programme
from bot.rules.candidates import Contact, rank
from bot.services.search import Search
from sandbox import Clock
from storage import listings
from storage.asks import AskRow
from storage.database import Database
from storage.listings import Around, Asker, Place, Reached
from storage.members import MemberFieldRow, MemberRow
from storage.store import Store
from tests.storage.rows import NOW, WORKSPACE, add_ask, add_introduction, add_member, member

CODES = ("0713", "0714", "0715", "0913")


def search_of(database: Database) -> Search:
    return all_services.build(database, Clock(NOW), Programme()).introductions.search


def somebody(chance: random.Random) -> MemberRow:
    """Few values of each kind, so that many people are equal in much and the last rules decide."""
    ago = timedelta(days=chance.randrange(1, 4))
    return member(
        roles=chance.choice((("mentor",), ("mentor",), ("student",))),
        availability=chance.choice(("open", "open", "open", "paused")),
        country=chance.choice(("FI", "FI", "FI", "DE", None)),
        region=chance.choice(("Uusimaa", "Pirkanmaa", None)),
        institution=chance.choice(("Koulu A", "Koulu B", None)),
        languages=chance.choice((("fi",), ("fi", "en"), ("de",), ())),
        capacity=chance.choice((1, 2, 3)),
        last_contact_at=chance.choice((None, NOW - ago)),
    )


async def invent(database: Database, chance: random.Random, people: int) -> None:
    """A small network in which a third of all places are taken."""
    async with database.transaction() as store:
        everybody = [somebody(chance) for _ in range(people)]
        for one in everybody:
            store.members.add(one)
        await store.flush()
        codes = {one.id: chance.sample(CODES, chance.choice((1, 1, 2))) for one in everybody}
        await store.members.set_fields_of_many(codes)
    ask = await add_ask(database, await add_member(database, roles=("student",)))
    for one in chance.sample(everybody, people // 3):
        await add_introduction(database, ask, one, state="open")


async def everybody_as_ranking_sees_them(store: Store) -> list[Contact]:
    contacts = []
    session = store.members._session
    for one in await session.scalars(select(MemberRow)):
        if not one.can_be_asked:
            continue
        codes = await session.scalars(select(MemberFieldRow.code).where(MemberFieldRow.member_id == one.id))
        contacts.append(
            Contact(
                one.id,
                frozenset(codes),
                one.languages,
                one.country,
                one.region,
                one.institution,
                one.capacity,
                await store.candidates.load_of(one.id),
                one.last_contact_at,
            )
        )
    return contacts


@pytest.mark.parametrize("seed", range(4))
async def test_the_search_proposes_whom_the_ranking_over_everybody_would(database: Database, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - the same network every time
    await invent(database, chance, 60)
    search = search_of(database)
    async with database.transaction() as store:
        everybody = await everybody_as_ranking_sees_them(store)
        for _ in range(25):
            asker = somebody(chance)
            asker.roles = ("student",)
            store.members.add(asker)
            await store.flush()
            ask = await _ask(store, asker, chance.choice(CODES))
            look = await search._look(store, ask, asker, NOW)
            wanted = look.wanted
            at_home = [one for one in everybody if one.country == wanted.country]
            expected = rank(at_home, wanted, 3)
            assert await search._near(look, 3) == expected
            widened = replace(wanted, not_these=wanted.not_these | {one.member_id for one in at_home})
            field_anywhere = rank([one for one in everybody if one not in at_home], widened, 3)
            found = await search.for_ask(store, ask, asker, NOW)
            if not expected and field_anywhere:
                assert isinstance(found, CandidatesFound)
                members = await store.members.by_ids([one.member_id for one in field_anywhere])
                proposed = [card.person.ref for card in found.cards]
                assert proposed[: len(members)] == [members[one.member_id].ref for one in field_anywhere]


async def _ask(store: Store, asker: MemberRow, code: str) -> AskRow:
    ask = AskRow(workspace=WORKSPACE, asker_id=asker.id, code=code, asked_at=NOW)
    store.asks.add(ask)
    await store.flush()
    return ask


async def test_the_list_follows_whatever_happens_to_people(database: Database) -> None:
    leena, sanna = await add_member(database, "0713"), await add_member(database, roles=("student",))
    services = all_services.build(database, Clock(NOW), Programme())
    ask = await add_ask(database, sanna)

    async def listed() -> dict[str, int]:
        async with database.reading() as store:
            assert await store.listings.wrong_ones() == []
            found = await store.listings.foremost(Asker(WORKSPACE, (), None), [Around(CODES, None, 5)])
            return {one.code: one.load for one in found}

    assert await listed() == {"0713": 0}
    await services.introductions.request(sanna.id, ask.ref, leena.ref)
    assert await listed() == {"0713": 1}
    await services.introductions.cancel_pending(sanna.id)
    assert await listed() == {"0713": 0}
    await services.members.pause(leena.id)
    assert await listed() == {}
    await services.members.resume(leena.id)
    assert await listed() == {"0713": 0}
    async with database.transaction() as store:
        await store.members.set_fields(leena.id, ["0715"])
    assert await listed() == {"0715": 0}


async def test_no_part_of_the_search_looks_at_everybody(database: Database) -> None:
    await invent(database, random.Random(1), 300)  # noqa: S311 - the same network every time
    asker = Asker(WORKSPACE, ("fi", "en"), "Koulu A", spared=Reached(NOW, 3))
    around = [Around(("0713", "0714"), place, 3) for place in (Place("FI", "Uusimaa"), Place("FI"), None)]
    statement = listings._foremost(listings._shape_of(asker, around))
    values = listings._values(asker, around)
    async with database.reading() as store:
        session = store.members._session
        dialect = (await session.connection()).dialect
        as_text = str(statement.params(values).compile(dialect=dialect, compile_kwargs={"literal_binds": True}))
        if database.is_sqlite:
            plan = [row[3] for row in await session.execute(text(f"EXPLAIN QUERY PLAN {as_text}"))]
            assert not [
                step
                for step in plan
                if step.startswith(("SCAN listings", "SCAN members", "SCAN introductions", "USE TEMP"))
            ]
        else:
            # A handful of rows would be read as a whole whatever the indexes; what counts is that they can be used.
            await session.execute(text("SET enable_seqscan = off"))
            plan = [row[0] for row in await session.execute(text(f"EXPLAIN {as_text}"))]
            assert not [step for step in plan if "Seq Scan on" in step]
