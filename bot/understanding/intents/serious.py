"""Words behind which somebody may need a person at once, whatever else is said (R14, K46, K47).

Recall comes first: one kind answer too many is a small harm, one overlooked is a great one.
"""

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Final

from bot.understanding.intents.together import says_something_serious_together
from bot.understanding.terms import TermIndex

_EVERYDAY: Final = "everyday"
_NOT: Final = re.compile(r"n['’ʼ`´]t\b", re.IGNORECASE)
_CAN_NOT: Final = re.compile(r"\bca not\b", re.IGNORECASE)


def names_something_serious(text: str) -> bool:
    """Say whether a text has a word, or words together, of crisis, harassment, violence or illness."""
    kinds = _kinds(text)
    together = says_something_serious_together(_plain(text))
    return any(kind != _EVERYDAY for kind in kinds) or (_EVERYDAY not in kinds and together)


def sounds_serious_but_is_not(text: str) -> bool:
    """Say whether a text has a figure of speech such as "dying to meet" and no serious word beside it."""
    kinds = _kinds(text)
    return _EVERYDAY in kinds and kinds == {_EVERYDAY}


def _kinds(text: str) -> frozenset[str]:
    return frozenset(seen.meaning for seen in _serious_words().find(_plain(text)))


def _plain(text: str) -> str:
    # What follows an apostrophe is otherwise not read, and "can" is the opposite of "can't".
    return _CAN_NOT.sub("can not", _NOT.sub(" not", text))


@cache
def _serious_words() -> TermIndex[str]:
    listed: dict[str, list[str]] = tomllib.loads(
        files("bot.understanding").joinpath("data/serious.toml").read_text(encoding="utf-8")
    )
    return TermIndex((), ((word, kind) for kind, words in listed.items() for word in words))
