"""D4: an event with answers in three regions; every check of the dialogue, fact by fact."""

from collections import Counter
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.events import EventReplyRow, EventRow
from storage.outbox import SENT, OutboxRow
from tests.journeys.stage import HELSINKI, Cast, Story, story

LINE = (
    "event Sähköopettajien aamukahvit ti 16.2. 8.30-9.15 uusimaa, pirkanmaa, pohjois-pohjanmaa, max 12 / alue, "
    "ilmottaudu 12.2. mennessä, teams"
)
REGIONS = ("Uusimaa", "Pirkanmaa", "Pohjois-Pohjanmaa")
TAINA = Cast("Taina Koskivuo", "coordinator", locale="en-GB", languages=("fi", "en"))
UUSIMAA = [Cast(f"Uuno{n:02} Mäki", fields=("0713",), locale="en-GB") for n in range(14)]
PIRKANMAA = [Cast(f"Pirkko{n} Joki", fields=("0713",), region="Pirkanmaa", locale="en-GB") for n in range(4)]
GUEST = Cast("Outi Kesäranta", "working_life", region="Pirkanmaa", locale="en-GB")
LATE = Cast("Lauri Salo", region="Pirkanmaa", locale="en-GB")
POHJANMAA = [Cast(f"Pohja{n} Aapa", fields=("0713",), region="Pohjois-Pohjanmaa", locale="en-GB") for n in range(2)]
EVERYBODY = (TAINA, *UUSIMAA, *PIRKANMAA, GUEST, LATE, *POHJANMAA)


async def test_d4(database_url: str) -> None:  # noqa: PLR0915  # one dialogue, fact by fact
    async with story(database_url, "2027-02-01 09:00", *EVERYBODY, channels=REGIONS) as told:
        await told.commands(TAINA, LINE)
        preview = (await told.hears(TAINA))[-1]
        assert "Nothing has gone out yet" in preview.text
        assert "Tue 16 Feb at 08:30 – 09:15" in preview.words.replace(",", "")
        assert "Fri 12 Feb" in preview.words.replace(",", "")
        assert "semi-official" in preview.words
        assert "Uusimaa: 14 people" in preview.words, "the teachers of electricity of each region"
        assert "Pohjois-Pohjanmaa: 2 people" in preview.words
        assert await _posts(told) == []

        await told.presses(TAINA, "events.publish")
        posts = await _posts(told)
        assert len(posts) == len({call["channel"] for call in posts}) == 3
        assert not any("<!" in str(call) for call in posts), "nobody's whole channel is called"
        assert await told.hears(UUSIMAA[0]) == [], "no personal invitation without having asked for it"
        (event,) = await told.rows(EventRow)
        assert (event.officiality, event.capacity, event.is_per_region) == ("semi_official", 12, True)

        for who in UUSIMAA[:13]:
            await _answers(told, who, "uusimaa", "events.yes")
        await _answers(told, UUSIMAA[3], "uusimaa", "events.no")
        await _answers(told, UUSIMAA[3], "uusimaa", "events.yes")
        await _answers(told, UUSIMAA[13], "uusimaa", "events.yes")
        await _answers(told, UUSIMAA[13], "uusimaa", "events.yes")
        for who in (*PIRKANMAA, GUEST):
            await _answers(told, who, "pirkanmaa", "events.yes")
        for who in POHJANMAA:
            await _answers(told, who, "pohjois-pohjanmaa", "events.maybe")
        queue = await _in_order(told, "Uusimaa")
        assert len(queue) == 14, "who changed their mind is counted once"
        assert [has_place for _, has_place in queue] == [True] * 12 + [False] * 2
        assert [name for name, _ in queue[-2:]] == [UUSIMAA[3].name, UUSIMAA[13].name], "in order of the last yes"
        await told.at("2027-02-01 12:00")
        assert "12/12" in await _shown(told, "uusimaa")
        assert "jonossa: 2" in await _shown(told, "uusimaa")
        assert "ehkä: 2" in await _shown(told, "pohjois-pohjanmaa"), "a maybe counts in its region too"

        await told.at("2027-02-13 11:00")
        await _answers(told, LATE, "pirkanmaa", "events.yes")
        whispered = (await told.shown_in(LATE, "pirkanmaa"))[-1]
        assert "The last day to answer" in whispered["text"]
        assert f"<@{TAINA.id}>" in str(whispered["blocks"])
        assert LATE.name not in [name for name, _ in await _in_order(told, "Pirkanmaa")]

        await told.at("2027-02-15 10:01")
        reminded = await _sent(told, "events.reminder")
        assert len(reminded) == 12 + 5 + 2
        ten = datetime(2027, 2, 15, 10, 0, tzinfo=HELSINKI)
        heard = [(at, words) for at, words in await told.posted_to(GUEST) if "A reminder" in words]
        assert [at.replace(second=0, microsecond=0) for at, _ in heard] == [ten]
        assert not any("A reminder" in words for _, words in await told.posted_to(UUSIMAA[13]))

        await told.at("2027-02-15 14:00")
        await told.presses(UUSIMAA[0], "events.no")
        lucky = (await told.hears(UUSIMAA[3]))[-1]
        assert "A place is free, and it is yours" in lucky.text
        queue = await _in_order(told, "Uusimaa")
        assert Counter(has_place for _, has_place in queue) == {True: 12, False: 1}
        assert queue[-1] == (UUSIMAA[13].name, False)

        await told.at("2027-02-17 10:01")
        await told.presses(UUSIMAA[3], "events.was_there")
        await told.presses(UUSIMAA[3], "events.learn")
        await told.submits(UUSIMAA[3], lesson="Ask for the free period first.", is_shared=["yes"])
        assert not any("were you there" in words for _, words in await told.posted_to(UUSIMAA[13]))
        await told.presses(TAINA, "events.attendance")
        list_ = (await told.hears(TAINA))[-1]
        assert "Were there: 1" in list_.words
        assert "Ask for the free period first." in list_.words
        assert "Coming* (17)" in list_.words.replace("\u2060", "")


