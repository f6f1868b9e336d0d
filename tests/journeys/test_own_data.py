"""My data and "forget me": everything is shown to its person, nothing of them is left, and others hear no name."""

import asyncio
import io
import json
import zipfile
from datetime import date, timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import select
from structlog.testing import capture_logs

from bot import services as all_services
from bot.errors import LastCoordinator, UnknownReference
from bot.facts.own_data import DataLink, DataPart, Forgotten, NothingStored
from bot.programme import Programme
from bot.rules.open_time import DayRange
from bot.services import Services
from bot.services.members_file import MembersFile
from bot.services.own_data import OwnData
from handlers.http import web_app
from sandbox import Clock
from storage.database import Database
from storage.events import PUBLISHED, EventDraftRow, EventReplyRow, EventRow
from storage.guests import FeedRow
from storage.introductions import OPEN
from storage.meetups import MeetupMemberRow
from storage.questions import QuestionRow
from storage.reports import ReportRow
from storage.schema import metadata
from tests.journeys.stage import Cast, Heard, Story, helsinki, story
from tests.storage.rows import (
    NOW,
    add_agenda,
    add_ask,
    add_circle,
    add_introduction,
    add_member,
    add_round,
    intent,
    put,
)

SANNA = Cast("Sanna Laine", "student", ("0713",), locale="en-GB")
PEKKA = Cast("Pekka Salo", "student", ("0713",), locale="en-GB")
LEENA = Cast("Leena Harjula", fields=("0713",), locale="en-GB", email="leena@koulu.example", offer="I show the hall.")
ONNI = Cast("Onni Aalto", fields=("0713",), locale="en-GB")
TAINA = Cast("Taina Koski", "coordinator", locale="en-GB")


async def everything(database: Database) -> str:
    """Every column of every row of every table, as one text."""
    async with database.engine.connect() as connection:
        rows = [row for table in metadata.sorted_tables for row in await connection.execute(select(table))]
    return "\n".join(str(tuple(row)) for row in rows)


def traces(text: str, *of: str) -> list[str]:
    return [one for one in of if one.lower() in text.lower()]


def own_copy(heard: list[Heard], form: str) -> str:
    """The copy in the direct messages, put together again."""
    pieces = [one for one in heard if one.text.startswith(f"Everything I have stored about you as {form}")]
    return "".join(block["text"]["text"] + "\n" for one in pieces for block in one.blocks[1:])


async def _in_contact_and_asked(told: Story) -> None:
    """Leena is in contact with Sanna, asked about it, and Pekka has asked her too."""
    await told.asks_in(SANNA, "electrical engineering", "Leena", note="I am curious")
    await told.presses(LEENA, "introductions.accept")
    await told.at("2027-01-28 10:05")
    await told.asks_in(PEKKA, "electrical engineering", "Leena")


async def _does_a_bit_of_everything(told: Story) -> None:
    """Leena leaves a trace in as many tables as a person can."""
    leena, onni, services = await told.member(LEENA), await told.member(ONNI), told.silta.services
    await services.circles.join(leena.id, "0713")
    await services.avoids.avoid(leena.id, onni.ref)
    await services.promises.note(leena.id, "I promised Sanna the plans of Leena's workshop")
    await services.nudges.choose_rhythm(leena.id, "monthly")
    await services.away.confirm(leena.id, [DayRange(date(2027, 3, 1), date(2027, 3, 5))])
    async with told.silta.database.transaction() as store:
        session, here, now = store.members._session, leena.workspace, told.clock.now()
        starts = {"starts_at": now + timedelta(days=9), "ends_at": now + timedelta(days=9, hours=1), "publish_at": now}
        event = EventRow(**starts, workspace=here, state=PUBLISHED, kind="other", title="Coffee", organiser_id=leena.id)
        event.zone, event.officiality, event.replies_close_at = "Europe/Helsinki", "semi_official", starts["starts_at"]
        event.changed_at = now
        question = QuestionRow(workspace=here, asker_id=leena.id, receiver_id=onni.id, words="Leena asks", asked_at=now)
        report = ReportRow(workspace=here, category="no_answer", reported_at=now, reported_id=leena.id)
        draft = EventDraftRow(workspace=here, author_id=leena.id, content={"title": "by Leena"}, changed_at=now)
        feed = FeedRow(workspace=here, member_id=leena.id, key_digest="x" * 64, made_at=now)
        session.add_all([event, question, report, draft, feed])
        await store.flush()
        reply = {"event_id": event.id, "member_id": leena.id, "answer": "yes", "replied_at": now}
        session.add(EventReplyRow(workspace=here, **reply))
        await store.data_links.new(here, leena.id, now)


