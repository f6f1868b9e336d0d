import pytest

from bot.understanding.wishes import asks_for_contact, asks_for_help, says_nothing_but_help
from sandbox.samples import SENTENCES


@pytest.mark.parametrize(
    "text",
    ["etsin kontaktia", "find me a mentor", "suche Kontakt", "trenger kontakt", "iletişim kişisi arıyorum",
     "iletisim kisisi ariyorum", "etsin kontatkia", "hei tarviin kontaktin logistiikasta aika pian", "mentor please",
     "can u find some1 sähköalalta juttelee", "suche Ansprechpartner", "i wanna talk to someone",
     "biriyle konuşmak istiyorum", "tarviin jonkun jolta kysyy"],
)  # fmt: skip
def test_looking_for_a_contact_is_understood(text: str) -> None:
    assert asks_for_contact(text)
    assert not asks_for_help(text)


@pytest.mark.parametrize(
    "text",
    ["", "mitä mentori tekee", "do i get my own personal mentor", "mentor doesn't answer", "mentorin kanssa tuli riita",
     "haluan lopettaa mentorin kanssa", "what can i ask a contact", "paljonko tähän menee aikaa", "asdf", "moi"],
)  # fmt: skip
def test_talking_about_contacts_is_not_looking_for_one(text: str) -> None:
    assert not asks_for_contact(text)


@pytest.mark.parametrize(
    "text",
    ["help", "apua", "hilfe!", "hjelp", "yardım", "mikä tää on", "what is this", "what's this?", "was ist das",
     "bu nedir",
     "moi, mikä tää on", "hi", "moi!", "hallo", "hei", "merhaba", "Guten Morgen", "hei hei"],
)  # fmt: skip
def test_asking_for_help_and_saying_hello_are_understood(text: str) -> None:
    assert asks_for_help(text)


@pytest.mark.parametrize(
    "text", ["", "😀", "asdf", "moi sähköala", "help, I am a new team leader", "etsin kontaktia, apua"]
)
def test_help_is_not_read_into_other_messages(text: str) -> None:
    assert not asks_for_help(text)


@pytest.mark.parametrize("text", ["help", "Help!", "moi, apua", "Hilfe!", "hjelp", "yardım", "menu", "info", "ohje"])
def test_the_plain_word_for_help_is_a_wish_for_the_menu(text: str) -> None:
    assert says_nothing_but_help(text)


@pytest.mark.parametrize(
    "text", ["", "moi", "help me please", "help me he hits me", "auta minua", "Hilfe er schlägt mich"]
)
def test_more_than_the_plain_word_is_heard_as_what_it_says(text: str) -> None:
    assert not says_nothing_but_help(text)


@pytest.mark.parametrize("language", sorted(SENTENCES))
def test_the_example_of_asking_what_silta_can_do_is_understood(language: str) -> None:
    assert asks_for_help(SENTENCES[language][2])
