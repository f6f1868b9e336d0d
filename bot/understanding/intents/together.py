"""Words that are serious only together ("hits" and "me"), as `data/serious_together.toml` lists them."""

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any, Final

from bot.understanding.words import fold, folded_words

_SENTENCE: Final = re.compile(r"[.!?;\n]+")


@dataclass(frozen=True, slots=True)
class Group:
    """Words that mean much the same here: whole ones, and beginnings of words."""

    whole: frozenset[str]
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, listed: Sequence[str]) -> "Group":
        """Read the words as they are written in the file."""
        folded = [fold(word) for word in listed]
        whole = frozenset(word for word in folded if not word.endswith("*"))
        return cls(whole, tuple(word[:-1] for word in folded if word.endswith("*")))

    def has(self, word: str) -> bool:
        """Say whether a folded word is one of them."""
        return word in self.whole or word.startswith(self.beginnings)


@dataclass(frozen=True, slots=True)
class Rule:
    """Groups that are serious within so many words of each other, unless a word of another group is in the text."""

    groups: tuple[str, ...]
    within: int
    unless: frozenset[str]

    def holds(self, said: Sequence[frozenset[str]]) -> bool:
        """Say whether each group has a word of its own in one stretch of the sentence."""
        starts = (at for at, groups in enumerate(said) if not groups.isdisjoint(self.groups))
        return any(_each_has_its_own(self.groups, said[at : at + self.within]) for at in starts)


def says_something_serious_together(text: str) -> bool:
    """Say whether one sentence of a text has words that are serious together."""
    sentences = [[_groups_of(word) for word in folded_words(piece)] for piece in _SENTENCE.split(text)]
    present = frozenset[str]().union(*(groups for sentence in sentences for groups in sentence))
    possible = [rule for rule in _rules() if present.issuperset(rule.groups) and present.isdisjoint(rule.unless)]
    return any(rule.holds(sentence) for rule in possible for sentence in sentences)


def _each_has_its_own(groups: tuple[str, ...], said: Sequence[frozenset[str]]) -> bool:
    """Find each group a word that no other group takes; there are four groups at most."""
    if not groups:
        return True
    return any(
        _each_has_its_own(groups[1:], [*said[:at], frozenset(), *said[at + 1 :]])
        for at, here in enumerate(said)
        if groups[0] in here
    )


@lru_cache(maxsize=20_000)
def _groups_of(word: str) -> frozenset[str]:
    return frozenset(name for name, group in _groups().items() if group.has(word))


@cache
def _listed() -> Mapping[str, Any]:
    return tomllib.loads(files("bot.understanding").joinpath("data/serious_together.toml").read_text(encoding="utf-8"))


@cache
def _groups() -> Mapping[str, Group]:
    return {name: Group.of(words) for name, words in _listed()["groups"].items()}


@cache
def _rules() -> tuple[Rule, ...]:
    return tuple(
        Rule(tuple(one["groups"]), one.get("within", 1), frozenset(one.get("unless", ())))
        for one in _listed()["together"]
    )
