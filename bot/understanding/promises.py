"""Read whether somebody notes what they have promised: "I promised to …", "lupasin …", in five languages."""

import re
from typing import Final

LEAST_WORDS: Final = 3
"""Fewer words say that something was promised, but not what."""

_GREETING = r"(?:\w+[,!.]?\s+){0,2}?"
_PHRASES: Final = (
    r"i(?:['’]ve| have)? promised\b",
    r"(?:minä |mä |mie )?lupasin\b",
    r"(?:minä |mä )?(?:olen|oon) luvannut?\b",
    r"ich hab(?:e)?\b.{0,60}\bversprochen\b",
    r"ich versprach\b",
    r"jeg (?:har )?lov(?:et|te|a)\b",
    r".{2,200}\bsöz (?:verdim|vermiştim)\b",
)
_PROMISED: Final = re.compile(rf"{_GREETING}(?:{'|'.join(_PHRASES)})", re.IGNORECASE)


def is_promise(text: str) -> bool:
    """Whether somebody says that they themselves have promised something, and what; a question is none."""
    said = text.strip()
    return _PROMISED.match(said) is not None and "?" not in said and len(said.split()) >= LEAST_WORDS
