"""Which kind of sentence a message is: measured on sentences that are no examples, with something serious first."""

from collections import Counter
from pathlib import Path

import pytest

from bench.intents import everyday, more_serious, read_as, sentences
from bench.serious import FRESH, SENTENCES, taken_seriously
from bench.serious import sentences as put_away
from bot.understanding.intents import Intent, IntentRecogniser, care, compiled, examples
from bot.understanding.intents.recogniser import Said

RIGHT_AT_LEAST = 0.92
FIRST_RECOGNISED, FRESH_RECOGNISED = 0.86, 0.3
NEAR_TAKEN, EVERYDAY_TAKEN = 0.08, 0.03
TOO_SERIOUS_AT_MOST = 0.1


@pytest.fixture(scope="module")
def recogniser() -> IntentRecogniser:
    return IntentRecogniser.load()


def _put_away(kind: str, path: Path) -> list[str]:
    return [text for texts in put_away(kind, path).values() for text in texts]


def _care_examples(language: str) -> list[str]:
    return [text for styles in examples.load_care(language) for texts in styles.values() for text in texts]


def intents(said: tuple[Said, ...]) -> list[Intent]:
    return [one.intent for one in said]


def test_no_sentence_to_measure_with_is_an_example() -> None:
    learnt = {text.casefold() for texts in examples.load().values() for text in texts}

    # One word or two are all there is to say: "hello", "cancel".
    assert not {one.text for one in sentences() if one.text.casefold() in learnt and len(one.text.split()) > 2}


def test_nobody_forgot_to_train_after_changing_an_example() -> None:
    assert compiled.load().made_of == examples.fingerprint(), "run: uv run poe train-intents"
    assert care.load().made_of == examples.fingerprint_of_care(), "run: uv run poe train-intents"


def test_nothing_put_away_to_measure_with_is_learnt_from() -> None:
    learnt = {text.casefold() for language in examples.LANGUAGES for text in _care_examples(language)}
    measured = [one for kind in ("serious", "near") for path in (SENTENCES, FRESH) for one in _put_away(kind, path)]
    measured += _put_away("everyday", FRESH)

    assert [text for text in measured if text.casefold() in learnt and len(text.split()) > 2] == []


def test_no_example_is_both_serious_and_harmless() -> None:
    for language in examples.LANGUAGES:
        serious, harmless = (
            {text.casefold() for texts in styles.values() for text in texts} for styles in examples.load_care(language)
        )
        assert serious & harmless == set()


def test_every_intent_is_measured_in_five_languages_and_four_styles(recogniser: IntentRecogniser) -> None:
    asked, right = Counter[str](), Counter[str]()
    for one in sentences():
        for group in ("all", one.language, one.style):
            asked[group] += 1
            right[group] += read_as(recogniser, one.text) is one.intent
    of_each = Counter(one.intent for one in sentences())

    assert all(of_each[intent] >= 40 for intent in Intent)
    assert len(asked) == 1 + 5 + 4
    assert {group: right[group] / asked[group] for group in asked if right[group] / asked[group] < RIGHT_AT_LEAST} == {}


def test_nothing_serious_is_ever_taken_for_anything_else(recogniser: IntentRecogniser) -> None:
    serious = [one.text for one in sentences() if one.intent is Intent.SERIOUS]
    serious += [*more_serious(), *examples.load()[Intent.SERIOUS]]

    assert [text for text in serious if intents(recogniser.read(text)) != [Intent.SERIOUS]] == []


def test_most_serious_sentences_in_new_words_are_recognised(recogniser: IntentRecogniser) -> None:
    # Sentences put away before anything was learnt for them; what is missing to all of them is told in docs/figures.md.
    for texts in put_away("serious").values():
        assert len(taken_seriously(recogniser, texts)) >= FIRST_RECOGNISED * len(texts)
    for texts in put_away("serious", FRESH).values():
        assert len(taken_seriously(recogniser, texts)) >= FRESH_RECOGNISED * len(texts)


def test_what_only_sounds_serious_seldom_gets_an_answer_of_care(recogniser: IntentRecogniser) -> None:
    near = [*_put_away("near", SENTENCES), *_put_away("near", FRESH)]
    usual = _put_away("everyday", FRESH)

    assert len(taken_seriously(recogniser, near)) <= NEAR_TAKEN * len(near)
    assert len(taken_seriously(recogniser, usual)) <= EVERYDAY_TAKEN * len(usual)


