"""One linear head per entry over the examples of all: regularised least squares, solved at once and not step by step.

A question is told by its likeness to each example. What the heads would say of an example that they had not learnt from
follows in closed form (leave one out), and from that the score below which nothing is answered.
"""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from bot.understanding.answers.features import Floats, Ints, Vectors
from bot.understanding.answers.landmarks import Landmarks, Likeness

REGULARISATION: Final = 0.1
"""Measured on questions of other projects (docs/figures.md): flat from 0.1 to 0.5."""

HANDED_OVER: Final = 0.05
"""The share of questions that have an answer, and are handed to a person all the same (goal: 3 to 8 %)."""

OWN_PACK_HANDED_OVER: Final = 0.46
"""The same for packs with our own entries, whose ways to ask are as unlike each other as five languages can be.

Leaving one out is far harder there than a real question is (65 % against 98 % right), so a small share of them would
set the threshold where two thirds of what nothing answers is answered (docs/figures.md).
"""

MOST_EXAMPLES: Final = 3_000
"""Of more examples, likeness of each to each is neither learnt in seconds nor kept in tens of megabytes."""

_AT_ONCE: Final = 256
"""Rows that are compared with all examples at a time."""
_UNMEASURED: Final = 0.3
"""Where an answer begins when no entry has a second example to try the first one with."""


class Scorer(Protocol):
    """Says how much a question speaks for each entry, and from which score on that counts."""

    @property
    def threshold(self) -> float:
        """The score that makes sure."""

    def scores(self, vectors: Vectors) -> Floats:
        """How much each row speaks for each entry (rows x entries)."""


@dataclass(frozen=True)
class Head:
    """What each example says for each entry (examples x entries), and from which score on that counts."""

    landmarks: Landmarks
    weights: Likeness
    threshold: float

    @classmethod
    def learn(
        cls, vectors: Vectors, entry_of: Ints, entries: int, features: int, handed_over: float = HANDED_OVER
    ) -> "Head":
        """Learn from example vectors, with the number of each one's entry in rising order."""
        landmarks = Landmarks(vectors, features)
        weights, left_out = solved(among(landmarks, vectors), entry_of, entries)
        return cls(landmarks, weights, threshold(left_out, entry_of, handed_over))

    def scores(self, vectors: Vectors) -> Floats:
        """How much each row speaks for each entry: near 1 for what was learnt, near 0 for anything else."""
        # Not by BLAS, whose threads wait for each other longer than this takes when a machine is busy.
        spoken: Floats = np.einsum("rm,me->re", self.landmarks.likeness(vectors), self.weights)
        return spoken


def solved(likeness: Likeness, entry_of: Ints, entries: int) -> tuple[Likeness, Likeness]:
    """Give the weights, and what the heads would say of each example had they not learnt from it.

    Takes the likeness of the examples among themselves (1 with itself), which is overwritten.
    """
    wanted = np.zeros((len(entry_of), entries), np.float32)
    wanted[np.arange(len(entry_of)), entry_of] = 1
    likeness[np.diag_indices_from(likeness)] += REGULARISATION
    inverse: Likeness = np.linalg.inv(likeness)
    weights: Likeness = inverse @ wanted
    left_out: Likeness = wanted - weights / np.diagonal(inverse)[:, None]
    return weights, left_out


def threshold(left_out: Likeness, entry_of: Ints, handed_over: float) -> float:
    """The score that the surest entry reaches for all but a small share of the examples that are not alone."""
    tried = left_out[np.bincount(entry_of)[entry_of] > 1]
    return float(np.quantile(tried.max(axis=1), handed_over)) if len(tried) else _UNMEASURED


def among(landmarks: Landmarks, vectors: Vectors) -> Likeness:
    """How like the landmarks are to each other, given their own vectors."""
    alike = np.empty((vectors.height, vectors.height), np.float32)
    for begin in range(0, vectors.height, _AT_ONCE):
        rows = np.arange(begin, min(begin + _AT_ONCE, vectors.height))
        alike[rows] = landmarks.likeness(vectors.taken(rows))
    return alike
