"""Words as character n-grams: what two spellings, forms or compounds of a word still share.

An n-gram of up to five characters fits into thirty bits, six for each, so it is written as a number without loss.
"""

from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

SHORTEST: Final = 2
LONGEST: Final = 5
_BITS: Final = 6
_BETWEEN: Final = 1
"""The symbol between words; an n-gram may begin or end with it, and never reaches across it."""

Grams: TypeAlias = NDArray[np.int64]

_SYMBOLS = np.full(128, _BETWEEN, np.int64)
for _symbol, _letter in enumerate("abcdefghijklmnopqrstuvwxyz0123456789+#", start=2):
    _SYMBOLS[ord(_letter)] = _symbol


def grams_of(word: str) -> Grams:
    """Give every n-gram of one folded word, its beginning and end included; a word may be several with spaces."""
    text = f" {' '.join(word.split())} ".encode("ascii", "replace")
    return np.concatenate([grams for grams, _ in _by_length(text)])


def grams_of_lines(lines: list[str]) -> tuple[Grams, NDArray[np.int64]]:
    """Give every n-gram of many folded lines at once, and for each the number of its line."""
    text = f"\n{chr(10).join(lines)}\n".encode("ascii", "replace")
    found = list(_by_length(text))
    # The end of a line is counted as the beginning of the next one, for it is where the next one's n-grams begin.
    line_of = np.cumsum(np.frombuffer(text, np.uint8) == ord("\n")) - 1
    return np.concatenate([grams for grams, _ in found]), np.concatenate([line_of[at] for _, at in found])


def _by_length(text: bytes) -> list[tuple[Grams, NDArray[np.int64]]]:
    """Give n-grams and the places where they begin, for each length."""
    symbols = _SYMBOLS[np.frombuffer(text, np.uint8) & 127]
    between = symbols == _BETWEEN
    found, grams = [], symbols
    for length in range(SHORTEST, LONGEST + 1):
        grams = (grams[:-1] << _BITS) | symbols[length - 1 :]
        within = np.ones(len(grams), bool)
        for inner in range(1, length - 1):
            within &= ~between[inner : inner + len(grams)]
        if length == SHORTEST:
            within &= ~(between[:-1] & between[1:])
        at = np.flatnonzero(within)
        found.append((grams[at], at))
    return found
