"""Two workspaces in one database, with the same ids on the chat platform: neither sees nor changes the other."""

import pytest

from bot import services as all_services
from bot.errors import UnknownReference
from bot.facts.fields import CandidatesFound, NobodyOpen
from bot.facts.profiles import ProfileEntered, ProfileSaved
from bot.programme import Institution, Programme
from bot.services import Services
from bot.services.members import Profile
from sandbox import Clock
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import CONFIRMED, OF_A_CONTACT, WAITING, MemberRow
from tests.storage.rows import NOW, add_ask, add_introduction, add_member

HERE, THERE = "T0HERE", "T0THERE"
SCHOOL = "Siltaranta"
A_MENTOR = ProfileEntered(
    roles=("mentor",),
    offer="",
    wish="",
    field_words="electrician",
    region_ref=None,
    institution=SCHOOL,
    languages=("fi",),
    capacity=2,
    tasks=(),
    rhythm="weekly",
    purposes=OF_A_CONTACT,
)


def services_of(database: Database) -> Services:
    school = Institution(name=SCHOOL, country="FI", leader_confirms_contact=True)
    return all_services.build(database, Clock(NOW), Programme(institutions=(school,)))


async def both(database: Database, external_id: str, *fields: str, **given: object) -> tuple[MemberRow, MemberRow]:
    """Two people whom the platform calls the same, one in each workspace."""
    one, other = [
        await add_member(database, *fields, workspace=workspace, external_id=external_id, **given)
        for workspace in (HERE, THERE)
    ]
    return one, other


async def test_the_same_id_in_two_workspaces_is_two_people(database: Database) -> None:
    services = services_of(database)
    met = [await services.members.meet(one, Profile("U0SAME", "Same", "fi-FI", None)) for one in (HERE, THERE, HERE)]

    await services.members.refresh(THERE, [Profile("U0SAME", "Same", "fi-FI", None, is_gone=True, is_guest=True)])

    assert met[0].id == met[2].id != met[1].id
    async with database.reading() as store:
        here = await store.members.by_id(met[0].id)
    assert (here.deactivated_at, here.is_guest) == (None, False)


async def test_only_contact_persons_of_ones_own_workspace_are_shown(database: Database) -> None:
    services = services_of(database)
    sanna_here, sanna_there = await both(database, "U0SANNA", roles=("student",))
    leena_there = await add_member(database, "0713", workspace=THERE)

    here, there = [
        await services.fields.pick(one.id, (await add_ask(database, one, None)).ref, "0713")
        for one in (sanna_here, sanna_there)
    ]

    assert isinstance(here, NobodyOpen)
    assert isinstance(there, CandidatesFound)
    assert [card.person.ref for card in there.cards] == [leena_there.ref]


async def test_references_of_another_workspace_are_unknown(database: Database) -> None:
    services = services_of(database)
    sanna_here, sanna_there = await both(database, "U0SANNA", roles=("student",))
    leena_here, leena_there = await both(database, "U0LEENA", "0713")
    ask_here, ask_there = await add_ask(database, sanna_here), await add_ask(database, sanna_there)
    request = await add_introduction(database, ask_there, leena_there)
    forged = (
        services.introductions.request(sanna_here.id, ask_here.ref, leena_there.ref),
        services.introductions.request(sanna_here.id, ask_there.ref, leena_here.ref),
        services.fields.confirm(sanna_here.id, ask_there.ref),
        services.waits.wait(sanna_here.id, ask_here.ref, leena_there.ref),
        services.waits.watch(sanna_here.id, ask_there.ref),
        services.answers.accept(leena_here.id, request.ref),
        services.answers.decline(leena_here.id, request.ref),
        services.avoids.avoid(sanna_here.id, leena_there.ref),
        services.introductions.tell_coordinator(sanna_here.id, ask_there.ref),
    )

    for one in forged:
        with pytest.raises(UnknownReference):
            await one

    async with database.reading() as store:
        rows = (await store.introductions.by_ref(request.ref), *await store.introductions.current_of(sanna_here.id))
        assert await store.avoids.wished_by(sanna_here.id) == []
    assert [row.state for row in rows if isinstance(row, IntroductionRow)] == ["asked"]


async def test_requests_of_another_workspace_fill_nobodys_week(database: Database) -> None:
    services = services_of(database)
    sanna_here, _ = await both(database, "U0SANNA", roles=("student",))
    leena_here, leena_there = await both(database, "U0LEENA", "0713")
    for _ in range(3):
        student = await add_member(database, workspace=THERE, roles=("student",))
        await add_introduction(database, await add_ask(database, student), leena_there, state="declined", ended_at=NOW)

    found = await services.fields.pick(sanna_here.id, (await add_ask(database, sanna_here, None)).ref, "0713")

    assert isinstance(found, CandidatesFound)
    assert [card.person.ref for card in found.cards] == [leena_here.ref]


async def test_leader_and_coordinator_confirm_nobody_of_another_workspace(database: Database) -> None:
    services = services_of(database)
    leaders = await both(database, "U0LEADER", roles=("leader",), vouched_roles=("leader",), institution=SCHOOL)
    coordinators = await both(database, "U0TAINA", roles=("coordinator",))
    marko_here, _ = await both(database, "U0MARKO", roles=())
    saved = await services.profiles.save(marko_here.id, A_MENTOR)
    assert isinstance(saved, ProfileSaved)
    assert saved.confirmed_by is not None
    assert saved.confirmed_by.ref == leaders[0].ref

    for stranger in (leaders[1], coordinators[1]):
        with pytest.raises(UnknownReference):
            await services.confirmations.confirm(stranger.id, marko_here.ref)
        assert await _confirmation(database, marko_here) == WAITING
    await services.confirmations.confirm(coordinators[0].id, marko_here.ref)

    assert await _confirmation(database, marko_here) == CONFIRMED


async def _confirmation(database: Database, member: MemberRow) -> str:
    async with database.reading() as store:
        return (await store.members.by_id(member.id)).confirmation
