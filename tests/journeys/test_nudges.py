"""The weekly nudge as people meet it: three items, one press each, and one message with a reminder of the same slot."""

from datetime import date, datetime

from bot.language import Translator
from bot.programme import Handover
from bot.rules.prompts import task_of
from sandbox.ids import BOT_USER
from storage.introductions import ASKED, DECLINED, IntroductionRow
from storage.nudges import NudgeRow
from storage.outbox import OutboxRow
from storage.promises import PromiseRow
from storage.prompts import PromptGivenRow
from tests.journeys.stage import HELSINKI, Cast, Heard, Story, story

SANNA = Cast("Sanna Laine", "student", ("0713",), locale="en-GB")
OMAR = Cast("Omar Rask", "student", ("0713",), locale="en-GB")
LEENA = Cast("Leena Harjula", fields=("0713",), rhythm="weekly", locale="en-GB")
WAITING = "One person is waiting for your answer."
TUESDAY = Translator("en").day(date(2027, 2, 2))


async def test_a_light_question_becomes_an_offer_in_one_press_and_can_be_taken_back(database_url: str) -> None:
    async with story(database_url, "2027-01-18 12:00", LEENA) as told:
        await told.at("2027-01-19 10:05")
        ((at, text),) = await told.posted_to(LEENA)
        assert f"{at:%a %H:%M}" == "Tue 10:00"
        assert text == "A small question, if you like."
        (given,) = await told.rows(PromptGivenRow)

        await told.presses(LEENA, "prompts.offer")

        assert (await told.member(LEENA)).tasks == (task_of(given.prompt),)
        (card,) = await told.hears(LEENA)
        assert "I noted that you could offer" in card.words
        assert card.labels("prompts.offer") == [], "the question is answered"

        await told.presses(LEENA, "prompts.take_back")
        assert (await told.member(LEENA)).tasks == ()


async def test_not_for_me_is_never_asked_again_unless_they_change_their_mind(database_url: str) -> None:
    async with story(database_url, "2027-01-18 12:00", LEENA) as told:
        await told.at("2027-01-19 10:05")
        (given,) = await told.rows(PromptGivenRow)
        await told.presses(LEENA, "prompts.decline")
        for week in ("2027-01-26", "2027-02-02", "2027-02-09"):
            await told.leaps_to(f"{week} 10:05")
            await told.presses(LEENA, "prompts.later")
        tasks = [task_of(one.prompt) for one in await told.rows(PromptGivenRow)]
        assert len(tasks) == 4
        assert tasks.count(task_of(given.prompt)) == 1

        declined = (await told.hears(LEENA))[0]
        button = declined.button("prompts.offer")
        assert button is not None
        await told.presses_on(LEENA, declined, button)
        assert (await told.member(LEENA)).tasks == (task_of(given.prompt),)


async def test_a_press_on_one_item_leaves_the_others_where_they_are(database_url: str) -> None:
    async with story(database_url, "2027-01-18 12:00", LEENA, SANNA) as told:
        await told.asks_in(SANNA, "electrical", "Leena")
        await told.writes(LEENA, "I promised to show Omar the workshop")
        await told.at("2027-01-19 10:05")
        nudge = (await told.hears(LEENA))[-1]
        assert nudge.text == WAITING
        order = [nudge.words.index(words) for words in ("Sanna Laine", "show Omar", "It is about one task")]
        assert order == sorted(order), "people waiting, then things promised, then one light prompt"

        await told.presses(LEENA, "introductions.decline")
        after = (await told.hears(LEENA))[-1]
        assert after.ts == nudge.ts
        assert [row.state for row in await told.rows(IntroductionRow)] == [DECLINED]
        assert after.labels("introductions.accept") == []
        assert after.labels("promises.done")
        assert after.labels("prompts.offer")

        await told.presses(LEENA, "prompts.offer")
        await told.presses(LEENA, "prompts.take_back")
        assert (await told.hears(LEENA))[-1].labels("promises.done"), "neither does undoing an answer"

        await told.presses(LEENA, "promises.done")
        done = (await told.hears(LEENA))[-1]
        assert done.ts == nudge.ts
        assert done.elements == [], "everything is answered"
        assert await told.rows(PromiseRow) == []


