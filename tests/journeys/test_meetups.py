"""A circle of seven in three institutions: polls, small groups, one reminder, one question, and a rhythm of its own."""

import asyncio
from dataclasses import replace
from datetime import datetime
from typing import Any

import httpx
from sqlalchemy import select

from storage.circles import CircleRow
from storage.meetups import AgendaItemRow, MeetupMemberRow, MeetupRow, RoundRow, SlotRow
from storage.members import MEETUPS
from storage.outbox import OutboxRow
from tests.journeys.stage import HELSINKI, Cast, Heard, Story, helsinki, story

FIELD = "0713"
HOUSES = ("Kuusilammen opettajakorkea", "Siltarannan ammattiopisto", "Saarnikallion ammattiopisto")
NAMES = ("Leena Harjula", "Onni Aalto", "Marko Niemi", "Kaisa Rinne", "Tuomo Lehto", "Sirpa Koski", "Ville Mattila")
SEVEN = tuple(
    Cast(name, fields=(FIELD,), institution=HOUSES[place % 3], locale="en-GB", languages=("en",))
    for place, name in enumerate(NAMES)
)
LEENA, ONNI, MARKO = SEVEN[:3]
STRANGER = Cast("Pekka Salo", "student", ("0732",), locale="en-GB")
BEGINS = "2027-01-25 09:00"


async def test_a_circle_of_seven_meets_over_two_rounds_and_mixes(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN, STRANGER) as told:
        await _all_join(told)
        (circle,) = await told.rows(CircleRow)
        assert circle.next_poll_at is not None
        assert circle.next_poll_at.astimezone(HELSINKI) == datetime(2027, 2, 1, 10, 0, tzinfo=HELSINKI)

        await told.leaps_to("2027-02-01 10:01")
        card = (await told.hears(LEENA))[-1]
        assert "semi-official" in card.text
        assert len(card.labels("meetups.vote")) == 3
        assert await told.hears(STRANGER) == []
        await _all_vote(told)
        assert len(await told.rows(MeetupRow)) == 0, "whoever answers last may press another time"
        await told.leaps_to("2027-02-01 11:02")
        first = await _groups(told)
        assert sorted(map(len, first)) == [3, 4]
        assert sum(map(len, first)) == len(frozenset.union(*first)) == 7
        opened = (await told.hears_in_groups(LEENA))[-1]
        assert "semi-official" in opened.text
        assert opened.button("meetups.calendar") is not None

        (meetup, _) = await told.rows(MeetupRow)
        day = meetup.starts_at.astimezone(HELSINKI)
        reminders = [row.not_before.astimezone(HELSINKI) for row in await _outbox(told, "meetups.reminder")]
        assert all(at.hour == 10 and at.date() < day.date() for at in reminders[:3])
        await told.leaps_to(f"{max(reminders):%Y-%m-%d} 10:01")
        assert "You meet soon" in (await told.hears(LEENA))[-1].text
        asked = [row.not_before.astimezone(HELSINKI) for row in await _outbox(told, "meetups.did_you_meet")]
        await told.leaps_to(f"{max(asked):%Y-%m-%d} 10:01")
        await told.presses(LEENA, "meetups.met")
        await told.presses(ONNI, "meetups.not_yet")
        counted = await told.rows(MeetupRow)
        assert (sum(one.met for one in counted), sum(one.not_yet for one in counted)) == (1, 1)
        heard = len(await told.posted_to(LEENA))
        await told.leaps_to("2027-02-26 12:00")
        assert len(await told.posted_to(LEENA)) == heard, "after the question there is silence"

        await told.leaps_to("2027-03-01 10:01")
        await _all_vote(told)
        await told.leaps_to("2027-03-01 11:02")
        second = (await _groups(told))[2:]
        assert sorted(map(len, second)) == [3, 4]
        assert not set(first) & set(second), "nobody meets the very same group again"
        assert _repeated(first, second) <= 3, (
            "two groups of three and four cannot be mixed with fewer repeated pairs than 2"
        )