@pytest.mark.parametrize(
    "text",
    [
        "I am away next week and I want to die",
        "etsin kontaktia sähköalalta, en jaksa enää",
        "Danke! Ich kann nicht mehr.",
        "cancel my request. my mentor touched me and I am scared",
        "merhaba, dayanamıyorum artık, bir öğretmen arıyorum",
        "I can't go on",
        "i cant go on",
        "I am away weeks 10 and 11, one contact is enough for now and my husband hit me again",
        "peru pyyntöni, etsi toinen hitsaukseen ja sano että mua lyödään kotona",
        "poissa ensi viikolla. olen masentunut enkä halua elää.",
        "Wann ist das nächste Treffen? Mein Chef hat mich angefasst und ich habe Angst.",
        "neste uke er jeg borte, og jeg vil ikke leve lenger",
        "8. hafta yokum ve artık yaşamak istemiyorum",
    ],
)
def test_something_serious_beside_anything_else_is_all_that_counts(recogniser: IntentRecogniser, text: str) -> None:
    assert intents(recogniser.read(text)) == [Intent.SERIOUS]


@pytest.mark.parametrize(
    ("around", "sentence"),
    [
        ("We talked about timetables and the new workshop. ", "He put his hand on my thigh and I froze. "),
        ("Puhuttiin lukujärjestyksistä ja uudesta pajasta. ", "En halua enää elää. "),
        ("Wir sprachen über Stundenpläne und die Werkstatt. ", "Mein Mann schlägt mich. "),
        ("Vi snakket om timeplaner og verkstedet. ", "Jeg vil ikke leve lenger. "),
        ("Ders programlarını ve atölyeyi konuştuk. ", "Artık yaşamak istemiyorum. "),
    ],
)
def test_one_sentence_deep_in_a_long_message_is_heard(recogniser: IntentRecogniser, around: str, sentence: str) -> None:
    assert intents(recogniser.read(around * 30)) != [Intent.SERIOUS]
    assert intents(recogniser.read(around * 30 + sentence + around * 2)) == [Intent.SERIOUS]


@pytest.mark.parametrize(
    "typed", ["artik yasamak istemiyorum", "ARTIK YAŞAMAK İSTEMİYORUM", "artık yaşamak istemiyorum!!!"]
)
def test_dots_and_capitals_make_no_difference_to_something_serious(recogniser: IntentRecogniser, typed: str) -> None:
    assert intents(recogniser.read(typed)) == [Intent.SERIOUS]


def test_figures_of_speech_are_seldom_taken_seriously(recogniser: IntentRecogniser) -> None:
    taken = [text for text in everyday() if intents(recogniser.read(text)) == [Intent.SERIOUS]]

    assert len(taken) <= TOO_SERIOUS_AT_MOST * len(everyday())


@pytest.mark.parametrize(
    ("text", "both"),
    [
        ("I am away weeks 10 and 11, and one person is enough for now", [Intent.AWAY, Intent.CAPACITY]),
        ("cancel my request. Find me a welding teacher", [Intent.CANCEL, Intent.FIND_CONTACT]),
        ("olen lomalla viikot 10 ja 11 ja muistuta harvemmin", [Intent.AWAY, Intent.LESS_OFTEN]),
        ("bin bis 5. August im Urlaub und eine Person reicht", [Intent.AWAY, Intent.CAPACITY]),
    ],
)
def test_a_message_may_hold_two(recogniser: IntentRecogniser, text: str, both: list[Intent]) -> None:
    assert intents(recogniser.read(text)) == both


@pytest.mark.parametrize(
    "text",
    [
        "thanks! I am away next week",
        "hi, find me a mentor in logistics please",
        "moi! peru mun pyyntö",
        "1. ja 5.3. poissa",
    ],
)
def test_thanks_and_hello_beside_a_wish_are_no_second_wish(recogniser: IntentRecogniser, text: str) -> None:
    assert len(recogniser.read(text)) == 1


@pytest.mark.parametrize("text", ["", "   ", "🦄🎉", "???", "%" * 3_000, "a\u202eb\x07", "asdf " * 800])
def test_whatever_is_written_is_read_as_something(recogniser: IntentRecogniser, text: str) -> None:
    assert len(recogniser.read(text)) == 1
