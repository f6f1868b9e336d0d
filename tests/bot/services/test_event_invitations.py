"""Who is invited, and when an invitation has lost its point."""

from datetime import UTC, datetime

import pytest

from bot.facts.events import EventInvited, EventReminder, EventRuns
from bot.services import Services
from storage.database import Database
from storage.events import EventRow
from storage.members import MemberRow
from tests.bot.services.test_events import CHANNELS, announced, drafted, kept, messages, services_of
from tests.storage.rows import NOW, add_member


async def looked_up(
    database: Database, services: Services, kind: str, event: EventRow, who: MemberRow, now: datetime = NOW
) -> object:
    async with database.transaction() as store:
        recipient = await store.members.by_id(who.id)
        return await services.outgoing.fact(store, kind, event.ref, recipient, now)


async def test_only_people_it_is_for_who_want_invitations_and_are_here_are_invited(database: Database) -> None:
    wants = await add_member(database, region="Uusimaa", purposes=("events",))
    await add_member(database, region="Uusimaa", purposes=("found", "nudges"))
    await add_member(database, region="Uusimaa", purposes=("events",), availability="paused")
    await add_member(database, region="Lappi", purposes=("events",))
    await add_member(database, region="Uusimaa", purposes=("events",), workspace="T0OTHER")
    services = services_of(database)
    event, _ = await announced(database, services)

    await services.events.hold()

    assert [row.recipient_id for row in await messages(database, "events.invitation")] == [wants.id]
    assert isinstance(await looked_up(database, services, "events.invitation", event, wants), EventInvited)


@pytest.mark.parametrize("change", ["withdrawn", "paused", "answered", "closed", "cancelled"])
async def test_an_invitation_that_lost_its_point_is_not_sent(database: Database, change: str) -> None:
    services = services_of(database)
    who = await add_member(database, region="Uusimaa")
    event, taina = await announced(database, services)
    now = datetime(2027, 2, 13, 8, 0, tzinfo=UTC) if change == "closed" else NOW
    if change in ("withdrawn", "paused"):
        async with database.transaction() as store:
            member = await store.members.locked(who.id)
            member.purposes = () if change == "withdrawn" else member.purposes
            member.availability = "paused" if change == "paused" else member.availability
    if change == "answered":
        await services.event_replies.answer(who.id, event.ref, "no")
    if change == "cancelled":
        await services.events.cancel(taina.id, event.ref)

    assert await looked_up(database, services, "events.invitation", event, who, now) is None


async def test_who_waits_for_a_place_or_said_no_is_not_reminded(database: Database) -> None:
    services = services_of(database)
    event, _ = await announced(database, services)
    people = [await add_member(database, region="Uusimaa", purposes=()) for _ in range(5)]
    for one in people[:4]:
        await services.event_replies.answer(one.id, event.ref, "yes")
    await services.event_replies.answer(people[4].id, event.ref, "maybe")
    await services.event_replies.answer(people[4].id, event.ref, "no")

    reminders = [await looked_up(database, services, "events.reminder", event, one) for one in people]

    assert [isinstance(one, EventReminder) for one in reminders] == [True, True, True, False, False]


async def test_an_announcement_waits_for_its_moment_and_then_goes_once(database: Database) -> None:
    services = services_of(database)
    taina = await add_member(database, roles=("coordinator",), region="Uusimaa")
    at = datetime(2027, 1, 21, 7, 0, tzinfo=UTC)
    runs = await services.events.publish(taina.id, await drafted(database, taina), at)
    await services.events.hold()
    assert isinstance(runs, EventRuns)
    assert await messages(database, "events.post") == []

    later = services_of(database, at)
    await later.events.hold()
    await later.events.hold()

    assert len(await messages(database, "events.post")) == len(CHANNELS)
    assert (await kept(database, runs.event.ref)).state == "published"


async def test_a_channel_follows_its_event_with_one_update_at_a_time(database: Database) -> None:
    services = services_of(database)
    event, _ = await announced(database, services)
    async with database.transaction() as store:
        for post in await store.events.posts(event.id):
            row = await store.outbox.about("events.post", post.ref)
            assert row is not None
            row.state, row.channel, row.ts = "sent", post.channel, "1.0"
    for _ in range(3):
        await services.event_replies.answer((await add_member(database, region="Uusimaa")).id, event.ref, "yes")

    await services.events.hold()
    await services.event_replies.answer((await add_member(database, region="Uusimaa")).id, event.ref, "yes")
    await services.events.hold()

    assert len(await messages(database, "events.updated_post")) == 2, "one for each channel, the next when it has left"
