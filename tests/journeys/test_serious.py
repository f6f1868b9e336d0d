"""Something serious: a short kind answer at any hour, whom to turn to, and not a word of it kept (R14)."""

import json
import logging

import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot.facts.questions import SERIOUS
from bot.programme import Handover, Reachable
from sandbox.ids import BOT_USER
from storage.questions import HandoverRow, QuestionRow
from storage.schema import metadata
from tests.journeys.stage import Cast, Story, story

NOORA = Cast("Noora Virta", "student", ("0913",), locale="en-GB")
KENJI = Cast("Kenji Mori", "student", ("0913",), country="JP", timezone="Asia/Tokyo", locale="en-GB")
MIKA = Cast("Mika Rantaharju", "educator", locale="en-GB")
TAINA = Cast("Taina Korpi", "coordinator", locale="en-GB")
WORDS = "en jaksa enää, mustarastas"
MARK = "mustarastas"
NAMED = {"handover": (Handover(topics=(SERIOUS,), person=MIKA.id),)}


async def test_the_words_of_something_serious_are_in_no_table_and_no_log(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), capture_logs() as lines:
        async with story(database_url, "2027-02-06 02:30", NOORA, MIKA, settings_of_programme=NAMED) as told:
            await told.writes(NOORA, WORDS)
            answer = (await told.hears(NOORA))[-1]
            assert "112" in answer.words, "at half past two on a Saturday night"
            await told.at("2027-02-09 12:00")
            kept = await _everything_kept(told)
            assert [(one.category, one.receiver_id) for one in await told.rows(HandoverRow)] == [
                (SERIOUS, (await told.member(MIKA)).id)
            ]
            assert len(await told.hears(NOORA)) == 1, "no question back, then or later"
            assert await told.posted_to(MIKA) == [], "nobody is told unless Noora writes to them"
    assert MARK not in kept.lower()
    assert MARK not in json.dumps(lines, default=str).lower()
    assert MARK not in caplog.text.lower()


@pytest.mark.parametrize("at", ["2027-02-03 12:00", "2027-02-07 04:15", "2027-12-24 23:50"])
@pytest.mark.parametrize(
    "words",
    [
        "mustarastas here, away weeks 10 and 11, one contact is enough, and my husband hit me again",
        "Thanks for the contact! We met on Monday. He put his hand on my thigh, mustarastas. Find me another please.",
    ],
)
async def test_something_serious_beside_wishes_is_all_that_is_heard_at_any_hour(
    database_url: str, words: str, at: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.INFO), capture_logs() as lines:
        async with story(database_url, at, NOORA, MIKA, settings_of_programme=NAMED) as told:
            await told.writes(NOORA, words)
            assert [("112" in one.words) for one in await told.hears(NOORA)] == [True], "at once, and nothing else"
            kept = await _everything_kept(told)
            assert [one.category for one in await told.rows(HandoverRow)] == [SERIOUS]
    assert MARK not in kept.lower()
    assert MARK not in json.dumps(lines, default=str).lower()
    assert MARK not in caplog.text.lower()


async def test_the_answer_is_short_and_kind_and_has_no_quiz(database_url: str) -> None:
    numbers = (Reachable(name="Kriisipuhelin", phone="09 2525 0111"), Reachable(name="Hätänumero", phone="112"))
    async with story(
        database_url, "2027-02-03 09:30", NOORA, MIKA, settings_of_programme={**NAMED, "crisis_contacts": numbers}
    ) as told:
        await told.commands(NOORA, f"ask {WORDS}")
        answer = (await told.hears(NOORA))[-1]
        assert "*Kriisipuhelin*: 09 2525 0111" in answer.words
        assert "*Mika Rantaharju* is a person you can talk to." in answer.words
        assert [one["action_id"] for one in answer.elements] == ["questions.ask_person"]
        assert "?" not in answer.words
        await told.presses(NOORA, "questions.ask_person")
        await told.submits(NOORA, words="Can we talk tomorrow?")
        assert "Can we talk tomorrow?" in (await told.hears(MIKA))[-1].words
        assert [one.topic for one in await told.rows(QuestionRow)] == [SERIOUS]


@pytest.mark.parametrize(
    "typed",
    ["I want to kill myself", "help me I want to kill myself", "resume I want to kill myself", "suicide", f"{WORDS}"],
)
async def test_something_serious_is_heard_behind_the_command_too(database_url: str, typed: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, settings_of_programme=NAMED) as told:
        await told.commands(NOORA, typed, channel="#general")
        assert "You do not have to be alone with this." in (await told.hears(NOORA))[-1].words
        (note,) = await told.shown_in(NOORA, "general")
        assert "I have answered you in a direct message" in note["text"]


async def test_an_event_may_be_about_something_serious(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", TAINA) as told:
        await told.commands(TAINA, "event Training on suicide prevention 12.4. 9-12 Helsinki")
        assert "Training on suicide prevention" in (await told.hears(TAINA))[-1].words


@pytest.mark.parametrize("before", [1_970, 1_790, 12_000], ids=["across the cut", "in both pieces", "far behind"])
async def test_something_serious_is_heard_at_the_end_of_a_long_message(database_url: str, before: int) -> None:
    long = ("I teach at a school in the north. " * 400)[:before]
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, settings_of_programme=NAMED) as told:
        for say in (told.writes, told.commands):
            await say(NOORA, f"ask {long}. I want to kill myself.")
            assert "You do not have to be alone with this." in (await told.hears(NOORA))[-1].words


async def test_a_mention_that_promises_something_serious_is_taken_seriously(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA, settings_of_programme=NAMED) as told:
        await told.writes(NOORA, f"<@{BOT_USER}> I promised to kill myself", channel="#general")
        assert "You do not have to be alone with this." in (await told.hears(NOORA))[-1].words


@pytest.mark.parametrize("words", ["I have written my farewell letters", "I think about the river a lot"])
async def test_words_that_may_be_serious_are_answered_with_whom_to_turn_to_beside_it(
    database_url: str, words: str
) -> None:
    async with story(database_url, "2027-02-06 02:30", NOORA, MIKA, settings_of_programme=NAMED) as told:
        await told.writes(NOORA, words)
        *_, beside = await told.hears(NOORA)
        assert "If this is heavy for you, or somebody is in danger: Emergency number 112" in beside.words
        assert beside.elements == [], "nothing to press, no quiz"
        assert await told.rows(HandoverRow) == [], "not even that it was said is kept"


@pytest.mark.parametrize("words", ["I am looking for a contact in nursing", "what does a mentor do", "thanks!"])
async def test_everyday_words_get_no_such_line(database_url: str, words: str) -> None:
    async with story(database_url, "2027-02-03 09:30", NOORA, MIKA) as told:
        await told.writes(NOORA, words)
        assert not any("heavy for you" in one.words for one in await told.hears(NOORA))


async def test_no_number_is_invented_for_a_country_nobody_has_looked_at(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", KENJI, MIKA, settings_of_programme=NAMED) as told:
        await told.writes(KENJI, WORDS)
        answer = (await told.hears(KENJI))[-1].words
        assert "112" not in answer
        assert "call the emergency number of your country" in answer


async def _everything_kept(told: Story) -> str:
    async with told.silta.database.engine.connect() as connection:
        return repr([tuple(row) for table in metadata.sorted_tables for row in await connection.execute(select(table))])
