"""A question in the hands of people: answered with a name, reminded once, gone on kindly, saved for everybody."""

from typing import Any

from bot.programme import Handover, Questions
from storage import questions
from storage.knowledge import DRAFT, LIVE, KnowledgeChangeRow, KnowledgeEntryRow
from storage.outbox import OutboxRow
from storage.questions import QuestionRow, UnansweredRow
from tests.journeys.stage import Cast, Story, story

# Everybody hears English, so that what they are told can be read here.
NOORA = Cast("Noora Virta", "student", ("0913",), locale="en-GB")
MIKA = Cast("Mika Rantaharju", "educator", locale="en-GB")
TAINA = Cast("Taina Korpi", "coordinator", locale="en-GB")
VAGUE = "Where may the yellow school bus be parked?"


def _programme(**given: Any) -> dict[str, Any]:
    return {"handover": (Handover(person=MIKA.id),), **given}


async def test_a_person_answers_and_the_answer_may_help_others(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", NOORA, MIKA, TAINA, settings_of_programme=_programme()) as told:
        await _noora_asks_in_the_form(told)
        await _mika_answers_and_she_reads_it_with_his_name(told)
        await _the_answer_becomes_a_draft_for_the_coordinator(told)
        await _once_saved_it_answers_everybody(told)


async def _noora_asks_in_the_form(told: Story) -> None:
    await told.commands(NOORA, f"ask {VAGUE}")
    assert (await told.hears(NOORA))[-1].text == "I do not know that."
    await told.presses(NOORA, "questions.ask_person")
    assert await told.rows(QuestionRow) == [], "an open form keeps nothing"
    await told.submits(NOORA, words=VAGUE)
    (kept,) = await told.rows(QuestionRow)
    assert (kept.words, kept.state) == (VAGUE, questions.ASKED)


async def _mika_answers_and_she_reads_it_with_his_name(told: Story) -> None:
    assert VAGUE in (await told.hears(MIKA))[-1].words
    await told.presses(MIKA, "questions.reply")
    await told.submits(MIKA, words="Behind the workshop, gate B.")
    heard = (await told.hears(NOORA))[-1]
    assert heard.text == "*Mika Rantaharju* has answered your question:"
    assert "Behind the workshop, gate B." in heard.words


async def _the_answer_becomes_a_draft_for_the_coordinator(told: Story) -> None:
    await told.presses(MIKA, "questions.save_answer")
    await told.submits(MIKA, entry_questions="Where do school buses park?", entry_answer="Behind the workshop, gate B.")
    assert "*Taina Korpi* looks at it first." in (await told.hears(MIKA))[-1].words
    (draft,) = [row for row in await told.rows(KnowledgeEntryRow) if row.state == DRAFT]
    assert "Noora" not in draft.questions + draft.answer + draft.source
    preview = (await told.hears(TAINA))[-1]
    assert "Behind the workshop, gate B." in preview.words
    await told.commands(NOORA, "ask Where do school buses park?")
    assert "gate B" not in (await told.hears(NOORA))[-1].words, "a draft answers nobody"


async def _once_saved_it_answers_everybody(told: Story) -> None:
    before = len(await told.rows(KnowledgeChangeRow))
    await told.presses(TAINA, "knowledge.save")
    change = (await told.rows(KnowledgeChangeRow))[before]
    assert change.changed_by_id == (await told.member(TAINA)).id
    (entry,) = [row for row in await told.rows(KnowledgeEntryRow) if row.entry_id == change.entry_id]
    assert entry.state == LIVE
    await told.silta.services.knowledge.learn(told.silta.workspace)
    await told.commands(NOORA, "ask Where do school buses park?")
    assert "Behind the workshop, gate B." in (await told.hears(NOORA))[-1].words


async def test_a_question_is_reminded_of_once_then_goes_on_and_ends_honestly(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=_programme()) as told:
        await _ask(told)
        await told.leaps_to("2027-02-08 09:30")
        assert len(await told.posted_to(MIKA)) == 1, "no reminder before the third open day"
        await told.at("2027-02-08 10:01")
        assert (await told.posted_to(MIKA))[-1][1] == "A small reminder: a question is waiting for you."
        await told.at("2027-02-10 10:30")
        assert (await told.posted_to(NOORA))[-1][1] == (
            "Your question has gone on to *Taina Korpi*. You need not do anything."
        )
        assert VAGUE in (await told.hears(TAINA))[-1].words
        await told.presses(MIKA, "questions.reply")
        assert "gone on to *Taina Korpi* in the meantime" in _whispered(told)
        await told.leaps_to("2027-02-15 09:30")
        await told.at("2027-02-17 10:30")
        ended = (await told.posted_to(NOORA))[-1][1]
        assert ended.startswith("Nobody has been able to answer your question so far.")
        assert [one.words for one in await told.rows(UnansweredRow)] == [None]
        assert len(await told.posted_to(MIKA)) == 2, "the question and one reminder"


async def test_a_late_answer_of_the_coordinator_still_reaches_the_asker(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, TAINA) as told:
        await _ask(told)
        await told.leaps_to("2027-02-09 09:30")
        await told.at("2027-02-10 10:30")
        assert [one.state for one in await told.rows(QuestionRow)] == [questions.UNANSWERED]
        await told.presses(TAINA, "questions.reply")
        await told.submits(TAINA, words="At gate B.")
        assert "At gate B." in (await told.hears(NOORA))[-1].words


async def test_the_deputy_is_asked_while_the_person_is_away(database_url: str) -> None:
    lines = {"handover": (Handover(person=MIKA.id, deputy=TAINA.id),)}
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=lines) as told:
        await told.commands(MIKA, "pause")
        await _ask(told)
        assert VAGUE not in (await told.hears(MIKA))[-1].words
        assert VAGUE in (await told.hears(TAINA))[-1].words