async def test_a_form_opened_from_one_item_leaves_the_others_where_they_are(database_url: str) -> None:
    onni = Cast("Onni Aalto", fields=("0713",))
    async with story(database_url, "2027-01-18 12:00", LEENA, SANNA, onni) as told:
        await told.asks_in(SANNA, "electrical", "Leena")
        await told.at("2027-01-19 10:05")
        await told.presses(LEENA, "introductions.pass_on")

        await told.submits(LEENA, colleague=(await told.member(onni)).ref)

        card = (await told.hears(LEENA))[-1]
        assert "Onni Aalto" in card.words
        assert card.labels("prompts.offer")


async def _the_one_message_of_tuesday(told: Story) -> Heard:
    """What Leena hears from Monday evening until Tuesday afternoon: one message, at ten."""
    await told.leaps_to("2027-01-25 20:00")
    before = len(await told.posted_to(LEENA))
    await told.at("2027-01-26 15:00")
    posted = (await told.posted_to(LEENA))[before:]
    assert [f"{at:%d.%m. %H:%M}" for at, _ in posted] == ["26.01. 10:00"]
    return (await told.hears(LEENA))[-1]


async def test_a_reminder_and_the_nudge_of_the_same_slot_are_one_message(database_url: str) -> None:
    # Delivered on Thursday, day 3 of the reply clock is Tuesday: the reminder falls into the slot of the nudge.
    async with story(database_url, "2027-01-21 12:00", LEENA, SANNA) as told:
        await told.asks_in(SANNA, "electrical", "Leena")
        await told.writes(LEENA, "I promised to show Omar the workshop")
        card = await _the_one_message_of_tuesday(told)
        assert card.text.startswith("A small reminder:")
        assert (
            card.words.index("Sanna Laine") < card.words.index("show Omar") < card.words.index("It is about one task")
        )
        assert len(await told.rows(NudgeRow)) == 1
        assert [row.kind for row in await told.rows(OutboxRow)].count("nudges.weekly") == 0

        await told.presses(LEENA, "introductions.accept")
        after = (await told.hears(LEENA))[-1]
        assert after.ts == card.ts
        assert after.labels("promises.done"), "the rest of the message stays"
        assert after.labels("prompts.offer")


async def test_a_question_to_somebody_brings_its_reminder_and_the_nudge_as_one_message(database_url: str) -> None:
    # Handed over on Thursday, so that day 3 is Tuesday as above.
    asked = {"handover": (Handover(person=LEENA.id),)}
    async with story(database_url, "2027-01-21 12:00", LEENA, SANNA, settings_of_programme=asked) as told:
        await told.writes(SANNA, "onko mun tutkinto tarpeeks")
        await told.presses(SANNA, "questions.pass_words_on")
        card = await _the_one_message_of_tuesday(told)
        assert card.text.startswith("A small reminder: a question")
        assert card.labels("prompts.offer")

        await told.presses(LEENA, "questions.reply")
        await told.submits(LEENA, words="Yes, it is.")
        after = (await told.hears(LEENA))[-1]
        assert after.ts == card.ts
        assert after.labels("prompts.offer"), "the rest of the message stays"


async def test_a_meetup_brings_its_reminder_and_the_nudge_as_one_message(database_url: str) -> None:
    omar = Cast("Omar Salo", fields=("0713",), locale="en-GB", rhythm="when_needed")
    async with story(database_url, "2027-01-18 12:00", LEENA, omar) as told:
        for who in (LEENA, omar):
            await told.commands(who, "meetup")
            await told.presses(who, "meetups.join")
        await told.presses(LEENA, "meetups.propose")
        await told.submits(LEENA, first_time=int(datetime(2027, 1, 27, 14, tzinfo=HELSINKI).timestamp()))
        for who in (LEENA, omar):
            await told.presses(who, "meetups.vote")
        card = await _the_one_message_of_tuesday(told)
        assert card.text.startswith("You meet soon")
        assert card.labels("prompts.offer")


async def test_no_light_question_while_somebody_waits_whose_reminder_has_come(database_url: str) -> None:
    # D2: asked on Wednesday, reminded on Monday; nothing on the Tuesday between reminder and release.
    async with story(database_url, "2027-02-03 09:30", LEENA, SANNA) as told:
        await told.asks_in(SANNA, "electrical", "Leena")
        await told.at("2027-02-08 10:05")
        before = len(await told.posted_to(LEENA))

        await told.at("2027-02-09 15:00")

        assert [row.state for row in await told.rows(IntroductionRow)] == [ASKED]
        assert len(await told.posted_to(LEENA)) == before


