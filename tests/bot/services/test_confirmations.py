"""Who may confirm a contact person is decided at the moment of pressing, and never by oneself or by what one says."""

import asyncio
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bot import services as all_services
from bot.errors import AlreadyAnswered, UnknownReference
from bot.facts.profiles import ContactConfirmed, Listing, ProfileEntered, ProfileSaved
from bot.programme import Institution, Programme
from bot.services import Services
from bot.services.members_file import MembersFile
from sandbox import Clock
from storage.database import Database
from storage.members import CONFIRMED, NOT_NEEDED, WAITING, MemberRow
from tests.bot.services.test_two_workspaces import A_MENTOR, SCHOOL
from tests.storage.rows import NOW, WORKSPACE, add_member

ELSEWHERE = "Saarnikallio"


def services_of(database: Database) -> Services:
    schools = [Institution(name=name, country="FI", leader_confirms_contact=True) for name in (SCHOOL, ELSEWHERE)]
    return all_services.build(database, Clock(NOW), Programme(institutions=tuple(schools)))


async def leader_of(database: Database, institution: str = SCHOOL) -> MemberRow:
    """A leader whom a coordinator brought in."""
    return await add_member(database, roles=("leader",), vouched_roles=("leader",), institution=institution)


async def joined(database: Database, services: Services) -> MemberRow:
    """Somebody who has just joined as a contact person and waits for a confirmation."""
    marko = await add_member(database, roles=(), purposes=())
    saved = await services.profiles.save(marko.id, A_MENTOR)
    assert isinstance(saved, ProfileSaved)
    assert saved.listing is Listing.WAITING
    return marko


async def confirmation(database: Database, member: MemberRow) -> str:
    async with database.reading() as store:
        return (await store.members.by_id(member.id)).confirmation


@pytest.mark.parametrize(
    "change", [{"vouched_roles": ()}, {"roles": ("educator",)}, {"institution": ELSEWHERE}, {"deactivated_at": NOW}]
)
async def test_right_that_was_withdrawn_after_the_card_came_counts_no_more(
    database: Database, change: dict[str, object]
) -> None:
    services, leader = services_of(database), await leader_of(database)
    marko = await joined(database, services)
    async with database.transaction() as store:
        member = await store.members.by_id(leader.id)
        for name, value in change.items():
            setattr(member, name, value)

    with pytest.raises(UnknownReference):
        await services.confirmations.confirm(leader.id, marko.ref)

    assert await confirmation(database, marko) == WAITING


async def test_nobody_confirms_themselves_whatever_they_are(database: Database) -> None:
    services = services_of(database)
    for roles in (("coordinator",), ("leader",)):
        me = await add_member(database, roles=roles, vouched_roles=roles, institution=SCHOOL, purposes=())
        await services.profiles.save(me.id, A_MENTOR)
        assert await confirmation(database, me) == WAITING

        with pytest.raises(UnknownReference):
            await services.confirmations.confirm(me.id, me.ref)


async def test_first_of_many_answers_counts_and_a_replay_changes_nothing(database: Database) -> None:
    services = services_of(database)
    leaders = [await leader_of(database) for _ in range(5)]
    marko = await joined(database, services)

    answers = await asyncio.gather(
        *(services.confirmations.confirm(one.id, marko.ref) for one in (*leaders, *leaders)), return_exceptions=True
    )

    assert Counter(type(one) for one in answers) == {ContactConfirmed: 1, AlreadyAnswered: 9}
    with pytest.raises(AlreadyAnswered):
        await services.confirmations.not_now(leaders[0].id, marko.ref)
    assert await confirmation(database, marko) == CONFIRMED


async def test_who_moves_to_another_institution_is_confirmed_there_again(database: Database) -> None:
    services, leader = services_of(database), await leader_of(database)
    marko = await joined(database, services)
    await services.confirmations.confirm(leader.id, marko.ref)

    await services.profiles.save(marko.id, A_MENTOR)
    assert await confirmation(database, marko) == CONFIRMED, "the same profile again changes nothing"
    await services.profiles.save(marko.id, _at(ELSEWHERE))

    assert await confirmation(database, marko) == WAITING


async def test_leader_who_moves_does_not_bring_the_right_along(database: Database) -> None:
    services, leader = services_of(database), await leader_of(database, ELSEWHERE)
    marko = await joined(database, services)
    await services.profiles.save(leader.id, _at(SCHOOL, "leader"))

    with pytest.raises(UnknownReference):
        await services.confirmations.confirm(leader.id, marko.ref)


async def test_members_file_vouches_for_what_it_changes_and_for_nothing_it_repeats(
    database: Database, tmp_path: Path
) -> None:
    services = services_of(database)
    said_so = await add_member(database, external_id="U1SAIDSO", roles=("leader",), institution=SCHOOL)
    student = await add_member(database, external_id="U1STUDENT", roles=("student",), institution=SCHOOL)
    file = tmp_path / "members.csv"
    lines = ("slack_user_id,name,role", "U1SAIDSO,A,leader", "U1STUDENT,B,student|leader", "U1MENTOR,C,mentor")
    file.write_text("\n".join(lines), encoding="utf-8")

    await MembersFile(database, services.profiles.recogniser, Programme()).bring_in(WORKSPACE, file)

    async with database.reading() as store:
        found = await store.members.by_external_ids(WORKSPACE, ["U1MENTOR"])
        leads = {one.id: one.leads for one in (await store.members.by_ids([said_so.id, student.id])).values()}
    assert leads == {said_so.id: False, student.id: True}
    assert (found["U1MENTOR"].confirmation, found["U1MENTOR"].is_found) == (NOT_NEEDED, True)


def _at(institution: str, role: str = "mentor") -> ProfileEntered:
    return replace(A_MENTOR, roles=(role,), institution=institution)
