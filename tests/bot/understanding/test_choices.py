import pytest

from bot.understanding.choices import Choice, read_choice

SHOWN = ("Päivi Salo", "Leena Virtanen", "Marko Nieminen", "Erik Hansen", "Aylin Demir", "Kaisa Laine", "Tuomo Koski")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("juu laita päivi", "Päivi Salo"), ("yes please ask Leena", "Leena Virtanen"), ("frag Marko", "Marko Nieminen"),
        ("spør Erik", "Erik Hansen"), ("Aylin'e sor", "Aylin Demir"), ("päiville", "Päivi Salo"),
        ("Leenalta", "Leena Virtanen"),
        ("Leena kiitos", "Leena Virtanen"), ("LEENA VIRTANEN", "Leena Virtanen"), ("paivi", "Päivi Salo"),
        ("pävi", "Päivi Salo"), ("can you ask Marko?", "Marko Nieminen"), ("ich nehme Leena", "Leena Virtanen"),
    ],
)  # fmt: skip
def test_name_chooses_whom_to_ask(text: str, name: str) -> None:
    assert read_choice(text, SHOWN) == Choice("ask", name)


@pytest.mark.parametrize(
    ("text", "name"),
    [("odotan kaisaa", "Kaisa Laine"), ("wait for Kaisa", "Kaisa Laine"), ("ich warte auf Marko", "Marko Nieminen"),
     ("jeg venter på Erik", "Erik Hansen"), ("Aylin'i bekliyorum", "Aylin Demir")],
)  # fmt: skip
def test_waiting_for_somebody_is_told_from_asking(text: str, name: str) -> None:
    assert read_choice(text, SHOWN) == Choice("wait", name)


@pytest.mark.parametrize(
    "text", ["peru", "never mind", "Nevermind!", "vergiss es", "glem det", "boş ver", "ei kiitos", "iptal"]
)
def test_never_mind_takes_the_wish_back(text: str) -> None:
    assert read_choice(text, SHOWN) == Choice("cancel", None)


@pytest.mark.parametrize("text", ["joo", "yes", "ja", "evet", "ok", "kyllä kiitos"])
def test_bare_yes_chooses_only_a_single_person(text: str) -> None:
    assert read_choice(text, ["Päivi Salo"]) == Choice("ask", "Päivi Salo")
    assert read_choice(text, SHOWN) is None
    assert read_choice(text, []) is None


@pytest.mark.parametrize(
    "text",
    ["", "😀", "asdf", "ei markoa", "not Leena", "don't ask Leena", "who is Leena", "Leena?", "Kaisa ja Tuomo",
     "kaisa vai tuomo", "Leena is very nice", "when is Leena free", "no", "odotan",
     "juu laita päivi ja kerro samalla että tulen vasta maaliskuussa"],
)  # fmt: skip
def test_what_is_not_sure_is_no_choice(text: str) -> None:
    assert read_choice(text, SHOWN) is None


def test_two_people_of_one_first_name_are_told_apart_by_the_full_name() -> None:
    shown = ["Päivi Salo", "Päivi Aho"]

    assert read_choice("päivi", shown) is None
    assert read_choice("laita päivi aho", shown) == Choice("ask", "Päivi Aho")


def test_names_that_change_their_stem_are_known() -> None:
    assert read_choice("laita Pekalle", ["Pekka Aho", "Risto Laine"]) == Choice("ask", "Pekka Aho")
    assert read_choice("Ristolle", ["Pekka Aho", "Risto Laine"]) == Choice("ask", "Risto Laine")
