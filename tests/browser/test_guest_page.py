"""A guest answers on their page in a real browser: by keyboard alone, without JavaScript, on a phone."""

from datetime import timedelta
from typing import Final, Literal

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from storage.database import Database
from tests.browser.contrast import Seen, contrast, seen_on
from tests.handlers.guest_stage import guest_stage

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 740}
PAPER: Final = {"light": "rgb(255, 255, 255)", "dark": "rgb(21, 25, 30)"}


async def test_a_guest_answers_by_keyboard_alone_and_without_javascript(browser: Browser, database: Database) -> None:
    async with guest_stage(database) as stage:
        context = await browser.new_context(java_script_enabled=False, locale="fi-FI", viewport=PHONE)
        page = await context.new_page()
        await page.goto(stage.page)
        await expect(page.get_by_role("heading", level=1)).to_have_text("Aamukahvit")
        await expect(page.get_by_role("group", name="Pääsetkö tulemaan?")).to_be_visible()

        await _tab_to(page, "Tulen")
        await page.keyboard.press("Enter")

        await expect(page.get_by_role("status")).to_have_text("Hienoa, olet tulossa.")
        attendance = await stage.services.events.attendance(stage.coordinator.id, stage.event.ref)
        assert [(one.name, one.state) for one in attendance.people] == [("Otto Gast", "yes")]
        assert await context.cookies() == []
        await context.close()


async def test_language_and_clock_are_chosen_and_stay_when_answering(browser: Browser, database: Database) -> None:
    async with guest_stage(database) as stage:
        context = await browser.new_context(java_script_enabled=False, locale="en-GB", viewport=PHONE)
        page = await context.new_page()
        await page.goto(stage.page)
        await page.get_by_role("link", name="Deutsch").click()
        await page.get_by_label("Uhrzeit zeigen für").select_option("Europe/Istanbul")
        await page.get_by_role("button", name="Zeigen").click()
        await page.get_by_role("button", name="Vielleicht").click()

        await expect(page.get_by_role("status")).to_contain_text("vielleicht")
        await expect(page.locator("html")).to_have_attribute("lang", "de")
        await expect(page.locator("dd").first).to_contain_text("09:30")
        await expect(page.locator("dd").first).to_contain_text("08:30")
        await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_the_page_fits_a_phone_and_its_policy_lets_its_own_style_through(
    browser: Browser, database: Database, scheme: str
) -> None:
    async with guest_stage(database, "W" * 150) as stage:
        context = await browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
        page = await context.new_page()
        complaints: list[str] = []
        page.on("console", lambda message: complaints.append(message.text))
        await page.goto(stage.page)

        wide = await page.evaluate("document.documentElement.scrollWidth")
        thin = await page.evaluate(
            "[...document.querySelectorAll('button,select')].filter(one => one.offsetHeight < 44).length"
        )

        assert (wide, thin) == (PHONE["width"], 0)
        assert [one for one in complaints if "favicon" not in one] == []
        await context.close()


async def test_everything_on_the_page_is_done_by_keyboard_and_the_focus_is_seen(
    browser: Browser, database: Database
) -> None:
    async with guest_stage(database) as stage:
        context = await browser.new_context(java_script_enabled=False, locale="en-GB", viewport=PHONE)
        page = await context.new_page()
        await page.goto(stage.page)

        await _tab_to(page, "Deutsch", "link")
        await page.keyboard.press("Enter")
        await expect(page.locator("html")).to_have_attribute("lang", "de")
        await _tab_to(page, "Uhrzeit zeigen für", "combobox")
        await page.keyboard.type("Ist")
        await _tab_to(page, "Zeigen")
        await page.keyboard.press("Space")
        await expect(page.locator("dd").first).to_contain_text("09:30")
        await _tab_to(page, "Ich komme")
        await page.keyboard.press("Space")
        await expect(page.get_by_role("status")).to_have_text("Schön, du kommst.")
        await _tab_to(page, "Diesmal nicht")
        await page.keyboard.press("Enter")

        await expect(page.get_by_role("status")).to_contain_text("Du kommst nicht")
        (guest,) = (await stage.services.events.attendance(stage.coordinator.id, stage.event.ref)).people
        assert guest.state == "no"
        await context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_words_controls_and_focus_stand_out_as_wcag_aa_asks(
    browser: Browser, database: Database, scheme: str
) -> None:
    async with guest_stage(database) as stage:
        context = await browser.new_context(viewport=PHONE, color_scheme="dark" if scheme == "dark" else "light")
        page = await context.new_page()
        await page.goto(stage.page)
        seen = await _seen_everywhere(page)
        await page.get_by_role("button", name="I'm coming").click()
        seen += await _seen_everywhere(page)
        await stage.clock.travel(stage.event.replies_close_at + timedelta(hours=1))
        await page.goto(stage.page)
        seen += await _seen_everywhere(page)
        await stage.clock.travel(stage.event.ends_at + timedelta(hours=1))
        await page.goto(stage.page)
        seen += await _seen_everywhere(page)
        await page.goto(f"{stage.url}/events/{'a' * 32}")
        seen += await _seen_everywhere(page)

        assert [one for one in seen if not one.is_enough] == []
        assert {one.ground for one in seen if one.name.startswith("H1")} == {PAPER[scheme]}, "its own style is shown"
        assert sum(one.name.endswith("focus") for one in seen) > 20
        await context.close()


def test_contrast_is_measured_as_wcag_says() -> None:
    assert contrast("rgb(0, 0, 0)", "rgb(255, 255, 255)") == pytest.approx(21)
    assert contrast("rgb(119, 119, 119)", "rgb(255, 255, 255)") == pytest.approx(4.48, abs=0.005)
    assert not Seen("P", "rgb(119, 119, 119)", "rgb(255, 255, 255)", is_words=True).is_enough
    assert Seen("P, edge", "rgb(119, 119, 119)", "rgb(255, 255, 255)", is_words=False).is_enough


async def _seen_everywhere(page: Page) -> list[Seen]:
    """What stands on the page, and the focus at each place where the keyboard stops."""
    seen = await seen_on(page)
    for _ in range(await page.locator("a, button, select").count()):
        await page.keyboard.press("Tab")
        seen += [one for one in await seen_on(page) if one.name.endswith("focus")]
    return seen


async def _tab_to(page: Page, name: str, role: Literal["button", "combobox", "link"] = "button") -> None:
    """Press Tab until the control of that name has the focus."""
    wanted = page.get_by_role(role, name=name, exact=True)
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {name}")
