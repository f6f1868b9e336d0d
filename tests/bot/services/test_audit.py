"""Who did what of consequence is written down: by whom, about whom, and with which outcome; never a word of theirs."""

from dataclasses import replace

from sqlalchemy import select

from bot import services as all_services
from bot.programme import Institution, Programme
from bot.services import Services
from sandbox import Clock
from storage.audit import AuditRow
from storage.database import Database
from storage.members import FOUND, MEETUPS
from tests.bot.services.test_events import announced
from tests.bot.services.test_events import services_of as services_with_channels
from tests.bot.services.test_two_workspaces import A_MENTOR, SCHOOL
from tests.storage.rows import NOW, add_member


def services_of(database: Database) -> Services:
    school = Institution(name=SCHOOL, country="FI", leader_confirms_contact=True)
    return all_services.build(database, Clock(NOW), Programme(institutions=(school,)))


async def written_down(database: Database) -> list[tuple[int | None, str, str, str]]:
    """Everything in the trail: who, what, about what, with which outcome."""
    async with database.reading() as store:
        rows = await store.audit._session.scalars(select(AuditRow).order_by(AuditRow.id))
        return [(one.actor_id, one.action, one.about, one.outcome) for one in rows]


async def test_joining_and_leaving_a_circle(database: Database) -> None:
    services, leena = services_of(database), await add_member(database, "0713", purposes=(FOUND,), region="Uusimaa")
    for _ in range(2):
        joined = await services.circles.join(leena.id, "0713")
    circle = joined.card.circle.ref

    await services.circles.leave(leena.id, circle)

    assert await written_down(database) == [
        (leena.id, "meetups.join", circle, "done"),
        (leena.id, "members.agree", "", "found_meetups"),
        (leena.id, "meetups.leave", circle, "done"),
    ]


async def test_what_somebody_agrees_to_and_takes_back(database: Database) -> None:
    services, leena = services_of(database), await add_member(database, "0713", purposes=())
    for purposes in ((FOUND, MEETUPS), (FOUND, MEETUPS), ()):
        await services.profiles.save(leena.id, replace(A_MENTOR, institution=None, purposes=purposes))

    await services.nudges.choose_rhythm(leena.id, "monthly")

    assert await written_down(database) == [
        (leena.id, "members.agree", "", "found_meetups"),
        (leena.id, "members.agree", "", "nothing"),
        (leena.id, "members.agree", "", "nudges"),
    ]


async def test_what_coordinators_do_with_events(database: Database) -> None:
    services = services_with_channels(database)
    event, taina = await announced(database, services)

    await services.events.stop(taina.id, event.ref)
    for _ in range(2):
        await services.events.cancel(taina.id, event.ref)

    acts = ("events.publish", "events.stop", "events.cancel")
    assert await written_down(database) == [(taina.id, act, event.ref, "done") for act in acts]


async def test_what_coordinators_and_leaders_decide_about_others(database: Database) -> None:
    services = services_of(database)
    taina, sanna = [await add_member(database, roles=(role,)) for role in ("coordinator", "student")]
    leader = await add_member(database, roles=("leader",), vouched_roles=("leader",), institution=SCHOOL)
    marko, onni = [await add_member(database, roles=(), purposes=A_MENTOR.purposes) for _ in range(2)]
    for one in (marko, onni):
        await services.profiles.save(one.id, A_MENTOR)

    await services.roles.appoint(taina.id, sanna.external_id or "")
    await services.roles.withdraw(sanna.id, taina.ref)
    await services.confirmations.confirm(leader.id, marko.ref)
    await services.confirmations.not_now(sanna.id, onni.ref)

    assert await written_down(database) == [
        (taina.id, "roles.appoint", sanna.ref, "done"),
        (sanna.id, "roles.withdraw", taina.ref, "done"),
        (leader.id, "members.confirm_contact", marko.ref, "done"),
        (sanna.id, "members.leave_unconfirmed", onni.ref, "done"),
    ]
