"""One linear head per entry over the examples of all: regularised least squares, solved at once and not step by step.

A question is told by its likeness to each example. What the heads would say of an example that they had not learnt from
follows in closed form (leave one out). From that come the score below which nothing is answered, and a second look: how
the heads usually speak together when each entry is meant (`second_look.py`).
"""

from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from bot.understanding.answers.features import Floats, Ints, Vectors
from bot.understanding.answers.landmarks import Landmarks, Likeness
from bot.understanding.answers.second_look import looked_at_again

REGULARISATION: Final = 0.1
"""Measured on questions of other projects (docs/figures.md): flat from 0.05 to 0.2."""

HANDED_OVER: Final = 0.03
"""The share of questions that have an answer, and are handed to a person all the same (goal: 3 to 8 %)."""

OWN_PACK_HANDED_OVER: Final = 0.42
"""The same for packs with our own entries, whose ways to ask are as unlike each other as five languages can be.

Leaving one out is far harder there than a real question is (65 % against 98 % right), so a small share of them would
set the threshold where two thirds of what nothing answers is answered (docs/figures.md).
"""

MOST_EXAMPLES: Final = 4_500
"""So many are solved; of more, the weights are counted (`shares.py`), for work grows with their third power.

Our own pack has 2,958, which leaves a network 1,500 ways to ask of its own. Whoever goes beyond pays for it: counted,
our own pack gets one to four questions in a hundred fewer right and up to four more wrong (docs/figures.md), and
meanings no longer count. That is why it is logged (`knowledge.counted_only`).
"""

_ONE_LESS: Final = 0.1
"""An example that is left out leaves its entry with one less, and is handed over more often than a question would be:
by two in a hundred where an entry has five examples, by one where it has ten (measured on CLINC150)."""

_SMALL: Final = 64
"""So many rows are turned round at once."""
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
class Solution:
    """What each example says for each entry (examples x entries), what is added, and the score that makes sure."""

    weights: Likeness
    added: Likeness
    threshold: float

    def scores(self, likeness: Likeness) -> Floats:
        """How much rows speak for each entry, given how like they are to the examples (rows x examples)."""
        # Not by BLAS, whose threads wait for each other longer than this takes when a machine is busy.
        spoken: Floats = np.einsum("rm,me->re", likeness, self.weights) + self.added
        return spoken


@dataclass(frozen=True)
class Head:
    """The examples, and what was learnt of them. Near 1 is what was learnt, near 0 or below it is anything else."""

    landmarks: Landmarks
    solution: Solution

    @classmethod
    def learn(
        cls, vectors: Vectors, entry_of: Ints, entries: int, features: int, handed_over: float = HANDED_OVER
    ) -> "Head":
        """Learn from example vectors, with the number of each one's entry in rising order."""
        landmarks = Landmarks(vectors, features)
        return cls(landmarks, learnt(landmarks.among(vectors), entry_of, entries, handed_over))

    @property
    def threshold(self) -> float:
        """The score that makes sure."""
        return self.solution.threshold

    def scores(self, vectors: Vectors) -> Floats:
        """How much each row speaks for each entry (rows x entries)."""
        return self.solution.scores(self.landmarks.likeness(vectors))


def learnt(likeness: Likeness, entry_of: Ints, entries: int, handed_over: float) -> Solution:
    """Solve, look again, and find where an answer begins.

    Takes the likeness of the examples among themselves (1 with itself), which is overwritten.
    """
    weights, left_out = solved(likeness, entry_of, entries)
    look, left_out = looked_at_again(left_out, entry_of)
    return Solution(weights @ look.turn, look.added, threshold(left_out, entry_of, handed_over))


def solved(likeness: Likeness, entry_of: Ints, entries: int) -> tuple[Likeness, Likeness]:
    """Give the weights, and what the heads would say of each example had they not learnt from it.

    Takes the likeness of the examples among themselves (1 with itself), which is overwritten.
    """
    wanted = np.zeros((len(entry_of), entries), np.float32)
    wanted[np.arange(len(entry_of)), entry_of] = 1
    likeness[np.diag_indices_from(likeness)] += REGULARISATION
    _put_inverse_root(likeness)
    root = likeness
    weights: Likeness = root.T @ (root @ wanted)
    diagonal = np.einsum("ij,ij->j", root, root)
    left_out: Likeness = wanted - weights / diagonal[:, None]
    return weights, left_out


def _put_inverse_root(alike: Likeness) -> None:
    """Put a lower triangle R in the place of a symmetric and positive matrix whose inverse is the product of R' and R.

    By quarters, in their own place: half of the work of an inverse, and no second matrix of that size.
    """
    size = len(alike)
    if size <= _SMALL:
        alike[:] = np.tril(np.linalg.inv(np.linalg.cholesky(alike)))
        return
    half = size // 2
    first, last, between = alike[:half, :half], alike[half:, half:], alike[half:, :half]
    _put_inverse_root(first)
    below = between @ first.T
    last -= below @ below.T
    _put_inverse_root(last)
    between[:] = -(last @ (below @ first))
    alike[:half, half:] = 0


def threshold(left_out: Likeness, entry_of: Ints, handed_over: float) -> float:
    """The score that the surest entry reaches for all but a small share of the examples that are not alone."""
    examples = np.bincount(entry_of)
    tried = left_out[examples[entry_of] > 1]
    if not len(tried):
        return _UNMEASURED
    harder = _ONE_LESS / float(np.median(examples[examples > 1]))
    return float(np.quantile(tried.max(axis=1), handed_over + harder))
