"""Events under real concurrency: one announcement, never too many places, nobody lost, a fan-out that can stop."""

import asyncio
import random
import time
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from datetime import time as clock_time

import pytest
from ical.calendar_stream import IcsCalendarStream
from sqlalchemy import select

from bot import services as all_services
from bot.errors import EventIsOff, OnlyCoordinators, RepliesClosed, TooManyGuests, UnknownReference
from bot.facts.events import Draft, EventRuns, EventUnclear
from bot.facts.guests import FeedOpened, FeedThere
from bot.language import Translator
from bot.messages import calendars, event_desk
from bot.messages import guests as guest_words
from bot.messages.situations import situation
from bot.programme import Events, Programme
from bot.services import Services
from bot.services.event_drafts import content_of, draft_in
from bot.services.event_steps import withdraw
from bot.services.guests import GUESTS_AT_MOST
from bot.services.members import Profile
from sandbox import Clock
from storage.database import Database
from storage.events import CANCELLED, DONE, STOPPED, EventDraftRow, EventReplyRow, EventRow
from storage.guests import GuestRow
from storage.members import MemberRow
from storage.outbox import EXPIRED, FAILED, PENDING, SENT, OutboxRow
from tests.storage.rows import NOW, WORKSPACE, add_member

PUBLIC_URL = "https://silta.example.org"
LATER = NOW + timedelta(hours=1)
CHANNELS = {"Uusimaa": "C0UUSIMAA", "Pirkanmaa": "C0PIRKANMAA"}
DRAFT = Draft(
    zone="Europe/Helsinki",
    title="Morning coffee",
    kind="morning_coffee",
    on=date(2027, 2, 16),
    begins=clock_time(8, 30),
    ends=clock_time(9, 15),
    regions=("Uusimaa", "Pirkanmaa"),
    capacity="3",
    is_per_region=True,
    reply_by=date(2027, 2, 12),
)


def services_of(database: Database, now: datetime = NOW) -> Services:
    return all_services.build(database, Clock(now), Programme(events=Events(channels=CHANNELS)), PUBLIC_URL)


async def coordinator(database: Database) -> MemberRow:
    return await add_member(database, roles=("coordinator",), purposes=())


async def drafted(database: Database, author: MemberRow, draft: Draft = DRAFT, changes: int | None = None) -> str:
    """A draft by this coordinator, looked at after everything that these tests have done until then."""
    async with database.transaction() as store:
        row = EventDraftRow(
            workspace=WORKSPACE, author_id=author.id, event_id=changes, content=content_of(draft), changed_at=LATER
        )
        store.events.add(row)
        await store.flush()
        return row.ref


async def announced(database: Database, services: Services, draft: Draft = DRAFT) -> tuple[EventRow, MemberRow]:
    taina = await coordinator(database)
    runs = await services.events.publish(taina.id, await drafted(database, taina, draft))
    assert isinstance(runs, EventRuns)
    return await kept(database, runs.event.ref), taina


async def kept(database: Database, ref: str) -> EventRow:
    async with database.reading() as store:
        found = await store.events.by_ref(WORKSPACE, ref)
        assert found is not None
        return found


async def replies(database: Database, event: EventRow) -> list[EventReplyRow]:
    async with database.reading() as store:
        return list(await store.events.replies(event.id))


async def messages(database: Database, kind: str) -> list[OutboxRow]:
    async with database.reading() as store:
        query = select(OutboxRow).where(OutboxRow.kind == kind).order_by(OutboxRow.id)
        return list((await store.members._session.scalars(query)).all())


async def test_the_reminder_follows_whoever_moves_to_another_time_zone(database: Database) -> None:
    services = services_of(database)
    event, _ = await announced(database, services)
    who = await add_member(database, region="Uusimaa", seen_timezone="Europe/Helsinki")
    await services.event_replies.answer(who.id, event.ref, "yes")

    await services.members.refresh(WORKSPACE, [Profile(who.external_id or "", who.name, None, "Europe/Berlin")])

    (reminder,) = await messages(database, "events.reminder")
    (question,) = await messages(database, "events.were_you_there")
    assert reminder.not_before == datetime(2027, 2, 15, 9, tzinfo=UTC), "10:00 in Berlin"
    assert question.not_before == datetime(2027, 2, 17, 9, tzinfo=UTC)


