"""The bank of light prompts: complete, short, questions only, in five languages."""

import pytest

from bot.language import LANGUAGES, Translator
from bot.messages.prompts import _BANK
from bot.rules.prompts import BANK, PER_TASK

WORDS_AT_MOST = 30
LETTERS_AT_MOST = 150
"""Two lines on a phone, or three."""


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_task_has_its_eight_questions_and_none_is_asked_under_two_keys(language: str) -> None:
    t = Translator(language)
    questions = {task: _BANK[task](t) for task in BANK}

    assert {task: len(asked) for task, asked in questions.items()} == dict.fromkeys(BANK, PER_TASK)
    every = [question for asked in questions.values() for question in asked]
    assert len(set(every)) == len(every) == 64


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_prompt_is_short_and_asks(language: str) -> None:
    for asked in _BANK.values():
        for question in asked(Translator(language)):
            assert "?" in question, question
            assert len(question) <= LETTERS_AT_MOST, question
            assert len(question.split()) <= WORDS_AT_MOST, question


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_no_prompt_is_left_in_english(language: str) -> None:
    for task, asked in _BANK.items():
        english = set(asked(Translator("en")))
        assert not english & set(asked(Translator(language))), task
