"""A real headless browser and a real `silta demo`; no window may complain or call anywhere else."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import pytest
from playwright.async_api import Browser, async_playwright

from tests.browser.stage import ARGUMENTS, Window, installed_chromium, practice_workspace
from tests.conftest import skip_or_fail

TUESDAY = "2027-01-19T10:12"

OpenWindow = Callable[..., Awaitable[Window]]


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a screen, with a profile of its own that is gone afterwards."""
    found = installed_chromium()
    if found is None:
        skip_or_fail("Chromium is not installed")
    async with async_playwright() as playwright:
        launched = await playwright.chromium.launch(executable_path=found, args=ARGUMENTS)
        yield launched
        await launched.close()


@pytest.fixture
def demo() -> Iterator[str]:
    """The address of a practice workspace of this test alone, on Tuesday 19 January 2027, 10:12 in Helsinki."""
    with practice_workspace(TUESDAY) as url:
        yield url


@pytest.fixture(scope="module")
def shared_demo() -> Iterator[str]:
    """The same for tests that stay in each other's company without harm."""
    with practice_workspace(TUESDAY) as url:
        yield url


@pytest.fixture
async def open_window(browser: Browser) -> AsyncIterator[OpenWindow]:
    """Opens windows with cookies and storage of their own; afterwards none may have complained or called elsewhere."""
    windows: list[Window] = []

    async def open_one(url: str, user: str | None = None, *, width: int = 1360, height: int = 850) -> Window:
        context = await browser.new_context(viewport={"width": width, "height": height})
        window = Window(await context.new_page(), url)
        windows.append(window)
        await window.look_in(user)
        return window

    yield open_one
    for window in windows:
        assert window.complaints == []
        assert window.calls_elsewhere == []
        await window.page.context.close()
