"""What is learnt is what the formulas say: solved by quarters, left out in closed form, and looked at again."""

import numpy as np
import pytest

from bot.understanding.answers import AnswerRecogniser, own_pack
from bot.understanding.answers.features import Vocabulary
from bot.understanding.answers.head import MOST_EXAMPLES, REGULARISATION, solved
from bot.understanding.answers.landmarks import Landmarks, Likeness
from bot.understanding.answers.second_look import looked_at_again

LANGUAGES = ("en", "fi", "de", "nb", "tr")


def likeness_of(texts: list[str]) -> Likeness:
    vocabulary, vectors = Vocabulary.learn(texts)
    return Landmarks(vectors, len(vocabulary)).among(vectors)


def wanted(entry_of: list[int]) -> Likeness:
    return np.eye(max(entry_of) + 1, dtype=np.float32)[entry_of]


@pytest.fixture(scope="module")
def texts() -> list[str]:
    """More than are turned round at once, and more than are compared at a time."""
    return [question for entry in own_pack("de") for question in entry.questions]


def test_an_example_is_like_itself_and_others_as_when_they_are_asked(texts: list[str]) -> None:
    vocabulary, vectors = Vocabulary.learn(texts)
    landmarks = Landmarks(vectors, len(vocabulary))

    among = landmarks.among(vectors)

    asked = np.vstack([landmarks.likeness(vocabulary.vectors([text])) for text in texts[:20]])
    assert np.allclose(np.diagonal(among), 1, atol=1e-5)
    assert np.allclose(among[:20], asked, atol=1e-5)


def test_the_heads_are_those_of_regularised_least_squares(texts: list[str]) -> None:
    likeness, entry_of = likeness_of(texts), np.arange(len(texts)) // 10
    inverse = np.linalg.inv(likeness.astype(np.float64) + REGULARISATION * np.eye(len(texts)))

    weights, _ = solved(likeness, entry_of, entry_of[-1] + 1)

    assert np.allclose(weights, inverse @ wanted(list(entry_of)), atol=1e-4)


def test_what_is_said_of_an_example_left_out_is_what_is_said_without_it(texts: list[str]) -> None:
    likeness, entry_of = likeness_of(texts[:80]), np.arange(80) // 10
    others = np.arange(80) != 33
    without, _ = solved(likeness[np.ix_(others, others)], entry_of[others], 8)
    expected = likeness[33, others] @ without

    _, left_out = solved(likeness, entry_of, 8)

    assert np.allclose(left_out[33], expected, atol=1e-4)


def test_a_second_look_knows_which_entry_always_sounds_like_another_too() -> None:
    # Questions for the first entry speak for the second as well; those for the second do not speak for the first.
    entry_of = np.repeat([0, 1, 2], 8)
    usual = np.array([[0.5, 0.4, 0], [0.1, 0.5, 0], [0, 0, 0.5]])[entry_of]
    said = (usual + np.random.default_rng(1).normal(0, 0.05, usual.shape)).astype(np.float32)
    asked = np.array([0.40, 0.42, 0.0])

    look, _ = looked_at_again(said, entry_of)

    assert asked.argmax() == 1
    assert (asked @ look.turn + look.added).argmax() == 0


def test_a_second_look_needs_a_second_example() -> None:
    said = np.array([[0.2, 0.1], [0.0, 0.3]], np.float32)

    look, seen = looked_at_again(said, np.array([0, 1]))

    assert np.array_equal(look.turn, np.eye(2))
    assert np.array_equal(seen, said)


def test_an_entry_without_examples_is_never_met_and_one_with_a_single_example_is() -> None:
    ways = {"room": ["which room do we meet in", "where do we meet"], "pay": ["what is the salary"], "empty": []}
    recogniser = AnswerRecogniser.learn({**ways, "food": ["when is lunch", "when do we eat lunch"]})

    assert recogniser.read("what is the salary").answer == "pay"
    assert recogniser.read("zzz lunch qqq").matches[-1].id != "empty"
    assert recogniser.read("what", top=4).matches[-1].id == "empty"


def test_our_own_pack_leaves_room_for_a_networks_own_entries() -> None:
    own = sum(len(entry.questions) for language in LANGUAGES for entry in own_pack(language))

    assert own + 1_500 <= MOST_EXAMPLES
