import pytest

from bot.understanding.words import fold, folded_words, is_form_of


@pytest.mark.parametrize(
    ("written", "folded"),
    [("SÄHKÖ", "sahko"), ("İnşaat", "insaat"), ("ISITMA", "isitma"), ("ısıtma", "isitma"), ("frisør", "frisor"),
     ("Schweißen", "schweissen"), ("Møre", "more"), ("ålesund", "alesund"), ("a\u0308iti", "aiti")],
)  # fmt: skip
def test_spellings_of_one_word_fold_to_the_same(written: str, folded: str) -> None:
    assert fold(written) == folded


def test_mentions_links_and_addresses_are_not_words() -> None:
    assert folded_words("<@U012AB3CD> hei <!channel> <https://example.org/x|auto> me@example.org ok") == ("hei", "ok")


def test_what_follows_an_apostrophe_is_an_ending() -> None:
    assert folded_words("Aylin'e İzmir’de") == ("aylin", "izmir")


def test_hyphens_separate_words() -> None:
    assert folded_words("sähkö- ja automaatioala, IT-tuki") == ("sahko", "ja", "automaatioala", "it", "tuki")


def test_short_words_take_no_endings() -> None:
    assert is_form_of("kokkien", "kokk")
    assert is_form_of("bil", "bil")
    assert not is_form_of("bilde", "bil")
