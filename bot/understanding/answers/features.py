"""Questions as vectors: their words, pairs of words that are near, and the n-grams of letters within words.

The letters find inflected and mistyped words again, the words keep apart what only looks alike, the pairs what is made
of the same words; each kind has its share of a vector of length one.
"""

from array import array
from collections.abc import Iterator, Mapping, Sequence
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
Places = NDArray[np.int32]
Values = NDArray[np.float32]

_LETTERS, _WORD, _PAIR = 0, 1, 2
"""Kinds of features."""

SHARES: Final = {_LETTERS: 0.5, _WORD: 0.2, _PAIR: 0.3}
"""How much of a vector each kind is. Measured flat: a tenth more or less of any is half a point at most."""

_BITS_OF_KIND: Final = 40
"""The kind stands above these bits of a feature's number: n-grams take thirty, the digest of a word or pair 32."""
_BITS_OF_KEY: Final = 42

_AT_ONCE: Final = 1_000
"""Texts whose features are counted at a time: of ten thousand texts at once they take a hundred megabytes."""


@dataclass(frozen=True)
class Vectors:
    """Sparse rows: entry k says that row `rows[k]` has feature `features[k]` with `values[k]`; sorted by row."""

    rows: Places
    features: Places
    values: Values
    height: int

    @classmethod
    def joined(cls, parts: Sequence["Vectors"]) -> "Vectors":
        """Put vectors one below the other."""
        tops = np.cumsum([0, *(part.height for part in parts)]).astype(np.int32)
        rows = np.concatenate([part.rows + top for part, top in zip(parts, tops, strict=False)])
        features = np.concatenate([part.features for part in parts])
        return cls(rows, features, np.concatenate([part.values for part in parts]), int(tops[-1]))

    def taken(self, rows: Ints) -> "Vectors":
        """Give only these rows, which are in rising order."""
        begins, ends = np.searchsorted(self.rows, rows), np.searchsorted(self.rows, rows, side="right")
        lengths = ends - begins
        kept = np.repeat(ends - np.cumsum(lengths), lengths) + np.arange(lengths.sum())
        numbers = np.repeat(np.arange(len(rows), dtype=np.int32), lengths)
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
        parts = _counted(texts)
        known, texts_with = np.unique(np.concatenate([part.keys for part in parts]), return_counts=True)
        rarity = np.log((1 + len(texts)) / (1 + texts_with)) + 1
        vocabulary = cls(known, rarity, float(np.log((1 + len(texts)) / 2) + 1))
        return vocabulary, Vectors.joined([vocabulary._weighed(part) for part in parts])

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
        return Vectors.joined([self._weighed(part) for part in _counted(texts)])

    def _weighed(self, counted: "_Counted") -> Vectors:
        places = np.searchsorted(self._keys, counted.keys).astype(np.int32)
        places[places == len(self._keys)] = 0
        known = self._keys[places] == counted.keys if len(self._keys) else np.zeros(len(places), bool)
        values = (1 + np.log(counted.often)) * self._unknown
        values[known] *= self._rarity[places[known]] / self._unknown
        for number, share in SHARES.items():
            kind = counted.keys >> _BITS_OF_KIND == number
            rows = counted.rows[kind]
            squared = np.bincount(rows, weights=values[kind] ** 2, minlength=counted.height)
            values[kind] *= np.sqrt(share / squared[rows])
        return Vectors(counted.rows[known], places[known], values[known].astype(np.float32), counted.height)


@dataclass(frozen=True)
class _Counted:
    """Every feature of some texts once: its key, the number of its text, and how often it occurs there."""

    keys: Ints
    rows: Places
    often: Places
    height: int


def _counted(texts: Sequence[str]) -> list[_Counted]:
    return [_counted_at_once(texts[begin : begin + _AT_ONCE]) for begin in range(0, max(1, len(texts)), _AT_ONCE)]


def _counted_at_once(texts: Sequence[str]) -> _Counted:
    words = [folded_words(text) for text in texts]
    grams, lines = grams_of_lines([" ".join(spoken) for spoken in words])
    of_words = [array("q", _keys_of_words(spoken)) for spoken in words]
    keys = np.concatenate([grams, *of_words])
    spoken_in = np.repeat(np.arange(len(texts)), np.fromiter(map(len, of_words), np.int64))
    rows = np.concatenate([lines, spoken_in])
    # As one number each they are sorted several times faster than as pairs.
    cells = np.sort(rows << _BITS_OF_KEY | keys)
    starts = np.flatnonzero(np.diff(cells, prepend=-1))
    first = cells[starts]
    often = np.diff(starts, append=len(cells)).astype(np.int32)
    return _Counted(first & ((1 << _BITS_OF_KEY) - 1), (first >> _BITS_OF_KEY).astype(np.int32), often, len(texts))


def _keys_of_words(words: Sequence[str]) -> Iterator[int]:
    """Numbers for the words, for neighbours (beginning and end of the question included), and for next neighbours."""
    yield from (_WORD << _BITS_OF_KIND | crc32(word.encode()) for word in words)
    around = ("^", *words, "$") if words else ()
    pairs = chain(pairwise(around), zip(words, words[2:], strict=False))
    yield from (_PAIR << _BITS_OF_KIND | crc32(f"{first} {second}".encode()) for first, second in pairs)
