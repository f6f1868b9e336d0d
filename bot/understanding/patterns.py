"""How a listed term is written, and when a word somebody typed is that term.

The lists are the data files beside this code; how their words are written is explained at the top of
`data/names.toml`.
"""

from dataclasses import dataclass
from functools import cached_property
from typing import Generic, TypeVar

from rapidfuzz.distance import OSA

from bot.understanding.words import ENDINGS, fold, is_form_of, typing_errors_allowed

M = TypeVar("M")

EXACT, INFLECTED, JOINED, MISTYPED = 1.0, 0.97, 0.92, 0.8
"""How certain it is that the person meant the listed word, by how it was found."""

TOO_MANY_ERRORS = 3

_SHORTEST_FOUND_INSIDE = 6
"""A shorter word turns up inside others by chance ("bar" in "Nachbar")."""

_SHORTEST_MISTYPED_BEGINNING = 8
"""A shorter beginning with a typing error is too near to the beginnings of other words (tamper- and temperature)."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One word of a listed term, folded; an open end stands for every word that begins so, an open start likewise."""

    stem: str
    open_start: bool
    open_end: bool

    def certainty_of(self, word: str) -> float:
        """Say how certainly the folded word is this one, read from its start; 0 if it is not."""
        if word == self.stem:
            return EXACT
        fits = word.startswith(self.stem) if self.open_end else is_form_of(word, self.stem)
        return INFLECTED if fits else 0.0

    def certainty_inside(self, word: str, start: int) -> float:
        """Say how certainly the folded word holds this one from a later letter on; 0 if it does not."""
        long_enough = self.open_start or len(self.stem) >= _SHORTEST_FOUND_INSIDE
        return JOINED if long_enough and self.certainty_of(word[start:]) else 0.0

    def typing_errors_in(self, word: str) -> int:
        """Count the typing errors that turn this word into the one typed or, ending aside, its beginning."""
        length = len(self.stem)
        allowed = typing_errors_allowed(length)
        if len(word) < length - allowed:
            return TOO_MANY_ERRORS
        any_ending = self.open_end and length >= _SHORTEST_MISTYPED_BEGINNING
        cuts = range(length - 1, min(length + 2, len(word)))
        heads = {word} | {word[:cut] for cut in cuts if any_ending or word[cut:] in ENDINGS}
        errors = min(OSA.distance(head, self.stem, score_cutoff=allowed) for head in heads)
        return errors if errors <= allowed else TOO_MANY_ERRORS


@dataclass(frozen=True)
class Term(Generic[M]):
    """A listed term with its meaning; a meaning of None marks a word to overlook.

    `capitals`: it counts only when typed in capitals or alone. `inside`: it may be found inside a longer word.
    """

    patterns: tuple[Pattern, ...]
    capitals: bool
    inside: bool
    meaning: M | None

    @classmethod
    def read(cls, written: str, meaning: M | None, *, inside: bool) -> "Term[M]":
        """Read a term as it is written in a data file."""
        parts = written.replace("-", " ").split()
        patterns = tuple(Pattern(fold(part.strip("*")), part.startswith("*"), part.endswith("*")) for part in parts)
        return cls(patterns, len(parts) == 1 and written.isupper(), inside and len(parts) == 1, meaning)

    @cached_property
    def letters(self) -> int:
        """Count the letters that are written out; the longer of two overlapping terms is the one that is meant."""
        return sum(len(pattern.stem) for pattern in self.patterns)

    @property
    def may_be_mistyped(self) -> bool:
        """Say whether the term is one plain word, long enough to be known through a typing error."""
        return len(self.patterns) == 1 and not self.capitals and typing_errors_allowed(self.letters) > 0
