"""What is answered to whom, and how entries are looked after."""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.errors import KnowledgeProblem, UnknownReference
from bot.facts.fields import NobodyOpen
from bot.facts.introductions import WithCoordinator
from bot.facts.knowledge import Entry
from bot.facts.questions import Answered, KnownElsewhere, LeftToPerson, Serious
from bot.programme import Handover, Institution, Programme, Reachable
from bot.services import Services, build
from storage import questions
from storage.database import Database
from storage.knowledge import KnowledgeChangeRow
from storage.members import MemberRow
from storage.questions import QuestionRow, UnansweredRow
from tests.knowledge import CHECKED_ON, entry
from tests.storage.rows import NOW, WORKSPACE, add_ask, add_member

HOW_LONG = "montako op harkka on"
OFFICE = Reachable(name="Practice office", email="practice@example.org")


@dataclass
class _Clock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class World:
    database: Database
    clock: _Clock

    def services(self, **settings: Any) -> Services:
        return build(self.database, self.clock, Programme(**settings))


@pytest.fixture
async def world(database: Database) -> AsyncIterator[World]:
    yield World(database, _Clock())


async def _asks(world: World, who: MemberRow, text: str, **settings: Any) -> object:
    return await world.services(**settings).questions.ask(who.id, text)


async def test_a_national_answer_is_given_in_its_country_only(world: World) -> None:
    finn = await add_member(world.database, chosen_language="en")
    german = await add_member(world.database, country="DE")
    of_nowhere = await add_member(world.database, country=None)

    here, there, nowhere = [await _asks(world, one, HOW_LONG) for one in (finn, german, of_nowhere)]

    assert isinstance(here, Answered)
    assert "9 credits" in here.answer
    for elsewhere in (there, nowhere):
        assert isinstance(elsewhere, KnownElsewhere)
        assert elsewhere.countries == ("FI",)


async def test_the_country_of_the_institution_counts_where_a_persons_own_is_not_known(world: World) -> None:
    school = Institution(name="Koulu", country="FI")
    student = await add_member(world.database, country=None, institution="Koulu")

    assert isinstance(await _asks(world, student, HOW_LONG, institutions=(school,)), Answered)


async def test_what_was_checked_more_than_a_year_ago_says_so(world: World) -> None:
    student = await add_member(world.database)
    found = []
    for day in (365, 366):
        world.clock.at = datetime.combine(CHECKED_ON, NOW.timetz()) + timedelta(days=day)
        found.append(await _asks(world, student, HOW_LONG))

    assert [one.may_be_old for one in found if isinstance(one, Answered)] == [False, True]


async def test_the_nearest_line_that_fits_names_the_person(world: World) -> None:
    student = await add_member(world.database, "0913", external_id="U0ST", institution="Koulu")
    nurse = await add_member(world.database, external_id="U0NURSE")
    weaver = await add_member(world.database, external_id="U0WEAVER")
    for_nurses = Handover(fields=("0913",), person="U0NURSE")
    for_weavers = Handover(fields=("0723",), person="U0WEAVER")
    school = Institution(name="Koulu", country="FI", handover=(for_weavers,))

    left = await _asks(world, student, "onko mun tutkinto tarpeeks", handover=(for_nurses,), institutions=(school,))

    assert isinstance(left, LeftToPerson)
    assert left.help.person is not None
    assert left.help.person.ref == nurse.ref
    assert weaver.ref != nurse.ref


async def test_nobody_is_named_who_is_away_or_kept_apart_or_the_asker(world: World) -> None:
    student = await add_member(world.database, external_id="U0ST")
    await add_member(world.database, external_id="U0GONE", deactivated_at=NOW)
    apart = await add_member(world.database, external_id="U0APART")
    coordinator = await add_member(world.database, roles=("coordinator",))
    lines = tuple(Handover(person=one) for one in ("U0ST", "U0GONE", "U0APART", "U0UNKNOWN"))
    async with world.database.transaction() as store:
        await store.avoids.add(WORKSPACE, apart.id, student.id, NOW)

    found = await world.services(handover=lines).questions.not_helpful(student.id, "k12", "")

    assert found.help.person is not None
    assert found.help.person.ref == coordinator.ref