async def test_the_odd_one_is_told_and_pressing_twice_changes_nothing(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:4]) as told:
        await _all_join(told, SEVEN[:4])
        await told.leaps_to("2027-02-01 10:01")
        for who in SEVEN[:3]:
            card, button = await _vote_button(told, who, 0)
            await told.presses_on(who, card, button)
            await told.presses_on(who, card, button)
        card, button = await _vote_button(told, SEVEN[3], 2)
        await told.presses_on(SEVEN[3], card, button)
        await told.leaps_to("2027-02-01 11:02")
        assert [len(one) for one in await _groups(told)] == [3]
        alone = (await told.hears(SEVEN[3]))[-1]
        assert "Nobody else" in alone.text
        assert "I ask again on Mon 1 Mar" in alone.words.replace(",", "")
        card, button = await _vote_button(told, LEENA, 1)
        await told.presses_on(LEENA, card, button)
        assert "This poll is over" in (await told.hears(LEENA))[-1].text


async def test_somebody_who_is_not_in_the_circle_changes_nothing(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:3], STRANGER) as told:
        await _all_join(told, SEVEN[:3])
        await told.leaps_to("2027-02-01 10:01")
        await told.writes(STRANGER, "moi")
        (own,) = await told.hears(STRANGER)
        _, button = await _vote_button(told, LEENA, 0)
        (held,) = await told.rows(RoundRow)
        (circle,) = await told.rows(CircleRow)
        for action, value in (
            ("meetups.vote", button["value"]),
            ("meetups.unvote", button["value"]),
            ("meetups.not_this_time", held.ref),
            ("meetups.leave", circle.ref),
            ("meetups.propose", circle.ref),
            ("circles.change", circle.ref),
            ("meetups.join", FIELD + "x"),
        ):
            await told.presses_on(STRANGER, own, {"action_id": action}, value)
            assert "This card does not work any more." in (await told.hears(STRANGER))[-1].words, action
        async with told.silta.database.reading() as store:
            assert len(await store.circles.members(circle.id)) == 3
            assert await store.meetups.votes(held.id) == {}


async def test_members_change_their_own_rhythm_by_a_vote(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:4]) as told:
        await _all_join(told, SEVEN[:4])
        await told.presses(LEENA, "circles.change")
        await told.submits(LEENA, rhythm="quarterly", weekday="thursday")
        await told.presses(ONNI, "circles.agree")
        await told.presses(MARKO, "circles.disagree")
        await told.leaps_to("2027-02-01 10:01")
        (circle,) = await told.rows(CircleRow)
        assert (circle.rhythm, circle.weekday) == ("quarterly", "thursday")
        assert circle.next_poll_at == helsinki("2027-05-03 10:00")
        poll = (await told.hears(ONNI))[-1]
        assert "The members changed this on Mon" in poll.words, "the next message says what was changed"
        assert all(slot.starts_at.astimezone(HELSINKI).weekday() == 3 for slot in await told.rows(SlotRow))
        await told.commands(LEENA, "meetup")
        assert "four times a year" in (await told.hears(LEENA))[-1].words


async def test_a_proposal_becomes_the_poll_and_its_agenda_is_deleted_afterwards(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:3]) as told:
        await _all_join(told, SEVEN[:3])
        await told.presses(LEENA, "meetups.propose")
        at = int(datetime(2027, 2, 4, 14, 0, tzinfo=HELSINKI).timestamp())
        await told.submits(LEENA, first_time=at, place="Kahvila", link="https://example.org/huone")
        card = (await told.hears(ONNI))[-1]
        assert "*Leena Harjula* proposes it." in card.words
        assert len(card.labels("meetups.vote")) == 1
        await told.presses(LEENA, "meetups.propose")
        await told.submits(LEENA)
        assert "This circle was asked only lately." in (await told.hears(LEENA))[-1].text
        for who in SEVEN[:3]:
            await told.presses(who, "meetups.vote")
        await told.leaps_to("2027-01-25 10:05")
        group = (await told.hears_in_groups(ONNI))[-1]
        button = group.button("meetups.agenda")
        assert button is not None
        await told.presses_on(ONNI, group, button)
        await told.submits(ONNI, item="What do you do with phones?")
        assert "What do you do with phones?" in (await told.hears_in_groups(LEENA))[-1].words
        await told.leaps_to("2027-02-04 14:50")
        assert await told.rows(AgendaItemRow) == []


