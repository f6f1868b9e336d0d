"""D5: an evening question, a contact person on her winter break, and not one message in closed time."""

from datetime import date, datetime

from bot.language import Translator
from storage.introductions import ASKED, OPEN, IntroductionRow
from storage.outbox import SENT, OutboxRow
from tests.journeys.stage import HELSINKI, Cast, Story, story

EMIL = Cast("Emil Rask", "student", ("1041",), locale="en-GB")
AINO = Cast("Aino Virta", "student", ("1041",), locale="en-GB")
KAISA = Cast("Kaisa Mäki", fields=("1041",), institution="Kaisan opisto", rhythm="weekly", locale="en-GB")
TUOMO = Cast("Tuomo Lind", fields=("1041",), region="Pirkanmaa")
BREAKS = {"Kaisan opisto": ("2027-02-22", "2027-02-26")}
FIRST_OF_MARCH = Translator("en").day(date(2027, 3, 1))
NUDGE = "waiting for your answer"


async def test_d5_quiet_hours_and_a_local_break(database_url: str) -> None:
    async with story(database_url, "2027-02-19 18:40", EMIL, KAISA, TUOMO, breaks=BREAKS) as told:
        await _emil_is_answered_at_once_with_a_date(told)
        await _emil_waits_for_kaisa_in_his_own_words(told)
        await _kaisa_hears_nothing_until_her_break_is_over(told)
        await _one_nudge_on_the_tuesday_after(told)
        await _her_answer_comes_before_the_reminder(told)


async def _emil_is_answered_at_once_with_a_date(told: Story) -> None:
    await told.writes(EMIL, "hei tarviin kontaktin logistiikasta aika pian")
    ((at, _),) = await told.posted_to(EMIL)
    assert f"{at:%d.%m. %H:%M}" == "19.02. 18:40", "a reply goes out at any hour (R1)"
    (cards,) = await told.hears(EMIL)
    assert cards.words.index("Kaisa Mäki") < cards.words.index("Tuomo Lind"), "the best one first"
    assert f"Away until {FIRST_OF_MARCH}." in cards.words
    assert cards.words.count("Away until") == 1, "Tuomo is open on Monday"
    assert cards.labels("introductions.wait") == ["Wait for Kaisa"]
    assert cards.labels("introductions.request") == ["Ask Tuomo"]


async def _emil_waits_for_kaisa_in_his_own_words(told: Story) -> None:
    await told.writes(EMIL, "odotan kaisaa")
    promise = (await told.hears(EMIL))[-1]
    assert f"I will ask *Kaisa Mäki* on {FIRST_OF_MARCH} at 08:00" in promise.words
    assert [row.state for row in await told.rows(IntroductionRow)] == [ASKED]


async def _kaisa_hears_nothing_until_her_break_is_over(told: Story) -> None:
    await told.at("2027-02-23 12:30")
    assert await told.posted_to(KAISA) == [], "the nudge of week 8 is skipped"
    await told.leaps_to("2027-02-28 20:00")
    await told.at("2027-03-01 07:59")
    assert await told.posted_to(KAISA) == []
    await told.at("2027-03-01 08:01")
    ((at, text),) = await told.posted_to(KAISA)
    assert f"{at:%d.%m. %H:%M}" == "01.03. 08:00"
    assert "Emil Rask" in text


async def _one_nudge_on_the_tuesday_after(told: Story) -> None:
    await told.at("2027-03-02 09:59")
    assert len(await told.posted_to(KAISA)) == 1
    await told.at("2027-03-02 16:00")
    ((at, _),) = [(at, text) for at, text in await told.posted_to(KAISA) if NUDGE in text]
    assert f"{at:%d.%m. %H:%M}" == "02.03. 10:00"
    assert len(await told.posted_to(KAISA)) == 2


async def _her_answer_comes_before_the_reminder(told: Story) -> None:
    await told.leaps_to("2027-03-04 09:30")
    (introduction,) = await told.rows(IntroductionRow)
    assert introduction.remind_at is not None
    assert introduction.remind_at.astimezone(HELSINKI) == datetime(2027, 3, 4, 10, tzinfo=HELSINKI)
    await told.presses(KAISA, "introductions.accept")
    before = len(await told.posted_to(KAISA))
    await told.at("2027-03-04 12:00")
    assert len(await told.posted_to(KAISA)) == before, "no reminder after an answer"
    assert [row.state for row in await told.rows(IntroductionRow)] == [OPEN]
    assert {row.kind for row in await told.rows(OutboxRow) if row.state == SENT} == {
        "introductions.request",
        "nudges.weekly",
        "introductions.introduce",
        "introductions.settled",
    }


async def test_a_nudge_that_falls_into_a_break_is_skipped_and_not_piled_up(database_url: str) -> None:
    async with story(database_url, "2027-02-19 10:30", AINO, EMIL, KAISA, TUOMO, breaks=BREAKS) as told:
        await told.asks_in(AINO, "logistics", "Kaisa")
        assert len(await told.posted_to(KAISA)) == 1, "her time is open on Friday morning"
        await told.at("2027-02-19 18:40")
        await told.writes(EMIL, "hei tarviin kontaktin logistiikasta aika pian")
        await told.writes(EMIL, "odotan kaisaa")
        await told.at("2027-02-23 12:30")
        await told.leaps_to("2027-03-01 07:59")
        assert len(await told.posted_to(KAISA)) == 1, "nothing in closed time, though Aino has waited for a week"
        await told.at("2027-03-02 16:00")
        nudges = [(at, text) for at, text in await told.posted_to(KAISA) if NUDGE in text]
        assert [f"{at:%d.%m. %H:%M}" for at, _ in nudges] == ["02.03. 10:00"]
        assert nudges[0][1] == "2 people are waiting for your answer."


async def test_reminder_and_nudge_of_the_same_slot_are_one_message(database_url: str) -> None:
    async with story(database_url, "2027-02-18 10:30", AINO, EMIL, KAISA, TUOMO, breaks=BREAKS) as told:
        await told.asks_in(AINO, "logistics", "Kaisa")
        await told.at("2027-02-19 18:40")
        await told.writes(EMIL, "hei tarviin kontaktin logistiikasta aika pian")
        await told.writes(EMIL, "odotan kaisaa")
        await told.leaps_to("2027-03-01 08:00")
        await told.at("2027-03-02 09:59")
        before = len(await told.posted_to(KAISA))
        await told.at("2027-03-02 16:00")
        assert len(await told.posted_to(KAISA)) == before + 1, "R20"
