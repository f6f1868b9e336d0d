"""Nudges over more than a year of chosen time, with two replicas ticking, on both databases."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select

from bot import services as all_services
from bot.programme import Programme
from bot.services import Services
from sandbox import Clock
from storage import outbox
from storage.database import Database
from storage.members import MemberRow
from storage.nudges import KIND, NudgeRow
from storage.outbox import OutboxRow, Priority
from storage.promises import PromiseRow
from storage.prompts import PromptGivenRow
from storage.rows import Row
from tests.storage.rows import WORKSPACE, add_ask, add_introduction, add_member, intent

HELSINKI = ZoneInfo("Europe/Helsinki")
MONDAY = date(2026, 11, 30)
"""The Monday of week 49, so that 60 weeks hold week 53, two winters of holidays and both changes of the clock."""
WEEKS = 60


class Year:
    """Two replicas over one database, a clock that is set, and messages that arrive as soon as they are due."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock(datetime(2026, 11, 29, tzinfo=UTC))
        self.replicas = [self.replica(), self.replica()]

    def replica(self) -> Services:
        return all_services.build(self.database, self.clock, Programme())

    @property
    def services(self) -> Services:
        return self.replicas[0]

    async def at(self, day: date, hour: int, minute: int = 0) -> None:
        """Both replicas plan at that local time, and whatever is due is worded and counts as sent."""
        self.clock._set(datetime(day.year, day.month, day.day, hour, minute, tzinfo=HELSINKI).astimezone(UTC))
        await asyncio.gather(*(one.nudges.plan() for one in self.replicas))
        async with self.database.transaction() as store:
            for row in await store.outbox.claim(WORKSPACE, "test", self.clock.now(), 20):
                recipient = await store.members.by_id(row.recipient_id)
                fact = await self.services.outgoing.fact(store, row.kind, row.subject, recipient, self.clock.now())
                if fact is None:
                    await store.outbox.drop(row.id, "test", self.clock.now(), outbox.CANCELLED, "lost_its_point")
                    continue
                assert await store.outbox.start(row.id, "test", self.clock.now())
                await store.outbox.sent(row.id, "test", self.clock.now(), "D0LEENA", str(row.id))

    async def week(self, number: int) -> None:
        """One week, with ticks before, in and after the slot."""
        monday = MONDAY + timedelta(weeks=number)
        tuesday = monday + timedelta(days=1)
        await self.at(monday, 10)
        for hour, minute in ((9, 59), (10, 0), (10, 1), (11, 59), (12, 0)):
            await self.at(tuesday, hour, minute)
        await self.at(monday + timedelta(days=3), 10)

    async def reacts(self, member: MemberRow) -> None:
        """Any word from this person."""
        await self.services.inbox.receive(WORKSPACE, f"event:{self.clock.now()}", member.external_id)

    async def rows(self, table: type[Row]) -> Sequence[Any]:
        async with self.database.reading() as store:
            return (await store.members._session.scalars(select(table).order_by("id"))).all()

    async def days(self) -> list[date]:
        """The local days on which a nudge was sent."""
        sent = [row for row in await self.rows(OutboxRow) if row.kind == KIND and row.state == outbox.SENT]
        return [row.finished_at.astimezone(HELSINKI).date() for row in sent]

    async def member(self, member: MemberRow) -> MemberRow:
        async with self.database.reading() as store:
            return await store.members.by_id(member.id)


async def new_mentor(database: Database, **given: Any) -> MemberRow:
    return await add_member(database, "0713", **{"nudge_due_at": None, **given})


