"""Read a short answer to a list of people that was just shown: which one, wait, or never mind."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Literal

from rapidfuzz.distance import OSA

from bot.understanding.terms import TermIndex
from bot.understanding.words import folded_words, is_form_of_name

LONGEST_CHOICE = 8
"""A longer sentence says more than a choice, so it is never taken for one (words)."""

_SHORTEST_MISTYPED_NAME = 5


@dataclass(frozen=True)
class Choice:
    """What somebody chose: ask or wait for a person (a full name as it was shown), or cancel (no name).

    `is_bare`: it says no name, so it chooses the only person that was shown, and holds only right after that.
    """

    kind: Literal["ask", "wait", "cancel"]
    name: str | None
    is_bare: bool = field(default=False, compare=False)


def read_choice(text: str, names: Sequence[str]) -> Choice | None:
    """Say what a short answer chooses among the people just shown; None when that is not sure.

    A bare yes, or a bare "I will wait", chooses only when a single person was shown. A question or a no about a
    person chooses nobody.
    """
    words = folded_words(text)
    if not 0 < len(words) <= LONGEST_CHOICE:
        return None
    said = _kinds_said(text)
    if "cancel" in said:
        return Choice("cancel", None)
    named = _people_named(words, names)
    if "doubt" in said or len(named) > 1:
        return None
    if not named:
        return _choice_of_the_only_one(said, names)
    if "wait" in said:
        return Choice("wait", named[0])
    plainly = bool(said & {"ask", "yes"}) or (_says_only_the_name(text, words, named[0]) and "?" not in text)
    return Choice("ask", named[0]) if plainly else None


def _choice_of_the_only_one(said: frozenset[str], names: Sequence[str]) -> Choice | None:
    if len(names) != 1:
        return None
    if "wait" in said:
        return Choice("wait", names[0], is_bare=True)
    return Choice("ask", names[0], is_bare=True) if "yes" in said else None


def _people_named(words: Sequence[str], names: Sequence[str]) -> list[str]:
    """Give the people an answer names: those it names most fully, else the one whose first name is mistyped."""
    parts_named = {
        name: sum(any(is_form_of_name(w, part) for w in words) for part in folded_words(name)) for name in names
    }
    most = max(parts_named.values(), default=0)
    if most:
        return [name for name, parts in parts_named.items() if parts == most]
    return [name for name in names if any(_is_mistyped(word, folded_words(name)[:1]) for word in words)]


def _is_mistyped(word: str, first_name: Sequence[str]) -> bool:
    """Say whether a word is a first name of five letters or more with a single typing error."""
    return any(
        len(name) >= _SHORTEST_MISTYPED_NAME and word[:1] == name[:1] and OSA.distance(word, name, score_cutoff=1) == 1
        for name in first_name
    )


def _says_only_the_name(text: str, words: Sequence[str], name: str) -> bool:
    """Say whether an answer is nothing but the name and polite words."""
    polite = {place for found in _answer_words().find(text) for place in range(found.first, found.last + 1)}
    parts = folded_words(name)
    others = [word for place, word in enumerate(words) if place not in polite]
    return all(any(is_form_of_name(word, part) or _is_mistyped(word, [part]) for part in parts) for word in others)


def _kinds_said(text: str) -> frozenset[str]:
    return frozenset(found.meaning for found in _answer_words().find(text))


@cache
def _answer_words() -> TermIndex[str]:
    listed: dict[str, Any] = tomllib.loads(files(__package__).joinpath("data/choices.toml").read_text(encoding="utf-8"))
    return TermIndex((), ((word, kind) for kind, words in listed.items() for word in words))