async def test_two_who_are_kept_apart_are_not_brought_into_one_conversation(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:4]) as told:
        await _all_join(told, SEVEN[:4])
        leena, onni = await told.member(LEENA), await told.member(ONNI)
        await told.silta.services.avoids.avoid(onni.id, leena.ref)
        await told.leaps_to("2027-02-01 10:01")
        for who in SEVEN[:4]:
            await told.presses(who, "meetups.vote")
        await told.leaps_to("2027-02-01 11:02")
        groups = await _groups(told)
        assert sorted(map(len, groups)) == [2, 2]
        assert not any({leena.id, onni.id} <= group for group in groups)


async def test_whoever_is_paused_hears_nothing(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:4]) as told:
        await _all_join(told, SEVEN[:4])
        await told.commands(SEVEN[3], "pause")
        heard = len(await told.posted_to(SEVEN[3]))
        await told.leaps_to("2027-02-01 10:01")
        assert len(await told.posted_to(SEVEN[3])) == heard
        assert "when could you meet?" in (await told.hears(LEENA))[-1].text


async def _all_join(told: Story, people: tuple[Cast, ...] = SEVEN) -> None:
    for who in people:
        await told.commands(who, "meetup")
        await told.presses(who, "meetups.join")


async def _all_vote(told: Story) -> None:
    for who in SEVEN:
        for place in (0, 1, 2):
            card, button = await _vote_button(told, who, place)
            await told.presses_on(who, card, button)


async def _vote_button(told: Story, who: Cast, place: int) -> tuple[Heard, dict[str, Any]]:
    """The time at that place of the newest poll, whether it is chosen already or not."""
    card = next(one for one in reversed(await told.hears(who)) if "when could you meet?" in one.text)
    times = [one for one in card.elements if one["action_id"] in ("meetups.vote", "meetups.unvote")]
    return card, {**times[place], "action_id": "meetups.vote"}


async def _groups(told: Story) -> list[frozenset[int]]:
    async with told.silta.database.engine.connect() as connection:
        rows = await connection.execute(
            select(MeetupMemberRow.meetup_id, MeetupMemberRow.member_id).order_by("meetup_id")
        )
        groups: dict[int, set[int]] = {}
        for meetup_id, member_id in rows:
            groups.setdefault(meetup_id, set()).add(member_id)
    return [frozenset(people) for people in groups.values()]


async def _outbox(told: Story, kind: str) -> list[OutboxRow]:
    return [row for row in await told.rows(OutboxRow) if row.kind == kind]


def _repeated(first: list[frozenset[int]], second: list[frozenset[int]]) -> int:
    return sum(len(one & other) * (len(one & other) - 1) // 2 for one in first for other in second)


async def test_leaving_the_circle_cancels_a_meetup_of_two_and_the_calendar_hears_of_it(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:3]) as told:
        await _all_join(told, SEVEN[:3])
        await told.leaps_to("2027-02-01 10:01")
        for who in SEVEN[:2]:
            await told.presses(who, "meetups.vote")
        await told.presses(MARKO, "meetups.not_this_time")
        await told.leaps_to("2027-02-01 11:02")
        (meetup,) = await told.rows(MeetupRow)
        assert "You are two this time" in (await told.hears_in_groups(LEENA))[-1].words
        async with httpx.AsyncClient(transport=httpx.ASGITransport(told.silta.web), base_url="http://silta") as web:
            found = await web.get(f"/calendar/{meetup.calendar_key}.ics")
            assert found.headers["content-type"].startswith("text/calendar")
            assert b"STATUS:CONFIRMED" in found.content
            await told.presses(ONNI, "meetups.leave")
            cancelled = await web.get(f"/calendar/{meetup.calendar_key}.ics")
            assert b"STATUS:CANCELLED" in cancelled.content
            assert b"SEQUENCE:1" in cancelled.content
            assert (await web.get(f"/calendar/{meetup.ref}.ics")).status_code == 404
        assert "does not take place" in (await told.hears(LEENA))[-1].text