async def test_a_mentor_who_reacts_gets_at_most_one_a_week_for_sixty_weeks_and_nothing_twice(
    database: Database,
) -> None:
    year, leena = Year(database), await new_mentor(database)
    for week in range(WEEKS):
        await year.week(week)
        await year.reacts(leena)

    days = await year.days()
    assert all(day.weekday() == 1 for day in days)
    assert all(after - before >= timedelta(days=7) for before, after in pairwise(days))
    assert date(2027, 3, 30) in days, "the Tuesday after the clock went forward"
    weeks = [nudge.week for nudge in await year.rows(NudgeRow)]
    assert "2026-W53" in weeks
    assert "2027-W01" in weeks
    assert len(weeks) == len(set(weeks)) == len(days)

    given = await year.rows(PromptGivenRow)
    assert len(given) == len(days), "each nudge brought one question"
    for place, one in enumerate(given):
        assert one.prompt not in {
            other.prompt for other in given[place + 1 :] if other.given_at - one.given_at < timedelta(days=365)
        }
    rare = [(one.prompt[:2], one.given_at.year, one.given_at.month > 7) for one in given if one.prompt[:2] != "T2"]
    assert len(rare) == len(set(rare)), "what is only possible or occasional comes up once a term"
    assert (await year.member(leena)).nudge_rhythm == "weekly"


