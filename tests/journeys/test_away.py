"""Days away: said in one's own words, confirmed, honoured everywhere, and over when they are over (R2, K13)."""

from datetime import date, datetime

from bot.language import Translator
from storage.away_periods import AwayPeriodRow
from storage.introductions import ASKED, CANCELLED, IntroductionRow
from storage.outbox import OutboxRow
from tests.journeys.stage import HELSINKI, Cast, Story, story

EMIL = Cast("Emil Rask", "student", ("1041",), locale="en-GB")
KAISA = Cast("Kaisa Mäki", fields=("1041",), locale="en-GB")
TUOMO = Cast("Tuomo Lind", fields=("1041",), region="Pirkanmaa", locale="en-GB")
DAY = Translator("en").day


async def away(told: Story) -> list[tuple[date, date]]:
    return [(row.starts_on, row.ends_on) for row in await told.rows(AwayPeriodRow)]


async def said_and_confirmed(told: Story, who: Cast, text: str) -> None:
    await told.writes(who, text)
    await told.presses(who, "away.confirm")


async def test_days_away_count_only_after_a_yes(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        await told.writes(KAISA, "I am away weeks 10 and 11, and one person is enough for now")
        heard = (await told.hears(KAISA))[-1]
        first, last, back = DAY(date(2027, 3, 8)), DAY(date(2027, 3, 21)), DAY(date(2027, 3, 22))
        assert f"You are away from {first} to {last}. Back on {back}. Right?" in heard.words
        assert "a place for 1 contact" in heard.words
        assert (await told.member(KAISA)).capacity == 1
        assert await away(told) == []

        await told.presses(KAISA, "away.confirm")

        assert await away(told) == [(date(2027, 3, 8), date(2027, 3, 21))]
        assert "Noted." in (await told.hears(KAISA))[-1].words


async def test_pressing_yes_twice_changes_nothing(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        await told.writes(KAISA, "lomalla vk 10")
        card = (await told.hears(KAISA))[-1]
        yes = card.button("away.confirm")
        assert yes is not None
        await told.presses_on(KAISA, card, yes)
        await told.presses_on(KAISA, card, yes)
        assert await away(told) == [(date(2027, 3, 8), date(2027, 3, 14))]


async def test_what_was_understood_wrongly_is_changed_in_a_form(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        await told.writes(KAISA, "away 1.3.-5.3. and week 12")
        await told.presses(KAISA, "away.change")
        await told.submits(KAISA, starts_on="2027-03-02", ends_on="2027-03-04")
        assert await away(told) == [(date(2027, 3, 2), date(2027, 3, 4)), (date(2027, 3, 22), date(2027, 3, 28))]


async def test_days_that_are_over_or_in_the_wrong_order_are_asked_about_again(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        for first, last in (("2027-03-04", "2027-03-02"), ("2026-03-02", "2026-03-04")):
            await told.writes(KAISA, "I'm away")
            await told.presses(KAISA, "away.change")
            await told.submits(KAISA, starts_on=first, ends_on=last)
            assert "When are you away?" in (await told.hears(KAISA))[-1].words
        assert await away(told) == []


async def test_overlapping_and_touching_periods_are_one(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        await said_and_confirmed(told, KAISA, "away 1.3.-5.3.")
        await said_and_confirmed(told, KAISA, "away 4.3.-7.3.")
        await said_and_confirmed(told, KAISA, "away week 10")
        assert await away(told) == [(date(2027, 3, 1), date(2027, 3, 14))]


async def test_requests_wait_for_the_day_of_return_and_askers_see_it(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA, TUOMO) as told:
        await said_and_confirmed(told, KAISA, "pause until 29.1.")
        await told.writes(EMIL, "I need a contact in logistics")
        cards = (await told.hears(EMIL))[-1]
        assert f"Away until {DAY(date(2027, 2, 1))}" in cards.words
        await told.writes(EMIL, "I will wait for Kaisa")
        before = len(await told.posted_to(KAISA))
        await told.leaps_to("2027-01-31 20:00")
        await told.at("2027-02-01 07:59")
        assert len(await told.posted_to(KAISA)) == before, "no request and no nudge while away"
        await told.at("2027-02-01 08:01")
        assert "Emil Rask" in (await told.posted_to(KAISA))[-1][1]


async def test_coming_back_early_opens_time_at_once(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA) as told:
        await said_and_confirmed(told, KAISA, "away until 29.1.")
        await told.writes(EMIL, "I need a contact in logistics")
        await told.presses(EMIL, "introductions.wait")
        await told.at("2027-01-21 09:00")
        before = len(await told.posted_to(KAISA))
        await told.writes(KAISA, "I'm back")
        await told.silta.timetable.tick()
        assert await away(told) == [(date(2027, 1, 19), date(2027, 1, 20))]
        posted = (await told.posted_to(KAISA))[before:]
        assert any("Emil Rask" in text for _, text in posted), "the request does not wait for the old day of return"


async def test_a_period_to_come_is_taken_back_with_one_press(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        await said_and_confirmed(told, KAISA, "away week 10")
        await told.presses(KAISA, "away.end")
        assert await away(told) == []
        await told.opens_home(KAISA)
        await told.presses_at_home(KAISA, "away.change")
        await told.submits(KAISA, starts_on="2027-03-08", ends_on="2027-03-08")
        assert await away(told) == [(date(2027, 3, 8), date(2027, 3, 8))]
        await told.presses_at_home(KAISA, "away.end")
        assert await away(told) == []


async def test_whoever_waits_for_an_answer_is_told_of_a_long_absence_once(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA, TUOMO) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await said_and_confirmed(told, KAISA, "away until 29.1.")
        await said_and_confirmed(told, KAISA, "away until 29.1.")
        told_of = [text for _, text in await told.posted_to(EMIL) if "the answer will take longer" in text]
        assert len(told_of) == 1
        assert f"Back on {DAY(date(2027, 2, 1))}" in told_of[0]
        await told.presses(EMIL, "introductions.cancel")
        assert [row.state for row in await told.rows(IntroductionRow)] == [CANCELLED]


async def test_a_short_absence_is_nobody_elses_news(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA, TUOMO) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await said_and_confirmed(told, KAISA, "away until Friday")
        await said_and_confirmed(told, KAISA, "away weeks 20 and 21")
        assert {row.kind for row in await told.rows(OutboxRow)} == {"introductions.request"}


async def test_days_away_cost_no_time_to_answer(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await told.at("2027-01-20 09:00")
        await said_and_confirmed(told, KAISA, "away 21.1.-26.1.")
        await told.at("2027-01-20 09:10")
        (request,) = await told.rows(IntroductionRow)
        assert request.state == ASKED
        assert request.remind_at is not None and request.release_at is not None
        # Open days after Tuesday 19.1.: Wed 20., Wed 27., Thu 28., Fri 29., Mon 1.2.
        assert request.remind_at.astimezone(HELSINKI) == datetime(2027, 1, 28, 10, tzinfo=HELSINKI)
        assert request.release_at.astimezone(HELSINKI) == datetime(2027, 2, 1, 10, tzinfo=HELSINKI)


async def test_a_contact_sees_at_home_when_the_other_is_back(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await told.presses(KAISA, "introductions.accept")
        before = len(await told.posted_to(EMIL))
        await said_and_confirmed(told, KAISA, "away until 29.1.")
        await told.opens_home(EMIL)
        assert f"Back on {DAY(date(2027, 2, 1))}" in (await told.sees_at_home(EMIL)).words
        assert len(await told.posted_to(EMIL)) == before, "nothing is pushed"


async def test_the_command_takes_days_and_opens_the_choice_without_them(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        await told.commands(KAISA, "pause until 15.3.")
        await told.presses(KAISA, "away.confirm")
        assert await away(told) == [(date(2027, 1, 19), date(2027, 3, 15))]
        await told.commands(KAISA, "pause")
        assert (await told.member(KAISA)).availability == "paused"


async def test_old_days_away_are_forgotten(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        await said_and_confirmed(told, KAISA, "away tomorrow")
        await told.leaps_to("2027-02-03 10:00")
        await told.silta.services.away.forget_old()
        assert await away(told) == [(date(2027, 1, 20), date(2027, 1, 20))]
        await told.leaps_to("2027-02-04 10:00")
        await told.silta.services.away.forget_old()
        assert await away(told) == []


async def test_somebody_elses_days_cannot_be_ended(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA, TUOMO) as told:
        await said_and_confirmed(told, KAISA, "away week 10")
        (period,) = await told.rows(AwayPeriodRow)
        await said_and_confirmed(told, TUOMO, "away week 12")
        card = (await told.hears(TUOMO))[-1]
        end = card.button("away.end")
        assert end is not None
        await told.presses_on(TUOMO, card, end, period.ref)
        assert len(await away(told)) == 2
