"""What is learnt from the example sentences by `uv run poe train-intents`, and read at start-up instead of them.

Learning takes two seconds, which nobody should wait for at a start; fifteen heads fit into half a megabyte.
"""

from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.understanding.answers.features import Vocabulary


@dataclass(frozen=True)
class IntentModel:
    """For each feature how much it speaks for each intent (features x intents), and the score that makes sure."""

    vocabulary: Vocabulary
    names: tuple[str, ...]
    weights: NDArray[np.float16]
    threshold: float
    made_of: str
    """The fingerprint of the examples it was made of."""

    def keep(self, path: Path) -> None:
        """Write everything into one file (npz)."""
        np.savez_compressed(
            path,
            **self.vocabulary.parts(),
            names=np.array(self.names),
            weights=self.weights,
            threshold=self.threshold,
            made_of=self.made_of,
        )

    def scores(self, text: str) -> NDArray[np.float64] | None:
        """How much a text speaks for each intent; None when it has nothing that any example has."""
        vectors = self.vocabulary.vectors([text])
        if not len(vectors.features):
            return None
        return np.asarray(vectors.values @ self.weights[vectors.features].astype(np.float64), np.float64)


def load() -> IntentModel:
    """Read the file beside the lists; some ten milliseconds."""
    with as_file(model_file()) as path, np.load(path) as kept:
        return IntentModel(
            Vocabulary.of(kept),
            tuple(str(name) for name in kept["names"]),
            kept["weights"],
            float(kept["threshold"]),
            str(kept["made_of"]),
        )


def model_file() -> Any:
    """Where the model is kept."""
    return files("bot.understanding").joinpath("data/intents.npz")
