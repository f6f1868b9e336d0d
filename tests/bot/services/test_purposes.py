"""What a person agrees to, purpose by purpose: nothing is done for a purpose they have withdrawn (R15)."""

from datetime import timedelta
from pathlib import Path

import pytest

from bot.programme import Programme
from bot.services.members_file import MembersFile
from bot.services.nudge_items import content, prepare
from bot.services.outgoing.introductions import request
from bot.services.outgoing.look import Look
from bot.services.search import Search
from bot.understanding.fields import FieldRecogniser
from bot.understanding.regions import RegionRecogniser
from storage.circles import wants_messages
from storage.database import Database
from storage.listings import Around, Asker
from storage.members import EVENTS, FOUND, MEETUPS, NUDGES, OF_A_CONTACT, MemberRow
from tests.storage.rows import NOW, WORKSPACE, add_ask, add_introduction, add_member

TUESDAY_AT_TEN = NOW - timedelta(minutes=12)


@pytest.mark.parametrize("purposes", [(), (NUDGES, EVENTS, MEETUPS)])
async def test_contact_person_who_does_not_want_to_be_found_is_never_listed(
    database: Database, purposes: tuple[str, ...]
) -> None:
    await add_member(database, "0713", purposes=purposes)

    assert await _listed(database) == []


async def test_withdrawing_and_agreeing_again_counts_with_the_same_transaction(database: Database) -> None:
    leena = await add_member(database, "0713")

    seen = [await _listed(database)]
    for purposes in ((NUDGES,), (FOUND,)):
        async with database.transaction() as store:
            (await store.members.by_id(leena.id)).purposes = purposes
        seen.append(await _listed(database))

    assert seen == [[leena.id], [], [leena.id]]


async def test_nudge_that_was_planned_before_the_consent_was_withdrawn_says_nothing(database: Database) -> None:
    leena = await add_member(database, "0713")
    async with database.transaction() as store:
        member = await store.members.locked(leena.id)
        nudge = await prepare(store, member, Programme(), TUESDAY_AT_TEN)
        assert nudge is not None
        assert await content(store, nudge, member, Programme()) is not None

        member.purposes = (FOUND,)

        assert await content(store, nudge, member, Programme()) is None
        assert await prepare(store, member, Programme(), TUESDAY_AT_TEN + timedelta(weeks=1)) is None


async def test_request_on_its_way_to_somebody_who_is_not_to_be_found_any_more_is_not_sent(database: Database) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    introduction = await add_introduction(database, await add_ask(database, sanna), leena)
    async with database.transaction() as store:
        member = await store.members.by_id(leena.id)
        fields = FieldRecogniser.load()
        search = Search(Programme(), fields.catalogue, RegionRecogniser.load())
        look = Look(store, introduction.ref, member, NOW, Programme(), search)
        assert await request(look) is not None

        member.purposes = (NUDGES,)

        assert await request(look) is None


def test_nobody_hears_of_meetups_who_did_not_agree_to_them() -> None:
    member = MemberRow(roles=("mentor",), purposes=(MEETUPS,), external_id="U1", availability="open")
    assert wants_messages(member)

    member.purposes = (FOUND, NUDGES, EVENTS)

    assert not wants_messages(member)


async def test_import_takes_contact_persons_as_agreed_and_nobody_else(database: Database, tmp_path: Path) -> None:
    file = tmp_path / "members.csv"
    file.write_text("slack_user_id,name,role\nU1LEENA,Leena,mentor\nU1SANNA,Sanna,student\n", encoding="utf-8")

    await _bring_in(database, file)

    assert await _purposes(database, "U1LEENA") == OF_A_CONTACT
    assert await _purposes(database, "U1SANNA") == ()


async def test_import_does_not_bring_back_what_a_contact_person_withdrew(database: Database, tmp_path: Path) -> None:
    leena = await add_member(database, external_id="U1LEENA", purposes=(MEETUPS,))
    sanna = await add_member(database, external_id="U1SANNA", roles=("student",), purposes=())
    file = tmp_path / "members.csv"
    file.write_text("slack_user_id,name,role\nU1LEENA,Leena R,mentor\nU1SANNA,Sanna,mentor\n", encoding="utf-8")

    await _bring_in(database, file)

    assert await _purposes(database, leena.external_id or "") == (MEETUPS,)
    assert await _purposes(database, sanna.external_id or "") == OF_A_CONTACT, "their line makes them one now"


async def _bring_in(database: Database, file: Path) -> None:
    await MembersFile(database, FieldRecogniser.load(), Programme()).bring_in(WORKSPACE, file)


async def _purposes(database: Database, external_id: str) -> tuple[str, ...]:
    async with database.reading() as store:
        member = await store.members.by_external_id(WORKSPACE, external_id)
        assert member is not None
        return member.purposes


async def _listed(database: Database) -> list[int]:
    async with database.reading() as store:
        found = await store.listings.foremost(Asker(WORKSPACE, (), None), [Around(("0713",), None, 10)])
        return [one.member_id for one in found]