async def test_two_coordinators_publish_at_once_and_it_goes_out_once(database: Database) -> None:
    services = services_of(database)
    await add_member(database, region="Uusimaa")
    taina, tarja = await coordinator(database), await coordinator(database)
    ref = await drafted(database, taina)

    runs = await asyncio.gather(*(services.events.publish(one.id, ref) for one in (taina, tarja) * 4))
    await asyncio.gather(*(services.events.hold() for _ in range(4)))
    await services.events.hold()

    assert len({one.event.ref for one in runs if isinstance(one, EventRuns)}) == 1
    assert len(runs) == 8
    assert len(await messages(database, "events.post")) == 2, "one post for each region channel"
    assert len(await messages(database, "events.invitation")) == 1


@pytest.mark.parametrize("seed", range(4))
async def test_no_interleaving_gives_out_too_many_places_or_loses_anybody(database: Database, seed: int) -> None:
    services, chance = services_of(database), random.Random(seed)  # noqa: S311 - chance by a known seed
    event, taina = await announced(database, services)
    people = [await add_member(database, region=chance.choice(("Uusimaa", "Pirkanmaa"))) for _ in range(16)]
    last: dict[int, str] = {}

    async def changes_their_mind(who: MemberRow, answers: list[str]) -> None:
        for answer in answers:
            await services.event_replies.answer(who.id, event.ref, answer)
            last[who.id] = answer

    async def changes_the_places(numbers: list[int]) -> None:
        for number in numbers:
            ref = await drafted(database, taina, replace(DRAFT, capacity=str(number)), changes=event.id)
            found = await services.events.publish(taina.id, ref)
            assert isinstance(found, EventRuns) or {one.name for one in found.mistakes} == {"places_are_taken"}

    await asyncio.gather(
        changes_the_places([chance.randint(1, 6) for _ in range(5)]),
        *(
            changes_their_mind(one, chance.choices(("yes", "yes", "maybe", "no"), k=chance.randint(1, 4)))
            for one in people
        ),
    )

    event, found = await kept(database, event.ref), await replies(database, event)
    assert event.capacity is not None
    assert {one.member_id: one.answer for one in found} == last, "nobody is lost, and the last answer counts"
    assert len({one.place for one in found if one.answer == "yes"}) == sum(one.answer == "yes" for one in found)
    for region in ("Uusimaa", "Pirkanmaa"):
        queue = sorted((one for one in found if one.answer == "yes" and one.region == region), key=lambda o: o.place)
        expected = [True] * min(event.capacity, len(queue)) + [False] * max(0, len(queue) - event.capacity)
        assert [one.has_place for one in queue] == expected, "as many as there are places, in order of the last yes"


