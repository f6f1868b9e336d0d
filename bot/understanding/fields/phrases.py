"""Listed phrases inside a sentence: found as they stand, or with an ending on the last word.

A phrase is kept as a number of 64 bits instead of its letters: seventy thousand phrases take one megabyte, and two
phrases share a number less often than once in a hundred million messages.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import blake2b
from typing import Final, TypeAlias

import numpy as np
from numpy.typing import NDArray

from bot.understanding.words import ENDINGS, folded_words

Numbers: TypeAlias = NDArray[np.uint64]

LONGEST_PHRASE: Final = 5
"""Longer listed phrases are rare and are left to the n-grams (words)."""

_SHORTEST_STEM: Final = 4
"""A shorter word takes no endings: too many other words would begin like it by chance (letters)."""

_LONGEST_ENDING: Final = max(len(ending) for ending in ENDINGS)


@dataclass(frozen=True, slots=True)
class Sighting:
    """A listed phrase found in a text: the codes it stands for, and the places of its words.

    `exact`: it stands there as it is listed, without an ending.
    """

    codes: frozenset[str]
    places: range
    letters: int
    exact: bool


class PhraseBook:
    """Phrases and the codes each stands for, arranged so that a sentence is read in a fraction of a millisecond."""

    def __init__(self, numbers: Numbers, meaning_of: NDArray[np.int32], meanings: Sequence[frozenset[str]]) -> None:
        """Take the numbers of the phrases in rising order (n), for each the place of its meaning (n), and meanings."""
        self.numbers = numbers
        self.meaning_of = meaning_of
        self.meanings = tuple(meanings)

    @classmethod
    def of(cls, listed: Iterable[tuple[str, str]]) -> "PhraseBook":
        """Take (code, phrase) pairs as they are written; a phrase may stand for several codes."""
        codes_of: dict[int, set[str]] = defaultdict(set)
        for code, phrase in listed:
            words = folded_words(phrase)
            if 0 < len(words) <= LONGEST_PHRASE:
                codes_of[_number(" ".join(words))].add(code)
        return cls._arranged({number: frozenset(codes) for number, codes in codes_of.items()})

    def replaced(self, meant: Iterable[tuple[str, Sequence[str]]]) -> "PhraseBook":
        """Give a book in which these phrases stand for exactly these codes."""
        return self._arranged(
            self._codes_of_number() | {_number(_folded(phrase)): frozenset(codes) for phrase, codes in meant}
        )

    def changed(self, added: Iterable[tuple[str, str]], not_meant: Iterable[tuple[str, str]]) -> "PhraseBook":
        """Give a book with further (code, phrase) pairs, and without others."""
        codes_of = self._codes_of_number()
        for code, phrase in added:
            number = _number(_folded(phrase))
            codes_of[number] = codes_of.get(number, frozenset()) | {code}
        for code, phrase in not_meant:
            number = _number(_folded(phrase))
            codes_of[number] = codes_of.get(number, frozenset()) - {code}
        return self._arranged({number: codes for number, codes in codes_of.items() if codes})

    def find(self, words: Sequence[str], *, inflected: bool = True) -> list[Sighting]:
        """Find the listed phrases among folded words; where two overlap, the longer one is meant.

        `inflected`: the last word of a phrase may have an ending.
        """
        windows = [
            range(first, end)
            for first in range(len(words))
            for end in range(min(len(words), first + LONGEST_PHRASE), first, -1)
        ]
        written = [words[window.start : window.stop] for window in windows]
        found: list[Sighting] = []
        next_free = 0
        for window, (codes, exact) in zip(windows, self._codes_of(written, inflected=inflected), strict=True):
            if codes and window.start >= next_free:
                letters = sum(len(word) for word in words[window.start : window.stop])
                found.append(Sighting(codes, window, letters, exact))
                next_free = window.stop
        return found

    def _codes_of(self, phrases: Sequence[Sequence[str]], *, inflected: bool) -> list[tuple[frozenset[str], bool]]:
        """Give for each phrase the codes it stands for, and whether as it is; no codes when it is not listed."""
        forms = [
            (place, form)
            for place, phrase in enumerate(phrases)
            for form in (_forms(phrase) if inflected else [" ".join(phrase)])
        ]
        codes: list[tuple[frozenset[str], bool]] = [(frozenset(), False)] * len(phrases)
        if not forms or not len(self.numbers):
            return codes
        numbers = np.array([_number(form) for _, form in forms], np.uint64)
        at = np.searchsorted(self.numbers, numbers)
        at[at == len(self.numbers)] = 0
        for known in np.flatnonzero(self.numbers[at] == numbers):
            place, form = forms[known]
            # The phrase as it stands comes before its stems, and a longer stem before a shorter one.
            if not codes[place][0]:
                codes[place] = self.meanings[self.meaning_of[at[known]]], form == " ".join(phrases[place])
        return codes

    def _codes_of_number(self) -> dict[int, frozenset[str]]:
        pairs = zip(self.numbers, self.meaning_of, strict=True)
        return {int(number): self.meanings[meaning] for number, meaning in pairs}

    @classmethod
    def _arranged(cls, codes_of: dict[int, frozenset[str]]) -> "PhraseBook":
        meanings = sorted(set(codes_of.values()), key=sorted)
        place_of = {codes: place for place, codes in enumerate(meanings)}
        numbers = sorted(codes_of)
        meaning_of = np.array([place_of[codes_of[number]] for number in numbers], np.int32)
        return cls(np.array(numbers, np.uint64), meaning_of, meanings)


def _folded(phrase: str) -> str:
    return " ".join(folded_words(phrase))


def _number(phrase: str) -> int:
    return int.from_bytes(blake2b(phrase.encode(), digest_size=8).digest(), "little")


def _forms(words: Sequence[str]) -> list[str]:
    """Give the phrase itself, then what is left of it without each ending it may have, longest stem first."""
    phrase, last = " ".join(words), words[-1]
    longest = min(_LONGEST_ENDING, len(last) - _SHORTEST_STEM)
    return [phrase, *(phrase[:-length] for length in range(1, longest + 1) if last[-length:] in ENDINGS)]
