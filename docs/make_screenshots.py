"""Make the screenshots of the docs from the real page: `uv run python docs/make_screenshots.py [demo] [homes]`."""

import asyncio
import sys
import tempfile
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final

from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from bot.facts.events import EventPreview, EventRuns
from bot.programme import Institution, Programme
from bot.services import Services
from storage.asks import WITH_COORDINATOR
from storage.database import Database
from storage.meetups import MeetupMemberRow
from storage.members import MemberRow
from tests.browser.stage import ARGUMENTS, Window, installed_chromium, practice_workspace
from tests.journeys.stage import Cast, Story, story
from tests.storage.rows import add_agenda, add_ask, add_circle, add_round, add_wait

FOLDER = Path(__file__).parent / "screenshots"
QUESTION = (
    "moi! oon sähkäri ja alotan opeopinnot haaga-heliassa, can u find some1 sähköalalta juttelee, mielellää helsinki"
)
# The highlight of what is new fades within two seconds.
UNTIL_ALL_IS_CALM_MS = 2_500
A_TALL_PAGE: Final = ViewportSize(width=1_180, height=2_600)
SCHOOL, COLLEGE = "Siltarannan ammattiopisto", "Kuusilammen opettajakorkea"
WELDING, ELECTRICITY, BUILDING = "0715", "0713", "0732"


@dataclass(frozen=True)
class Tongue:
    """One language of the homes, with what people in it would write themselves."""

    code: str
    locale: str
    field: str
    event: str
    promise: str
    offer: str


TONGUES: Final = (
    Tongue(
        "fi",
        "fi-FI",
        "etsin kontaktia sähköalalta",
        "Sähköopettajien aamukahvit ti 16.2. 8.30-9.15 uusimaa, ilmoittaudu 12.2. mennessä",
        "lähetän Emilille työsalin kuvat",
        "Kerron, millaista on opettaa yötyön jälkeen.",
    ),
    Tongue(
        "en",
        "en-GB",
        "I need a contact in electricity",
        "Morning coffee for electrical teachers Tue 16 Feb 8:30-9:15 Uusimaa, reply by 12 Feb",
        "send Emil the pictures of the workshop",
        "I can tell what teaching is like beside shift work.",
    ),
)


