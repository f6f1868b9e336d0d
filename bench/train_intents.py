"""Learn the intents from their example sentences: `uv run poe train-intents`.

The same heads as for questions (`bot/understanding/answers`), however many examples there are, written down as weights
of features, so that reading a sentence needs no example any more. They get no second look: it gained two of 620.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path
from typing import Final

import numpy as np

from bot.understanding.answers.features import Vocabulary
from bot.understanding.answers.head import solved, threshold
from bot.understanding.answers.landmarks import Landmarks
from bot.understanding.intents import examples
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
    listed = examples.load()
    for name, kinds in (("intents", listed), ("serious", examples.load_care(listed))):
        path = Path(str(files("bot.understanding").joinpath(f"data/{name}.npz")))
        made = train({str(kind): texts for kind, texts in kinds.items()})
        made.keep(path)
        print(f"{len(made.vocabulary)} features, {len(made.names)} kinds -> {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
