"""The stage of the browser tests: a practice workspace as its own program, and windows in which people act."""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from playwright.async_api import ConsoleMessage, Error, Locator, Page, Request, expect

ROOT = Path(__file__).parents[2]
# Generous, because the machine may be busy with other things: nothing waits longer than it has to.
SECONDS_TO_START = 90.0
PATIENCE_MS = 30_000

NAMES = ("chromium", "chromium-browser", "google-chrome")
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
"""How Chromium is started: quietly, and calling nobody of its own accord."""

expect.set_options(timeout=PATIENCE_MS)


def installed_chromium() -> str | None:
    """The path of the browser on this computer, under whichever name it has."""
    return next(filter(None, map(shutil.which, NAMES)), None)


@contextmanager
def practice_workspace(now: str) -> Iterator[str]:
    """Run `silta demo` on a free port until the end of the block; gives the address it prints."""
    command = [sys.executable, "-m", "bot", "demo", "--no-browser", "--port", "0", "--now", now]
    said, saying = os.pipe()
    os.set_blocking(said, False)
    try:
        program = subprocess.Popen(command, cwd=ROOT, stdout=saying, stderr=subprocess.STDOUT)  # noqa: S603 - our own
        try:
            yield _address(program, said)
        finally:
            program.terminate()
            program.wait(SECONDS_TO_START)
    finally:
        os.close(said)
        os.close(saying)


def _address(program: subprocess.Popen[bytes], said: int) -> str:
    words = ""
    until = time.monotonic() + SECONDS_TO_START
    while time.monotonic() < until and program.poll() is None:
        try:
            words += os.read(said, 65_536).decode()
        except BlockingIOError:
            time.sleep(0.05)
        if found := re.search(r"http://127\.0\.0\.1:\d+", words):
            return found[0]
    raise AssertionError(f"silta demo did not open: {words}")


class Window:
    """One browser window: somebody of the practice workspace looks at the page and uses it."""

    def __init__(self, page: Page, url: str) -> None:
        self.page = page
        self.url = url
        self.complaints: list[str] = []
        self.calls_elsewhere: list[str] = []
        page.set_default_timeout(PATIENCE_MS)
        page.on("console", self._hear)
        page.on("pageerror", self._complain)
        page.on("request", self._watch)

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(message.text)

    def _complain(self, error: Error) -> None:
        self.complaints.append(str(error))

    def _watch(self, request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(f"{self.url}/"):
            self.calls_elsewhere.append(request.url)

    async def look_in(self, user: str | None) -> None:
        """Open the page, as this person or as whoever it begins with."""
        await self.page.goto(f"{self.url}/" + (f"#{urlencode({'user': user})}" if user else ""))
        await expect(self.at("you-name")).not_to_be_empty()

    def at(self, testid: str) -> Locator:
        """A part of the page itself."""
        return self.page.get_by_test_id(testid)

    @property
    def messages(self) -> Locator:
        """The messages of the conversation on the screen."""
        return self.at("message")

    @property
    def newest(self) -> Locator:
        """The newest of them."""
        return self.messages.last

    def element(self, action_id: str) -> Locator:
        """A button or menu of the bot."""
        return self.page.locator(f'[data-action-id="{action_id}"]')

    async def writes(self, text: str) -> None:
        """Type a message and send it."""
        await self.at("composer").fill(text)
        await self.at("composer").press("Enter")

    async def presses(self, action_id: str, words: str = "") -> None:
        """Press the newest button of this kind, with these words on it."""
        await self.element(action_id).filter(has_text=words).last.click()

    async def chooses(self, action_id: str, choice: str) -> None:
        """Choose in the newest menu of this kind what ends in `choice`; the bot puts a reference before it."""
        menu = self.element(action_id).last
        value = await menu.locator(f'option[value$="{choice}"]').get_attribute("value")
        await menu.select_option(value)

    async def moves_the_clock(self, button: str) -> None:
        """Press one of the clock's buttons and wait until it has arrived."""
        await self.at(button).click()
        await self._arrived()

    async def sets_the_clock(self, moment: str) -> None:
        """Set the clock's field to a moment of this person's zone, e.g. 2027-01-19T10:40."""
        await self.at("clock-field").fill(moment)
        await self.moves_the_clock("clock-set")

    async def _arrived(self) -> None:
        await expect(self.at("due")).to_contain_text("The clock went to")

    async def opens_the_group(self) -> None:
        """Look at the group conversation; there is one."""
        group = self.page.locator("button.room", has_text="Group")
        await expect(group).to_have_count(1)
        await group.click()

    async def opens_direct_messages(self) -> None:
        """Go back to the direct messages with the bot."""
        await self.page.locator("button.room", has_text="App").first.click()