async def main(wanted: set[str]) -> None:
    """Make those that are wanted, or all."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=installed_chromium(), args=ARGUMENTS)
        if "demo" in wanted:
            await _demo(browser)
        if "homes" in wanted:
            for tongue in TONGUES:
                await _homes(browser, tongue)
        await browser.close()


async def _demo(browser: Browser) -> None:
    """Play the beginning of D1: Sanna asks on a laptop, Leena is asked on a phone."""
    with practice_workspace("2027-01-19T10:12") as url:
        sanna = await _window(browser, url, "U0SANNA", ViewportSize(width=1280, height=800))
        await sanna.writes(QUESTION)
        await sanna.presses("fields.confirm")
        await expect(sanna.element("introductions.request").first).to_be_visible()
        await _keep(sanna, "demo.png")
        await sanna.element("introductions.request").first.click()
        await sanna.at("modal").locator('input[value="see_the_work"]').check()
        await sanna.at("modal").locator("textarea").fill("haluisin nähä työsalin")
        await sanna.at("modal-submit").click()
        leena = await _window(browser, url, "U0LEENA", ViewportSize(width=390, height=760), sharpness=2)
        await expect(leena.element("introductions.accept")).to_be_visible()
        await _keep(leena, "demo-phone.png")


async def _homes(browser: Browser, tongue: Tongue) -> None:
    """The home of each role on a Tuesday on which something waits for everybody."""
    newcomer = Cast("Noora Alasalmi", "student", locale=tongue.locale)
    known = _people(tongue)
    programme = Programme(institutions=(Institution(name=SCHOOL, country="FI", leader_confirms_contact=True),))
    with tempfile.TemporaryDirectory() as folder:
        async with story(
            f"sqlite:///{folder}/homes.db",
            "2027-01-19 10:12",
            *known.values(),
            programme=programme,
            channels=["Uusimaa"],
        ) as told:
            await _lives(told, known, tongue)
            await told.joins(newcomer)
            for name in ("student", "mentor", "leader", "educator", "coordinator"):
                await _home(browser, told, known[name], f"home-{name}-{tongue.code}.png")
            await _home(browser, told, newcomer, f"home-first-visit-{tongue.code}.png")


async def _home(browser: Browser, told: Story, who: Cast, name: str) -> None:
    window = await _window(browser, told.sandbox.url, who.id, A_TALL_PAGE)
    await window.at("home-tab").click()
    await expect(window.at("home").get_by_role("heading").first).to_be_visible()
    await window.page.mouse.move(0, 0)
    await window.page.wait_for_timeout(UNTIL_ALL_IS_CALM_MS)
    await window.at("home").screenshot(path=FOLDER / name)
    await window.page.close()


def _people(tongue: Tongue) -> dict[str, Cast]:
    """One of each role, and those who make something happen to them; all of them speak this language with Silta."""
    locale = tongue.locale
    others = ("Omar Salim", "Ville Jokiranta", "Jussi Kotalampi", "Samir Aaltola", "Iida Suopelto", "Veera Koivumaa")
    return {
        "student": Cast("Sanna Laine", "student", (ELECTRICITY,), locale=locale, institution=COLLEGE),
        "mentor": Cast(
            "Leena Harjula", "mentor", (ELECTRICITY,), locale=locale, institution=SCHOOL, capacity=3, rhythm="weekly"
        ),
        "leader": Cast("Petri Vainikka", "leader", (ELECTRICITY,), locale=locale, institution=SCHOOL),
        "educator": Cast("Mika Rantaharju", "educator", locale=locale, institution=COLLEGE),
        "coordinator": Cast("Taina Koskivuo", "coordinator", locale=locale, institution=COLLEGE),
        "colleague": Cast(
            "Kari Honkasalo", "mentor", (WELDING,), locale=locale, institution=SCHOOL, offer=tongue.offer
        ),
        "another": Cast("Emil Rannikko", "student", locale=locale),
        **{name: Cast(name, "student", locale=locale) for name in others},
    }


async def _lives(told: Story, known: dict[str, Cast], tongue: Tongue) -> None:
    """A contact, a request, a circle that meets, an event, somebody to confirm, and people who wait."""
    services, database = told.silta.services, told.silta.database
    people = {name: await told.member(who) for name, who in known.items()}
    for asker in ("another", "student"):
        await told.writes(known[asker], tongue.field)
        await told.asks(known[asker], "Leena")
        if asker == "another":
            await told.presses(known["mentor"], "introductions.accept")
    await services.promises.note(people["mentor"].id, tongue.promise)
    await _meets(told, [people[one] for one in ("mentor", "leader", "student")], ELECTRICITY)
    await _meets(told, [people[one] for one in ("leader", "educator", "coordinator")], "leaders")
    await _announces(services, people, tongue)
    async with database.transaction() as store:
        (await store.members.by_id(people["colleague"].id)).confirmation = "waiting"
    waiting = [member for name, member in people.items() if " " in name]
    for place, member in enumerate(waiting):
        ask = await add_ask(database, member, BUILDING)
        if place:
            await add_wait(database, ask, None)
        else:
            await _asks_for_help(database, ask.id)
    await told._quiet()


async def _meets(told: Story, members: list[MemberRow], code: str) -> None:
    """A circle of these people, who meet next week."""
    database, now = told.silta.database, told.clock.now()
    circle = await add_circle(
        database, workspace=told.silta.workspace, code=code, next_poll_at=now + timedelta(days=13)
    )
    held = await add_round(database, circle, closes_at=now, state="grouped")
    starts_at = now.replace(hour=12, minute=0, second=0, microsecond=0) + timedelta(days=7 if code == "leaders" else 8)
    meetup = await add_agenda(database, held, starts_at=starts_at, ends_at=starts_at + timedelta(minutes=45))
    async with database.transaction() as store:
        for member in members:
            await store.circles.join(circle, member, now)
            store.meetups.add(MeetupMemberRow(meetup_id=meetup.id, member_id=member.id, workspace=member.workspace))


async def _announces(services: Services, people: dict[str, MemberRow], tongue: Tongue) -> None:
    preview = await services.event_drafts.draft(people["coordinator"].id, tongue.event)
    if not isinstance(preview, EventPreview):
        raise TypeError(preview)
    runs = await services.events.publish(people["coordinator"].id, preview.draft_ref)
    if not isinstance(runs, EventRuns):
        raise TypeError(runs)
    for name, answer in (("mentor", "yes"), ("student", "yes"), ("educator", "maybe")):
        await services.event_replies.answer(people[name].id, runs.event.ref, answer)


async def _asks_for_help(database: Database, ask_id: int) -> None:
    async with database.transaction() as store:
        (await store.asks.by_id(ask_id)).state = WITH_COORDINATOR


async def _window(browser: Browser, url: str, user: str, size: ViewportSize, *, sharpness: int = 1) -> Window:
    context = await browser.new_context(viewport=size, device_scale_factor=sharpness)
    window = Window(await context.new_page(), url)
    await window.look_in(user)
    return window


async def _keep(window: Window, name: str) -> None:
    await window.page.mouse.move(0, 0)
    await window.page.wait_for_timeout(UNTIL_ALL_IS_CALM_MS)
    await window.page.screenshot(path=FOLDER / name)


if __name__ == "__main__":
    asyncio.run(main(set(sys.argv[1:]) or {"demo", "homes"}))
