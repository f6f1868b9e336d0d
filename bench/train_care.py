"""Learn what is serious from `data/serious`, the intents and the listed words; `uv run poe train-intents` runs it.

A logistic regression over the words, pairs of words and letters of a text, in which a serious example weighs more than
a harmless one, and a listed word less.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from bot.understanding.answers.features import Vectors, Vocabulary
from bot.understanding.fields import everyday
from bot.understanding.intents import Intent, examples
from bot.understanding.intents.care import CareModel

SERIOUS_WEIGHS: Final = 1.5
LISTED_WEIGHS: Final = 0.3
"""A listed word is no message; measured flat between 0.1 and 0.3, and half as many harmless taken seriously as at 0."""
USUAL_WORD_WEIGHS: Final = 0.1
"""Of an everyday word ("nobody", "something"), so that it does not speak for something serious by itself."""
_SLACKNESS: Final = 20.0
"""The inverse of the regularisation: flat between 10 and 30."""


@dataclass(frozen=True)
class Example:
    """A text to learn from: its language, how it is written, whether it is serious, and how much it weighs."""

    text: str
    language: str
    style: str
    is_serious: bool
    weight: float = 1.0


def written() -> Iterator[Example]:
    """Every example of `data/serious`, by language and style."""
    for language in examples.LANGUAGES:
        for is_serious, styles in zip((True, False), examples.load_care(language), strict=True):
            for style, texts in styles.items():
                weight = SERIOUS_WEIGHS if is_serious else 1.0
                yield from (Example(text, language, style, is_serious, weight) for text in texts)


def others() -> Iterator[Example]:
    """The examples of the intents, the listed words, and what is said every day around a field."""
    for intent, texts in examples.load().items():
        is_serious = intent is Intent.SERIOUS
        weight = SERIOUS_WEIGHS if is_serious else 1.0
        yield from (Example(text, "", "intents", is_serious, weight) for text in texts)
    for is_serious, words in zip((True, False), examples.load_listed(), strict=True):
        yield from (Example(word, "", "listed", is_serious, LISTED_WEIGHS) for word in words)
    usual = everyday.load()
    yield from (Example(text, "", "usual", False) for text in usual.sentences)
    yield from (Example(word, "", "usual", False, USUAL_WORD_WEIGHS) for word in dict.fromkeys(usual.words))


def train(learnt: Sequence[Example]) -> CareModel:
    """Learn from examples."""
    vocabulary, vectors = Vocabulary.learn([one.text for one in learnt])
    regression = LogisticRegression(C=_SLACKNESS, max_iter=300, solver="liblinear")
    is_serious, weight = [one.is_serious for one in learnt], [one.weight for one in learnt]
    regression.fit(_rows(vectors, len(vocabulary)), is_serious, sample_weight=weight)
    weights = regression.coef_[0].astype(np.float16)
    return CareModel(vocabulary, weights, float(regression.intercept_[0]), examples.fingerprint_of_care())


def _rows(vectors: Vectors, features: int) -> csr_matrix:
    return csr_matrix((vectors.values, (vectors.rows, vectors.features)), shape=(vectors.height, features))
