"""The card of a coordinator follows the invitations by itself: seldom, while something moves, and at the end."""

from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from sqlalchemy import update

from bot.facts.events import EventRuns
from bot.services import Services
from storage.database import Database
from storage.events import EventRow
from storage.members import MemberRow
from storage.outbox import CANCELLED, PENDING, SENT, OutboxRow
from tests.bot.services.test_events import announced, messages, services_of
from tests.storage.rows import NOW, add_member

CARD = ("D0TAINA", "1800000000.000100")


async def update_planned(database: Database) -> OutboxRow | None:
    """The one update that waits, if one does."""
    waiting = [row for row in await messages(database, "events.progress") if row.state == PENDING]
    assert len(waiting) <= 1, "one card has one update ahead of it"
    return waiting[0] if waiting else None


async def shows(database: Database, row: OutboxRow, who: MemberRow, now: datetime) -> EventRuns:
    """The update leaves: what it says."""
    services = services_of(database, now)
    async with database.transaction() as store:
        (await store.members._session.get_one(OutboxRow, row.id)).state = SENT
        recipient = await store.members.by_id(who.id)
        fact = await services.outgoing.fact(store, row.kind, row.subject, recipient, now, CARD)
    assert isinstance(fact, EventRuns)
    return fact


async def are_spread(database: Database) -> None:
    """The invitations are spread over an hour, one every three seconds."""
    async with database.transaction() as store:
        for number, row in enumerate(await messages(database, "events.invitation")):
            (await store.members._session.get_one(OutboxRow, row.id)).not_before = NOW + number * timedelta(seconds=3)


async def go_out(database: Database, now: datetime) -> None:
    """Every invitation whose moment has come has gone out."""
    async with database.transaction() as store:
        await store.members._session.execute(
            update(OutboxRow)
            .where(OutboxRow.kind == "events.invitation", OutboxRow.state == PENDING, OutboxRow.not_before <= now)
            .values(state=SENT, finished_at=now)
        )


async def with_card(database: Database, people: int) -> tuple[Services, EventRow, MemberRow]:
    """An event that has just been announced to so many, and the card that stands at its coordinator's."""
    async with database.transaction() as store:
        newcomers = [
            {"external_id": f"U5K{n:05}", "name": f"Member {n}", "region": "Uusimaa", "purposes": ("events",)}
            for n in range(people)
        ]
        await store.members.add_many("T0SILTA", newcomers)
    services = services_of(database)
    event, taina = await announced(database, services)
    await services.event_progress.follow(taina.id, event.ref, *CARD)
    return services, event, taina


async def test_a_large_crowd_is_followed_seldom_and_to_its_end(database: Database) -> None:
    services, _, taina = await with_card(database, 1_200)
    for _ in range(4):
        await services.events.hold()
    await are_spread(database)
    told, moments = [], [NOW]

    while (planned := await update_planned(database)) is not None:
        moments.append(planned.not_before)
        await go_out(database, planned.not_before)
        told.append((await shows(database, planned, taina, planned.not_before)).fan_out)

    assert moments[1] < NOW + timedelta(seconds=30), "the first word comes soon"
    assert all(later - earlier >= timedelta(minutes=1) for earlier, later in pairwise(moments[1:]))
    assert len(told) <= 20, "seldom: an hour has sixty minutes"
    assert (told[-1].told, told[-1].is_over) == (1_200, True)
    assert moments[-1] <= NOW + timedelta(minutes=62), "the end is told when it has come"


async def test_nothing_is_updated_while_the_invitations_wait_for_open_time(database: Database) -> None:
    services, _, taina = await with_card(database, 3)
    await services.events.hold()
    monday = NOW + timedelta(days=6)
    async with database.transaction() as store:
        await store.members._session.execute(
            update(OutboxRow).where(OutboxRow.kind == "events.invitation").values(not_before=monday)
        )
    first = await update_planned(database)
    assert first is not None

    await shows(database, first, taina, first.not_before)

    following = await update_planned(database)
    assert following is not None
    assert following.not_before == monday + timedelta(seconds=15)


async def test_a_card_that_shows_something_else_is_left_alone(database: Database) -> None:
    services, _, taina = await with_card(database, 3)

    await services.event_progress.leave(taina.id, *CARD)

    assert await update_planned(database) is None
    assert {row.state for row in await messages(database, "events.progress")} == {CANCELLED}


async def test_looking_often_makes_no_more_updates(database: Database) -> None:
    services, event, taina = await with_card(database, 3)

    for _ in range(5):
        await services.event_progress.follow(taina.id, event.ref, *CARD)

    assert await update_planned(database) is not None


@pytest.mark.parametrize("why", ["cancelled", "elsewhere", "no coordinator"])
async def test_a_card_is_not_followed_when_there_is_nothing_to_tell_or_nobody_to_tell_it(
    database: Database, why: str
) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    tarja = await add_member(database, roles=("coordinator",), workspace="T0OTHER")
    leena = await add_member(database)
    if why == "cancelled":
        await services.events.cancel(taina.id, event.ref)

    who = {"cancelled": taina, "elsewhere": tarja, "no coordinator": leena}[why]
    await services.event_progress.follow(who.id, event.ref, *CARD)

    assert await update_planned(database) is None


async def test_who_is_no_coordinator_any_more_is_not_told_how_it_goes(database: Database) -> None:
    services, event, taina = await with_card(database, 3)

    async with database.transaction() as store:
        (await store.members.locked(taina.id)).roles = ("mentor",)
        recipient = await store.members.by_id(taina.id)
        fact = await services.outgoing.fact(store, "events.progress", event.ref, recipient, NOW, CARD)

    assert fact is None
