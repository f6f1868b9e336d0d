"""Events beyond D4: four countries, bad input, changes in place, personal invitations, one message in one slot."""

import csv
from io import StringIO
from typing import Any

import pytest

from storage.events import EventDraftRow, EventRow
from tests.journeys.stage import Cast, Heard, Story, story

TAINA = Cast("Taina Koskivuo", "coordinator", locale="en-GB", languages=("fi", "en"))
LEENA = Cast("Leena Harjula", locale="en-GB", languages=("en",))
HANNES = Cast("Hannes Vogel", country="DE", region="Bayern", timezone="Europe/Berlin", locale="en-GB")
INGRID = Cast("Ingrid Berg", country="NO", region="Trøndelag", timezone="Europe/Oslo", locale="en-GB")
AYLIN = Cast("Aylin Kaya", country="TR", region="İzmir", timezone="Europe/Istanbul", locale="en-GB")
EVERYWHERE = (TAINA, LEENA, HANNES, INGRID, AYLIN)
GOOD: dict[str, Any] = {
    "title": "Morning coffee",
    "kind": "morning_coffee",
    "on": "2027-02-16",
    "begins": "08:30",
    "ends": "09:15",
    "regions": "Uusimaa",
    "fields": "",
    "capacity": "12",
    "reply_by": "2027-02-12",
    "officiality": "semi_official",
}


@pytest.mark.parametrize(
    ("day", "istanbul"), [("ti 16.2.2027", "Tue 16 Feb at 15:00"), ("ti 15.6.2027", "Tue 15 Jun at 14:00")]
)
async def test_the_preview_tells_the_time_of_each_country(sqlite_url: str, day: str, istanbul: str) -> None:
    async with story(sqlite_url, "2027-02-01 09:00", *EVERYWHERE) as told:
        await told.commands(TAINA, f"event Yhteiskoulutus {day} 14.00-15.00, teams")
        preview = (await told.hears(TAINA))[-1].words.replace(",", "")
        own = istanbul.replace("15:00", "14:00")
        there = own.replace("14:00", "13:00")
        for country, local in (("Finland", own), ("Germany", there), ("Norway", there), ("Türkiye", istanbul)):
            assert f"{country}: {local}" in preview


