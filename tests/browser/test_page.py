"""The page under the hands of people: keyboard alone, hostile words, a phone."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.stage import Window

pytestmark = pytest.mark.browser

HOSTILE = "<!channel> *bold* <@U0TAINA>"
ASK = "Etsin kontaktia metallialalta"


async def test_first_screen_says_what_to_type(shared_demo: str, open_window: OpenWindow) -> None:
    window = await open_window(shared_demo, "U0IIDA")

    await expect(window.at("composer")).to_be_focused()
    await expect(window.at("hint")).to_contain_text("what contact you are looking for")
    for place in range(3):
        await expect(window.at(f"sample-{place}")).to_be_visible()
    await expect(window.at("clock")).to_contain_text("Tuesday 19 Jan 2027, 10:")


async def test_keyboard_alone_asks_for_a_contact(shared_demo: str, open_window: OpenWindow) -> None:
    omar = await open_window(shared_demo, "U0OMAR")
    keyboard = omar.page.keyboard

    await expect(omar.at("composer")).to_be_focused()
    await keyboard.type(ASK)
    await keyboard.press("Enter")
    await expect(omar.element("introductions.request").first).to_be_visible()
    await _walk_to(omar, "Shift+Tab", "document.activeElement.dataset.actionId", "introductions.request")
    await keyboard.press("Enter")
    await expect(omar.at("modal")).to_be_visible()
    for _ in range(15):
        assert await omar.page.evaluate("document.activeElement.closest('dialog') !== null"), "the focus stays inside"
        await keyboard.press("Tab")
    await keyboard.press("Escape")
    await expect(omar.at("modal")).to_be_hidden()
    await expect(omar.element("introductions.request").last).to_be_focused()
    await keyboard.press("Enter")
    await expect(omar.at("modal").locator("input").first).to_be_focused()
    await keyboard.press("Space")
    await expect(omar.at("modal").locator("input").first).to_be_checked()
    await _walk_to(omar, "Tab", "document.activeElement.dataset.testid", "modal-submit")
    await keyboard.press("Enter")
    await expect(omar.at("modal")).to_be_hidden()
    await expect(omar.newest).to_contain_text("Päivi Tammela")


async def test_hostile_words_are_shown_as_they_were_typed(shared_demo: str, open_window: OpenWindow) -> None:
    ville, risto = await open_window(shared_demo, "U0VILLE"), await open_window(shared_demo, "U0RISTO")

    await ville.writes(HOSTILE)
    typed = ville.page.locator('[data-testid="message"][data-own="true"]')
    await expect(typed).to_contain_text(HOSTILE)
    await expect(typed.locator(".mention, strong")).to_have_count(0)
    await expect(ville.messages).to_have_count(2)
    await ville.writes(ASK)
    await ville.presses("introductions.request", "Risto")
    await ville.at("modal").locator("textarea").fill(HOSTILE)
    await ville.at("modal-submit").click()

    await expect(risto.newest).to_contain_text("<!channel>")
    await expect(risto.newest).to_contain_text("<@U0TAINA>")
    await expect(risto.newest.locator(".mention")).to_have_count(0)
    await expect(risto.newest.locator("strong", has_text="bold")).to_have_count(0)
    await expect(ville.at("unread-U0TAINA")).to_have_count(0)


async def test_name_of_the_bot_is_a_mention_however_it_is_written(shared_demo: str, open_window: OpenWindow) -> None:
    window = await open_window(shared_demo, "U0VEERA")

    await window.at("composer").fill("moi @silta")
    await window.at("send").click()

    await expect(window.messages.first.locator(".mention")).to_have_text("@Silta")


async def test_column_folds_away_on_a_phone(shared_demo: str, open_window: OpenWindow) -> None:
    phone = await open_window(shared_demo, "U0SAMIR", width=390, height=844)

    await expect(phone.at("people-search")).to_be_hidden()
    await phone.at("menu").click()
    await phone.at("people-search").fill("Jenni")
    await phone.at("person-U0JENNI").click()
    await expect(phone.at("people-search")).to_be_hidden()
    await expect(phone.at("you-name")).to_have_text("Jenni Puustjärvi")
    await expect(phone.at("clock-week")).to_be_hidden()
    await phone.at("clock-menu").click()
    await expect(phone.at("clock-week")).to_be_visible()
    assert await phone.page.evaluate("document.documentElement.scrollWidth <= innerWidth"), "nothing sticks out"


async def _walk_to(window: Window, key: str, what_has_focus: str, wanted: str) -> None:
    """Press Tab (or Shift+Tab) until the focus is where it is wanted."""
    for _ in range(20):
        await window.page.keyboard.press(key)
        if await window.page.evaluate(what_has_focus) == wanted:
            return
    raise AssertionError(f"The keyboard does not reach {wanted}.")
