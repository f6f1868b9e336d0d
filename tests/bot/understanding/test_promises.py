"""Whoever says in five languages that they promised something has it noted; whoever only speaks of promises has not."""

import pytest

from bot.understanding.promises import is_promise


@pytest.mark.parametrize(
    "text",
    [
        "I promised to send Sanna the link",
        "i've promised Omar a visit in week 12",
        "Hi! I promised to call the workshop",
        "lupasin lähettää Sannalle linkin",
        "hei, mä lupasin esitellä työsalin",
        "oon luvannu soittaa Omarille",
        "Minä olen luvannut käydä siellä",
        "Ich habe Sanna versprochen, ihr den Plan zu schicken",
        "ich hab versprochen, die Werkstatt zu zeigen",
        "Jeg lovet å sende lenken til Sanna",
        "jeg har lovet Omar et besøk",
        "Sanna'ya bağlantıyı göndereceğime söz verdim",
    ],
)
def test_a_promise_is_heard(text: str) -> None:
    assert is_promise(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "I promised",
        "lupasin",
        "Leena lupasi näyttää työsalin",
        "Leena promised to show me the workshop",
        "what if I promised to visit?",
        "find me a promising electrical teacher",
        "etsin kontaktia sähköalalta",
        "Er hat mir versprochen, dass er anruft",
        "hun lovet å ringe meg",
        "söz verdi ama aramadı",
        "söz verdim",
    ],
)
def test_other_words_are_no_promise(text: str) -> None:
    assert not is_promise(text)
