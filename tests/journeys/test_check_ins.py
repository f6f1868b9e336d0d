"""How a contact goes: both sides are asked, separately and rarely, and every answer is a good one (R12)."""

from datetime import date

from bot.facts.check_ins import ASKER_BENEFITS, CONTACT_BENEFITS
from bot.language import Translator
from bot.programme import CheckIns
from storage.check_ins import KEEP, TOUCH, CheckInRow
from storage.introductions import CLOSED, FADED, OPEN, IntroductionRow
from tests.journeys.stage import HELSINKI, Cast, Heard, Story, story

SANNA = Cast("Sanna Laine", "student", ("0713",), locale="en-GB")
LEENA = Cast("Leena Harjula", fields=("0713",), locale="en-GB")
BEGINS = "2027-01-11 10:00"
# The seventh open day after 11.1. is Wednesday 20.1.; then every four weeks.
FIRST, SECOND = "20.01. 10:00", "17.02. 10:00"
BLAME = ("because", "answer", "respon", "silen", "ignor", "fail", "unfortunately", "sorry", "neglect")
# Where a story needs no twelve weeks to be quiet; the second question then asks whether to keep.
QUIET_SOONER = CheckIns(quiet_weeks=5)


async def test_not_yet_is_fine_and_the_next_question_comes_in_four_weeks(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await _are_in_contact(told)
        await told.leaps_to("2027-01-20 09:30")
        await told.at("2027-01-20 10:05")
        assert await _last_posted(told) == [FIRST, FIRST]
        await told.presses(SANNA, "check_ins.not_yet")
        answer = (await told.hears(SANNA))[-1]
        assert "Not yet? That is fine." in answer.words
        assert Translator("en").day(date(2027, 2, 17)) in answer.words, "when they are asked next"
        await told.presses(LEENA, "check_ins.in_touch")
        await told.leaps_to("2027-02-17 09:30")
        assert await _last_posted(told) == [FIRST, FIRST], "silent in between"
        await told.at("2027-02-17 10:05")
        assert await _last_posted(told) == [SECOND, SECOND]
        following = [row for row in await told.rows(CheckInRow) if row.number == 3]
        assert {f"{row.due_at.astimezone(HELSINKI):%d.%m. %H:%M}" for row in following} == {"17.03. 10:00"}
        assert await _contact(told) == OPEN


async def test_the_last_answer_wins(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await _are_in_contact(told)
        await told.leaps_to("2027-01-20 10:05")
        await told.presses(SANNA, "check_ins.not_yet")
        await told.presses(SANNA, "check_ins.in_touch")
        answers = {row.answer for row in await told.rows(CheckInRow) if row.asked_at is not None}
        assert answers == {"in_touch", None}


async def test_no_longer_needed_closes_for_both_with_neutral_words(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await _are_in_contact(told)
        await told.leaps_to("2027-01-20 10:05")
        sannas = (await told.hears(SANNA))[-1]
        await told.presses(LEENA, "check_ins.no_longer_needed")
        assert await _contact(told) == CLOSED
        mine, others = (await told.hears(LEENA))[-1], (await told.hears(SANNA))[-1]
        assert "The contact with *Sanna Laine* is closed, with thanks. You stay colleagues." in mine.words
        assert "*Leena Harjula* says thank you and has closed the contact. You stay colleagues." in others.words
        assert _no_blame(mine), mine.words
        assert _no_blame(others), others.words
        in_touch = sannas.button("check_ins.in_touch")
        assert in_touch is not None
        await told.presses_on(SANNA, sannas, in_touch)
        assert "This contact was closed already." in (await told.hears(SANNA))[-1].words
        before = len(await told.posted_to(SANNA)), len(await told.posted_to(LEENA))
        await told.leaps_to("2027-02-17 12:00")
        assert (len(await told.posted_to(SANNA)), len(await told.posted_to(LEENA))) == before, "nobody is asked again"


async def test_twelve_quiet_weeks_and_ten_open_days_without_an_answer_let_a_contact_fade(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await _are_in_contact(told)
        for day in ("2027-01-20", "2027-02-17", "2027-03-17"):
            await told.leaps_to(f"{day} 10:01")
            assert "been in touch" in (await told.hears(SANNA))[-1].words
        await told.leaps_to("2027-04-14 09:30")
        await told.at("2027-04-14 10:05")
        assert await _last_posted(told) == ["14.04. 10:00"] * 2
        question = (await told.hears(SANNA))[-1]
        assert "It has been quiet between you and *Leena Harjula* for 12 weeks." in question.words
        assert question.button("check_ins.keep")
        assert question.button("check_ins.close")
        await told.leaps_to("2027-04-28 09:30")
        await told.at("2027-04-28 09:59")
        assert await _contact(told) == OPEN
        await told.at("2027-04-28 10:05")
        assert await _contact(told) == FADED
        assert await _last_posted(told) == ["28.04. 10:00"] * 2
        for who, other in ((SANNA, LEENA), (LEENA, SANNA)):
            farewell = (await told.hears(who))[-1]
            assert f"The contact with *{other.name}* has come to rest after a quiet time." in farewell.words
            assert "Nobody did anything wrong" in farewell.words
        async with told.silta.database.reading() as store:
            assert await store.candidates.load_of((await told.member(LEENA)).id) == 0, "her place is free again"


async def test_a_contact_that_is_kept_stays_open_and_both_are_asked_again_in_four_weeks(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA, check_ins=QUIET_SOONER) as told:
        await _are_quiet(told)
        await told.presses(LEENA, "check_ins.keep")
        assert "The contact with *Sanna Laine* stays open." in (await told.hears(LEENA))[-1].words
        await told.presses(SANNA, "check_ins.keep")
        assert "The contact with *Leena Harjula* stays open." in (await told.hears(SANNA))[-1].words
        await told.leaps_to("2027-03-04 12:00")
        assert await _contact(told) == OPEN, "ten open days later nothing has faded"
        planned = [row for row in await told.rows(CheckInRow) if row.number == 3]
        assert {f"{row.due_at.astimezone(HELSINKI):%d.%m. %H:%M}" for row in planned} == {"17.03. 10:00"}
        assert len(planned) == 2
        await told.leaps_to("2027-03-17 10:05")
        assert "been in touch" in (await told.hears(SANNA))[-1].words


async def test_one_side_keeping_is_enough(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA, check_ins=QUIET_SOONER) as told:
        await _are_quiet(told)
        await told.presses(LEENA, "check_ins.keep")
        await told.leaps_to("2027-03-04 12:00")
        assert await _contact(told) == OPEN


async def test_thank_and_close_after_quiet_weeks(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA, check_ins=QUIET_SOONER) as told:
        await _are_quiet(told)
        await told.presses(SANNA, "check_ins.close")
        assert await _contact(told) == CLOSED
        assert "says thank you" in (await told.hears(LEENA))[-1].words
        await told.presses(LEENA, "check_ins.keep")
        assert "This contact was closed already." in (await told.hears(LEENA))[-1].words
        assert await _contact(told) == CLOSED


async def test_in_touch_said_on_an_older_card_keeps_a_quiet_contact_too(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA, check_ins=QUIET_SOONER) as told:
        await _are_quiet(told)
        await told.presses(SANNA, "check_ins.in_touch")
        await told.leaps_to("2027-03-04 12:00")
        assert await _contact(told) == OPEN, "they were in touch, so nothing fades"
        await told.leaps_to("2027-03-17 10:05")
        assert await _last_posted(told) == ["17.03. 10:05"] * 2, "and both are asked again"


async def test_a_check_in_waits_for_each_persons_own_open_time(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await _are_in_contact(told)
        await told.leaps_to("2027-01-20 09:30")
        before = len(await told.posted_to(LEENA))
        # Nothing can be sent while the bot is away, so its own time of day passes.
        await told.stops()
        await told.leaps_to("2027-01-20 17:00")
        await told.starts_again()
        at, _ = (await told.posted_to(SANNA))[-1]
        assert f"{at:%d.%m. %H:%M}" == "20.01. 17:00", "students are open until eight"
        await told.at("2027-01-21 07:59")
        assert len(await told.posted_to(LEENA)) == before
        await told.at("2027-01-21 08:05")
        at, _ = (await told.posted_to(LEENA))[-1]
        assert f"{at:%d.%m. %H:%M}" == "21.01. 08:00"


async def test_each_side_is_asked_about_benefits_of_its_own(database_url: str) -> None:
    async with story(database_url, BEGINS, SANNA, LEENA) as told:
        await _are_in_contact(told)
        await told.leaps_to("2027-01-20 10:05")
        for who, benefits, of_the_other_side in (
            (SANNA, ASKER_BENEFITS, "teaching"),
            (LEENA, CONTACT_BENEFITS, "got_answers"),
        ):
            await told.presses(who, "check_ins.in_touch")
            card = (await told.hears(who))[-1]
            menu = card.button("check_ins.benefit")
            assert menu is not None
            values = [option["value"] for option in menu["options"]]
            ref = values[0].partition(".")[0]
            assert [value.partition(".")[2] for value in values] == list(benefits)
            forged = (await told.hears(who))[0]
            await told.presses_on(who, forged, {"action_id": "check_ins.benefit"}, f"{ref}.{of_the_other_side}")
            assert "This card does not work any more." in (await told.hears(who))[-1].words
            await told.presses_on(who, card, menu, f"{ref}.nothing_yet")
        member = await told.member(SANNA)
        kept = {row.member_id == member.id: row.benefit for row in await told.rows(CheckInRow) if row.number == 1}
        assert kept == {True: "nothing_yet", False: "nothing_yet"}


async def _are_in_contact(told: Story) -> None:
    await told.asks_in(SANNA, "electrical work", "Leena")
    await told.presses(LEENA, "introductions.accept")
    assert len(await told.groups(SANNA)) == 1


async def _are_quiet(told: Story) -> None:
    """Five weeks pass in which nobody answers, until both are asked whether to keep the contact."""
    await _are_in_contact(told)
    await told.leaps_to("2027-01-20 10:01")
    await told.leaps_to("2027-02-17 10:01")
    kinds = [row.kind for row in await told.rows(CheckInRow) if row.asked_at is not None]
    assert kinds == [TOUCH, TOUCH, KEEP, KEEP]


async def _contact(told: Story) -> str:
    (row,) = await told.rows(IntroductionRow)
    return row.state


async def _last_posted(told: Story) -> list[str]:
    return [f"{(await told.posted_to(who))[-1][0]:%d.%m. %H:%M}" for who in (SANNA, LEENA)]


def _no_blame(heard: Heard) -> bool:
    return not any(word in heard.words.lower() for word in BLAME)
