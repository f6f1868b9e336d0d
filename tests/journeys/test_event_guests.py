"""Guests without Slack and calendars that follow, from the button in Slack to the page and file on the web and back."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime

import aiohttp
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as ReadEvent

from tests.journeys.stage import Cast, Heard, Story, on_the_web, story

PUBLIC_URL = "https://silta.example.org/bot"
TAINA = Cast("Taina Koskivuo", "coordinator", locale="en-GB", languages=("fi", "en"))
LEENA = Cast("Leena Harjula", locale="en-GB", languages=("en",))
LINE = "event Aamukahvit ti 16.2. 8.30-9.15 uusimaa, max 1, ilmo 12.2. mennessä, teams"


@dataclass
class Web:
    """The web as somebody outside Slack sees it; a proxy leads the public address to where the bot listens."""

    url: str
    browser: aiohttp.ClientSession

    async def opens(self, address: str) -> tuple[int, str]:
        """Loads that address: its status and its words."""
        async with self.browser.get(self._at(address), headers={"Accept-Language": "en"}) as page:
            return page.status, await page.text()

    async def sends(self, address: str, answer: str) -> tuple[int, str]:
        """Sends the form of the page, and sees the page that follows."""
        async with self.browser.post(
            self._at(address), data={"answer": answer}, headers={"Accept-Language": "en"}
        ) as page:
            return page.status, await page.text()

    async def reads(self, address: str) -> list[ReadEvent]:
        """What a calendar that we did not write finds at that address."""
        status, written = await self.opens(address)
        assert status == 200, written
        return IcsCalendarStream.calendar_from_ics(written).events

    def _at(self, address: str) -> str:
        assert address.startswith(PUBLIC_URL)
        return address.replace(PUBLIC_URL, self.url)


@asynccontextmanager
async def told_on_the_web(database_url: str) -> AsyncIterator[tuple[Story, Web]]:
    opened = story(database_url, "2027-02-01 09:00", TAINA, LEENA, channels=["Uusimaa"], public_url=PUBLIC_URL)
    async with opened as told, on_the_web(told.silta) as url, aiohttp.ClientSession() as browser:
        yield told, Web(url, browser)


async def test_a_guest_is_invited_by_button_answers_on_the_page_and_is_seen_and_withdrawn(database_url: str) -> None:
    async with told_on_the_web(database_url) as (told, web):
        await told.commands(TAINA, LINE)
        await told.presses(TAINA, "events.publish")
        await told.presses(TAINA, "guests.show")
        await told.presses(TAINA, "guests.invite")
        await told.submits(TAINA, guest_name="Otto Gast")
        link = _address((await told.hears(TAINA))[-1])

        status, page = await web.opens(link)
        assert status == 200
        assert "Welcome, Otto Gast." in page
        assert "Aamukahvit" in page
        _, page = await web.sends(link, "yes")
        assert "Good, you are coming." in page

        await _answers_in_channel(told, LEENA)
        await told.at("2027-02-01 12:00")
        assert "1/1 · ehkä: 0 · jonossa: 1" in str(await _post(told)), "the channel counts the guest"
        await told.presses(TAINA, "events.attendance")
        seen = (await told.hears(TAINA))[-1].words.replace("\u2060", "")
        assert "Coming* (1): Otto Gast" in seen
        assert "Waiting for a place* (1): Leena Harjula" in seen
        await told.presses(TAINA, "guests.show")
        assert "Otto Gast: Coming" in (await told.hears(TAINA))[-1].words

        await told.presses(TAINA, "guests.withdraw")
        assert "has no guests from outside Slack yet" in (await told.hears(TAINA))[-1].text
        assert (await web.opens(link))[0] == (await web.sends(link, "yes"))[0] == 404
        assert "A place is free, and it is yours" in (await told.hears(LEENA))[-1].text
        await told.presses(TAINA, "events.attendance")
        assert "Otto" not in (await told.hears(TAINA))[-1].words


async def test_a_calendar_address_is_made_by_button_follows_what_changes_and_ends_when_it_is_taken_back(
    database_url: str,
) -> None:
    async with told_on_the_web(database_url) as (told, web):
        await told.commands(TAINA, LINE)
        await told.presses(TAINA, "events.publish")
        await told.commands(LEENA, "events")
        await told.presses(LEENA, "feeds.subscribe")
        feed = await _feed_of(told)
        assert await web.reads(feed) == []

        await _answers_in_channel(told, LEENA)
        (event,) = await web.reads(feed)
        assert (event.summary, event.dtstart) == ("Aamukahvit", datetime(2027, 2, 16, 6, 30, tzinfo=UTC))

        await told.presses(TAINA, "events.edit")
        await told.submits(TAINA, begins="09:00", ends="10:00")
        await told.presses(TAINA, "events.publish")
        (moved,) = await web.reads(feed)
        assert (moved.uid, moved.sequence) == (event.uid, (event.sequence or 0) + 1)
        assert moved.dtstart == datetime(2027, 2, 16, 7, 0, tzinfo=UTC)
        own = next(one for one in (await told.hears(LEENA))[-1].elements if one["action_id"] == "events.calendar")
        assert [one.uid for one in await web.reads(own["url"])] == [event.uid], "and so does the file of this event"

        await told.presses(LEENA, "feeds.renew")
        renewed = await _feed_of(told)
        assert (await web.opens(feed))[0] == 404
        assert [one.uid for one in await web.reads(renewed)] == [event.uid]
        await told.presses(LEENA, "feeds.stop")
        assert (await web.opens(renewed))[0] == 404


def _address(heard: Heard) -> str:
    """The address that stands in a message."""
    found = re.search(re.escape(PUBLIC_URL) + r"/[\w./-]+", heard.words)
    assert found is not None, heard.words
    return found.group()


async def _feed_of(told: Story) -> str:
    """The calendar address that Leena was told, wherever the card now stands."""
    (card,) = [one for one in await told.hears(LEENA) if "/calendar/feed/" in one.words]
    return _address(card)


async def _post(told: Story) -> dict[str, object]:
    """The one post in the channel."""
    (post,) = [one for one in await told.shown_in(TAINA, "uusimaa") if one.get("bot_id")]
    return post


async def _answers_in_channel(told: Story, who: Cast) -> None:
    """Says yes under the post in the channel."""
    place = told.sandbox.workspace.conversations.channel_named("uusimaa")
    assert place is not None
    post = next(one for one in await told.shown_in(who, "uusimaa") if "events.yes" in str(one["blocks"]))
    card = Heard(post["ts"], place.id, post["text"], post["blocks"])
    button = card.button("events.yes")
    assert button is not None
    await told.presses_on(who, card, button)