async def test_nobody_is_led_to_a_coordinator_they_are_kept_apart_from_or_to_themselves(world: World) -> None:
    student = await add_member(world.database)
    taina = await add_member(world.database, roles=("coordinator",))
    await world.services().avoids.avoid(student.id, taina.ref)
    ask = await add_ask(world.database, student)

    found = await world.services().fields.confirm(student.id, ask.ref)
    told = await world.services().introductions.tell_coordinator(student.id, ask.ref)
    own = await world.services().introductions.tell_coordinator(taina.id, (await add_ask(world.database, taina)).ref)

    assert isinstance(found, NobodyOpen)
    assert found.coordinator is None
    assert told == own == WithCoordinator(None)


async def test_the_office_in_charge_is_named_beside_the_person(world: World) -> None:
    student = await add_member(world.database)

    found = await _asks(world, student, HOW_LONG, practicum_handover=OFFICE)

    assert isinstance(found, Answered)
    assert found.help.office == OFFICE


async def test_taking_something_seriously_needs_no_words_and_knows_the_number(world: World) -> None:
    turk, american = await add_member(world.database, country="TR"), await add_member(world.database, country="US")
    services = world.services()

    here, there = [await services.questions.take_seriously(one.id) for one in (turk, american)]

    assert isinstance(here, Serious)
    assert [one.phone for one in here.contacts] == ["112"]
    assert there.contacts == ()


async def test_a_coordinator_changes_an_answer_and_the_change_is_kept_with_who_and_when(world: World) -> None:
    coordinator = await add_member(world.database, roles=("coordinator",))
    student, services = await add_member(world.database, chosen_language="en"), world.services()
    form = (await services.entries.form(coordinator.id, "en", "k17")).entry
    draft = await services.entries.preview(coordinator.id, _with(form, answer="At HAMK it is 10 credits."))
    before = await services.questions.ask(student.id, HOW_LONG)

    await services.entries.save(coordinator.id, draft.draft_ref)
    await services.knowledge.learn(WORKSPACE)

    after = await services.questions.ask(student.id, HOW_LONG)
    assert isinstance(before, Answered)
    assert isinstance(after, Answered)
    assert (before.answer, after.answer) == (form.answer, "At HAMK it is 10 credits.")
    async with world.database.reading() as store:
        change = await store.knowledge._session.get_one(KnowledgeChangeRow, await store.knowledge.version(WORKSPACE))
    assert (change.changed_by_id, change.changed_at) == (coordinator.id, NOW)
    assert json.loads(change.what) == {"answer": [form.answer, "At HAMK it is 10 credits."]}


async def test_what_was_learnt_before_serves_while_a_change_is_learnt_in_the_background(world: World) -> None:
    student, services = await add_member(world.database), world.services()
    await services.knowledge.learn(WORKSPACE)
    learner = asyncio.create_task(services.knowledge.keep_up(WORKSPACE))
    bus = entry("bus", "where do school buses park", "where do the school buses park now", answer="At gate B.")

    # Another replica, or a file, brings it in: nobody tells this process.
    await world.services().entries.bring_in(WORKSPACE, [bus], "en")
    first = await services.questions.ask(student.id, "where do school buses park")
    for _ in range(200):
        if isinstance(await services.questions.ask(student.id, "where do school buses park"), Answered):
            break
        await asyncio.sleep(0.02)
    learnt = await services.questions.ask(student.id, "where do school buses park")
    learner.cancel()

    assert not isinstance(first, Answered)
    assert isinstance(learnt, Answered)
    assert learnt.answer == "At gate B."


async def test_who_answers_is_the_same_in_all_languages_of_an_entry(world: World) -> None:
    coordinator, services = await add_member(world.database, roles=("coordinator",)), world.services()
    finn = await add_member(world.database, chosen_language="fi", languages=("fi",))
    finnish, english = [(await services.entries.form(coordinator.id, one, "k17")).entry for one in ("fi", "en")]
    for changed in (_with(finnish, answer="HAMKissa 9 op."), _with(english, route="person")):
        draft = await services.entries.preview(coordinator.id, changed)
        await services.entries.save(coordinator.id, draft.draft_ref)
    await services.knowledge.learn(WORKSPACE)

    left = await services.questions.ask(finn.id, HOW_LONG)

    assert isinstance(left, LeftToPerson)
    assert left.answer == "HAMKissa 9 op."


