"""Many entries: how much of each feature belongs to each entry, counted and not solved.

The weight of a feature for an entry is the geometric mean of two: how much of the feature's occurrences the entry has,
and how much of the entry's examples the feature is. Learning is one pass, and a question costs only its own features.
"""

from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final

import numpy as np

from bot.understanding.answers.features import Floats, Ints, Places, Values, Vectors
from bot.understanding.answers.head import HANDED_OVER, threshold

_EVERYWHERE: Final = 0.2
"""Added to what there is of a feature, so that one seen once does not count as certain. Flat from 0.1 to 0.3."""
_BANDS: Final = 16
"""Features are summed in so many bands, for all at once take as much memory again as what is kept."""
_LEFT_OUT: Final = 500
"""Examples, evenly spread, for which leaving them out is worked out."""


@dataclass(frozen=True)
class Shares:
    """Sums of example values by feature and entry: those of feature f are in places `starts[f]` to `starts[f + 1]`."""

    starts: Ints
    entries: Places
    sums: Values
    of_feature: Floats
    of_entry: Floats
    threshold: float = 0.0

    @classmethod
    def learn(
        cls, vectors: Vectors, entry_of: Ints, entries: int, features: int, handed_over: float = HANDED_OVER
    ) -> "Shares":
        """Learn from example vectors, with the number of each one's entry in rising order."""
        bands = np.linspace(0, features, _BANDS + 1).astype(np.int64)
        parts = [_summed(vectors, entry_of, entries, *band) for band in pairwise(bands)]
        at, of, sums = (np.concatenate([part[which] for part in parts]) for which in range(3))
        starts = np.searchsorted(at, np.arange(features + 1))
        of_entry = np.sqrt(np.bincount(of, sums**2, entries))
        of_feature = np.asarray(np.bincount(at, sums, features), np.float64)
        counted = cls(starts, of, sums, of_feature, of_entry)
        return replace(counted, threshold=counted._threshold(vectors, entry_of, handed_over))

    def scores(self, vectors: Vectors) -> Floats:
        """How much each row speaks for each entry (rows x entries)."""
        said = np.zeros((vectors.height, len(self.of_entry)))
        ends = np.searchsorted(vectors.rows, np.arange(vectors.height), side="right")
        for row, (begin, end) in enumerate(zip(np.r_[0, ends[:-1]], ends, strict=True)):
            said[row] = self._said(vectors.features[begin:end], vectors.values[begin:end])
        return said

    def _said(self, features: Places, values: Values, left_out: int | None = None) -> Floats:
        """What one question says for each entry; as an example of the entry `left_out`, as if it were not there."""
        begins = self.starts[features]
        often = self.starts[features + 1] - begins
        ends = np.cumsum(often)
        met = np.arange(often.sum()) + np.repeat(begins - (ends - often), often)
        own, value, there = self.entries[met], np.repeat(values, often), self.sums[met]
        everywhere = np.repeat(self.of_feature[features], often)
        if left_out is not None:
            everywhere = everywhere - value
            there = np.where(own == left_out, np.maximum(there - value, 0), there)
        weights = there / np.sqrt((everywhere + _EVERYWHERE) * self.of_entry[own])
        return np.asarray(np.bincount(own, value * weights, len(self.of_entry)), np.float64)

    def _threshold(self, vectors: Vectors, entry_of: Ints, handed_over: float) -> float:
        several = np.flatnonzero(np.bincount(entry_of)[entry_of] > 1)
        kept = min(len(several), _LEFT_OUT)
        tried = several[np.arange(kept) * len(several) // max(1, kept)]
        begins, ends = np.searchsorted(vectors.rows, tried), np.searchsorted(vectors.rows, tried, side="right")
        said = [
            self._said(vectors.features[begin:end], vectors.values[begin:end], int(entry_of[row]))
            for row, begin, end in zip(tried, begins, ends, strict=True)
        ]
        left_out = np.array(said, np.float32).reshape(len(tried), len(self.of_entry))
        # Only examples that are not alone are among them, so each counts.
        return threshold(left_out, np.zeros(len(tried), np.int64), handed_over)


def _summed(vectors: Vectors, entry_of: Ints, entries: int, begin: int, end: int) -> tuple[Places, Places, Values]:
    """Sum the values of each feature from `begin` to `end` in each entry: feature, entry and sum, sorted."""
    met = np.flatnonzero((vectors.features >= begin) & (vectors.features < end))
    cells = vectors.features[met].astype(np.int64) * entries + entry_of[vectors.rows[met]]
    order = np.argsort(cells, kind="stable")
    begins = np.flatnonzero(np.diff(cells[order], prepend=-1))
    sums = np.add.reduceat(vectors.values[met][order], begins) if len(begins) else np.zeros(0, np.float32)
    at, of = np.divmod(cells[order][begins], max(1, entries))
    return at.astype(np.int32), of.astype(np.int32), sums
