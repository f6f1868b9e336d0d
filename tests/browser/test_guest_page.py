"""A guest answers on their page in a real browser: by keyboard alone, without JavaScript, on a phone."""

import pytest
from playwright.async_api import Browser, Page, ViewportSize, expect

from storage.database import Database
from tests.handlers.guest_stage import guest_stage

pytestmark = pytest.mark.browser

PHONE: ViewportSize = {"width": 360, "height": 740}


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


async def _tab_to(page: Page, name: str) -> None:
    """Press Tab until the button of that name has the focus."""
    wanted = page.get_by_role("button", name=name)
    for _ in range(30):
        await page.keyboard.press("Tab")
        if await wanted.evaluate("one => one === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not reach {name}")
