"""Forged presses about questions: somebody else's, another workspace's, repeated, or by whoever was not asked."""

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.errors import AlreadyAnswered, UnknownReference
from bot.facts.knowledge import Entry
from bot.messages import ids
from storage.knowledge import DRAFT, KnowledgeEntryRow
from storage.members import MemberRow
from storage.questions import QuestionRow
from tests.handlers.test_forged_interactions import MALFORMED, NOT_TEXT, Forger, _nothing_unhandled, _settled_tables
from tests.journeys.stage import Cast, Story, story
from tests.knowledge import CHECKED_ON

NOORA = Cast("Noora Virta", "student", ("0913",), locale="en-GB")
MARKO = Cast("Marko Niemi", "mentor", ("0732",))
"""The one who forges: he asked nothing, was asked nothing, and looks after nothing."""
TAINA = Cast("Taina Korpi", "coordinator", locale="en-GB")
WORDS = "Where may the yellow school bus be parked?"
ABOUT_A_QUESTION = (ids.QUESTIONS_TAKE_BACK, ids.QUESTIONS_REPLY, ids.QUESTIONS_SAVE_ANSWER)
ABOUT_A_DRAFT = (ids.KNOWLEDGE_SAVE, ids.KNOWLEDGE_DROP)
ABOUT_AN_ENTRY = (
    *(ids.QUESTIONS_PICK, ids.QUESTIONS_HELPFUL, ids.QUESTIONS_NOT_HELPFUL),
    *(ids.QUESTIONS_ASK_PERSON, ids.QUESTIONS_PASS_WORDS_ON, ids.QUESTIONS_TELL_COORDINATOR),
)
ENTRY = Entry("k17", "en", "Title", ("how",), "Answer.", "Source", CHECKED_ON, "bot")


async def _noora_has_asked_taina(told: Story) -> None:
    noora, taina = await told.member(NOORA), await told.member(TAINA)
    await told.silta.services.handover.ask_person(noora.id, "k17", taina.ref, WORDS)
    await told.silta.services.entries.preview(taina.id, ENTRY)
    await told._quiet()


async def _references(told: Story) -> tuple[str, str]:
    (question,) = await told.rows(QuestionRow)
    (draft,) = [row for row in await told.rows(KnowledgeEntryRow) if row.state == DRAFT]
    return question.ref, draft.ref


