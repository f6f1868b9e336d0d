"""D1 on the page as two people in two windows, from the question to the check-in, in Finnish and in German."""

import pytest
from playwright.async_api import expect

from tests.browser.conftest import OpenWindow
from tests.browser.stage import Window

pytestmark = pytest.mark.browser

QUESTION = (
    "moi! oon sähkäri ja alotan opeopinnot haaga-heliassa, can u find some1 sähköalalta juttelee, mielellää helsinki"
)


async def test_d1_is_played_in_finnish(demo: str, open_window: OpenWindow) -> None:
    sanna, leena = await open_window(demo), await open_window(demo, "U0LEENA")
    await expect(sanna.at("you-name")).to_have_text("Sanna Laine")

    await sanna.writes(QUESTION)
    await expect(sanna.newest).to_contain_text("Sähkö- ja energiatekniikka")
    await expect(sanna.newest).to_contain_text("Uusimaa")
    await sanna.presses("fields.confirm", "Kyllä")
    await _leena_is_shown_first_and_asked(sanna)

    await sanna.sets_the_clock("2027-01-19T10:40")
    await expect(leena.newest).to_contain_text("Sanna Laine")
    await expect(leena.newest).to_contain_text("haluisin nähä työsalin")
    await leena.presses("introductions.accept", "Kyllä")
    await _the_two_are_introduced(sanna, leena, "Sähkö- ja energiatekniikka", ("Sanna Laine", "Leena Harjula"))
    await sanna.moves_the_clock("clock-tuesday")
    await expect(sanna.at("clock")).to_have_text("Tuesday 26 Jan 2027, 10:00")
    await expect(sanna.element("check_ins.in_touch")).to_have_count(0)
    await sanna.sets_the_clock("2027-01-28T10:00")
    await _both_say_how_it_went(sanna, leena, "Kyllä, olimme yhteydessä")


async def test_d1_is_played_in_german(demo: str, open_window: OpenWindow) -> None:
    jonas, sabine = await open_window(demo, "U0JONAS"), await open_window(demo, "U0SABINE")

    await expect(jonas.at("sample-0")).to_contain_text("Ich suche einen Kontakt")
    await jonas.at("sample-0").click()
    await expect(jonas.newest).to_contain_text("Sabine Lichtenfels")
    await jonas.presses("introductions.request", "Sabine")
    await expect(jonas.at("modal")).to_contain_text("Zuerst frage ich Sabine")
    await jonas.at("modal-submit").click()
    await expect(jonas.newest).to_contain_text("Sabine Lichtenfels")

    await expect(sabine.newest).to_contain_text("Jonas Falkner")
    await sabine.presses("introductions.accept", "Ja")
    await _the_two_are_introduced(jonas, sabine, "Wirtschaft und Verwaltung", ("Jonas Falkner", "Sabine Lichtenfels"))
    for button, day in (
        ("clock-week", "Tuesday 26"),
        ("clock-tomorrow", "Wednesday 27"),
        ("clock-tomorrow", "Thursday 28"),
    ):
        await expect(jonas.element("check_ins.in_touch")).to_have_count(0)
        await jonas.moves_the_clock(button)
        await expect(jonas.at("clock")).to_contain_text(day)
    await _both_say_how_it_went(jonas, sabine, "Ja, wir hatten Kontakt")


async def _leena_is_shown_first_and_asked(sanna: Window) -> None:
    requests = sanna.element("introductions.request")
    await expect(requests).to_have_count(2)
    await expect(requests.first).to_contain_text("Leena")
    await expect(requests.last).to_contain_text("Marko")
    await expect(sanna.newest).not_to_contain_text("@")
    await requests.first.click()
    form = sanna.at("modal")
    await expect(form).to_contain_text("Leena saa ensin kysymyksen")
    await form.locator('input[value="see_the_work"]').check()
    await form.locator("textarea").fill("haluisin nähä työsalin")
    await sanna.at("modal-submit").click()
    await expect(form).to_be_hidden()
    await expect(sanna.newest).to_contain_text("Leena Harjula")
    await expect(sanna.at("unread-U0LEENA")).to_have_count(0)


async def _the_two_are_introduced(student: Window, contact: Window, words: str, names: tuple[str, str]) -> None:
    for window in (student, contact):
        await window.opens_the_group()
        await expect(window.messages).to_have_count(1)
        await expect(window.newest).to_contain_text(words)
        for name in names:
            await expect(window.newest.locator(".mention", has_text=name).first).to_be_visible()
    await student.writes("Hei & <hallo>!")
    await expect(contact.newest).to_contain_text("Hei & <hallo>!")
    for window in (student, contact):
        await window.opens_direct_messages()


async def _both_say_how_it_went(student: Window, contact: Window, yes: str) -> None:
    for window in (student, contact):
        await window.presses("check_ins.in_touch", yes)
    await student.chooses("check_ins.benefit", "know_institution")
    await contact.chooses("check_ins.benefit", "nothing_yet")
    for window in (student, contact):
        await expect(window.newest).to_contain_text("25")
        await expect(window.element("check_ins.in_touch")).to_have_count(0)
