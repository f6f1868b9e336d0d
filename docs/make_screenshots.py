"""Make the screenshots of the README from the real page: `uv run python docs/make_screenshots.py`."""

import asyncio
from pathlib import Path

from playwright.async_api import Browser, ViewportSize, async_playwright, expect

from tests.browser.stage import ARGUMENTS, Window, installed_chromium, practice_workspace

FOLDER = Path(__file__).parent / "screenshots"
QUESTION = (
    "moi! oon sähkäri ja alotan opeopinnot haaga-heliassa, can u find some1 sähköalalta juttelee, mielellää helsinki"
)
# The highlight of what is new fades within two seconds.
UNTIL_ALL_IS_CALM_MS = 2_500


async def main() -> None:
    """Play the beginning of D1: Sanna asks on a laptop, Leena is asked on a phone."""
    with practice_workspace("2027-01-19T10:12") as url:
        async with async_playwright() as playwright:
            browser = await playwright.chromium.launch(executable_path=installed_chromium(), args=ARGUMENTS)
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
            await browser.close()


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
    asyncio.run(main())