async def test_a_question_waits_for_the_receivers_open_time(database_url: str) -> None:
    async with story(database_url, "2027-02-05 18:40", NOORA, MIKA, settings_of_programme=_programme()) as told:
        await _ask(told)
        assert (await told.hears(NOORA))[-1].text == "*Mika Rantaharju* gets your question on Mon 8 Feb at 08:00."
        assert await told.posted_to(MIKA) == []
        await told.at("2027-02-08 08:01")
        assert len(await told.posted_to(MIKA)) == 1


async def test_asking_without_a_name_where_the_programme_allows_it(database_url: str) -> None:
    allowed = _programme(questions=Questions(without_name=True))
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, settings_of_programme=allowed) as told:
        await told.commands(NOORA, f"ask {VAGUE}")
        await told.presses(NOORA, "questions.ask_person")
        await told.submits(NOORA, words=VAGUE, without_name=["without_name"])
        assert "Noora" not in "".join(one.words for one in await told.hears(MIKA))
        await told.presses(MIKA, "questions.reply")
        await told.submits(MIKA, words="At gate B.")
        assert "Noora" not in "".join(one.words for one in await told.hears(MIKA))
        assert "*Mika Rantaharju* has answered" in (await told.hears(NOORA))[-1].text


async def test_what_is_taken_back_is_gone_and_asked_nobody(database_url: str) -> None:
    async with story(database_url, "2027-02-05 18:40", NOORA, MIKA, settings_of_programme=_programme()) as told:
        await _ask(told)
        await told.presses(NOORA, "questions.take_back")
        assert (await told.hears(NOORA))[-1].text == "Taken back. Your words are deleted."
        await told.at("2027-02-08 08:30")
        assert await told.posted_to(MIKA) == []
        assert [one.words for one in await told.rows(QuestionRow)] == [None]


async def test_coordinators_hear_once_a_week_what_found_no_answer(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA) as told:
        await told.commands(NOORA, "ask asdf")
        await told.presses(NOORA, "questions.tell_coordinator")
        # The list was planned before anybody looked after this network, hence by UTC.
        await told.leaps_to("2027-02-08 11:55")
        assert await told.posted_to(TAINA) == []
        await told.at("2027-02-08 12:30")
        ((at, text),) = await told.posted_to(TAINA)
        assert (f"{at:%d.%m.}", text) == ("08.02.", "This week 1 question found no answer.")
        listed = (await told.hears(TAINA))[-1].words
        assert "asdf" in listed
        assert "Noora" not in listed
        await told.leaps_to("2027-02-15 09:55")
        await told.at("2027-02-15 10:30")
        assert len(await told.posted_to(TAINA)) == 1, "an empty list is not sent"
        assert len([one for one in await told.rows(OutboxRow) if one.kind == "knowledge.weekly_list"]) == 2


async def _ask(told: Story) -> None:
    await told.commands(NOORA, f"ask {VAGUE}")
    await told.presses(NOORA, "questions.ask_person")
    await told.submits(NOORA, words=VAGUE)


def _whispered(told: Story) -> str:
    calls = told.sandbox.log.since(0, "chat.postEphemeral")
    return str(calls[-1].arguments["text"])