async def _fresh_exports(told: Story) -> str:
    """What everybody who is left may take with them now: their own copies, the members file, the audit trail."""
    services, exported = told.silta.services, io.StringIO()
    file = MembersFile(told.silta.database, services.profiles.recogniser, Programme())
    await file.export(told.silta.workspace, exported)
    copies = [await services.own_data.export((await told.member(one)).id) for one in (SANNA, PEKKA, ONNI, TAINA)]
    async with told.silta.database.reading() as store:
        trail = await store.audit.between(told.silta.workspace, helsinki("2027-01-01 00:00"), told.clock.now())
        said = [f"{one.actor_id} {one.action} {one.about} {one.outcome}" for one in trail]
    return "\n".join([exported.getvalue(), str(copies), *said])


async def test_after_forget_me_nothing_of_a_person_is_left_anywhere(
    database_url: str, caplog: pytest.LogCaptureFixture
) -> None:
    with capture_logs() as log:
        async with story(database_url, "2027-01-19 10:12", SANNA, PEKKA, LEENA, ONNI, TAINA) as told:
            await _in_contact_and_asked(told)
            await _does_a_bit_of_everything(told)
            ref = (await told.member(LEENA)).ref
            them = (LEENA.id, ref, "Leena", "Harjula", "leena@koulu.example", "I show the hall.")
            assert traces(await everything(told.silta.database), *them) == [*them]
            assert {"Leena", "Harjula", LEENA.id} <= {*traces(await _fresh_exports(told), *them)}

            await told.commands(LEENA, "forget-me")
            card = (await told.hears(LEENA))[-1]
            ends = ("1 contact", "1 request to you", "1 circle", "1 answer to an event")
            assert [one for one in ends if one not in card.words] == []
            await told.presses(LEENA, "members.confirm_forget")

            assert (await told.hears(LEENA))[-1].text.startswith("Done. Nothing about you is stored")
            assert traces(await everything(told.silta.database), *them) == []
            assert traces(await _fresh_exports(told), *them) == []
            await told.commands(LEENA, "my-data")
            assert (await told.hears(LEENA))[-1].text == "Nothing about you is stored here."
            await told.commands(LEENA, "forget-me")
            await told.writes(LEENA, "forget me")
            confirm = card.button("members.confirm_forget")
            assert confirm is not None
            await told.presses_on(LEENA, card, confirm)
            assert (await told.hears(LEENA))[-1].text == "Nothing about you is stored here."
            assert traces(await everything(told.silta.database), *them) == []

            heard = "\n".join(one.text for one in await told.hears(SANNA))
            assert "Your contact in *Electricity and energy*, asked for on Tue 19 Jan, has ended" in heard
            assert "is not available right now" in (await told.hears(PEKKA))[-1].text
            shown = [one for one in (*await told.hears(SANNA), *await told.hears_in_groups(SANNA)) if one.text == ENDED]
            assert len(shown) == 2, "the question how it goes, and the introduction in their group"
    assert traces(f"{log}\n{caplog.text}", *them) == []


ENDED = "This contact has ended. There is nothing you need to do."


