"""Landmarks: vectors that every other vector is compared with, arranged so that comparing is fast."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.answers.features import Floats, Ints, Vectors

_COMMON: Final = 2_048
"""So many of the commonest features are compared as a dense matrix, the rare ones occurrence by occurrence."""


class Landmarks:
    """Vectors by feature; a landmark is one vector or the sum of several."""

    def __init__(self, vectors: Vectors, landmark_of: Ints, features: int) -> None:
        """Take vectors, for each of its rows the number of its landmark, and how many features there are."""
        self.count = int(landmark_of.max(initial=-1)) + 1
        frequency = np.bincount(vectors.features, minlength=features)
        common = np.argsort(-frequency, kind="stable")[:_COMMON]
        self._dense_at = np.full(features, -1, np.int32)
        self._dense_at[common] = np.arange(len(common))
        self._dense = np.zeros((len(common), self.count), np.float32)
        is_common = self._dense_at[vectors.features] >= 0
        at = self._dense_at[vectors.features[is_common]], landmark_of[vectors.rows[is_common]]
        np.add.at(self._dense, at, vectors.values[is_common])
        self._arrange(vectors, ~is_common, landmark_of, features)

    def likeness(self, vectors: Vectors) -> Floats:
        """How like each row is to each landmark: their scalar products (rows x landmarks)."""
        row_of, dense_at, values = vectors.rows, self._dense_at[vectors.features], vectors.values
        rare, common = dense_at < 0, dense_at >= 0
        spoken = np.zeros((vectors.height, len(self._dense)), np.float32)
        spoken[row_of[common], dense_at[common]] = values[common]
        return (spoken @ self._dense) + self._by_rare_features(
            row_of[rare], vectors.features[rare], values[rare], vectors.height
        )

    def _arrange(self, vectors: Vectors, kept: NDArray[np.bool_], landmark_of: Ints, features: int) -> None:
        """Sort the rare features' occurrences by feature; `_starts[f]` is the first of feature f."""
        order = np.flatnonzero(kept)[np.argsort(vectors.features[kept], kind="stable")]
        self._landmarks = landmark_of[vectors.rows[order]].astype(np.int32)
        self._values = vectors.values[order].astype(np.float32)
        self._starts = np.searchsorted(vectors.features[order], np.arange(features + 1)).astype(np.int32)

    def _by_rare_features(self, rows: Ints, features: Ints, values: Floats, height: int) -> Floats:
        """Sum over every pair of an occurrence in a row and one in a landmark."""
        starts = self._starts[features]
        often = self._starts[features + 1] - starts
        pairs = np.repeat(np.arange(len(features)), often)
        within = np.arange(len(pairs)) - np.repeat(np.cumsum(often) - often, often)
        met = starts[pairs] + within
        cells = rows[pairs] * self.count + self._landmarks[met]
        sums = np.bincount(cells, weights=values[pairs] * self._values[met], minlength=height * self.count)
        table: Floats = np.asarray(sums, np.float64).reshape(height, self.count)
        return table