async def test_words_go_ninety_days_after_the_end(world: World) -> None:
    asker = await add_member(world.database)
    services, old, young = world.services(), NOW - timedelta(days=90), NOW - timedelta(days=89)
    async with world.database.transaction() as store:
        for ended_at in (old, young, None):
            row = QuestionRow(workspace=WORKSPACE, asker_id=asker.id, words="w", asked_at=old, ended_at=ended_at)
            row.state = questions.ANSWERED if ended_at else questions.ASKED
            store.questions.add(row)
        store.questions.add(UnansweredRow(workspace=WORKSPACE, words="w", told_at=old))

    await services.question_clock.forget_words()

    async with world.database.reading() as store:
        rows = [await store.questions._session.get_one(QuestionRow, number) for number in (1, 2, 3)]
        told = await store.questions._session.get_one(UnansweredRow, 1)
    assert [row.words for row in rows] == [None, "w", "w"]
    assert told.words is None


async def test_a_question_whose_receiver_was_forgotten_goes_on_to_a_coordinator(world: World) -> None:
    asker, services = await add_member(world.database), world.services()
    coordinator = await add_member(world.database, roles=("coordinator",))
    async with world.database.transaction() as store:
        store.questions.add(QuestionRow(workspace=WORKSPACE, asker_id=asker.id, words="w", asked_at=NOW))

    await services.question_clock.move_on()

    async with world.database.reading() as store:
        moved = await store.questions._session.get_one(QuestionRow, 1)
    assert (moved.receiver_id, moved.state) == (coordinator.id, questions.ASKED)


def _with(before: Entry, **given: Any) -> Entry:
    return Entry(**{**{name: getattr(before, name) for name in Entry.__dataclass_fields__}, **given})


async def test_a_file_is_brought_in_whole_or_not_at_all_and_once(world: World) -> None:
    entries, fine = world.services().entries, entry("bus", "where do school buses park")
    with pytest.raises(KnowledgeProblem, match=r"a\.b: id"):
        await entries.bring_in(WORKSPACE, [fine, entry("a.b", "where")], "en")
    with pytest.raises(KnowledgeProblem, match="long: answer"):
        await entries.bring_in(WORKSPACE, [fine, entry("long", "where", answer="x" * 2_501)], "en")

    changed = [await entries.bring_in(WORKSPACE, [fine], "en") for _ in range(2)]

    assert changed == [1, 0]
    async with world.database.reading() as store:
        assert [one.entry_id for one in await store.knowledge.entries(WORKSPACE)] == ["bus"]
        assert await store.knowledge.entries("T0OTHER") == []


async def test_a_retired_entry_answers_nobody_until_it_is_brought_back(world: World) -> None:
    coordinator = await add_member(world.database, roles=("coordinator",))
    student, services = await add_member(world.database, chosen_language="en"), world.services()
    before = (await services.entries.form(coordinator.id, "en", "k17")).entry
    draft = await services.entries.preview(coordinator.id, _with(before, answer="At HAMK it is 10 credits."))

    for _ in range(2):
        await services.entries.retire(coordinator.id, "en", "k17")
    await services.knowledge.learn(WORKSPACE)

    assert not isinstance(await services.questions.ask(student.id, HOW_LONG), Answered)
    with pytest.raises(UnknownReference):
        await services.questions.pick(student.id, "k17", HOW_LONG)
    with pytest.raises(UnknownReference):
        await services.entries.save(coordinator.id, draft.draft_ref)
    with pytest.raises(UnknownReference):
        await services.entries.preview(coordinator.id, before)
    offered = await services.questions.not_helpful(student.id, "k17", HOW_LONG)
    assert offered.help.person is not None, "who has the card still gets a person"
    shown = await services.entries.shown(coordinator.id, "en")
    assert [one.entry_id for one in shown.retired] == ["k17"]
    assert "k17" not in {one.entry_id for _, titles in shown.titles for one in titles}

    for _ in range(2):
        await services.entries.bring_back(coordinator.id, "en", "k17")
    await services.knowledge.learn(WORKSPACE)

    answered = await services.questions.ask(student.id, HOW_LONG)
    assert isinstance(answered, Answered)
    assert answered.answer == before.answer
    changes = await _changes(world)
    assert [(one.changed_by_id, one.changed_at, json.loads(one.what)) for one in changes] == [
        (coordinator.id, NOW, {"retired": [False, True]}),
        (coordinator.id, NOW, {"retired": [True, False]}),
    ]


