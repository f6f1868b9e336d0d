import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.fields.grams import grams_of, grams_of_lines
from bot.understanding.fields.phrases import PhraseBook

WORDS = st.text("abcdeåäö ", min_size=1, max_size=30).filter(lambda text: text.strip() != "")


def test_the_longer_of_two_phrases_is_meant() -> None:
    book = PhraseBook.of([("0712", "water"), ("0732", "water pipes"), ("1041", "pipes")])

    assert [(set(seen.codes), seen.places) for seen in book.find(["the", "water", "pipes", "burst"])] == [
        ({"0732"}, range(1, 3))
    ]


def test_a_phrase_is_found_with_an_ending_on_its_last_word_only() -> None:
    book = PhraseBook.of([("0713", "sähkö asentaja")])

    assert book.find(["sahko", "asentajalle"])
    assert not book.find(["sahkolle", "asentaja"])


def test_a_short_word_takes_no_endings() -> None:
    book = PhraseBook.of([("0832", "elk")])

    assert not book.find(["elks"])


def test_a_phrase_may_stand_for_several_codes() -> None:
    book = PhraseBook.of([("0713", "ampul"), ("0916", "ampul")])

    assert [set(seen.codes) for seen in book.find(["ampul"])] == [{"0713", "0916"}]


def test_words_are_added_taken_back_and_replaced() -> None:
    book = PhraseBook.of([("0713", "volt"), ("0714", "amp")])

    changed = book.changed(added=[("0715", "volt")], not_meant=[("0714", "amp"), ("0714", "never listed")])
    replaced = changed.replaced([("volt", ("1041", "0716"))])

    assert [set(seen.codes) for seen in changed.find(["volt", "amp"])] == [{"0713", "0715"}]
    assert [set(seen.codes) for seen in replaced.find(["volt"])] == [{"1041", "0716"}]


def test_an_empty_book_finds_nothing() -> None:
    assert PhraseBook.of([]).find(["anything"]) == []
    assert PhraseBook.of([("0713", "x")]).find([]) == []


@given(st.lists(WORDS, min_size=1, max_size=5))
def test_many_lines_at_once_have_the_same_grams_as_one_by_one(lines: list[str]) -> None:
    folded = [" ".join(line.replace("å", "a").replace("ä", "a").replace("ö", "o").split()) for line in lines]

    grams, line_of = grams_of_lines(folded)

    for number, line in enumerate(folded):
        assert np.array_equal(np.sort(grams[line_of == number]), np.sort(grams_of(line)))


def test_grams_never_reach_across_words() -> None:
    assert set(grams_of("ab cd").tolist()) == set(grams_of("ab").tolist()) | set(grams_of("cd").tolist())
