"""Questions as vectors: their words, pairs of words that are near, and the n-grams of letters within words.

The letters find inflected and mistyped words again, the words keep apart what only looks alike; each kind has its share
of a vector of length one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, pairwise
from typing import Any, Final
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from bot.understanding.fields.grams import grams_of_lines
from bot.understanding.words import folded_words

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]

SHARE_OF_WORDS: Final = 0.5
"""How much of a vector is words and pairs of words; the rest is letters. Measured flat between 0.4 and 0.7."""

_WORD, _PAIR = 1 << 40, 2 << 40
"""Set off the numbers of words and pairs from those of n-grams, which take thirty bits."""

_BITS_OF_KEY: Final = 42


@dataclass(frozen=True)
class Vectors:
    """Sparse rows: entry k says that row `rows[k]` has feature `features[k]` with `values[k]`; sorted by row."""

    rows: Ints
    features: Ints
    values: Floats
    height: int

    def taken(self, rows: Ints) -> "Vectors":
        """Give only these rows, which are in rising order."""
        begins, ends = np.searchsorted(self.rows, rows), np.searchsorted(self.rows, rows, side="right")
        lengths = ends - begins
        kept = np.repeat(ends - np.cumsum(lengths), lengths) + np.arange(lengths.sum())
        numbers = np.repeat(np.arange(len(rows)), lengths)
        return Vectors(numbers, self.features[kept], self.values[kept], len(rows))


class Vocabulary:
    """The features of the examples, and how rare each is."""

    def __init__(self, keys: Ints, rarity: Floats, unknown: float) -> None:
        """Take the keys in rising order, their rarity, and the rarity of what no example has."""
        self._keys = keys
        self._rarity = rarity
        self._unknown = unknown

    @classmethod
    def learn(cls, texts: Sequence[str]) -> tuple["Vocabulary", Vectors]:
        """Collect every feature of the texts, and give the vocabulary and the texts as vectors over it."""
        keys, rows, counts = _counted(texts)
        known, texts_with = np.unique(keys, return_counts=True)
        rarity = np.log((1 + len(texts)) / (1 + texts_with)) + 1
        vocabulary = cls(known, rarity, float(np.log((1 + len(texts)) / 2) + 1))
        return vocabulary, vocabulary._weighed(keys, rows, counts, len(texts))

    @classmethod
    def of(cls, parts: Mapping[str, Any]) -> "Vocabulary":
        """Build the vocabulary from the parts it was kept in."""
        return cls(parts["keys"], parts["rarity"].astype(np.float64), float(parts["unknown"]))

    def parts(self) -> dict[str, Any]:
        """Give the arrays to keep."""
        return {"keys": self._keys, "rarity": self._rarity.astype(np.float32), "unknown": self._unknown}

    def __len__(self) -> int:
        return len(self._keys)

    def vectors(self, texts: Sequence[str]) -> Vectors:
        """Give texts as vectors of length one or less: less, the more a text has that no example has."""
        return self._weighed(*_counted(texts), len(texts))

    def _weighed(self, keys: Ints, rows: Ints, counts: Ints, height: int) -> Vectors:
        places = np.searchsorted(self._keys, keys)
        places[places == len(self._keys)] = 0
        known = self._keys[places] == keys if len(self._keys) else np.zeros(len(keys), bool)
        values = (1 + np.log(counts)) * self._unknown
        values[known] *= self._rarity[places[known]] / self._unknown
        for kind, share in ((keys < _WORD, 1 - SHARE_OF_WORDS), (keys >= _WORD, SHARE_OF_WORDS)):
            squared = np.bincount(rows[kind], weights=values[kind] ** 2, minlength=height)
            values[kind] *= np.sqrt(share / squared[rows[kind]])
        return Vectors(rows[known], places[known], values[known], height)


def _counted(texts: Sequence[str]) -> tuple[Ints, Ints, Ints]:
    """Every feature of every text once: its key, the number of its text, and how often it occurs there."""
    words = [folded_words(text) for text in texts]
    grams, lines = grams_of_lines([" ".join(spoken) for spoken in words])
    of_words = [(key, row) for row, spoken in enumerate(words) for key in _keys_of_words(spoken)]
    more = np.array(of_words, np.int64).reshape(-1, 2)
    keys, rows = np.concatenate([grams, more[:, 0]]), np.concatenate([lines, more[:, 1]])
    # As one number each they are sorted several times faster than as pairs.
    cells = np.sort(rows << _BITS_OF_KEY | keys)
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    first = cells[starts]
    return first & ((1 << _BITS_OF_KEY) - 1), first >> _BITS_OF_KEY, np.diff(starts, append=len(cells))


def _keys_of_words(words: Sequence[str]) -> list[int]:
    """Numbers for the words, for neighbours (beginning and end of the question included), and for next neighbours."""
    keys = [_WORD | crc32(word.encode()) for word in words]
    around = ("^", *words, "$") if words else ()
    pairs = chain(pairwise(around), zip(words, words[2:], strict=False))
    return keys + [_PAIR | crc32(f"{first} {second}".encode()) for first, second in pairs]