async def test_two_without_reaction_make_it_fortnightly_and_it_is_said_once(database_url: str) -> None:
    async with story(database_url, "2027-01-11 12:00", LEENA) as told:
        for tuesday in ("2027-01-12", "2027-01-19", "2027-01-26", "2027-02-02", "2027-02-09", "2027-02-16"):
            await told.leaps_to(f"{tuesday} 09:30")
            await told.at(f"{tuesday} 10:05")
        heard = await told.hears(LEENA)
        assert [f"{one.at:%d.%m.}" for one in heard] == ["12.01.", "19.01.", "02.02.", "16.02."]
        said = ["only every two weeks from now on" in one.words for one in heard]
        assert said == [False, False, True, False]
        assert (await told.member(LEENA)).nudge_rhythm == "fortnightly"

        button = heard[2].button("nudges.weekly")
        assert button is not None
        await told.presses_on(LEENA, heard[2], button)
        await told.leaps_to("2027-02-23 10:05")
        assert (await told.member(LEENA)).nudge_rhythm == "weekly"
        assert f"{(await told.hears(LEENA))[-1].at:%d.%m.}" == "23.02."


async def test_the_rhythm_is_one_press_in_the_nudge_and_one_choice_at_home(database_url: str) -> None:
    async with story(database_url, "2027-01-18 12:00", LEENA) as told:
        await told.at("2027-01-19 10:05")
        await told.presses(LEENA, "nudges.less_often")
        assert (await told.member(LEENA)).nudge_rhythm == "fortnightly"
        await told.presses(LEENA, "nudges.when_needed")
        assert (await told.member(LEENA)).nudge_rhythm == "when_needed"
        assert "only when somebody needs you" in (await told.hears(LEENA))[-1].words
        await told.leaps_to("2027-01-26 10:05")
        assert len(await told.rows(NudgeRow)) == 1

        await told.opens_home(LEENA)
        await told.presses_at_home(LEENA, "nudges.rhythm", value="weekly")
        assert (await told.member(LEENA)).nudge_rhythm == "weekly"


async def test_a_promise_is_noted_after_a_check_in_and_seen_by_nobody_else(database_url: str) -> None:
    leena = Cast("Leena Harjula", fields=("0713",), locale="en-GB")
    sanna = Cast("Sanna Laine", "student", ("0713",), rhythm="weekly", locale="en-GB")
    async with story(database_url, "2027-01-19 10:12", leena, sanna) as told:
        await told.asks_in(sanna, "electrical", "Leena")
        await told.presses(leena, "introductions.accept")
        await told.leaps_to("2027-01-28 10:05")
        await told.presses(sanna, "check_ins.in_touch")
        await told.presses(sanna, "promises.note")
        await told.submits(sanna, promise="I promised to send the photos", due_on="2027-02-05")
        assert f"from {TUESDAY} on" in (await told.hears(sanna))[-1].words

        await told.leaps_to("2027-02-02 10:05")
        nudge = (await told.hears(sanna))[-1]
        assert "send the photos" in nudge.words
        assert "send the photos" not in "\n".join(one.words for one in await told.hears(leena))
        await told.opens_home(sanna)
        assert "send the photos" in (await told.sees_at_home(sanna)).words
        await told.presses_at_home(sanna, "promises.drop")
        assert await told.rows(PromiseRow) == []
        assert "send the photos" not in (await told.sees_at_home(sanna)).words


async def test_a_promise_said_in_a_channel_is_not_noted_there(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", LEENA) as told:
        await told.writes(LEENA, f"<@{BOT_USER}> I promised to show the workshop", channel="#general")

        assert await told.rows(PromiseRow) == []


async def test_an_eleventh_promise_is_one_too_many(database_url: str) -> None:
    async with story(database_url, "2027-01-19 12:12", LEENA) as told:
        for number in range(10):
            await told.writes(LEENA, f"I promised to do thing {number}")
        await told.writes(LEENA, "I promised to do one more thing")

        assert len(await told.rows(PromiseRow)) == 10
        assert "Which one can go?" in (await told.hears(LEENA))[-1].words