async def test_a_mentor_who_never_reacts_is_left_in_peace_step_by_step(database: Database) -> None:
    year, leena = Year(database), await new_mentor(database)
    for week in range(WEEKS):
        await year.week(week)

    days = await year.days()
    assert [(after - before).days // 7 for before, after in pairwise(days)] == [1, 2, 2, 2]
    assert [nudge.rhythm for nudge in await year.rows(NudgeRow)] == [None, None, "fortnightly", None, "when_needed"]
    assert (await year.member(leena)).nudge_rhythm == "when_needed"


async def test_one_word_starts_the_count_anew(database: Database) -> None:
    year, leena = Year(database), await new_mentor(database)
    await year.week(1)
    await year.week(2)
    await year.reacts(leena)
    await year.week(3)
    await year.week(4)

    assert len(await year.days()) == 4
    assert (await year.member(leena)).nudge_rhythm == "weekly"


async def test_only_when_needed_brings_people_who_wait_and_nothing_else(database: Database) -> None:
    year, leena = Year(database), await new_mentor(database, nudge_rhythm="when_needed")
    await year.week(0)
    await year.services.promises.note(leena.id, "I promised to send the link")
    await year.week(1)
    assert await year.days() == []

    await somebody_waits_for(year, leena)
    await year.week(2)

    assert await year.days() == [MONDAY + timedelta(weeks=2, days=1)]
    assert await year.rows(PromptGivenRow) == []


async def test_people_first_then_promises_then_one_question_and_three_at_most(database: Database) -> None:
    year, leena = Year(database), await new_mentor(database, capacity=9)
    await year.at(MONDAY, 10)
    for words in ("first", "second", "third"):
        await year.services.promises.note(leena.id, words)
    await year.at(MONDAY + timedelta(days=1), 10)
    (nudge,) = await year.rows(NudgeRow)
    fact = await year.services.nudges.rest(leena.id, nudge.ref)
    assert fact is not None
    assert ([one.words for one in fact.promises], fact.prompt) == (["first", "second", "third"], None)

    await year.services.promises.done(leena.id, fact.promises[0].promise_ref)
    await year.services.promises.done(leena.id, fact.promises[1].promise_ref)
    await somebody_waits_for(year, leena)
    await year.week(1)

    *_, nudge = await year.rows(NudgeRow)
    fact = await year.services.nudges.rest(leena.id, nudge.ref)
    assert fact is not None
    assert (len(fact.waiting), len(fact.promises)) == (1, 1)
    assert fact.prompt is not None, "there was room for one question"


async def test_nothing_to_say_is_not_said(database: Database) -> None:
    every_task = ("T1", "T2", "T3", "T4", "T5", "T6", "T7", "T8")
    year, _ = Year(database), await new_mentor(database, tasks=every_task)
    for week in range(3):
        await year.week(week)

    assert await year.rows(OutboxRow) == []
    assert await year.rows(NudgeRow) == []


async def test_students_hear_of_their_own_promise_and_nothing_else(database: Database) -> None:
    year, sanna = Year(database), await add_member(database, roles=("student",), nudge_due_at=None)
    await year.week(0)
    assert await year.days() == []

    noted = await year.services.promises.note(sanna.id, "lupasin lähettää linkin")
    await year.week(1)
    await year.services.promises.done(sanna.id, noted.promise.promise_ref)  # type: ignore[union-attr]
    await year.week(2)
    await year.week(3)

    assert await year.days() == [MONDAY + timedelta(weeks=1, days=1)]
    assert await year.rows(PromptGivenRow) == []
    assert (await year.member(sanna)).nudge_due_at is None, "without a promise there is no slot to look at"


async def test_a_promise_with_a_day_comes_up_in_the_week_before_it(database: Database) -> None:
    year, sanna = Year(database), await add_member(database, roles=("student",), nudge_due_at=None)
    await year.at(MONDAY, 9)
    noted = await year.services.promises.note(sanna.id, "the visit", MONDAY + timedelta(weeks=3))
    for week in range(4):
        await year.week(week)

    first = MONDAY + timedelta(weeks=2, days=1)
    assert (await year.days())[0] == first
    assert noted.comes_up_on == first  # type: ignore[union-attr]


async def test_a_promise_is_forgotten_after_eight_weeks(database: Database) -> None:
    year, sanna = Year(database), await add_member(database, roles=("student",), nudge_due_at=None)
    await year.at(MONDAY, 9)
    await year.services.promises.note(sanna.id, "the link")
    year.clock._set(year.clock.now() + timedelta(weeks=8) - timedelta(minutes=1))
    await year.services.promises.forget_old()
    assert len(await year.rows(PromiseRow)) == 1

    year.clock._set(year.clock.now() + timedelta(minutes=2))
    await year.services.promises.forget_old()

    assert await year.rows(PromiseRow) == []


async def test_skipping_the_next_one_skips_exactly_that_one(database: Database) -> None:
    year, leena = Year(database), await new_mentor(database)
    await year.week(0)
    await year.week(1)
    snoozed = await year.services.nudges.snooze(leena.id)
    for week in (2, 3):
        await year.week(week)
        await year.reacts(leena)

    tuesdays = [MONDAY + timedelta(weeks=week, days=1) for week in (0, 1, 3)]
    assert await year.days() == tuesdays
    assert snoozed.next_on == tuesdays[-1]


async def test_somebody_who_moves_is_nudged_at_ten_on_their_new_clock(database: Database) -> None:
    year, leena = Year(database), await new_mentor(database)
    await year.week(0)
    await year.week(1)
    await year.reacts(leena)
    async with database.transaction() as store:
        (await store.members.by_id(leena.id)).timezone = "Europe/Oslo"
    before = len(await year.days())
    tuesday = MONDAY + timedelta(weeks=2, days=1)
    await year.at(tuesday, 10)
    await year.at(tuesday, 10, 59)
    assert len(await year.days()) == before, "it is not ten yet in Oslo"

    await year.at(tuesday, 11)

    assert len(await year.days()) == before + 1


async def test_what_was_not_sent_does_not_count(database: Database) -> None:
    year, leena = Year(database), await new_mentor(database)
    await year.at(MONDAY, 10)
    tuesday = MONDAY + timedelta(days=1)
    await somebody_waits_for(year, leena)
    year.clock._set(datetime(tuesday.year, tuesday.month, tuesday.day, 10, tzinfo=HELSINKI).astimezone(UTC))
    await year.services.nudges.plan()
    async with database.transaction() as store:
        (row,) = await store.outbox.claim(WORKSPACE, "test", year.clock.now(), 20)
        await store.outbox.drop(row.id, "test", year.clock.now(), outbox.EXPIRED, "lost_its_point")
    await year.week(1)

    assert await year.days() == [tuesday + timedelta(weeks=1)]


async def somebody_waits_for(year: Year, contact: MemberRow) -> None:
    """A request that reached this person on an earlier day."""
    asker = await add_member(year.database, roles=("student",), nudge_due_at=None)
    request = await add_introduction(year.database, await add_ask(year.database, asker), contact)
    earlier = year.clock.now() - timedelta(days=1)
    async with year.database.transaction() as store:
        await store.outbox.put(
            intent(
                contact,
                f"request:{request.ref}",
                kind="introductions.request",
                subject=request.ref,
                priority=Priority.INTRODUCTION,
                not_before=earlier,
            )
        )
        for row in await store.outbox.claim(WORKSPACE, "test", year.clock.now(), 20):
            assert await store.outbox.start(row.id, "test", earlier)
            await store.outbox.sent(row.id, "test", earlier, "D0LEENA", f"r{row.id}")
