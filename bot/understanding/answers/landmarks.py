"""Landmarks: vectors that every other vector is compared with, arranged so that comparing is fast."""

from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.answers.features import Places, Values, Vectors

Likeness = Values

_COMMON: Final = 512
"""So many of the commonest features are compared as a dense matrix, the rare ones occurrence by occurrence."""

_AT_ONCE: Final = 256
"""Rows whose rare features are compared with all landmarks at a time."""


class Landmarks:
    """Vectors by feature; comparing needs only those features that both sides have."""

    def __init__(self, vectors: Vectors, features: int) -> None:
        """Take vectors, and how many features there are."""
        self.count = vectors.height
        frequency = np.bincount(vectors.features, minlength=features)
        common = np.argsort(-frequency, kind="stable")[:_COMMON]
        self._dense_at = np.full(features, -1, np.int32)
        self._dense_at[common] = np.arange(len(common))
        is_common = self._dense_at[vectors.features] >= 0
        self._dense = np.zeros((len(common), self.count), np.float32)
        self._dense[self._dense_at[vectors.features[is_common]], vectors.rows[is_common]] = vectors.values[is_common]
        self._arrange(vectors, ~is_common, features)

    def likeness(self, vectors: Vectors) -> Likeness:
        """How like each row is to each landmark: their scalar products (rows x landmarks)."""
        row_of, dense_at, values = vectors.rows, self._dense_at[vectors.features], vectors.values
        rare, common = dense_at < 0, dense_at >= 0
        if vectors.height == 1:
            # One question has some dozens of features: their rows are added up without waking the threads of BLAS.
            seen = np.einsum("f,fm->m", values[common], self._dense[dense_at[common]])[None, :]
        else:
            spoken = np.zeros((vectors.height, len(self._dense)), np.float32)
            spoken[row_of[common], dense_at[common]] = values[common]
            seen = spoken @ self._dense
        seen += self._by_rare_features(row_of[rare], vectors.features[rare], values[rare], vectors.height)
        return np.asarray(seen, np.float32)

    def among(self, vectors: Vectors) -> Likeness:
        """How like the landmarks are to each other, given their own vectors (landmarks x landmarks)."""
        # BLAS knows that a matrix by itself is symmetric, and does half of the work.
        alike = np.asarray(self._dense.T @ self._dense, np.float32)
        for begin in range(0, self.count, _AT_ONCE):
            rows = np.arange(begin, min(begin + _AT_ONCE, self.count))
            some = vectors.taken(rows)
            rare = self._dense_at[some.features] < 0
            alike[rows] += self._by_rare_features(some.rows[rare], some.features[rare], some.values[rare], len(rows))
        return alike

    def _arrange(self, vectors: Vectors, kept: NDArray[np.bool_], features: int) -> None:
        """Sort the rare features' occurrences by feature; `_starts[f]` is the first of feature f."""
        order = np.flatnonzero(kept)[np.argsort(vectors.features[kept], kind="stable")]
        self._landmarks = vectors.rows[order]
        self._values = vectors.values[order]
        self._starts = np.searchsorted(vectors.features[order], np.arange(features + 1)).astype(np.int32)

    def _by_rare_features(self, rows: Places, features: Places, values: Values, height: int) -> Likeness:
        """Sum over every pair of an occurrence in a row and one in a landmark."""
        starts = self._starts[features]
        often = self._starts[features + 1] - starts
        ends = np.cumsum(often)
        met = np.arange(often.sum()) + np.repeat(starts - (ends - often), often)
        cells = np.repeat(rows.astype(np.int64) * self.count, often) + self._landmarks[met]
        sums = np.bincount(cells, np.repeat(values, often) * self._values[met], height * self.count)
        return sums.astype(np.float32).reshape(height, self.count)
