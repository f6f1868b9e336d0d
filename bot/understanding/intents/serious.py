"""Words behind which somebody may need a person at once (R14, K46, K47), and figures of speech that only sound so.

They weigh in where the model of something serious (`care`) is of two minds.
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


def listed_words_speak(text: str) -> int:
    """Say what listed words speak for: 1 for something serious, -1 for a figure of speech, 0 when there is neither."""
    plain = _plain(text)
    kinds = frozenset(seen.meaning for seen in _serious_words().find(plain))
    if kinds - {_EVERYDAY}:
        return 1
    return -1 if kinds else int(says_something_serious_together(plain))


def _plain(text: str) -> str:
    # What follows an apostrophe is otherwise not read, and "can" is the opposite of "can't".
    return _CAN_NOT.sub("can not", _NOT.sub(" not", text))


@cache
def _serious_words() -> TermIndex[str]:
    listed: dict[str, list[str]] = tomllib.loads(
        files("bot.understanding").joinpath("data/serious.toml").read_text(encoding="utf-8")
    )
    return TermIndex((), ((word, kind) for kind, words in listed.items() for word in words))
