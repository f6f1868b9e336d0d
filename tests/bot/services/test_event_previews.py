"""What a preview says is what publishing does: who is told anew, whose event it is, what somebody else changed."""

from dataclasses import replace
from datetime import time, timedelta
from zoneinfo import ZoneInfo

from bot.facts.events import Draft, EventPreview, EventRuns, EventUnclear
from bot.language import Translator
from bot.messages import event_desk, event_forms
from bot.programme import Events, Programme
from bot.services import Services
from bot.services import build as build_services
from sandbox import Clock
from storage.database import Database
from storage.members import MemberRow
from tests.bot.services.test_events import CHANNELS, DRAFT, announced, coordinator, drafted, kept, services_of
from tests.storage.rows import NOW, add_member

MUCH_LATER = NOW + timedelta(hours=2)


async def previewed(
    database: Database, services: Services, by: MemberRow, draft: Draft, changes: int | None = None
) -> EventPreview:
    found = await services.event_drafts.preview(by.id, await drafted(database, by, draft, changes))
    assert isinstance(found, EventPreview)
    return found


async def test_a_change_invites_nobody_again_and_a_wider_audience_only_who_is_new(database: Database) -> None:
    services = services_of(database)
    for region in ("Uusimaa", "Uusimaa", "Lappi"):
        await add_member(database, region=region)
    event, taina = await announced(database, services)
    await services.events.hold()

    moved = await previewed(database, services, taina, replace(DRAFT, ends=time(10)), event.id)
    wider = await previewed(
        database, services, taina, replace(DRAFT, regions=("Uusimaa", "Pirkanmaa", "Lappi")), event.id
    )

    assert (moved.changes, moved.invited) == (("time",), 0)
    assert (wider.changes, wider.people, wider.invited) == (("audience",), 3, 1)


async def test_whoever_organises_it_is_not_counted_as_invited_and_stays_organiser(database: Database) -> None:
    services = services_of(database)
    taina = await add_member(database, name="Taina", roles=("coordinator",), region="Uusimaa")
    tarja = await add_member(database, name="Tarja", roles=("coordinator",), region="Lappi")
    first = await previewed(database, services, taina, DRAFT)
    runs = await services.events.publish(taina.id, first.draft_ref)
    assert isinstance(runs, EventRuns)
    event = await kept(database, runs.event.ref)

    changed = await previewed(database, services, tarja, replace(DRAFT, place="Room 2"), event.id)

    assert (first.people, first.invited) == (1, 0)
    assert changed.event.organiser is not None
    assert changed.event.organiser.name == "Taina"


async def test_reaching_many_is_asked_back_also_later_and_by_a_change(database: Database) -> None:
    programme = Programme(events=Events(channels=CHANNELS, confirm_above=2))
    services = build_services(database, Clock(NOW), programme)
    for region in ("Uusimaa", "Lappi", "Lappi"):
        await add_member(database, region=region)
    small, everywhere = replace(DRAFT, regions=("Uusimaa",)), replace(DRAFT, regions=("Uusimaa", "Lappi"))
    event, taina = await announced(database, services, small)

    narrow = await previewed(database, services, taina, replace(small, place="Room 2"), event.id)
    wider = await previewed(database, services, taina, everywhere, event.id)
    new = await previewed(database, services, taina, everywhere)

    assert (narrow.is_wide, wider.is_wide, new.is_wide) == (False, True, True)
    buttons = event_desk.preview(Translator("en"), new).blocks[-1].to_dict()["elements"]
    asked_back = {one["action_id"]: one["confirm"]["confirm"]["text"] for one in buttons if "confirm" in one}
    assert asked_back == {"events.publish": "Publish", "events.schedule": "Schedule"}


async def test_the_clock_of_an_audience_elsewhere_is_shown_also_when_it_is_one(database: Database) -> None:
    services = services_of(database)
    await add_member(database, country="DE", timezone="Europe/Berlin", region="Bayern")
    taina = await coordinator(database)
    preview = await previewed(database, services, taina, replace(DRAFT, regions=("Bayern",)))

    helsinki = str(event_desk.preview(Translator("en", ZoneInfo("Europe/Helsinki")), preview).blocks)
    berlin = str(event_desk.preview(Translator("en", ZoneInfo("Europe/Berlin")), preview).blocks)

    assert "Germany: Tue 16 Feb at 07:30" in helsinki.replace(",", "")
    assert "Germany:" not in berlin, "by the reader's own clock it stands there already"


async def test_everything_that_narrows_the_audience_is_said(database: Database) -> None:
    services, taina = services_of(database), await coordinator(database)
    narrow = replace(DRAFT, regions=(), roles=("leader",), languages=("de",), institutions=("Siltala",))

    words = str(event_desk.preview(Translator("en"), await previewed(database, services, taina, narrow)).blocks)

    for limit in ("Only for: Leaders", "Only for: Siltala", "Only for people who speak: German"):
        assert limit in words


async def test_a_draft_does_not_undo_what_somebody_else_has_changed_meanwhile(database: Database) -> None:
    services, later = services_of(database), services_of(database, MUCH_LATER)
    event, taina = await announced(database, services)
    tarja = await coordinator(database)
    place = await drafted(database, taina, replace(DRAFT, place="Room 2"), changes=event.id)
    clock = await drafted(database, tarja, replace(DRAFT, begins=time(9)), changes=event.id)
    assert isinstance(await later.events.publish(tarja.id, clock), EventRuns)

    asked = await later.events.publish(taina.id, place)

    assert isinstance(asked, EventUnclear)
    assert [one.name for one in asked.mistakes] == ["changed_meanwhile"]
    assert (await kept(database, event.ref)).place == ""
    form = await later.event_drafts.form(taina.id, place)
    assert form.draft.place == "Room 2", "the draft is kept"
    async with database.transaction() as store:
        row = await store.events.held_draft(taina.workspace, place)
        assert row is not None
        row.changed_at = MUCH_LATER + timedelta(minutes=5)
    seen = await later.event_drafts.preview(taina.id, place)
    assert isinstance(seen, EventPreview)
    assert seen.changes == ("time", "place"), "the preview now says what publishing would undo"
    assert isinstance(await later.events.publish(taina.id, place), EventRuns)


async def test_the_form_says_by_which_clock_it_goes(database: Database) -> None:
    event, _ = await announced(database, services_of(database))
    hannes = await add_member(database, roles=("coordinator",), timezone="Europe/Berlin", country="DE")

    form = await services_of(database).event_drafts.form(hannes.id, event.ref)

    def label(zone: str) -> str:
        view = event_forms.form(Translator("en", ZoneInfo(zone)), form, form.draft_ref).to_dict()
        return next(str(one["label"]["text"]) for one in view["blocks"] if one["block_id"] == "begins")

    assert label("Europe/Berlin") == "Begins (time in Helsinki)"
    assert label("Europe/Helsinki") == "Begins, by your clock"
