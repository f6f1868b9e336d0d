"""Posts in channels follow their event: whoever made them may leave, and months may pass."""

from datetime import timedelta

from bot.facts.events import EventPosted
from bot.services import Services
from storage.database import Database
from storage.events import EventRow
from storage.outbox import PENDING, SENT
from tests.bot.services.test_events import announced, coordinator, messages, services_of
from tests.storage.rows import NOW, add_member


async def stands(database: Database, event: EventRow) -> None:
    """Both posts have arrived in their channels."""
    async with database.transaction() as store:
        for number, post in enumerate(await store.events.posts(event.id)):
            row = await store.outbox.about("events.post", post.ref)
            assert row is not None
            row.state, row.channel, row.ts, row.finished_at = SENT, post.channel, f"1.{number}", NOW


async def follows(database: Database, services: Services, event: EventRow) -> list[int]:
    """Whose name the updates stand in that an answer brings about, one for each channel."""
    member = await add_member(database, region="Uusimaa")
    await services.event_replies.answer(member.id, event.ref, "yes")
    await services.events.hold()
    waiting = [row for row in await messages(database, "events.updated_post") if row.state == PENDING]
    async with database.reading() as store:
        for row in waiting:
            place = await store.outbox.sent_about("events.post", row.subject)
            assert place is not None, "it is known where the post stands"
            recipient = await store.members.by_id(row.recipient_id)
            fact = await services.outgoing.fact(store, row.kind, row.subject, recipient, NOW)
            assert isinstance(fact, EventPosted)
            assert fact.counts.yes
    return [row.recipient_id for row in waiting]


async def test_posts_follow_their_event_when_who_announced_it_is_forgotten(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    tarja = await coordinator(database)
    await stands(database, event)

    await services.leaving.forget(taina.id, taina.ref)

    assert await follows(database, services, event) == [tarja.id, tarja.id]


async def test_an_update_on_its_way_is_not_lost_with_who_announced_it(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    tarja = await coordinator(database)
    await stands(database, event)
    before = await follows(database, services, event)

    await services.leaving.forget(taina.id, taina.ref)

    waiting = [row.recipient_id for row in await messages(database, "events.updated_post") if row.state == PENDING]
    assert (before, waiting) == ([taina.id] * 2, [tarja.id] * 2)


async def test_posts_and_invitations_are_remembered_as_long_as_their_event(database: Database) -> None:
    services = services_of(database)
    await add_member(database, region="Uusimaa")
    event, _ = await announced(database, services)
    await services.events.hold()
    await stands(database, event)
    async with database.transaction() as store:
        (invitation,) = [await store.outbox.about("events.invitation", event.ref)]
        assert invitation is not None
        invitation.state, invitation.finished_at = SENT, NOW

    await services_of(database, NOW + timedelta(days=120)).retention.apply()

    assert len(await messages(database, "events.post")) == 2
    assert len(await messages(database, "events.invitation")) == 1
