"""Reporting a problem: coordinators read it, the reported one never does, and one press parts the two."""

from datetime import timedelta

import pytest

from bot import services as all_services
from bot.errors import UnknownReference
from bot.facts.reports import NO_ANSWER, NOT_COMFORTABLE, NobodyToTell
from bot.programme import Programme
from sandbox import Clock
from storage.database import Database
from storage.introductions import CLOSED, OPEN, IntroductionRow
from storage.reports import ReportRow
from tests.journeys.stage import Cast, Story, story
from tests.storage.rows import NOW, add_ask, add_introduction, add_member

SANNA = Cast("Sanna Laine", "student", ("0713",), locale="en-GB")
LEENA = Cast("Leena Harjula", fields=("0713",), locale="en-GB")
TAINA = Cast("Taina Koski", "coordinator", locale="en-GB")
LATE = "2027-01-19 18:30"


async def _in_contact(told: Story) -> None:
    await told.asks_in(SANNA, "electrical engineering", "Leena")
    await told.presses(LEENA, "introductions.accept")
    await told.at(LATE)
    await told.opens_home(SANNA)
    await told.presses_at_home(SANNA, "reports.begin")


async def test_serious_problem_goes_out_at_once_and_never_to_the_reported_one(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", SANNA, LEENA, TAINA) as told:
        await _in_contact(told)
        before = len(await told.posted_to(LEENA))

        await told.submits(SANNA, category=NOT_COMFORTABLE, words="He calls at night", pass_on=["pass_on"])

        told_taina = (await told.hears(TAINA))[-1]
        assert "*Sanna Laine* reports a problem in the contact with *Leena Harjula*" in told_taina.words
        assert "He calls at night" in told_taina.words
        assert (await told.hears(SANNA))[-1].text == "Thank you for telling. Taina Koski will read it."

        await told.presses(SANNA, "reports.part")
        assert len(await told.posted_to(LEENA)) == before, "her evening is hers"
        await told.at("2027-01-20 08:05")
        assert (await told.hears(LEENA))[-1].text.startswith("Your contact in *Electricity and energy*")
        assert "Sanna" not in (await told.hears(LEENA))[-1].words
        assert [one.state for one in await told.rows(IntroductionRow)] == [CLOSED]

        await told.silta.services.retention.apply()
        (kept,) = await told.rows(ReportRow)
        assert (kept.category, kept.reporter_id, kept.reported_id, kept.words) == (NOT_COMFORTABLE, None, None, None)


async def test_words_without_the_tick_are_not_kept_and_other_problems_wait_for_open_time(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-01-19 10:12", SANNA, LEENA, TAINA) as told:
        await _in_contact(told)

        await told.submits(SANNA, category=NO_ANSWER, words="not for others")

        assert [one.words for one in await told.rows(ReportRow)] == [None]
        assert await told.posted_to(TAINA) == []
        await told.at("2027-01-20 08:05")
        assert "not for others" not in (await told.hears(TAINA))[-1].words


async def test_a_report_about_the_only_coordinator_is_not_passed_to_them(database: Database) -> None:
    sanna, taina = await add_member(database), await add_member(database, "0713", roles=("mentor", "coordinator"))
    contact = await add_introduction(database, await add_ask(database, sanna), taina, state=OPEN)
    reports = all_services.build(database, Clock(NOW), Programme()).reports

    assert isinstance(await reports.form(sanna.id, contact.ref), NobodyToTell)
    assert isinstance(await reports.report(sanna.id, contact.ref, NO_ANSWER, None, pass_words_on=False), NobodyToTell)


@pytest.mark.parametrize("act", ["form", "report", "part"])
async def test_nobody_reports_or_ends_a_contact_of_others_or_one_that_is_only_asked_for(
    database: Database, act: str
) -> None:
    sanna, leena, marko = [await add_member(database, "0713") for _ in range(3)]
    await add_member(database, roles=("coordinator",))
    ask = await add_ask(database, sanna)
    theirs = await add_introduction(database, ask, leena, state=OPEN)
    asked = await add_introduction(database, await add_ask(database, marko), leena)
    reports = all_services.build(database, Clock(NOW + timedelta(hours=1)), Programme()).reports

    for ref in (theirs.ref, asked.ref, "no-such-ref", ""):
        with pytest.raises(UnknownReference):
            match act:
                case "form":
                    await reports.form(marko.id, ref)
                case "report":
                    await reports.report(marko.id, ref, NO_ANSWER, "x", pass_words_on=True)
                case _:
                    await reports.part(marko.id, ref)
    with pytest.raises(UnknownReference):
        await reports.report(sanna.id, theirs.ref, "made_up", None, pass_words_on=False)