async def test_a_weekday_that_does_not_fit_is_queried(database_url: str) -> None:
    async with story(database_url, "2027-02-01 09:00", TAINA, channels=REGIONS) as told:
        await told.commands(TAINA, LINE.replace("ti 16.2.", "ma 16.2."))
        asked = (await told.hears(TAINA))[-1]
        assert "The weekday and the date do not fit: that day is Tue 16 Feb" in asked.words.replace(",", "")
        assert asked.button("events.publish") is None
        await told.presses(TAINA, "events.edit")
        await told.submits(TAINA)
        assert (await told.hears(TAINA))[-1].button("events.publish") is not None, "whoever looked at it is believed"


async def _answers(told: Story, who: Cast, channel: str, action_id: str) -> None:
    """Presses that button on the post in the channel."""
    place = told.sandbox.workspace.conversations.channel_named(channel)
    assert place is not None
    post = next(one for one in await told.shown_in(who, channel) if "events.yes" in str(one["blocks"]))
    button = next(
        one for block in post["blocks"] for one in block.get("elements", []) if one.get("action_id") == action_id
    )
    await told._act("press", user=who.id, channel=place.id, ts=post["ts"], action_id=action_id, value=button["value"])


async def _posts(told: Story) -> list[dict[str, Any]]:
    """What was posted into channels."""
    calls = [call.arguments for call in told.sandbox.log.since(0, "chat.postMessage") if call.ok]
    return [one for one in calls if str(one["channel"]).startswith("C")]


async def _shown(told: Story, channel: str) -> str:
    return str(next(one for one in await told.shown_in(TAINA, channel) if "events.yes" in str(one["blocks"]))["blocks"])


async def _in_order(told: Story, region: str) -> list[tuple[str, bool]]:
    """Who said yes in this region, in order, and whether they have a place."""
    rows = [one for one in await told.rows(EventReplyRow) if one.region == region and one.answer == "yes"]
    async with told.silta.database.reading() as store:
        members = await store.members.by_ids([one.member_id or 0 for one in rows])
    return [(members[one.member_id or 0].name, one.has_place) for one in sorted(rows, key=lambda one: one.place)]


async def _sent(told: Story, kind: str) -> list[OutboxRow]:
    async with told.silta.database.reading() as store:
        query = select(OutboxRow).where(OutboxRow.kind == kind, OutboxRow.state == SENT)
        return list((await store.members._session.scalars(query)).all())
