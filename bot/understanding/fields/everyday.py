"""Words that people write around the name of a field, and that say nothing about it."""

import tomllib
from collections.abc import Iterable, Iterator, Sequence
from configparser import ConfigParser
from dataclasses import dataclass
from importlib.resources import files
from typing import Final

from bot.understanding.fields.phrases import PhraseBook
from bot.understanding.fields.word_lists import LANGUAGES
from bot.understanding.terms import TermIndex
from bot.understanding.words import Word

EVERYDAY: Final = "everyday"


@dataclass(frozen=True)
class EverydayLists:
    """Everyday words and phrases, and whole messages in which no field is named."""

    words: tuple[str, ...]
    sentences: tuple[str, ...]


def load() -> EverydayLists:
    """Read the five lists beside this code."""
    words: list[str] = []
    sentences: list[str] = []
    for language in LANGUAGES:
        parser = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
        parser.read_string(files("bot.understanding").joinpath(f"data/everyday/{language}.ini").read_text("utf-8"))
        words += _separated(parser["words"].values())
        sentences += _separated(parser["sentences"].values())
    return EverydayLists(tuple(words), tuple(sentences))


class EverydayWords:
    """Finds everyday words, whose forms are all listed, and names of schools that only look like a field."""

    def __init__(self, book: PhraseBook) -> None:
        """Take a book of everyday phrases; the names come from `data/names.toml`."""
        self._book = book
        listed = tomllib.loads(files("bot.understanding").joinpath("data/names.toml").read_text("utf-8"))
        self._names = TermIndex((), ((name, EVERYDAY) for name in listed["names"]))

    def among(self, words: Sequence[Word]) -> frozenset[int]:
        """Give the places of everyday words."""
        found = self._book.find([word.folded for word in words], inflected=False)
        return frozenset(place for seen in found for place in seen.places)

    def names(self, text: str) -> frozenset[int]:
        """Give the places of names that never mean a field, however much they look like one."""
        found = self._names.find(text)
        return frozenset(place for seen in found for place in range(seen.first, seen.last + 1))


def _separated(values: Iterable[str]) -> Iterator[str]:
    for value in values:
        yield from (tidy for one in value.split(",") if (tidy := " ".join(one.split())))
