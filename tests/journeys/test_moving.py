"""Somebody moves to another time zone: their own clock decides from then on, also for what was planned before (R2)."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from storage.check_ins import CheckInRow
from storage.introductions import IntroductionRow
from storage.outbox import OutboxRow
from tests.journeys.stage import Cast, Story, story

EMIL = Cast("Emil Rask", "student", ("1041",), locale="en-GB")
KAISA = Cast("Kaisa Mäki", fields=("1041",), locale="en-GB")
BERLIN = ZoneInfo("Europe/Berlin")
ISTANBUL = ZoneInfo("Europe/Istanbul")


async def moves(told: Story, who: Cast, zone: str) -> None:
    # Slack is heard once before the move, so that it is known where the person was.
    await told.changes_in_slack(who, tz=who.timezone)
    await told.changes_in_slack(who, tz=zone)


async def test_what_waits_for_the_morning_waits_for_the_new_morning(database_url: str) -> None:
    async with story(database_url, "2027-01-18 20:00", EMIL, KAISA) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await moves(told, KAISA, "Europe/Berlin")
        await told.at("2027-01-19 08:59")
        assert await told.posted_to(KAISA) == []
        await told.at("2027-01-19 09:01")
        ((at, _),) = await told.posted_to(KAISA)
        assert f"{at.astimezone(BERLIN):%d.%m. %H:%M}" == "19.01. 08:00"


async def test_a_move_eastwards_opens_time_earlier(database_url: str) -> None:
    async with story(database_url, "2027-01-18 20:00", EMIL, KAISA) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await told.at("2027-01-19 06:00")
        await moves(told, KAISA, "Europe/Istanbul")
        await told.at("2027-01-19 07:01")
        ((at, _),) = await told.posted_to(KAISA)
        assert f"{at.astimezone(ISTANBUL):%d.%m. %H:%M}" == "19.01. 08:00"


async def test_reminder_and_release_follow_the_persons_clock(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await moves(told, KAISA, "Europe/Berlin")
        await told.at("2027-01-19 10:05")
        (request,) = await told.rows(IntroductionRow)
        assert request.remind_at == datetime(2027, 1, 22, 9, tzinfo=UTC), "10:00 in Berlin"
        assert request.release_at == datetime(2027, 1, 26, 9, tzinfo=UTC)


async def test_check_ins_keep_their_day_and_hour_on_the_persons_own_clock(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await told.presses(KAISA, "introductions.accept")
        await moves(told, KAISA, "Europe/Berlin")
        kaisa = await told.member(KAISA)
        due = {row.member_id == kaisa.id: row.due_at for row in await told.rows(CheckInRow)}
        assert due == {True: datetime(2027, 1, 28, 9, tzinfo=UTC), False: datetime(2027, 1, 28, 8, tzinfo=UTC)}


async def test_what_is_said_about_a_meetup_follows_the_persons_clock_and_days_away(database_url: str) -> None:
    tuomo = Cast("Tuomo Salo", fields=("1041",), locale="en-GB")
    async with story(database_url, "2027-01-25 09:00", KAISA, tuomo) as told:
        for who in (KAISA, tuomo):
            await told.commands(who, "meetup")
            await told.presses(who, "meetups.join")
        await told.presses(KAISA, "meetups.propose")
        await told.submits(KAISA, first_time=int(datetime(2027, 2, 4, 12, tzinfo=UTC).timestamp()))
        for who in (KAISA, tuomo):
            await told.presses(who, "meetups.vote")
        await told.leaps_to("2027-01-25 10:05")
        await moves(told, KAISA, "Europe/Berlin")
        assert await _said_about(told, KAISA) == {
            "meetups.reminder": datetime(2027, 2, 3, 9, tzinfo=UTC),
            "meetups.did_you_meet": datetime(2027, 2, 5, 9, tzinfo=UTC),
        }
        await told.writes(KAISA, "away 2.2.-3.2.")
        await told.presses(KAISA, "away.confirm")
        assert (await _said_about(told, KAISA))["meetups.reminder"] == datetime(2027, 2, 1, 9, tzinfo=UTC)
        assert (await _said_about(told, tuomo))["meetups.reminder"] == datetime(2027, 2, 3, 8, tzinfo=UTC)


async def _said_about(told: Story, who: Cast) -> dict[str, datetime]:
    member = await told.member(who)
    rows = [row for row in await told.rows(OutboxRow) if row.recipient_id == member.id]
    return {row.kind: row.not_before for row in rows if row.kind in ("meetups.reminder", "meetups.did_you_meet")}


async def test_a_check_in_that_falls_into_days_away_takes_the_next_open_day(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", EMIL, KAISA) as told:
        await told.asks_in(EMIL, "logistics", "Kaisa")
        await told.presses(KAISA, "introductions.accept")
        await told.writes(KAISA, "away 25.1.-29.1.")
        await told.presses(KAISA, "away.confirm")
        kaisa = await told.member(KAISA)
        due = {row.member_id == kaisa.id: row.due_at for row in await told.rows(CheckInRow)}
        assert due == {True: datetime(2027, 2, 1, 8, tzinfo=UTC), False: datetime(2027, 1, 28, 8, tzinfo=UTC)}


async def test_the_zone_that_slack_guesses_does_not_overrule_the_members_file(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:00", KAISA) as told:
        await told.changes_in_slack(KAISA, tz="America/Los_Angeles")
        assert (await told.member(KAISA)).timezone == "Europe/Helsinki"
        await told.changes_in_slack(KAISA, tz="Europe/Berlin")
        assert (await told.member(KAISA)).timezone == "Europe/Berlin", "a zone that changes is a move"