async def test_a_group_conversation_that_cannot_be_opened_leaves_nobody_without_a_word(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:3]) as told:
        await _all_join(told, SEVEN[:3])
        await told.leaps_to("2027-02-01 10:01")
        for who in SEVEN[:3]:
            await told.presses(who, "meetups.vote")
        told.will_fail("conversations.open", "error", error="user_disabled")
        await told.leaps_to("2027-02-01 11:02")
        for who in SEVEN[:3]:
            assert "Please write to each other directly." in (await told.hears(who))[-1].text


async def test_two_replicas_that_hold_the_same_round_make_it_once(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN) as told:
        await _all_join(told)
        meetups = told.silta.services.meetups
        await told.clock._stop_at(helsinki("2027-02-01 10:00"))
        await asyncio.gather(meetups.hold_rounds(), meetups.hold_rounds(), meetups.hold_rounds())
        assert len(await told.rows(RoundRow)) == 1
        await _all_vote(told)
        await told.clock._stop_at(helsinki("2027-02-01 11:02"))
        await asyncio.gather(meetups.hold_rounds(), meetups.hold_rounds(), meetups.hold_rounds())
        assert sorted(map(len, await _groups(told))) == [3, 4]


async def test_in_the_week_of_the_clock_change_everything_comes_at_ten_by_the_new_clock(database_url: str) -> None:
    berlin = Cast("Jonas Weber", fields=(FIELD,), country="DE", timezone="Europe/Berlin", locale="en-GB")
    # Clocks go forward on Sunday 28 March 2027, between the poll's answers and the meetup on Tuesday 30 March.
    async with story(database_url, "2027-03-22 10:30", *SEVEN[:2], replace(berlin, region="Uusimaa")) as told:
        jonas = replace(berlin, region="Uusimaa")
        await _all_join(told, SEVEN[:2])
        async with told.silta.database.transaction() as store:
            (circle,) = await store.circles.of_region(told.silta.workspace, "FI", "Uusimaa")
            member = await store.members.by_id((await told.member(jonas)).id)
            await store.circles.join(circle, member, told.clock.now())
            member.agree(MEETUPS)
        await told.presses(LEENA, "meetups.propose")
        at = datetime(2027, 3, 30, 14, 0, tzinfo=HELSINKI)
        await told.submits(LEENA, first_time=int(at.timestamp()))
        for who in (LEENA, ONNI, jonas):
            await told.presses(who, "meetups.vote")
        await told.leaps_to("2027-03-22 11:35")
        times = (await told.hears_in_groups(jonas))[-1].text
        assert "at 14:00* (Helsinki)" in times
        assert "at 13:00* (Berlin)" in times
        reminders = {row.not_before for row in await _outbox(told, "meetups.reminder")}
        # 26 March is Good Friday and the 29th Easter Monday, so the last open day before is Thursday the 25th.
        assert {(at.astimezone(HELSINKI).hour, at.astimezone(HELSINKI).day) for at in reminders} == {(10, 25), (11, 25)}
        asked = {row.not_before for row in await _outbox(told, "meetups.did_you_meet")}
        assert asked == {helsinki("2027-03-31 10:00"), helsinki("2027-03-31 11:00")}


async def test_a_proposal_that_cannot_be_held_or_reached_is_not_sent(database_url: str) -> None:
    async with story(database_url, BEGINS, *SEVEN[:3]) as told:
        await _all_join(told, SEVEN[:3])
        tomorrow = int(datetime(2027, 1, 26, 14, 0, tzinfo=HELSINKI).timestamp())
        for answers in ({"link": "javascript:alert(1)"}, {"link": "https://"}, {"first_time": tomorrow}):
            await told.presses(LEENA, "meetups.propose")
            await told.submits(LEENA, **answers)
            assert "Nothing was sent." in (await told.hears(LEENA))[-1].text
        assert await told.rows(RoundRow) == []
        await told.presses(LEENA, "meetups.propose")
        await told.submits(LEENA)
        assert len(await told.rows(SlotRow)) == 3, "without times of one's own, Silta finds three"
