"""Nudges over more than a year of chosen time, with two replicas ticking, on both databases."""

import asyncio
from collections.abc import Coroutine, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import event, select

from bot import services as all_services
from bot.facts.tasks import TaskUnset
from bot.programme import Institution, Local, Nudges, Programme, Task, Tasks
from bot.services import Services
from bot.services.nudges import AT_ONCE
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
TUESDAY_TEN = datetime(2026, 12, 1, 8, tzinfo=UTC)
STATEMENTS_OF_A_TICK = 14
"""For 25 people; one by one it was some two hundred."""


class Year:
    """Two replicas over one database, a clock that is set, and messages that arrive as soon as they are due."""

    def __init__(self, database: Database, programme: Programme | None = None) -> None:
        self.database = database
        self.programme = programme or Programme()
        self.clock = Clock(datetime(2026, 11, 29, tzinfo=UTC))
        self.replicas = [self.replica(), self.replica()]

    def replica(self) -> Services:
        return all_services.build(self.database, self.clock, self.programme)

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


LATE_ON_THURSDAY = Nudges(weekday="thursday", at=time(14), slot_hours=1)
PLACES = Programme(
    countries={"NO": Local(tasks=Tasks(T2=Task(status="not_in_use"), T4=Task(status="unset")))},
    institutions=(Institution(name="Siltaranta", nudges=LATE_ON_THURSDAY),),
)


async def test_the_slot_is_that_of_the_place_where_somebody_works(database: Database) -> None:
    year = Year(database, PLACES)
    await new_mentor(database, institution="Siltaranta")
    await year.at(MONDAY, 9)
    await year.at(MONDAY + timedelta(days=1), 10)
    assert await year.days() == []

    await year.at(MONDAY + timedelta(days=3), 14)

    assert await year.days() == [MONDAY + timedelta(days=3)]


async def test_a_task_that_is_not_done_in_a_country_is_no_question_there(database: Database) -> None:
    year, _ = Year(database, PLACES), await new_mentor(database, country="NO", timezone="Europe/Helsinki")
    for week in range(6):
        await year.week(week)

    tasks = {given.prompt[:2] for given in await year.rows(PromptGivenRow)}
    assert tasks, "other tasks are asked about"
    assert "T2" not in tasks


async def test_a_coordinator_is_asked_once_how_an_unset_task_is_done_at_a_place(database: Database) -> None:
    year = Year(database, PLACES)
    taina = await add_member(database, roles=("coordinator",), nudge_due_at=None)
    for _ in range(3):
        await new_mentor(database, country="NO", region="Vestland", timezone="Europe/Helsinki")
    await new_mentor(database, country="FI")
    for week in range(3):
        await year.week(week)

    asked = [row for row in await year.rows(OutboxRow) if row.kind == "tasks.unset"]
    assert [(row.recipient_id, row.state, row.subject[:2]) for row in asked] == [(taina.id, outbox.SENT, "T4")]
    async with database.reading() as store:
        fact = await year.replicas[0].outgoing.fact(store, "tasks.unset", asked[0].subject, taina, year.clock.now())
    assert fact == TaskUnset("T4", "Vestland")


async def test_the_nudges_of_a_crowd_are_spread_over_minutes_of_the_slots_first_hour(database: Database) -> None:
    year = Year(database)
    for _ in range(AT_ONCE):
        await new_mentor(database)
    await year.services.nudges.plan()
    year.clock._set(TUESDAY_TEN)

    statements = await counted(database, year.services.nudges.plan())

    moments = sorted(row.not_before for row in await year.rows(OutboxRow))
    assert len(set(moments)) == AT_ONCE
    assert moments[0] >= TUESDAY_TEN
    assert moments[-1] < TUESDAY_TEN + timedelta(minutes=30)
    assert statements <= STATEMENTS_OF_A_TICK


async def counted(database: Database, work: Coroutine[Any, Any, None]) -> int:
    """How many statements this takes, beginnings of transactions not counted."""
    statements: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_more: object) -> None:
        statements.append(statement)

    event.listen(database.engine.sync_engine, "before_cursor_execute", note)
    await work
    event.remove(database.engine.sync_engine, "before_cursor_execute", note)
    return sum(not statement.startswith("BEGIN") for statement in statements)
