"""Learn the intents and what is serious from their example sentences: `uv run poe train-intents`.

The same heads as for questions (`bot/understanding/answers`), however many examples there are, written down as weights
of features, so that reading a sentence needs no example any more. The intents get no second look: it gained two of 620.
"""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

import numpy as np

from bench import train_care
from bot.understanding.answers.features import Vocabulary
from bot.understanding.answers.head import solved, threshold
from bot.understanding.answers.landmarks import Landmarks
from bot.understanding.intents import care, compiled, examples
from bot.understanding.intents.care import CareModel
from bot.understanding.intents.compiled import IntentModel

UNSURE: Final = 0.05
"""The share of the examples, left out of what is learnt from, that are not read surely."""


def train(listed: Mapping[str, Sequence[str]]) -> IntentModel:
    """Learn from every example of every kind."""
    sentences = [(number, text) for number, texts in enumerate(listed.values()) for text in dict.fromkeys(texts)]
    vocabulary, vectors = Vocabulary.learn([text for _, text in sentences])
    intent_of = np.array([number for number, _ in sentences], np.int64)
    likeness = Landmarks(vectors, len(vocabulary)).among(vectors)
    said, left_out = solved(likeness, intent_of, len(listed))
    weights = np.zeros((len(vocabulary), len(listed)))
    np.add.at(weights, vectors.features, vectors.values[:, None] * said[vectors.rows])
    sure_from = threshold(left_out, intent_of, UNSURE)
    return IntentModel(vocabulary, tuple(listed), weights.astype(np.float16), sure_from, examples.fingerprint())


def main() -> None:
    """Learn and keep."""
    made = train({str(kind): texts for kind, texts in examples.load().items()})
    _kept(made, compiled.model_file(), f"{len(made.names)} kinds")
    learnt = [*train_care.written(), *train_care.others()]
    _kept(train_care.train(learnt), care.model_file(), f"{len(learnt)} examples")


def _kept(made: IntentModel | CareModel, file: Any, of: str) -> None:
    path = Path(str(file))
    made.keep(path)
    print(f"{path.name}: {len(made.vocabulary)} features, {of} -> {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
