"""One linear head per entry over the examples of all: regularised least squares, solved at once and not step by step.

A question is told by its likeness to landmarks: to each example, or, where there are very many, to small groups of
examples of one entry. What the heads would say of an example that they had not learnt from follows in closed form
(leave one out), and from that the score below which nothing is answered.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.understanding.answers.features import Floats, Ints, Vectors
from bot.understanding.answers.landmarks import Landmarks

REGULARISATION: Final = 0.1
"""Measured on questions of other projects (docs/figures.md): flat from 0.1 to 0.5."""

HANDED_OVER: Final = 0.05
"""The share of questions that have an answer, and are handed to a person all the same (goal: 3 to 8 %)."""

_MOST_WORK: Final = 1e10
"""Examples times landmarks squared: keeps learning within seconds and its memory within tens of megabytes."""
_AT_ONCE: Final = 256
"""Rows that are compared with all landmarks at a time."""
_MOST_LEARNT_FROM: Final = 3_000
"""Of more examples, evenly spread ones are learnt from; as landmarks all of them stay."""
_LEFT_OUT: Final = 1_000
"""Examples, evenly spread, for which leaving them out is worked out."""
_TINY: Final = 1e-6
"""Keeps the equations solvable when two examples are the same."""
_UNMEASURED: Final = 0.3
"""Where an answer begins when no entry has a second example to try the first one with."""


@dataclass(frozen=True)
class Head:
    """What each landmark says for each entry (landmarks x entries), and from which score on that counts."""

    landmarks: Landmarks
    weights: Floats
    threshold: float

    @classmethod
    def learn(cls, vectors: Vectors, entry_of: Ints, entries: int, features: int) -> "Head":
        """Learn from example vectors, with the number of each one's entry in rising order."""
        grouped = landmark_of(entry_of)
        landmarks = Landmarks(vectors, grouped, features)
        normal, said, among = _equations(landmarks, grouped, vectors, entry_of, entries)
        tried = _tried(entry_of)
        seen = _without_self(landmarks.likeness(vectors.taken(tried)), grouped, tried)
        matrix = normal + REGULARISATION * among + _TINY * np.eye(landmarks.count)
        solved = np.linalg.solve(matrix, np.hstack([said, seen.T]))
        weights, response = solved[:, :entries], solved[:, entries:]
        left_out = _left_out(seen @ weights, np.einsum("nm,mn->n", seen, response), entry_of[tried])
        return cls(landmarks, weights.astype(np.float32), _threshold(left_out))

    def scores(self, vectors: Vectors) -> Floats:
        """How much each row speaks for each entry: near 1 for what was learnt, near 0 for anything else."""
        # In the precision of the weights: otherwise all of them would be converted for each question.
        spoken: Floats = self.landmarks.likeness(vectors).astype(np.float32) @ self.weights
        return spoken


def landmark_of(entry_of: Ints) -> Ints:
    """Group the examples of each entry, neighbours together, so that there are no more landmarks than can be solved."""
    most = max(1, int(np.sqrt(_MOST_WORK / max(1, len(entry_of)))))
    size = -(-len(entry_of) // most)
    first_of_entry = np.searchsorted(entry_of, entry_of)
    place_in_entry = np.arange(len(entry_of)) - first_of_entry
    begins = place_in_entry % size == 0
    return np.cumsum(begins) - 1


def _equations(
    landmarks: Landmarks, grouped: Ints, vectors: Vectors, entry_of: Ints, entries: int
) -> tuple[Floats, Floats, Floats]:
    """The normal equations: likeness squared, likeness by entry, and the landmarks' likeness among themselves."""
    normal = np.zeros((landmarks.count, landmarks.count))
    said = np.zeros((landmarks.count, entries))
    among = np.zeros_like(normal)
    spread = np.arange(0, vectors.height, max(1, -(-vectors.height // _MOST_LEARNT_FROM)))
    for begin in range(0, len(spread), _AT_ONCE):
        rows = spread[begin : begin + _AT_ONCE]
        seen = landmarks.likeness(vectors.taken(rows))
        np.add.at(among, grouped[rows], seen)
        seen = _without_self(seen, grouped, rows)
        normal += seen.T @ seen
        np.add.at(said.T, entry_of[rows], seen)
    # Where only some examples are learnt from, these stand for the others of their landmarks as well.
    among *= vectors.height / max(1, len(spread))
    return normal, said, (among + among.T) / 2


def _without_self(seen: Floats, grouped: Ints, rows: Ints) -> Floats:
    """Likeness to the others of one's own landmark: a question asked is in none (vectors have length 1)."""
    others = np.bincount(grouped)[grouped[rows]] > 1
    seen[np.flatnonzero(others), grouped[rows[others]]] -= 1
    return seen


def _tried(entry_of: Ints) -> Ints:
    """Examples to leave out: evenly spread, and only of entries that have others to know them by."""
    several = np.flatnonzero(np.bincount(entry_of)[entry_of] > 1)
    return several[:: max(1, -(-len(several) // _LEFT_OUT))]


def _left_out(said: Floats, leverage: Floats, entry_of: Ints) -> Floats:
    """What the heads would say of each example had they not learnt from it (closed form of least squares)."""
    wanted = np.zeros_like(said)
    wanted[np.arange(len(said)), entry_of] = 1
    held: Floats = wanted - (wanted - said) / np.maximum(1 - leverage, _TINY)[:, None]
    return held


def _threshold(left_out: Floats) -> float:
    """The score that the surest entry reaches for all but a small share of the examples."""
    if not len(left_out):
        return _UNMEASURED
    return float(np.quantile(left_out.max(axis=1), HANDED_OVER))
