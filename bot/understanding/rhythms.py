"""Read how often somebody wants to be reminded (R4)."""

import tomllib
from functools import cache
from importlib.resources import files

from bot.understanding.terms import TermIndex


def read_rhythm(text: str) -> str | None:
    """The rhythm a text names (a name of `bot.rules.nudges.RHYTHMS`); None when it only says "less often"."""
    named = [seen.meaning for seen in _rhythm_words().find(text)]
    return named[-1] if named else None


@cache
def _rhythm_words() -> TermIndex[str]:
    listed: dict[str, list[str]] = tomllib.loads(
        files(__package__).joinpath("data/rhythms.toml").read_text(encoding="utf-8")
    )
    return TermIndex((), ((word, rhythm) for rhythm, words in listed.items() for word in words))
