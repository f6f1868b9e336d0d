"""Whether somebody asks for a copy of their data, or to be forgotten: only when that is all they say."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Literal

from bot.understanding.words import folded_words

Wish = Literal["export", "forget"]
LONGEST_WISH = 60
"""Characters; nobody says it in more."""


def read_wish(text: str) -> Wish | None:
    """What the whole message asks for; None for everything else."""
    return _wishes().get(tuple(folded_words(text))) if len(text) <= LONGEST_WISH else None


@cache
def _wishes() -> dict[tuple[str, ...], Wish]:
    listed = tomllib.loads(files(__package__).joinpath("data/own_data.toml").read_text(encoding="utf-8"))
    kinds: tuple[Wish, Wish] = ("export", "forget")
    return {tuple(folded_words(words)): kind for kind in kinds for words in listed[kind]}
