"""The bot is stopped and started again, and Slack's answers get lost: nothing is lost with them, nothing doubled."""

from storage.check_ins import CheckInRow
from storage.introductions import ASKED, OPEN, IntroductionRow
from storage.outbox import ATTEMPTING, SENT, OutboxRow
from tests.journeys.stage import Cast, Story, story

OMAR = Cast("Omar Ali", "student", ("0715",), locale="en-GB")
RISTO = Cast("Risto Ahola", fields=("0715",), locale="en-GB")


async def test_a_request_waits_for_open_time_across_a_restart_and_arrives_once(database_url: str) -> None:
    async with story(database_url, "2027-02-05 18:00", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.stops()
        await told.leaps_to("2027-02-07 12:00")
        await told.starts_again()
        assert await told.posted_to(RISTO) == [], "Sunday is closed"
        await told.stops()
        await told.starts_again()
        await told.at("2027-02-08 07:59")
        assert await told.posted_to(RISTO) == []
        await told.at("2027-02-08 09:05")
        ((at, _),) = await told.posted_to(RISTO)
        assert f"{at:%d.%m. %H:%M}" == "08.02. 08:00"
        await told.presses(RISTO, "introductions.accept")
        assert len(await told.groups(OMAR)) == 1


async def test_what_became_due_while_the_bot_was_stopped_is_done_once_when_it_starts(database_url: str) -> None:
    async with story(database_url, "2027-01-11 10:00", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.presses(RISTO, "introductions.accept")
        before = len(await told.posted_to(OMAR)), len(await told.posted_to(RISTO))
        await told.stops()
        # The seventh open day is Wednesday 20.1.
        await told.leaps_to("2027-01-20 11:30")
        await told.starts_again()
        for _ in range(2):
            assert len(await told.posted_to(OMAR)) == before[0] + 1
            assert len(await told.posted_to(RISTO)) == before[1] + 1
            await told.stops()
            await told.starts_again()
        await told.presses(OMAR, "check_ins.in_touch")
        assert [row.number for row in await told.rows(CheckInRow)] == [1, 1, 2, 2]


async def test_reminder_and_release_missed_while_stopped_end_in_a_release_without_a_late_reminder(
    database_url: str,
) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await told.asks_in(OMAR, "metal", "Risto")
        await told.stops()
        await told.leaps_to("2027-02-11 09:00")
        await told.starts_again()
        assert len(await told.posted_to(RISTO)) == 1
        assert "is not available right now" in (await told.hears(OMAR))[-1].words


async def test_an_attempt_whose_answer_was_lost_is_looked_up_and_not_posted_twice(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await _looks_at_the_form(told)
        told.will_fail("chat.postMessage", "drop_after")
        await told.submits(OMAR)
        assert len(await told.posted_to(RISTO)) == 1, "it did arrive; only the answer did not"
        assert await _states(told) == [ATTEMPTING]
        await told.at("2027-02-03 09:31")
        await told.looks_up_what_was_lost()
        assert await _states(told) == [ATTEMPTING], "an answer may still come"
        await told.at("2027-02-03 09:33")
        await told.looks_up_what_was_lost()
        assert await _states(told) == [SENT]
        assert len(await told.posted_to(RISTO)) == 1
        await told.at("2027-02-03 10:05")
        (introduction,) = await told.rows(IntroductionRow)
        assert introduction.release_at is not None, "the reply clock runs"
        await told.presses(RISTO, "introductions.accept")
        assert [row.state for row in await told.rows(IntroductionRow)] == [OPEN]


async def test_an_attempt_that_never_arrived_is_looked_up_and_posted_then(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await _looks_at_the_form(told)
        told.will_fail("chat.postMessage", "drop_before")
        await told.submits(OMAR)
        assert await told.posted_to(RISTO) == []
        await told.at("2027-02-03 09:33")
        await told.looks_up_what_was_lost()
        assert await _states(told) == [ATTEMPTING], "Slack may show it a little later"
        await told.at("2027-02-03 09:34")
        await told.looks_up_what_was_lost()
        await told.at("2027-02-03 09:35")
        assert len(await told.posted_to(RISTO)) == 1
        assert await _states(told) == [SENT]


async def test_an_attempt_that_was_cut_off_by_a_restart_is_looked_up_by_the_next_start(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await _looks_at_the_form(told)
        told.will_fail("chat.postMessage", "drop_after")
        await told.submits(OMAR)
        await told.stops()
        await told.leaps_to("2027-02-03 11:30")
        await told.starts_again()
        await told.looks_up_what_was_lost()
        assert await _states(told) == [SENT]
        assert len(await told.posted_to(RISTO)) == 1


async def test_rate_limited_is_waited_out(database_url: str) -> None:
    async with story(database_url, "2027-02-03 09:30", OMAR, RISTO) as told:
        await _looks_at_the_form(told)
        told.will_fail("chat.postMessage", "rate_limited", retry_after=120)
        await told.submits(OMAR)
        assert await told.posted_to(RISTO) == []
        await told.at("2027-02-03 09:31")
        assert await told.posted_to(RISTO) == [], "not before Slack said"
        await told.at("2027-02-03 09:33")
        assert len(await told.posted_to(RISTO)) == 1
        assert await _states(told) == [SENT]
        assert [row.state for row in await told.rows(IntroductionRow)] == [ASKED]


async def _looks_at_the_form(told: Story) -> None:
    """Omar has the form before him, so that the next post is the request."""
    await told.writes(OMAR, "I need a contact in metal")
    await told.presses(OMAR, "introductions.request", "Risto")


async def _states(told: Story) -> list[str]:
    return [row.state for row in await told.rows(OutboxRow)]
