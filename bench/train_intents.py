"""Learn the intents from their example sentences: `uv run poe train-intents`.

The same heads as for questions (`bot/understanding/answers`), with one landmark for each example, written down as
weights of features, so that reading a sentence needs no example any more.
"""

from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import numpy as np

from bot.understanding.answers.features import Vocabulary
from bot.understanding.answers.head import Head
from bot.understanding.intents import examples
from bot.understanding.intents.compiled import IntentModel


def train(listed: Mapping[str, Sequence[str]]) -> IntentModel:
    """Learn from every example of every kind."""
    sentences = [(number, text) for number, texts in enumerate(listed.values()) for text in dict.fromkeys(texts)]
    vocabulary, vectors = Vocabulary.learn([text for _, text in sentences])
    intent_of = np.array([number for number, _ in sentences], np.int64)
    head = Head.learn(vectors, intent_of, len(listed), len(vocabulary))
    weights = np.zeros((len(vocabulary), len(listed)))
    said = head.weights[vectors.rows]
    np.add.at(weights, vectors.features, vectors.values[:, None] * said)
    return IntentModel(vocabulary, tuple(listed), weights.astype(np.float16), head.threshold, examples.fingerprint())


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