async def test_what_people_decide_is_not_retired(world: World) -> None:
    coordinator, services = await add_member(world.database, roles=("coordinator",)), world.services()

    for entry_id in ("k19", "no-such", "own-"):
        with pytest.raises(UnknownReference):
            await services.entries.retire(coordinator.id, "en", entry_id)

    assert not (await services.entries.form(coordinator.id, "en", "k19")).may_retire
    assert (await services.entries.form(coordinator.id, "en", "k17")).may_retire
    assert await _changes(world) == []


async def test_a_file_changes_a_retired_entry_and_does_not_bring_it_back(world: World) -> None:
    coordinator, services = await add_member(world.database, roles=("coordinator",)), world.services()
    bus = entry("bus", "where do school buses park")
    await services.entries.bring_in(WORKSPACE, [bus], "en")
    await services.entries.retire(coordinator.id, "en", "bus")

    changed = [await services.entries.bring_in(WORKSPACE, [one], "en") for one in (bus, entry("bus", "where"), bus)]

    assert changed == [0, 1, 1]
    assert [one.entry_id for one in (await services.entries.shown(coordinator.id, "en")).retired] == ["bus"]


async def test_save_publishes_what_was_seen_and_nothing_else(world: World) -> None:
    one, another = [await add_member(world.database, roles=("coordinator",)) for _ in range(2)]
    entries = world.services().entries
    form = (await entries.form(one.id, "en", "k17")).entry
    seen = await entries.preview(one.id, _with(form, answer="At HAMK it is 10 credits."))
    newer = await entries.preview(another.id, _with(form, answer="At HAMK it is 11 credits."))

    with pytest.raises(UnknownReference):
        await entries.save(one.id, seen.draft_ref)

    assert await _changes(world) == []
    await entries.save(another.id, newer.draft_ref)
    assert len(await _changes(world)) == 1


@pytest.mark.parametrize("blank", ["", " \n ", "\u200b\u2060"])
async def test_a_draft_of_nothing_is_refused_and_the_answers_still_open(world: World, blank: str) -> None:
    coordinator = await add_member(world.database, roles=("coordinator",))
    asker, replies = await add_member(world.database), world.services().replies
    async with world.database.transaction() as store:
        store.questions.add(row := QuestionRow(workspace=WORKSPACE, asker_id=asker.id, words="w", asked_at=NOW))
        row.receiver_id, row.state, row.answer = coordinator.id, questions.ANSWERED, "a"
        await store.flush()

    for asked, answer in ((blank, "At gate B."), ("Where?", blank)):
        with pytest.raises(UnknownReference):
            await replies.save_answer(coordinator.id, row.ref, asked, answer)

    assert (await world.services().entries.shown(coordinator.id)).drafts == ()


async def test_an_empty_answer_answers_nobody(world: World) -> None:
    asker, receiver = [await add_member(world.database) for _ in range(2)]
    async with world.database.transaction() as store:
        store.questions.add(row := QuestionRow(workspace=WORKSPACE, asker_id=asker.id, words="w", asked_at=NOW))
        row.receiver_id = receiver.id
        await store.flush()

    with pytest.raises(UnknownReference):
        await world.services().replies.reply(receiver.id, row.ref, " \u200b ")

    async with world.database.reading() as store:
        assert (await store.questions._session.get_one(QuestionRow, row.id)).state == questions.ASKED


async def test_a_coordinator_who_is_kept_apart_is_not_named_even_when_there_is_no_other(world: World) -> None:
    student, apart = await add_member(world.database), await add_member(world.database, roles=("coordinator",))
    async with world.database.transaction() as store:
        await store.avoids.add(WORKSPACE, student.id, apart.id, NOW)
        store.questions.add(QuestionRow(workspace=WORKSPACE, asker_id=student.id, words="w", asked_at=NOW))

    found = await world.services().questions.not_helpful(student.id, "k12", "")
    await world.services().question_clock.move_on()

    assert found.help.person is None
    async with world.database.reading() as store:
        ended = await store.questions._session.get_one(QuestionRow, 1)
    assert (ended.receiver_id, ended.state) == (None, questions.UNANSWERED)


async def _changes(world: World) -> list[KnowledgeChangeRow]:
    async with world.database.reading() as store:
        changes = await store.knowledge._session.scalars(select(KnowledgeChangeRow).order_by(KnowledgeChangeRow.id))
        return list(changes)
