"""What stands on a home is so: numbers that give nobody away, and nothing that is over."""

from datetime import timedelta

import pytest

from bot import services as all_services
from bot.facts.home import Coming, Gap, Home
from bot.programme import Programme
from bot.services import Services
from sandbox import Clock
from storage.database import Database
from storage.meetups import MeetupMemberRow
from storage.members import MemberRow
from tests.bot.services.test_events import announced
from tests.bot.services.test_events import services_of as services_with_channels
from tests.storage.rows import NOW, WORKSPACE, add_agenda, add_ask, add_circle, add_member, add_round, add_wait


def services_of(database: Database) -> Services:
    return all_services.build(database, Clock(NOW), Programme())


async def drawn_anew(services: Services) -> list[int]:
    """Whose homes say something that is no longer so, all of them."""
    found: list[int] = []
    while homes := await services.homes.outdated(WORKSPACE):
        found += [home.me.id for home in homes]
    return found


async def wait_for(database: Database, region: str, people: int) -> None:
    for _ in range(people):
        student = await add_member(database, roles=("student",), region=region)
        await add_wait(database, await add_ask(database, student), None)


@pytest.mark.parametrize(
    ("waiting", "told"),
    [((), 0), ((3,), 3), ((7,), 7), ((6, 5), 11), ((6, 3), None), ((4, 1), None), ((6, 3, 3), None)],
)
async def test_total_is_not_told_where_it_would_tell_how_many_wait_in_a_hidden_place(
    database: Database, waiting: tuple[int, ...], told: int | None
) -> None:
    taina = await add_member(database, roles=("coordinator",))
    for place, people in enumerate(waiting):
        await wait_for(database, f"Region {place}", people)

    network = (await services_of(database).homes.open(taina.id)).network

    assert network is not None
    assert network.waiting == told
    assert [gap.people for gap in network.gaps] == [people if people >= 5 else None for people in waiting]


async def test_a_hidden_place_that_is_not_listed_any_more_counts_too(database: Database) -> None:
    taina = await add_member(database, roles=("coordinator",))
    for place in range(8):
        await wait_for(database, f"Region {place}", 5)
    await wait_for(database, "Lappi", 1)

    network = (await services_of(database).homes.open(taina.id)).network

    assert network is not None
    assert network.waiting is None
    assert network.gaps == tuple(Gap("0713", f"Region {place}", 5) for place in range(8))


async def test_home_of_who_is_left_is_drawn_anew_when_their_meetup_is_cancelled(database: Database) -> None:
    services = services_of(database)
    circle = await add_circle(database, workspace=WORKSPACE)
    one, other, third = [await add_member(database, "0713") for _ in range(3)]
    times = {"starts_at": NOW + timedelta(days=3), "ends_at": NOW + timedelta(days=3, hours=1)}
    meetup = await add_agenda(database, await add_round(database, circle, closes_at=NOW), **times)
    async with database.transaction() as store:
        for member in (one, other, third):
            await store.circles.join(circle, member, NOW)
        for member in (one, other):
            store.meetups.add(MeetupMemberRow(meetup_id=meetup.id, member_id=member.id, workspace=WORKSPACE))
    assert (await _opened(services, one, other, third))[0].next_meeting is not None
    await drawn_anew(services)

    await services.circles.leave(other.id, circle.ref)

    assert set(await drawn_anew(services)) == {one.id, third.id}, "third sees how many are left in the circle"
    home = await services.homes.draw(one.id)
    assert home is not None
    assert home.next_meeting is None


async def test_events_that_somebody_goes_to_stand_at_home_and_follow_every_change(database: Database) -> None:
    services = services_with_channels(database)
    leena = await add_member(database, "0713", region="Uusimaa")
    event, taina = await announced(database, services)
    await _opened(services, leena)
    await drawn_anew(services)

    for answer in ("yes", "maybe"):
        await services.event_replies.answer(leena.id, event.ref, answer)
        assert await drawn_anew(services) == [leena.id]
        home = await services.homes.draw(leena.id)
        assert home is not None
        assert home.events == (Coming("Morning coffee", event.starts_at, answer),)
    await services.events.cancel(taina.id, event.ref)

    assert await drawn_anew(services) == [leena.id]
    home = await services.homes.draw(leena.id)
    assert home is not None
    assert home.events == ()


async def _opened(services: Services, *people: MemberRow) -> list[Home]:
    return [await services.homes.open(one.id) for one in people]