async def test_my_data_is_all_of_mine_and_nothing_of_what_others_keep_private(sqlite_url: str) -> None:
    async with story(sqlite_url, "2027-01-19 10:12", SANNA, PEKKA, LEENA, ONNI) as told:
        await _in_contact_and_asked(told)
        async with told.silta.database.transaction() as store:
            leena, pekka = await told.member(LEENA), await told.member(PEKKA)
            await store.avoids.add(leena.workspace, pekka.id, leena.id, told.clock.now())

        await told.writes(LEENA, "omat tietoni")

        copy: dict[str, Any] = json.loads(own_copy(await told.hears(LEENA), "JSON"))
        assert copy["members"][0]["email"] == "leena@koulu.example"
        assert [(one["my_part"], one["asker_id"]) for one in copy["introductions"]] == [
            ("contact", "Sanna Laine"),
            ("contact", "Pekka Salo"),
        ]
        assert "avoids" not in copy, "who avoids me is not mine to know"
        assert "members,1,email,leena@koulu.example" in own_copy(await told.hears(LEENA), "CSV")


def services_of(database: Database, public_url: str | None = None) -> Services:
    return all_services.build(database, Clock(NOW), Programme(), public_url)


async def test_asker_is_not_told_by_their_data_why_somebody_was_not_available(database: Database) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    for state in ("declined", "released", "passed_on", "unavailable"):
        await add_introduction(database, await add_ask(database, sanna), leena, state=state, ended_at=NOW)

    async with database.reading() as store:
        rows = (await store.belongings.of(sanna.id))["introductions"]

    assert len({json.dumps(row) for row in rows}) == 1


async def test_contact_does_not_learn_of_a_request_that_never_reached_them(database: Database) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    await add_introduction(database, await add_ask(database, sanna), leena)

    async with database.reading() as store:
        assert "introductions" not in await store.belongings.of(leena.id)


async def test_address_of_a_copy_works_once_and_for_a_day(database: Database) -> None:
    services = services_of(database, "https://silta.example.org")
    leena = await add_member(database, "0713", email="leena@example.org")

    async def secret() -> str:
        (fact,) = await services.own_data.export(leena.id)
        assert isinstance(fact, DataLink)
        return fact.url.removeprefix("https://silta.example.org/my-data/").removesuffix(".zip")

    first = await secret()
    assert first not in await everything(database)
    packed = await services.own_data.copy_for(first)
    assert packed is not None
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        assert json.loads(archive.read("silta-my-data.json"))["members"][0]["email"] == "leena@example.org"
        assert "leena@example.org" in archive.read("silta-my-data.csv").decode("utf-8-sig")
    assert await services.own_data.copy_for(first) is None
    late = await secret()
    a_day_later = OwnData(database, Clock(NOW + timedelta(days=1, minutes=1)))
    assert await a_day_later.copy_for(late) is None


async def test_only_opening_the_address_uses_it_up(database: Database) -> None:
    services = services_of(database, "https://silta.example.org")
    leena = await add_member(database, "0713")
    (link,) = await services.own_data.export(leena.id)
    assert isinstance(link, DataLink)

    async def healthy() -> bool:
        return True

    transport = httpx.ASGITransport(web_app(healthy, None, None, copy_for=services.own_data.copy_for))
    async with httpx.AsyncClient(transport=transport) as browser:
        assert (await browser.head(link.url)).status_code == 404
        assert (await browser.get("https://silta.example.org/my-data/guess.zip")).status_code == 404
        opened = await browser.get(link.url)
        assert (opened.status_code, opened.content[:2]) == (200, b"PK")
        assert "no-store" in opened.headers["cache-control"]
        assert (await browser.get(link.url)).status_code == 404


async def test_a_spreadsheet_takes_nothing_in_a_copy_for_a_formula(database: Database) -> None:
    leena = await add_member(database, offer='=HYPERLINK("https://example.org")')

    facts = await services_of(database).own_data.export(leena.id)

    words = "".join(word for fact in facts if isinstance(fact, DataPart) and fact.form == "CSV" for word in fact.words)
    assert '"\'=HYPERLINK(""https://example.org"")"' in words