async def test_more_places_bring_in_who_waited_first_and_they_are_told_in_their_time(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    people = [await add_member(database, region="Uusimaa") for _ in range(6)]
    for one in people:
        await services.event_replies.answer(one.id, event.ref, "yes")

    await services.events.publish(
        taina.id, await drafted(database, taina, replace(DRAFT, capacity="5"), changes=event.id)
    )

    assert [row.recipient_id for row in await messages(database, "events.promoted")] == [one.id for one in people[3:5]]
    assert (await services.event_replies.answer(people[5].id, event.ref, "yes")).waits_as == 1


async def test_places_that_were_given_out_are_not_taken_back(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    for _ in range(3):
        await services.event_replies.answer((await add_member(database, region="Uusimaa")).id, event.ref, "yes")

    fewer = await drafted(database, taina, replace(DRAFT, capacity="2"), changes=event.id)
    refused = await services.events.publish(taina.id, fewer)

    assert isinstance(refused, EventUnclear)
    assert [(one.field, one.name, one.about) for one in refused.mistakes] == [("capacity", "places_are_taken", "3")]
    async with database.reading() as store:
        draft = await store.events.held_draft(WORKSPACE, fewer)
        assert draft is not None
        assert draft_in(draft).capacity == "2", "the draft is kept"


async def test_after_the_last_day_a_yes_is_refused_and_can_still_be_taken_back(database: Database) -> None:
    event, _ = await announced(database, services_of(database))
    early, late = await add_member(database, region="Uusimaa"), await add_member(database, region="Uusimaa")
    await services_of(database).event_replies.answer(early.id, event.ref, "yes")
    last_minute = datetime(2027, 2, 12, 21, 59, tzinfo=UTC)
    afterwards = services_of(database, last_minute + timedelta(minutes=2))

    with pytest.raises(RepliesClosed):
        await afterwards.event_replies.answer(late.id, event.ref, "yes")
    await afterwards.event_replies.answer(early.id, event.ref, "no")

    assert [(one.member_id, one.answer) for one in await replies(database, event)] == [(early.id, "no")]
    assert (await services_of(database, last_minute).event_replies.answer(late.id, event.ref, "yes")).answer == "yes"


async def test_who_said_yes_is_told_what_changed_and_that_it_is_off(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    comes, may_come, stays = [await add_member(database, region="Uusimaa") for _ in range(3)]
    for one, answer in ((comes, "yes"), (may_come, "maybe"), (stays, "no")):
        await services.event_replies.answer(one.id, event.ref, answer)
    moved = replace(DRAFT, begins=clock_time(9, 0), ends=clock_time(10, 0), reply_by=date(2027, 2, 11))

    await services.events.publish(taina.id, await drafted(database, taina, moved, changes=event.id))

    assert [row.recipient_id for row in await messages(database, "events.changed")] == [comes.id]
    changed = await kept(database, event.ref)
    assert (changed.last_changes, changed.sequence, changed.uid) == (("time",), 1, event.uid)
    planned = [row for row in await messages(database, "events.reminder") if row.state == PENDING]
    assert sorted(row.recipient_id for row in planned) == sorted([comes.id, may_come.id])

    await services.events.cancel(taina.id, event.ref)

    told = sorted(row.recipient_id for row in await messages(database, "events.cancelled"))
    assert told == sorted([comes.id, may_come.id])
    assert {row.state for row in await messages(database, "events.reminder")} == {CANCELLED}
    assert (await kept(database, event.ref)).sequence == 2
    with pytest.raises(EventIsOff):
        await services.event_replies.answer(stays.id, event.ref, "yes")


async def test_a_calendar_takes_over_every_change_also_that_of_a_label(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    before = await services.events.entry(event.calendar_key)

    relabelled = await drafted(database, taina, replace(DRAFT, officiality="informal"), changes=event.id)
    await services.events.publish(taina.id, relabelled)

    after = await services.events.entry(event.calendar_key)
    assert before is not None
    assert after is not None
    read = [IcsCalendarStream.calendar_from_ics(calendars.calendar_file(one).decode()) for one in (before, after)]
    (earlier,), (later,) = (one.events for one in read)
    assert (later.uid, earlier.sequence, later.sequence) == (earlier.uid, 0, 1)
    assert (earlier.description, later.description) == ("Aamukahvit, puolivirallinen", "Aamukahvit, epävirallinen")


async def test_whoever_is_no_coordinator_any_more_is_refused(database: Database) -> None:
    services = services_of(database)
    taina = await coordinator(database)
    ref = await drafted(database, taina)
    async with database.transaction() as store:
        (await store.members.locked(taina.id)).roles = ("mentor",)

    for act in (
        services.events.publish(taina.id, ref),
        services.events.cancel(taina.id, ref),
        services.event_drafts.form(taina.id, ref),
        services.event_drafts.mistakes(taina.id, ref, {}),
        services.event_drafts.draft(taina.id, "Coffee 16.2. 8:30"),
    ):
        with pytest.raises(OnlyCoordinators):
            await act
    assert await messages(database, "events.post") == []


async def test_a_reference_of_another_workspace_is_nobodys(database: Database) -> None:
    services = services_of(database)
    event, _ = await announced(database, services)
    stranger = await add_member(database, workspace="T0OTHER", roles=("coordinator",))

    for act in (
        services.event_replies.answer(stranger.id, event.ref, "yes"),
        services.events.cancel(stranger.id, event.ref),
        services.events.attendance(stranger.id, event.ref),
        services.event_drafts.form(stranger.id, event.ref),
    ):
        with pytest.raises(UnknownReference):
            await act


async def test_five_thousand_are_invited_without_anybody_waiting_and_it_can_be_stopped(database: Database) -> None:
    services = services_of(database)
    async with database.transaction() as store:
        newcomers = [
            {
                "external_id": f"U5K{number:05}",
                "name": f"Member {number}",
                "roles": ("mentor",),
                "region": "Uusimaa",
                "timezone": "Europe/Helsinki",
                "purposes": ("events",) if number % 10 else (),
            }
            for number in range(5_000)
        ]
        await store.members.add_many(WORKSPACE, newcomers)
    taina = await coordinator(database)
    ref = await drafted(database, taina)

    began = time.monotonic()
    runs = await services.events.publish(taina.id, ref)
    assert time.monotonic() - began < 3

    assert isinstance(runs, EventRuns)
    for _ in range(4):
        await services.events.hold()
    invitations = await messages(database, "events.invitation")
    assert len(invitations) == 4 * 450, "written down in portions, and only for those who want them"
    async with database.transaction() as store:
        for row in invitations[:700]:
            found = await store.members._session.get_one(OutboxRow, row.id)
            found.state, found.finished_at = SENT, NOW
    stopped = await services.events.stop(taina.id, runs.event.ref)
    assert (stopped.fan_out.told, stopped.fan_out.not_told) == (700, 1_100)
    while (await kept(database, runs.event.ref)).fan_out not in (STOPPED, DONE):
        await services.events.hold()

    ended = Counter((row.state, row.reason) for row in await messages(database, "events.invitation"))
    assert ended == {(SENT, None): 700, (CANCELLED, "stopped"): 3_800}
    told = await services.events.told(taina.id, runs.event.ref)
    assert (len(told.names), told.not_told) == (700, 3_800)


async def test_a_line_is_kept_only_with_the_tick_and_without_a_name(database: Database) -> None:
    event, taina = await announced(database, services_of(database))
    who = await add_member(database, region="Uusimaa")
    await services_of(database).event_replies.answer(who.id, event.ref, "yes")
    afterwards = services_of(database, datetime(2027, 2, 17, 8, 0, tzinfo=UTC))

    kept_not = await afterwards.event_replies.share_lesson(who.id, event.ref, "secret", is_shared=False)
    kept_it = await afterwards.event_replies.share_lesson(who.id, event.ref, "Ask first.", is_shared=True)

    assert (kept_not.is_kept, kept_it.is_kept) == (False, True)
    assert (await afterwards.events.attendance(taina.id, event.ref)).lessons == ("Ask first.",)


async def test_a_guest_takes_places_like_everybody(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services, replace(DRAFT, capacity="1", is_per_region=False))
    link = (await services.guests.invite(taina.id, event.ref, "Otto Gast")).address
    page = await services.guests.answer(link.rpartition("/")[2], "yes")

    waits = await services.event_replies.answer((await add_member(database, region="Uusimaa")).id, event.ref, "yes")

    assert page is not None
    assert (page.answer, waits.waits_as) == ("yes", 1)
    shown = await services.events.attendance(taina.id, event.ref)
    assert [(one.is_guest, one.state) for one in shown.people] == [(True, "yes"), (False, "waiting")]
    assert shown.people[0].name == "Otto Gast"


async def test_a_guest_too_many_is_told_apart_from_an_event_that_is_off(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    async with database.transaction() as store:
        for number in range(GUESTS_AT_MOST):
            store.guests.add(
                GuestRow(workspace=WORKSPACE, event_id=event.id, key_digest=f"digest-{number}", invited_at=NOW)
            )

    with pytest.raises(TooManyGuests) as refused:
        await services.guests.invite(taina.id, event.ref, "Otto Gast")
    shown = situation(Translator("en"), refused.value)

    assert "*Morning coffee* has 200 links for guests already" in shown.text
    listed = guest_words.shown(Translator("en"), await services.guests.show(taina.id, event.ref))
    assert "And 160 more" in str([one.to_dict() for one in listed.blocks])
    await services.events.cancel(taina.id, event.ref)
    with pytest.raises(EventIsOff):
        await services.guests.invite(taina.id, event.ref, "Otto Gast")


async def test_an_event_that_is_not_out_yet_has_no_guests(database: Database) -> None:
    services, taina = services_of(database), await coordinator(database)
    ref = await drafted(database, taina)
    runs = await services.events.publish(taina.id, ref, NOW + timedelta(days=2))
    assert isinstance(runs, EventRuns)

    with pytest.raises(UnknownReference):
        await services.guests.invite(taina.id, runs.event.ref, "Otto Gast")


async def test_two_coordinators_withdraw_a_link_at_once(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services, replace(DRAFT, capacity="1", is_per_region=False))
    tarja = await coordinator(database)
    invited = await services.guests.invite(taina.id, event.ref, "Otto Gast")
    await services.guests.answer(invited.address.rpartition("/")[2], "yes")

    ended = await asyncio.gather(
        *(services.guests.withdraw(one.id, invited.guest_ref) for one in (taina, tarja) * 3), return_exceptions=True
    )

    assert sorted(type(one).__name__ for one in ended) == ["GuestsShown"] + ["UnknownReference"] * 5
    assert await replies(database, event) == []


async def test_a_withdrawn_link_opens_nothing_and_gives_the_place_back(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services, replace(DRAFT, capacity="1", is_per_region=False))
    invited = await services.guests.invite(taina.id, event.ref, "Otto Gast")
    key = invited.address.rpartition("/")[2]
    await services.guests.answer(key, "yes")
    member = await add_member(database, region="Uusimaa")
    await services.event_replies.answer(member.id, event.ref, "yes")

    with pytest.raises(OnlyCoordinators):
        await services.guests.withdraw(member.id, invited.guest_ref)
    shown = await services.guests.withdraw(taina.id, invited.guest_ref)

    assert shown.guests == ()
    assert await services.guests.page(key) is None
    assert await services.guests.answer(key, "yes") is None
    assert [(one.member_id, one.has_place) for one in await replies(database, event)] == [(member.id, True)]
    with pytest.raises(UnknownReference):
        await services.guests.withdraw(taina.id, invited.guest_ref)


async def test_a_guest_after_the_last_day_can_only_take_back_and_is_nameless_a_month_later(database: Database) -> None:
    services = services_of(database)
    event, taina = await announced(database, services)
    keys = [
        (await services.guests.invite(taina.id, event.ref, name)).address.rpartition("/")[2]
        for name in ("Otto Gast", "Spät Kommt")
    ]
    await services.guests.answer(keys[0], "yes")

    closed = services_of(database, datetime(2027, 2, 15, 12, tzinfo=UTC))
    too_late, taken_back = await closed.guests.answer(keys[1], "yes"), await closed.guests.answer(keys[0], "no")
    later = services_of(database, event.ends_at + timedelta(days=31))
    await later.guests.forget_old()
    over = await later.guests.page(keys[0])

    assert too_late is not None
    assert taken_back is not None
    assert over is not None
    assert (too_late.answer, too_late.is_closed, taken_back.answer) == (None, True, "no")
    assert (over.is_over, over.may_answer, over.name) == (True, False, "")


async def test_a_calendar_follows_what_its_member_goes_to_until_its_address_changes(database: Database) -> None:
    services = services_of(database)
    event, _ = await announced(database, services)
    member, other = [await add_member(database, region="Uusimaa") for _ in range(2)]
    await services.event_replies.answer(member.id, event.ref, "maybe")
    opened = await services.feeds.subscribe(member.id)
    assert isinstance(opened, FeedOpened)
    key = opened.address.rpartition("/")[2].removesuffix(".ics")

    feed = await services.feeds.feed(key)
    again = await services.feeds.subscribe(member.id)
    renewed = await services.feeds.renew(member.id)

    assert feed is not None
    assert [(one.event.ref, one.is_certain) for one in feed.events] == [(event.ref, False)]
    assert isinstance(again, FeedThere)
    assert isinstance(renewed, FeedOpened)
    assert await services.feeds.feed(key) is None
    new_key = renewed.address.rpartition("/")[2].removesuffix(".ics")
    assert await services.feeds.feed(new_key) is not None
    theirs = await services.feeds.subscribe(other.id)
    assert isinstance(theirs, FeedOpened)
    empty = await services.feeds.feed(theirs.address.rpartition("/")[2].removesuffix(".ics"))
    assert empty is not None
    assert empty.events == ()
    await services.feeds.stop(member.id)
    assert await services.feeds.feed(new_key) is None


async def test_the_place_of_somebody_whose_account_ends_goes_to_who_waits(database: Database) -> None:
    services = services_of(database)
    event, _ = await announced(database, services, replace(DRAFT, capacity="1"))
    leaves, waits = [await add_member(database, region="Uusimaa") for _ in range(2)]
    for one in (leaves, waits):
        await services.event_replies.answer(one.id, event.ref, "yes")

    gone = Profile(leaves.external_id or "", leaves.name, None, None, is_gone=True)
    await services.members.refresh(WORKSPACE, [gone])
    await services.members.refresh(WORKSPACE, [gone])

    assert [row.recipient_id for row in await messages(database, "events.promoted")] == [waits.id]


async def test_a_reminder_moves_with_the_clock_of_who_is_reminded(database: Database) -> None:
    services = services_of(database)
    event, _ = await announced(database, services)
    who = await add_member(database, region="Uusimaa", timezone="Europe/Helsinki", seen_timezone="Europe/Helsinki")
    await services.event_replies.answer(who.id, event.ref, "yes")
    (before,) = await messages(database, "events.reminder")

    moved = Profile(who.external_id or "", who.name, None, "Europe/Berlin")
    await services.members.refresh(WORKSPACE, [moved])

    (after,) = await messages(database, "events.reminder")
    assert before.not_before == datetime(2027, 2, 15, 8, 0, tzinfo=UTC)
    assert after.not_before == datetime(2027, 2, 15, 9, 0, tzinfo=UTC), "ten o'clock where they are now"


async def test_invitations_that_lost_their_point_leave_nothing_to_stop(database: Database) -> None:
    services = services_of(database)
    for _ in range(3):
        await add_member(database, region="Uusimaa")
    event, taina = await announced(database, services)
    await services.events.hold()
    async with database.transaction() as store:
        ends = (SENT, EXPIRED, FAILED)
        for state, row in zip(ends, await messages(database, "events.invitation"), strict=True):
            (await store.members._session.get_one(OutboxRow, row.id)).state = state

    runs = await services.events.show(taina.id, event.ref)

    assert (runs.fan_out.told, runs.fan_out.not_told, runs.fan_out.is_over) == (1, 2, True)
    assert "events.stop" not in str([one.to_dict() for one in event_desk.runs(Translator("en"), runs).blocks])


async def test_the_place_of_somebody_who_leaves_the_network_goes_to_who_waits(database: Database) -> None:
    services = services_of(database)
    event, _ = await announced(database, services, replace(DRAFT, capacity="1"))
    leaves, waits = [await add_member(database, region="Uusimaa") for _ in range(2)]
    for one in (leaves, waits):
        await services.event_replies.answer(one.id, event.ref, "yes")

    async with database.transaction() as store:
        await withdraw(store, leaves.id, NOW)

    assert {one.member_id: (one.answer, one.has_place) for one in await replies(database, event)} == {
        leaves.id: ("no", False),
        waits.id: ("yes", True),
    }
