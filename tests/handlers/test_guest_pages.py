"""The page of a guest and the calendar of a member over HTTP: the key is the secret, and everything else is refused."""

from datetime import timedelta

import aiohttp
import pytest
from ical.calendar_stream import IcsCalendarStream

from bot.facts.guests import FeedOpened
from handlers.guest_pages import Allowance
from storage.database import Database
from tests.handlers.guest_stage import STARTS, guest_stage
from tests.storage.rows import add_member

HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


@pytest.mark.parametrize(
    ("accepts", "language", "words"),
    [
        ("fi-FI,fi;q=0.9,en;q=0.5", "fi", "Tervetuloa, Otto Gast."),
        ("sv;q=0.9, de-AT;q=0.8, en;q=0.1", "de", "Willkommen, Otto Gast."),
        ("no", "nb", "Velkommen, Otto Gast."),
        ("tr;q=1", "tr", "Hoş geldiniz, Otto Gast."),
        ("xx;q=zzz,,;;;q=", "en", "Welcome, Otto Gast."),
    ],
)
async def test_the_page_speaks_the_language_of_the_browser(
    database: Database, accepts: str, language: str, words: str
) -> None:
    async with guest_stage(database) as stage, aiohttp.ClientSession() as browser:
        answer = await browser.get(stage.page, headers={"Accept-Language": accepts})
        text = await answer.text()

        assert answer.status == 200
        assert f'<html lang="{language}">' in text
        assert words in text
        assert "Aamukahvit" in text


async def test_the_page_keeps_nothing_loads_nothing_and_tells_nobody_its_address(database: Database) -> None:
    async with guest_stage(database, HOSTILE, HOSTILE) as stage, aiohttp.ClientSession() as browser:
        answer = await browser.get(stage.page)
        text = await answer.text()

        assert "<script" not in text
        assert "<img" not in text
        assert "&lt;script&gt;alert(1)" in text
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Content-Security-Policy"].startswith("default-src 'none'; style-src 'sha256-")
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert answer.headers["Cache-Control"] == "no-store"


async def test_the_last_answer_counts_and_the_page_shows_it(database: Database) -> None:
    async with guest_stage(database) as stage, aiohttp.ClientSession() as browser:
        for answer, words in (("yes", "Good, you are coming."), ("maybe", "Noted: maybe."), ("yes", "you are coming")):
            sent = await browser.post(stage.page + "?lang=en", data={"answer": answer})
            assert words in await sent.text()
            assert sent.history[0].status == 303

        attendance = await stage.services.events.attendance(stage.coordinator.id, stage.event.ref)
        assert [(one.name, one.state, one.is_guest) for one in attendance.people] == [("Otto Gast", "yes", True)]


async def test_a_full_event_puts_the_guest_on_the_waiting_list(database: Database) -> None:
    async with guest_stage(database) as stage, aiohttp.ClientSession() as browser:
        first = await add_member(database)
        await stage.services.event_replies.answer(first.id, stage.event.ref, "yes")

        waits = await (await browser.post(stage.page + "?lang=en", data={"answer": "yes"})).text()
        await stage.services.event_replies.answer(first.id, stage.event.ref, "no")
        comes = await (await browser.get(stage.page + "?lang=en")).text()

        assert "You are number 1 on the waiting list." in waits
        assert "Good, you are coming." in comes


async def test_after_the_last_day_and_after_the_event_the_page_says_so(database: Database) -> None:
    async with guest_stage(database) as stage, aiohttp.ClientSession() as browser:
        await stage.clock.travel(STARTS - timedelta(days=2))
        closed = await (await browser.post(stage.page + "?lang=en", data={"answer": "yes"})).text()
        await stage.clock.travel(STARTS + timedelta(hours=2))
        over = await (await browser.post(stage.page + "?lang=en", data={"answer": "yes"})).text()

        assert "The last day to answer was" in closed
        assert 'value="yes"' not in closed
        assert "This event is over." in over
        assert "<button type" not in over
        attendance = await stage.services.events.attendance(stage.coordinator.id, stage.event.ref)
        assert attendance.people == ()


@pytest.mark.parametrize("key", ["a" * 32, "short", "x" * 500, "%00" * 8, "..%2f..%2fetc", "ä" * 32])
async def test_a_forged_or_withdrawn_key_opens_nothing(database: Database, key: str) -> None:
    async with guest_stage(database) as stage, aiohttp.ClientSession() as browser:
        await stage.services.guests.withdraw(stage.coordinator.id, stage.guest_ref)
        for page in (f"{stage.url}/events/{key}", stage.page):
            for sent in (await browser.get(page), await browser.post(page, data={"answer": "yes"})):
                assert sent.status == 404
                assert "Aamukahvit" not in await sent.text()


@pytest.mark.parametrize("body", [b"", b"answer=perhaps", b"answer=yes" * 1_000, b"\xff\xfe", b"answer"])
async def test_an_answer_that_is_none_changes_nothing(database: Database, body: bytes) -> None:
    async with guest_stage(database) as stage, aiohttp.ClientSession() as browser:
        assert (await browser.post(stage.page, data=body, headers=FORM)).status == 400
        attendance = await stage.services.events.attendance(stage.coordinator.id, stage.event.ref)
        assert attendance.people == ()


async def test_another_parser_reads_the_feed_and_a_stopped_one_is_gone(database: Database) -> None:
    async with guest_stage(database) as stage, aiohttp.ClientSession() as browser:
        member = await add_member(database, name="Leena Harjula")
        await stage.services.event_replies.answer(member.id, stage.event.ref, "yes")
        opened = await stage.services.feeds.subscribe(member.id)
        assert isinstance(opened, FeedOpened)
        address = opened.address.replace("https://silta.example.org/bot", stage.url)

        answer = await browser.get(address)
        text = await answer.text()
        (event,) = IcsCalendarStream.calendar_from_ics(text).events
        await stage.services.feeds.stop(member.id)

        assert answer.content_type == "text/calendar"
        assert (event.uid, event.dtstart) == (stage.event.uid, STARTS)
        assert "Leena" not in text
        assert "Taina" not in text
        assert (await browser.get(address)).status == 404


def test_a_flood_from_one_address_is_slowed_and_nobody_else() -> None:
    moment = [0.0]
    allowance = Allowance(per_minute=2, clock=lambda: moment[0])

    assert [allowance.allows("one") for _ in range(3)] == [True, True, False]
    assert allowance.allows("other")
    moment[0] = 60.0
    assert allowance.allows("one")