async def test_every_slip_has_its_sentence_beside_its_field_and_the_draft_is_kept(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-02-01 09:00", TAINA, channels=["Uusimaa"]) as told:
        await told.commands(TAINA, "event")
        for given, field, sentence in (
            ({"ends": "08:00"}, "ends", "It would end before it begins."),
            ({"on": "2027-01-16", "reply_by": None}, "on", "That time is over already."),
            ({"reply_by": "2027-02-20"}, "reply_by", "cannot be after the event"),
            ({"regions": "Uusimaa, Atlantis"}, "regions", "I do not know this region: Atlantis."),
            ({"capacity": "0"}, "capacity", "There must be at least one place"),
            ({"capacity": "-1"}, "capacity", "There must be at least one place"),
            ({"title": "A" * 3_000}, "title", "The title has 3000 characters"),
            ({"title": "Coffee <!channel>"}, "title", "A title cannot call a whole channel."),
            ({"title": "=HYPERLINK(1)"}, "title", "A title cannot begin with ="),
            ({"link": "javascript:alert(1)"}, "link", "A link begins with https://"),
            ({"kind": "guest_talk"}, "time_covered_by", "Who covers the time?"),
        ):
            errors = await _sent_back(told, {**GOOD, **given})
            assert sentence in errors.get(field, ""), (given, errors)
        (draft,) = await told.rows(EventDraftRow)
        assert (draft.content["title"], draft.content["kind"]) == ("Morning coffee", "guest_talk")
        assert await told.rows(EventRow) == []
        await told.submits(TAINA, **GOOD, planned_role="", time_covered_by="", link="")
        assert (await told.hears(TAINA))[-1].button("events.publish") is not None


async def test_only_coordinators_draft_events_also_with_a_form_that_is_open(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-02-01 09:00", TAINA, LEENA) as told:
        await told.commands(LEENA, "event Coffee 16.2. 8:30")
        assert await told.rows(EventDraftRow) == []
        await told.commands(TAINA, "event")
        async with told.silta.database.transaction() as store:
            member = await store.members.by_external_id(told.silta.workspace, TAINA.id)
            assert member is not None
            (await store.members.locked(member.id)).roles = ("mentor",)
        await told.submits(TAINA, **GOOD)
        assert await told.rows(EventRow) == []
        assert (await told.rows(EventDraftRow))[0].content["title"] == ""


async def test_a_change_shows_in_the_post_and_is_told_to_who_comes(database_url: str) -> None:
    async with story(database_url, "2027-02-01 09:00", TAINA, LEENA, channels=["Uusimaa"]) as told:
        await _wants_invitations(told, LEENA)
        await told.commands(TAINA, "event Aamukahvit ti 16.2. 8.30-9.15 uusimaa, teams, max 12")
        await told.presses(TAINA, "events.publish")
        await told.at("2027-02-01 09:01")
        invited = (await told.hears(LEENA))[-1]
        assert "Aamukahvit" in invited.text
        await told.presses(LEENA, "events.yes")
        assert "Good, you are coming." in (await told.hears(LEENA))[-1].text
        await told.presses(TAINA, "events.edit")
        await told.submits(TAINA, begins="09:00", ends="10:00")
        await told.presses(TAINA, "events.publish")
        await told.at("2027-02-01 09:02")
        changed = (await told.hears(LEENA))[-1]
        assert "*Aamukahvit* has changed: the time." in changed.text
        posts = [one for one in await told.shown_in(LEENA, "uusimaa") if one.get("bot_id")]
        assert len(posts) == 1, "the post is changed in its place"
        assert "9.00–10.00" in str(posts[0]["blocks"])
        await told.presses(TAINA, "events.cancel", "Cancel the event")
        await told.at("2027-02-01 09:03")
        assert "does not take place" in (await told.hears(LEENA))[-1].text
        shown = next(one for one in await told.shown_in(LEENA, "uusimaa") if one.get("bot_id"))
        assert "events.yes" not in str(shown["blocks"])
        assert await _reminders(told, LEENA) == []


async def test_the_card_of_a_coordinator_follows_the_invitations_by_itself(database_url: str) -> None:
    async with story(database_url, "2027-02-01 09:00", TAINA, LEENA, channels=["Uusimaa"]) as told:
        await _wants_invitations(told, LEENA)
        await told.commands(TAINA, "event Aamukahvit ti 16.2. 8.30-9.15 uusimaa, teams")
        await told.presses(TAINA, "events.publish")
        assert "are on their way: 0 have gone out" in (await told.hears(TAINA))[-1].words
        posted = len(await told.posted_to(TAINA))

        for minute in ("09:01", "09:03"):
            await told.at(f"2027-02-01 {minute}")

        card = (await told.hears(TAINA))[-1]
        assert "Personal invitations: 1 of 1 have gone out." in card.words
        assert card.button("events.stop") is None
        assert len(await told.posted_to(TAINA)) == posted, "the card changes in its place, and nothing rings"


async def test_a_card_that_has_become_a_preview_meanwhile_stays_one(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-02-01 09:00", TAINA, LEENA, channels=["Uusimaa"]) as told:
        await _wants_invitations(told, LEENA)
        await told.commands(TAINA, "event Aamukahvit ti 16.2. 8.30-9.15 uusimaa, teams")
        await told.presses(TAINA, "events.publish")
        await told.presses(TAINA, "events.edit")
        await told.submits(TAINA, begins="09:00", ends="10:00")

        await told.at("2027-02-01 09:02")

        assert (await told.hears(TAINA))[-1].button("events.publish") is not None
        await told.presses(TAINA, "events.publish")
        for minute in ("09:04", "09:06"):
            await told.at(f"2027-02-01 {minute}")
        assert "Personal invitations: 1 of 1 have gone out." in (await told.hears(TAINA))[-1].words


async def test_a_reminder_and_the_nudge_of_the_same_slot_are_one_message(sqlite_url: str) -> None:
    weekly = Cast("Leena Harjula", fields=("0713",), locale="en-GB", languages=("en",), rhythm="weekly")
    async with story(sqlite_url, "2027-02-01 09:00", TAINA, weekly, channels=["Uusimaa"]) as told:
        await told.commands(TAINA, "event Kahvihetki ke 10.2. 8.30-9.15 uusimaa, teams")
        await told.presses(TAINA, "events.publish")
        await _press_in_channel(told, weekly, "uusimaa", "events.maybe")
        await told.at("2027-02-08 12:00")
        before = len(await told.posted_to(weekly))
        await told.at("2027-02-09 12:30")
        new = (await told.posted_to(weekly))[before:]
        assert len(new) == 1
        assert "A reminder" in new[0][1]
        assert (await told.hears(weekly))[-1].button("prompts.offer") is not None, "with the light question below"


async def test_the_table_of_who_comes_runs_no_formula(sqlite_url: str) -> None:
    evil = Cast("=cmd|' /C calc'!A0", locale="en-GB")
    async with story(sqlite_url, "2027-02-01 09:00", TAINA, evil, channels=["Uusimaa"]) as told:
        await told.commands(TAINA, "event Kahvihetki ke 10.2. 8.30-9.15 uusimaa, teams")
        await told.presses(TAINA, "events.publish")
        await _press_in_channel(told, evil, "uusimaa", "events.yes")
        await told.presses(TAINA, "events.attendance")
        await told.presses(TAINA, "events.export")
        (file,) = told.sandbox.workspace.files._by_id.values()
        assert file.content is not None
        header, row = list(csv.reader(StringIO(file.content.decode("utf-8-sig"))))
        assert header[0] == "Name"
        assert row[0] == "'" + evil.name
        assert row[3] == "Coming"


async def test_a_channel_without_silta_is_told_to_the_coordinator(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-02-01 09:00", TAINA, LEENA, channels=["Uusimaa"]) as told:
        await told.commands(TAINA, "event Kahvihetki ke 10.2. 8.30-9.15 uusimaa, teams")
        told.will_fail("chat.postMessage", "error", error="not_in_channel")
        await told.presses(TAINA, "events.publish")
        assert "could not be posted in the channel of Uusimaa" in "".join(one.text for one in await told.hears(TAINA))


async def _wants_invitations(told: Story, who: Cast) -> None:
    async with told.silta.database.transaction() as store:
        (await store.members.locked((await told.member(who)).id)).agree("events", "nudges")


async def _sent_back(told: Story, values: dict[str, Any]) -> dict[str, str]:
    """What stands beside the fields of the open form after sending it."""
    views = (await told._get(f"views?user={TAINA.id}"))["views"]
    async with told.session.post(
        f"{told.sandbox.url}/_sandbox/submit", json={"user": TAINA.id, "view_id": views[-1]["id"], "values": values}
    ) as answer:
        found: dict[str, Any] = await answer.json()
    await told._quiet()
    return dict(found.get("errors") or {})


async def _press_in_channel(told: Story, who: Cast, channel: str, action_id: str) -> None:
    place = told.sandbox.workspace.conversations.channel_named(channel)
    assert place is not None
    post = next(one for one in await told.shown_in(who, channel) if "events.yes" in str(one["blocks"]))
    card = Heard(post["ts"], place.id, post["text"], post["blocks"])
    button = card.button(action_id)
    assert button is not None
    await told.presses_on(who, card, button)


async def _reminders(told: Story, who: Cast) -> list[str]:
    return [words for _, words in await told.posted_to(who) if "A reminder" in words]


async def test_the_home_of_a_coordinator_shows_events_of_the_next_two_weeks(sqlite_url: str) -> None:
    line, heading = "• *Morning coffee*, Tue 16 Feb, yes: ", "*Events of the next two weeks*"
    async with story(sqlite_url, "2027-02-01 09:00", TAINA, LEENA, channels=["Uusimaa"]) as told:
        await told.opens_home(TAINA)
        await told.commands(TAINA, "event")
        await told.submits(TAINA, **GOOD)
        await told.presses(TAINA, "events.publish")
        assert heading not in (await told.sees_at_home(TAINA)).words, "it is fifteen days away"
        await told.at("2027-02-02 09:00")
        await told.opens_home(TAINA)
        assert f"{line}0" in (await told.sees_at_home(TAINA)).words
        await _press_in_channel(told, LEENA, "uusimaa", "events.yes")
        await told.opens_home(TAINA)
        assert f"{line}1" in (await told.sees_at_home(TAINA)).words
        await told.presses(TAINA, "events.cancel", "Cancel the event")
        await told.at("2027-02-02 09:05")
        assert heading not in (await told.sees_at_home(TAINA)).words