async def test_a_stranger_hears_the_same_words_and_changes_nothing(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    async with story(database_url, "2027-01-19 10:12", NOORA, MARKO, TAINA) as told:
        await _noora_has_asked_taina(told)
        await told.writes(MARKO, "moi")
        before = await _settled_tables(told)
        card = (await told.hears(MARKO))[-1]
        with _nothing_unhandled(caplog):
            marko = Forger(told, MARKO, card, seen=len(told.sandbox.log.since(0)))
            await _forge(marko, *await _references(told))
            await marko.hears_the_same_words_each_time()
        assert await _settled_tables(told) == before


async def _forge(marko: Forger, question_ref: str, draft_ref: str) -> None:
    for action_id in ABOUT_A_QUESTION:
        await marko.presses(action_id, question_ref)
    for action_id in (*ABOUT_A_DRAFT, ids.KNOWLEDGE_EDIT):
        await marko.presses(action_id, draft_ref)
    for action_id in ABOUT_AN_ENTRY:
        await marko.presses(action_id, f"no-such\n{WORDS}")
    await marko.presses(ids.QUESTIONS_HELPFUL, f"k15\n{WORDS}")
    await marko.presses(ids.QUESTIONS_PASS_WORDS_ON, f"k15\n{WORDS}")
    await marko.presses(ids.KNOWLEDGE_EDIT, "en.k17")
    for action_id in (ids.KNOWLEDGE_RETIRE, ids.KNOWLEDGE_BRING_BACK):
        await marko.presses(action_id, "en.k17")
    await marko.presses(ids.KNOWLEDGE_SHOW, "show")
    await marko.presses(ids.KNOWLEDGE_LANGUAGE, "fi")
    written = {"values": {ids.WORDS: {ids.WORDS: {"value": "forged"}}}}
    drafted = {"values": {name: {name: {"value": "x"}} for name in (ids.ENTRY_QUESTIONS, ids.ENTRY_ANSWER)}}
    await marko.submits(ids.QUESTIONS_SUBMIT_REPLY, private_metadata=question_ref, state=written)
    await marko.submits(ids.QUESTIONS_SUBMIT_DRAFT, private_metadata=question_ref, state=drafted)
    await marko.submits(ids.QUESTIONS_SUBMIT_QUESTION, private_metadata="no-such", state=written)
    await marko.submits(ids.KNOWLEDGE_PREVIEW, private_metadata="en.k17", state=drafted)


@pytest.mark.parametrize("values", [MALFORMED, NOT_TEXT], ids=["malformed", "not text"])
async def test_malformed_values_get_the_same_words(
    database_url: str, caplog: pytest.LogCaptureFixture, values: tuple[Any, ...]
) -> None:
    async with story(database_url, "2027-01-19 10:12", MARKO) as told:
        await told.writes(MARKO, "moi")
        card = (await told.hears(MARKO))[-1]
        with _nothing_unhandled(caplog):
            marko = Forger(told, MARKO, card, seen=len(told.sandbox.log.since(0)))
            for value in values:
                for action_id in (ids.QUESTIONS_PICK, ids.QUESTIONS_PASS_WORDS_ON, ids.QUESTIONS_REPLY):
                    await marko.presses(action_id, value)
                await marko.submits(ids.QUESTIONS_SUBMIT_QUESTION, private_metadata=value)
            await marko.hears_the_same_words_each_time()


async def test_whoever_is_of_another_workspace_reaches_nothing(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", NOORA, TAINA) as told:
        await _noora_has_asked_taina(told)
        question_ref, draft_ref = await _references(told)
        async with told.silta.database.transaction() as store:
            stranger = MemberRow(workspace="T0OTHER", external_id="U0X", name="X", roles=("coordinator",))
            store.members.add(stranger)
        services, me = told.silta.services, stranger.id
        acts: tuple[Callable[[], Awaitable[object]], ...] = (
            lambda: services.replies.reply(me, question_ref, "forged"),
            lambda: services.handover.take_back(me, question_ref),
            lambda: services.entries.save(me, draft_ref),
            lambda: services.entries.drop(me, draft_ref),
        )
        for act in acts:
            with pytest.raises(UnknownReference):
                await act()


async def test_the_asker_cannot_answer_and_the_receiver_cannot_take_back(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", NOORA, TAINA) as told:
        await _noora_has_asked_taina(told)
        question_ref, _ = await _references(told)
        noora, taina = await told.member(NOORA), await told.member(TAINA)
        with pytest.raises(UnknownReference):
            await told.silta.services.replies.reply(noora.id, question_ref, "My own answer.")
        with pytest.raises(UnknownReference):
            await told.silta.services.handover.take_back(taina.id, question_ref)


async def test_what_is_sent_twice_is_kept_once(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", NOORA, TAINA) as told:
        await _noora_has_asked_taina(told)
        question_ref, _ = await _references(told)
        services, noora, taina = told.silta.services, await told.member(NOORA), await told.member(TAINA)
        with pytest.raises(AlreadyAnswered):
            await services.handover.ask_person(noora.id, "k17", taina.ref, WORDS)
        await services.questions.tell_coordinator(noora.id, "-", WORDS)
        with pytest.raises(AlreadyAnswered):
            await services.questions.tell_coordinator(noora.id, "-", WORDS)
        await services.replies.reply(taina.id, question_ref, "At gate B.")
        with pytest.raises(AlreadyAnswered):
            await services.replies.reply(taina.id, question_ref, "Elsewhere.")
        await services.replies.save_answer(taina.id, question_ref, "Where do buses park?", "At gate B.")
        with pytest.raises(AlreadyAnswered):
            await services.replies.save_answer(taina.id, question_ref, "Where do buses park?", "Elsewhere.")
        assert [one.answer for one in await told.rows(QuestionRow)] == ["At gate B."]


async def test_no_name_only_where_the_programme_allows_it(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", NOORA, TAINA) as told:
        noora, taina = await told.member(NOORA), await told.member(TAINA)
        with pytest.raises(UnknownReference):
            await told.silta.services.handover.ask_person(noora.id, "-", taina.ref, WORDS, without_name=True)