async def test_a_button_of_somebody_else_forgets_nobody(database: Database) -> None:
    leena, onni = await add_member(database), await add_member(database)
    services = services_of(database)

    for forged in (onni.ref, "", "no-such-ref"):
        with pytest.raises(UnknownReference):
            await services.leaving.forget(leena.id, forged)

    async with database.reading() as store:
        assert set(await store.members.by_ids({leena.id, onni.id})) == {leena.id, onni.id}


async def test_last_coordinator_stays_until_there_is_another(database: Database) -> None:
    taina = await add_member(database, roles=("coordinator",))
    services = services_of(database)
    with pytest.raises(LastCoordinator):
        await services.leaving.consequences(taina.id)
    with pytest.raises(LastCoordinator):
        await services.leaving.forget_somebody(taina.workspace, taina.external_id or "")

    await add_member(database, roles=("coordinator",))

    assert isinstance(await services.leaving.forget(taina.id, taina.ref), Forgotten)
    assert isinstance(await services.leaving.forget(taina.id, taina.ref), NothingStored)


async def test_places_of_others_are_free_again_and_sums_stay(database: Database) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713", capacity=1)
    await add_introduction(database, await add_ask(database, sanna), leena, state=OPEN)
    services = services_of(database)

    await services.leaving.forget(sanna.id, sanna.ref)

    async with database.reading() as store:
        assert await store.candidates.load_of(leena.id) == 0
        assert await store.listings.wrong_ones() == []
        assert await store.introductions.all_of(leena.id) == []
    assert "'2027-01', 'introductions.open', 1" in await everything(database)
    assert "'members.forget'" in await everything(database)


async def test_two_who_are_in_contact_are_forgotten_at_the_same_moment(database: Database) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    await add_introduction(database, await add_ask(database, sanna), leena, state=OPEN)
    leaving = services_of(database).leaving

    ended = await asyncio.gather(*(leaving.forget(one.id, one.ref) for one in (sanna, leena, sanna)))

    assert sorted(type(one).__name__ for one in ended) == ["Forgotten", "Forgotten", "NothingStored"]
    async with database.reading() as store:
        assert await store.members.everyone(sanna.workspace) == []


async def test_the_group_of_a_meetup_still_opens_when_its_first_member_is_forgotten(database: Database) -> None:
    first, second, third = [await add_member(database, "0713") for _ in range(3)]
    circle = await add_circle(database, workspace=first.workspace)
    held = await add_round(database, circle, closes_at=NOW)
    meetup = await add_agenda(
        database, held, starts_at=NOW + timedelta(days=3), ends_at=NOW + timedelta(days=3, hours=1)
    )
    async with database.transaction() as store:
        for member in (first, second, third):
            await store.circles.join(circle, member, NOW)
            store.meetups.add(MeetupMemberRow(meetup_id=meetup.id, member_id=member.id, workspace=circle.workspace))
    await put(
        database, intent(first, f"meetups.group:{meetup.ref}:{first.id}", kind="meetups.group", subject=meetup.ref)
    )

    await services_of(database).leaving.forget(first.id, first.ref)

    async with database.reading() as store:
        assert [one.subject for one in await store.outbox.all_to(second.id, "meetups.group")] == [meetup.ref]
        assert [one.id for one in await store.meetups.people(meetup.id)] == [second.id, third.id]


async def test_what_others_see_of_an_ask_forgets_the_person_too(database: Database) -> None:
    sanna, leena = await add_member(database, roles=("student",)), await add_member(database, "0713")
    ask = await add_ask(database, sanna)
    async with database.transaction() as store:
        (await store.asks.by_id(ask.id)).shown = ("other-ref", leena.ref)

    await services_of(database).leaving.forget_somebody(leena.workspace, leena.external_id or "")

    async with database.reading() as store:
        assert (await store.asks.by_id(ask.id)).shown == ("other-ref",)
