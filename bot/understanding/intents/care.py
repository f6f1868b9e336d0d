"""Whether somebody needs a person at once: in a whole message, or in one sentence of it (R14, K46, K47).

A model of two kinds, learnt from `data/serious`, says how much a text speaks for something serious; the listed words
and figures of speech weigh in. Each sentence is read for itself too, for one in a long message counts as much as one
that stands alone.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.answers.features import Floats, Vocabulary
from bot.understanding.intents.serious import listed_words_speak

WHOLE_FROM: Final = 0.7
"""The log odds from which on a message is serious: about the least that takes fewer than 8 % of near misses seriously.

Chosen on the examples themselves, a sixth of them left out at a time (`bench.care_styles --mixed`).
"""
SENTENCE_FROM: Final = 1.4
"""The same for one sentence of several: half of what was said says less."""
CLAUSE_FROM: Final = 2.7
PERHAPS: Final = 1.0
"""So far below, a message may still be serious, said in a roundabout way: three everyday messages of a hundred are."""
LISTED: Final = 1.5
"""What a listed word of crisis or violence adds to the log odds, and a figure of speech takes away."""
LISTED_ALONE: Final = 3.0
"""The same where hardly anything else is said ("orker ikke lenger")."""
_HARDLY_MORE: Final = 3

_SENTENCE_ENDS: Final = re.compile(r"(?<!\d)[.!?;:]+(?=\s|$)|\n+")
_CLAUSE_ENDS: Final = re.compile(
    r",|(?<!\d)[.!?;:]+(?=\s|$)|\n+|\s(?:and|also|but|because|ja|sekä|mutta|koska|und|aber|weil|og|men|fordi|ve|ama|çünkü)\s",
    re.IGNORECASE,
)
_FEWEST_WORDS: Final = 2
"""A piece of one word is as often a name or a field as a cry for help; alone, as a whole message, it is read."""


@dataclass(frozen=True)
class CareModel:
    """How much each feature of a text speaks for something serious, in log odds."""

    vocabulary: Vocabulary
    weights: NDArray[np.float16]
    bias: float
    made_of: str
    """The fingerprint of the examples it was made of."""

    def keep(self, path: Path) -> None:
        """Write everything into one file (npz)."""
        np.savez_compressed(path, **self.vocabulary.parts(), weights=self.weights, bias=self.bias, made_of=self.made_of)

    def scores(self, texts: Iterable[str]) -> Floats:
        """The log odds of each text."""
        vectors = self.vocabulary.vectors(list(texts))
        spoken = vectors.values * self.weights[vectors.features]
        return np.asarray(np.bincount(vectors.rows, spoken, vectors.height) + self.bias, np.float64)

    def needs_care(self, text: str, margin: float = 0.0) -> bool:
        """Say whether a message, or a sentence of it, is something serious or falls short of it by this at most."""
        listed = LISTED_ALONE if len(text.split()) <= _HARDLY_MORE else LISTED
        read = [(text, WHOLE_FROM, listed), *((piece, least, LISTED) for piece, least in _pieces(text))]
        scores = self.scores(piece for piece, _, _ in read)
        weighed = zip(read, scores + margin, strict=True)
        return any(_is_serious(piece, score - least, listed) for (piece, least, listed), score in weighed)


@cache
def load() -> CareModel:
    """Read the model beside the lists; some ten milliseconds."""
    with as_file(model_file()) as path, np.load(path) as kept:
        return CareModel(Vocabulary.of(kept), kept["weights"], float(kept["bias"]), str(kept["made_of"]))


def model_file() -> Any:
    """Where the model is kept."""
    return files("bot.understanding").joinpath("data/serious.npz")


def _is_serious(text: str, beyond: float, listed: float) -> bool:
    """Weigh the listed words in; they are looked for only where they can decide, for that takes longest."""
    if abs(beyond) > listed:
        return beyond > 0
    return beyond + listed * listed_words_speak(text) > 0


def _pieces(text: str) -> list[tuple[str, float]]:
    """The sentences and clauses of a message, each with the log odds from which on it is serious."""
    read: dict[str, float] = {}
    for ends, least in ((_SENTENCE_ENDS, SENTENCE_FROM), (_CLAUSE_ENDS, CLAUSE_FROM)):
        pieces = [piece.strip() for piece in ends.split(text)]
        for piece in pieces if len(pieces) > 1 else ():
            if len(piece.split()) >= _FEWEST_WORDS:
                read.setdefault(piece, least)
    return list(read.items())
