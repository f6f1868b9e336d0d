"""The clauses of a message, for one message may want two things."""

import re
from typing import Final

_BETWEEN: Final = re.compile(
    r"\s*(?:(?<!\d)[.!?;]+(?=\s|$)|\n+|,?\s(?:and|also|but|ja|sekä|mutta|und|aber|og|men|ve|ama|ayrıca)\s)\s*",
    re.IGNORECASE,
)
"""A full stop after a number is part of a date, and after a comma only a conjunction begins a thought."""

MOST_CLAUSES: Final = 8
"""Whoever writes more tells a story; it is read as a whole."""


def clauses_of(text: str) -> tuple[str, ...]:
    """Split a message where a new thought may begin; not every piece is one ("weeks 10 and 11")."""
    pieces = tuple(piece.strip() for piece in _BETWEEN.split(text) if piece and piece.strip())
    return pieces if len(pieces) <= MOST_CLAUSES else (text,)
