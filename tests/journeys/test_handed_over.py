"""A question in the hands of people: answered with a name, reminded once, gone on kindly, saved for everybody."""

from typing import Any

import pytest

from bot.errors import QuestionMovedOn
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
        card = (await told.hears(MIKA))[-1]
        answer = card.button("questions.reply")
        assert answer is not None
        await told.at("2027-02-10 10:30")
        assert (await told.posted_to(NOORA))[-1][1] == (
            "Your question has gone on to *Taina Korpi*. You need not do anything."
        )
        assert VAGUE in (await told.hears(TAINA))[-1].words
        for heard in await told.hears(MIKA):
            assert heard.text == "The question has gone on to *Taina Korpi*. There is nothing you need to do."
            assert VAGUE not in heard.words
        await told.presses_on(MIKA, card, answer)
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


async def test_what_is_taken_back_late_takes_words_and_buttons_from_whoever_has_it(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, settings_of_programme=_programme()) as told:
        await _ask(told)
        await told.leaps_to("2027-02-08 09:30")
        await told.at("2027-02-08 10:01")
        assert len(await told.posted_to(MIKA)) == 2, "the question and its reminder"
        await told.presses(NOORA, "questions.take_back")
        for card in await told.hears(MIKA):
            assert card.text == "The question was taken back. There is nothing you need to do."
            assert VAGUE not in card.words
            assert card.elements == []


async def test_an_answer_on_one_card_ends_the_other(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, settings_of_programme=_programme()) as told:
        await _ask(told)
        await told.leaps_to("2027-02-08 09:30")
        await told.at("2027-02-08 10:01")
        await told.presses(MIKA, "questions.reply")
        await told.submits(MIKA, words="At gate B.")
        assert [one.button("questions.reply") for one in await told.hears(MIKA)] == [None, None]


async def test_words_go_to_nobody_else_than_the_person_named(database_url: str) -> None:
    about_rights = _programme(handover=(Handover(topics=("eligibility",), person=MIKA.id, deputy=TAINA.id),))
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=about_rights) as told:
        await told.writes(NOORA, "onko mun amk tutkinto sairaanhoitaja + 4v kokemusta tarpeeks??")
        assert "*Mika Rantaharju* can help you." in (await told.hears(NOORA))[-1].words
        await told.commands(MIKA, "pause")
        await told.presses(NOORA, "questions.pass_words_on")
        assert await told.rows(QuestionRow) == []
        assert "*Taina Korpi* answers this now. I have passed nothing on." in (await told.hears(NOORA))[-1].words
        await told.presses(NOORA, "questions.ask_person")
        await told.commands(MIKA, "resume")
        await told.submits(NOORA, words="Is my degree enough?")
        assert await told.rows(QuestionRow) == [], "the form said Taina"
        card = (await told.hears(NOORA))[-1]
        assert "*Mika Rantaharju* answers this now." in card.words
        assert "Is my degree enough?" in card.words
        await told.presses(NOORA, "questions.pass_words_on")
        assert [one.words for one in await told.rows(QuestionRow)] == ["Is my degree enough?"]
        assert "Is my degree enough?" in (await told.hears(MIKA))[-1].words


async def test_whoever_did_not_want_to_be_named_is_not_by_the_next_press(database_url: str) -> None:
    allowed = _programme(handover=(Handover(person=MIKA.id, deputy=TAINA.id),), questions=Questions(without_name=True))
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=allowed) as told:
        await told.commands(NOORA, f"ask {VAGUE}")
        await told.presses(NOORA, "questions.ask_person")
        await told.commands(MIKA, "pause")
        await told.submits(NOORA, words=VAGUE, without_name=["without_name"])
        card = (await told.hears(NOORA))[-1]
        assert card.button("questions.pass_words_on") is None, "that would go with her name"
        assert card.button("questions.ask_person") is not None


@pytest.mark.parametrize("whose", [NOORA, MIKA], ids=["asker", "receiver"])
async def test_a_question_between_two_who_are_kept_apart_goes_on(database_url: str, whose: Cast) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=_programme()) as told:
        await _ask(told)
        wisher, other = await told.member(whose), await told.member(MIKA if whose is NOORA else NOORA)
        await told.silta.services.avoids.avoid(wisher.id, other.ref)
        (question,) = await told.rows(QuestionRow)
        with pytest.raises(QuestionMovedOn):
            await told.silta.services.replies.reply((await told.member(MIKA)).id, question.ref, "At gate B.")
        await told.at("2027-02-03 09:40")
        assert VAGUE in (await told.hears(TAINA))[-1].words
        assert [VAGUE in one.words for one in await told.hears(MIKA)] == [False]


async def test_a_question_on_its_way_does_not_reach_whoever_is_kept_apart(database_url: str) -> None:
    async with story(database_url, "2027-02-05 18:40", NOORA, MIKA, TAINA, settings_of_programme=_programme()) as told:
        await _ask(told)
        mika, noora = await told.member(MIKA), await told.member(NOORA)
        await told.silta.services.avoids.avoid(mika.id, noora.ref)
        await told.at("2027-02-08 08:30")
        assert await told.posted_to(MIKA) == []
        assert VAGUE in (await told.hears(TAINA))[-1].words


