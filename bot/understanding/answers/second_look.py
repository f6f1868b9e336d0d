"""A second look at the scores of all heads together: how they usually speak when each entry is meant.

One head against all others does not know that two entries are often taken for each other, nor what the others say of a
question that is its own. What the heads say of the examples that they had not learnt from shows both: the mean scores
for each entry, and how the scores scatter around them. From these follows how much likelier each entry is (linear
discriminant analysis), which is added to its score. Everything is linear, so that reading a question costs no more.
"""

from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.understanding.answers.features import Ints
from bot.understanding.answers.landmarks import Likeness

_SHARE: Final = 0.03
"""How much of the second look is added to the score. Measured flat from 0.02 to 0.1 (docs/figures.md)."""

_EVENNESS: Final = 1.0
"""The scatter of so many typical scores is added to that of each, for there are few examples to tell it by."""

_USUAL: Final = 1.0
"""Each entry's mean scores count in so many examples more that speak as examples of the other entries do."""

_EPSILON: Final = 1e-6


@dataclass(frozen=True)
class Look:
    """What scores are multiplied with (entries x entries), and what is added then (entries)."""

    turn: Likeness
    added: Likeness


def looked_at_again(left_out: Likeness, entry_of: Ints) -> tuple[Look, Likeness]:
    """Learn from what the heads say of examples left out (examples x entries), and give that as seen with it.

    An entry without examples is never meant; one with a single example speaks as the others do.
    """
    entries = left_out.shape[1]
    examples = np.bincount(entry_of, minlength=entries)
    tried = examples[entry_of] > 1
    added = np.where(examples, 0.0, -np.inf).astype(np.float32)
    if not tried.any():
        return Look(np.eye(entries, dtype=np.float32), added), left_out
    said, meant = left_out[tried], entry_of[tried]
    counted = np.where(examples > 1, examples, 0)[:, None]
    usual = np.eye(entries, dtype=np.float32) * said[np.arange(len(said)), meant].mean()
    sums = usual * _USUAL
    np.add.at(sums, meant, said)
    means = sums / (counted + _USUAL)
    sharpness = _sharpness(said - means[meant])
    likelier = means @ sharpness
    turn = np.eye(entries, dtype=np.float32) + _SHARE * likelier.T
    added -= _SHARE / 2 * np.einsum("ed,ed->e", likelier, means)
    seen = left_out @ turn + added
    # An example has a part in the mean of its own entry; without it, that is another one.
    others = (sums[meant] - said) / (counted[meant] - 1 + _USUAL)
    likelier = others @ sharpness
    own = np.einsum("ne,ne->n", likelier, said) - np.einsum("ne,ne->n", likelier, others) / 2
    seen[np.flatnonzero(tried), meant] = said[np.arange(len(said)), meant] + _SHARE * own
    # Brought back to how far scores lay apart at first, for surety is told by that.
    scale = np.float32(said.max(axis=1).std() / max(seen[tried].max(axis=1).std(), _EPSILON))
    return Look((turn * scale).astype(np.float32), added * scale), (seen * scale).astype(np.float32)


def _sharpness(scatter: Likeness) -> Likeness:
    """The inverse of how scores scatter together (entries x entries)."""
    together = scatter.T @ scatter / len(scatter)
    together[np.diag_indices_from(together)] += _EVENNESS * np.trace(together) / len(together)
    inverse: Likeness = np.linalg.inv(together)
    return inverse
