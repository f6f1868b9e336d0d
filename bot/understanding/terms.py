"""Find listed terms inside a sentence, however they are inflected, joined to others or mistyped.

What a term means is the caller's business: it is handed back untouched.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from bot.understanding.patterns import MISTYPED, TOO_MANY_ERRORS, Term
from bot.understanding.words import Word, words_of

M = TypeVar("M")

_SHARE_OF_WORD_EXPLAINED = 0.6
"""Below this share a listed word explains too little of a long word to rule out a typing error in a longer one."""


@dataclass(frozen=True, slots=True)
class Found(Generic[M]):
    """A listed term found in a text: its meaning, the places of its first and last word, how sure that is (0 to 1)."""

    meaning: M
    first: int
    last: int
    certainty: float


@dataclass(frozen=True, slots=True)
class _Sighting(Generic[M]):
    term: Term[M]
    first: int
    certainty: float

    @property
    def places(self) -> range:
        return range(self.first, self.first + len(self.term.patterns))


class TermIndex(Generic[M]):
    """Listed terms, arranged so that a sentence is read in about a millisecond."""

    def __init__(
        self, terms: Iterable[tuple[str, M]], from_start: Iterable[tuple[str, M]] = (), ignored: Iterable[str] = ()
    ) -> None:
        """Arrange the terms; those of `from_start` are never looked for inside a longer word, only from its start."""
        self._by_first_stem: dict[str, list[Term[M]]] = defaultdict(list)
        self._by_initial: dict[str, list[Term[M]]] = defaultdict(list)
        for written, meaning in terms:
            self._add(Term.read(written, meaning, inside=True))
        for written, meaning in from_start:
            self._add(Term.read(written, meaning, inside=False))
        for written in ignored:
            self._add(Term.read(written, None, inside=False))

    def find(self, text: str) -> tuple[Found[M], ...]:
        """Find the terms a text contains, in order; where two overlap, the longer one is meant."""
        words = words_of(text)
        sightings = [seen for place in range(len(words)) for seen in self._seen_at(words, place)]
        longest: dict[int, int] = defaultdict(int)
        for seen in sightings:
            for place in seen.places:
                longest[place] = max(longest[place], seen.term.letters)
        return tuple(
            Found(seen.term.meaning, seen.first, seen.places[-1], seen.certainty)
            for seen in sightings
            if seen.term.meaning is not None and all(longest[place] == seen.term.letters for place in seen.places)
        )

    def _add(self, term: Term[M]) -> None:
        stem = term.patterns[0].stem
        self._by_first_stem[stem].append(term)
        if term.may_be_mistyped:
            self._by_initial[stem[0]].append(term)

    def _seen_at(self, words: Sequence[Word], place: int) -> Iterator[_Sighting[M]]:
        word, explained = words[place].folded, 0
        for start, piece in _pieces_of(word):
            for term in self._by_first_stem.get(piece, ()):
                certainty = _certainty(term, words, place, start)
                if certainty:
                    explained = max(explained, term.letters)
                    yield _Sighting(term, place, certainty)
        if explained < _SHARE_OF_WORD_EXPLAINED * len(word):
            yield from (_Sighting(term, place, MISTYPED) for term in self._mistyped(word))

    def _mistyped(self, word: str) -> list[Term[M]]:
        """Give the terms the word is nearest to; the first letter is taken to be right, as it nearly always is."""
        nearest: dict[int, list[Term[M]]] = defaultdict(list)
        for term in self._by_initial.get(word[:1], ()):
            nearest[term.patterns[0].typing_errors_in(word)].append(term)
        fewest = min(nearest, default=TOO_MANY_ERRORS)
        return nearest[fewest] if fewest < TOO_MANY_ERRORS else []


def _certainty(term: Term[M], words: Sequence[Word], place: int, start: int) -> float:
    """Say how certainly a term is meant from this letter of this word on; 0 if it is not."""
    if term.capitals and not _stands_out(words, place):
        return 0.0
    if start > 0:
        return term.patterns[0].certainty_inside(words[place].folded, start) if term.inside else 0.0
    following = words[place : place + len(term.patterns)]
    if len(following) < len(term.patterns):
        return 0.0
    return min(p.certainty_of(w.folded) for p, w in zip(term.patterns, following, strict=True))


def _pieces_of(word: str) -> Iterator[tuple[int, str]]:
    """Give the pieces of a word that may be listed, each with its start: all its beginnings, longer ones further in."""
    for start in range(len(word)):
        shortest = 1 if start == 0 else 4
        for end in range(start + shortest, len(word) + 1):
            yield start, word[start:end]


def _stands_out(words: Sequence[Word], place: int) -> bool:
    """Say whether a word is in capitals among others that are not, or is all that was typed."""
    return len(words) == 1 or (words[place].typed.isupper() and not all(word.typed.isupper() for word in words))