async def test_days_away_cost_the_receiver_no_time_to_answer(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=_programme()) as told:
        await _ask(told)
        await told.writes(MIKA, "away 4.2.-5.2.")
        await told.presses(MIKA, "away.confirm")
        await told.at("2027-02-03 09:40")
        (question,) = await told.rows(QuestionRow)
        assert question.remind_at is not None
        assert f"{question.remind_at:%d.%m.}" == "10.02.", "the 8th, 9th and 10th are his next open days"


async def test_forgetting_the_asker_takes_the_question_from_its_receiver(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=_programme()) as told:
        await _ask(told)
        await told.leaps_to("2027-02-08 09:30")
        await told.at("2027-02-08 10:01")
        await told.commands(NOORA, "forget-me")
        await told.presses(NOORA, "members.confirm_forget")
        cards = await told.hears(MIKA)
        assert len(cards) == 2
        for card in cards:
            assert "Noora" not in card.words
            assert VAGUE not in card.words
            assert card.elements == []


async def test_forgetting_the_receiver_takes_name_and_answer_from_the_asker(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=_programme()) as told:
        await _ask(told)
        await told.presses(MIKA, "questions.reply")
        await told.submits(MIKA, words="Behind the workshop, gate B.")
        await told.presses(MIKA, "questions.save_answer")
        await told.submits(MIKA, entry_questions="Where do school buses park?", entry_answer="At gate B.")
        assert "Suggested by Mika Rantaharju." in (await told.hears(TAINA))[-1].words
        await told.commands(MIKA, "forget-me")
        await told.presses(MIKA, "members.confirm_forget")
        assert "gate B" not in (await told.hears(NOORA))[-1].words
        assert [one.answer for one in await told.rows(QuestionRow)] == [None]
        draft = (await told.hears(TAINA))[-1]
        assert "At gate B." in draft.words
        assert "Mika" not in draft.words
        assert draft.button("knowledge.save") is not None


async def test_whoever_looks_after_the_network_sees_at_home_how_many_questions_wait(database_url: str) -> None:
    waiting = "1 question waits for a person's answer."
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA, settings_of_programme=_programme()) as told:
        await told.opens_home(TAINA)
        await _ask(told)
        await told.at("2027-02-03 09:35")
        assert waiting in (await told.sees_at_home(TAINA)).words
        await told.presses(MIKA, "questions.reply")
        await told.submits(MIKA, words="At gate B.")
        await told.at("2027-02-03 09:40")
        assert waiting not in (await told.sees_at_home(TAINA)).words


async def test_whoever_comes_back_gets_one_list_and_nothing_is_in_none_or_in_two(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, TAINA) as told:
        await told.writes(TAINA, "away 4.2.-21.2.")
        await told.presses(TAINA, "away.confirm")
        for week, words in enumerate(("asdf", "qwer", "zxcv")):
            await told.leaps_to(f"2027-02-{3 + 7 * week:02} 10:00")
            await told.commands(NOORA, f"ask {words}")
            await told.presses(NOORA, "questions.tell_coordinator")
        await told.leaps_to("2027-02-22 07:50")
        await told.at("2027-02-22 13:30")
        lists = [one for one in await told.hears(TAINA) if one.text.startswith("Since the last list")]
        assert [one.text for one in lists] == ["Since the last list 3 questions found no answer."]
        await told.commands(NOORA, "ask hjkl")
        await told.presses(NOORA, "questions.tell_coordinator")
        await told.leaps_to("2027-03-01 09:50")
        await told.at("2027-03-01 13:30")
        newest = (await told.hears(TAINA))[-1]
        assert newest.text == "Since the last list 1 question found no answer."
        assert "asdf" not in newest.words


async def test_coordinators_hear_once_a_week_what_found_no_answer(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, TAINA) as told:
        await told.commands(NOORA, "ask asdf")
        await told.presses(NOORA, "questions.tell_coordinator")
        # The list was planned before anybody looked after this network, hence by UTC.
        await told.leaps_to("2027-02-08 11:55")
        assert await told.posted_to(TAINA) == []
        await told.at("2027-02-08 12:30")
        ((at, text),) = await told.posted_to(TAINA)
        assert (f"{at:%d.%m.}", text) == ("08.02.", "Since the last list 1 question found no answer.")
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


async def test_an_answer_is_retired_from_its_form_and_brought_back(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, TAINA) as told:
        await told.opens_home(TAINA)
        await told.presses_at_home(TAINA, "knowledge.show")
        await told.chooses(TAINA, "knowledge.edit", ".k17")
        form = await told.form_of(TAINA)
        await told._act("press", user=TAINA.id, view_id=form["id"], action_id="knowledge.retire", value="en.k17")
        assert (await told.hears(TAINA))[-1].text.startswith("Retired. I do not answer so any more:")
        assert "knowledge.bring_back" in str((await told.form_of(TAINA))["blocks"]), "the form can no longer be sent"
        await told.silta.services.knowledge.learn(told.silta.workspace)
        await told.writes(NOORA, "montako op harkka on")
        assert "9 credits" not in (await told.hears(NOORA))[-1].words
        await told.presses_at_home(TAINA, "knowledge.show")
        await told.chooses(TAINA, "knowledge.bring_back", ".k17")
        await told.silta.services.knowledge.learn(told.silta.workspace)
        await told.writes(NOORA, "montako op harkka on")
        assert "9 credits" in (await told.hears(NOORA))[-1].words
