"""A linear model over character n-grams: how much a word speaks for each field.

It is trained from the word lists alone (`uv run poe train-fields`).
"""

from collections.abc import Iterable, Sequence
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.fields.grams import Grams, grams_of

NOTHING: Final = "none"
"""The class of everyday words: what speaks for no field at all."""

Scores = NDArray[np.float32]


class FieldModel:
    """For each known n-gram its weight in every class, as small whole numbers and one scale per class."""

    def __init__(
        self,
        classes: Sequence[str],
        grams: Grams,
        rarity: Scores,
        weights: NDArray[np.int8],
        scale: Scores,
        bias: Scores,
    ) -> None:
        """Take grams in rising order (n), their rarity (n), weights (n x classes), scale and bias (classes)."""
        self.classes = tuple(classes)
        self._grams = grams
        self._rarity = rarity
        self._weights = weights
        self._scale = scale
        self._bias = bias

    @classmethod
    def of(cls, parts: dict[str, Any]) -> "FieldModel":
        """Build the model from the parts it was kept in."""
        return cls(
            [str(name) for name in parts["classes"]],
            parts["grams"].astype(np.int64),
            parts["rarity"].astype(np.float32),
            parts["weights"],
            parts["scale"],
            parts["bias"],
        )

    def parts(self) -> dict[str, Any]:
        """Give the arrays to keep, in their smallest types."""
        return {
            "classes": np.array(self.classes),
            "grams": self._grams.astype(np.int32),
            "rarity": self._rarity.astype(np.float16),
            "weights": self._weights,
            "scale": self._scale,
            "bias": self._bias,
        }

    def scores(self, words: Iterable[tuple[str, float]]) -> Scores:
        """Say how much folded words, each with a weight of its own, speak for each class (higher is more).

        A phrase without one known n-gram scores the bias alone.
        """
        found, counts, unknown = self._known([(grams_of(word), weight) for word, weight in words if word])
        if not len(found):
            return self._bias.copy()
        values = (1 + np.log(np.maximum(counts, 1))) * np.minimum(counts, 1) * self._rarity[found]
        # What nobody has listed counts as very rare: it makes the phrase longer and every class less certain.
        length = np.sqrt(np.sum(values**2) + unknown * np.max(self._rarity) ** 2)
        spoken: Scores = (values / length @ self._weights[found].astype(np.float32)) * self._scale + self._bias
        return spoken

    def _known(self, weighted: list[tuple[Grams, float]]) -> tuple[NDArray[np.int64], Scores, float]:
        """Give the places of the known n-grams, how often each occurs, by weight, and how many others there are."""
        if not weighted:
            return np.empty(0, np.int64), np.empty(0, np.float32), 0.0
        grams = np.concatenate([grams for grams, _ in weighted])
        weights = np.concatenate([np.full(len(grams), weight, np.float32) for grams, weight in weighted])
        places = np.searchsorted(self._grams, grams)
        places[places == len(self._grams)] = 0
        known = (self._grams[places] == grams) & (weights > 0)
        found, inverse = np.unique(places[known], return_inverse=True)
        counts = np.bincount(inverse, weights=weights[known], minlength=len(found)).astype(np.float32)
        return found, counts, float(weights[~known].sum())
