"""Entries of the network's own, with good defaults."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np

from bot.understanding.answers import KnowledgeEntry
from bot.understanding.answers.landmarks import Likeness

CHECKED_ON = date(2026, 11, 23)


def entry(entry_id: str, *questions: str, **given: Any) -> KnowledgeEntry:
    """An entry with good defaults, in English."""
    defaults: dict[str, Any] = {
        "answer": f"This is what is known of {entry_id}.",
        "source": "HAMK, opetusharjoittelu, hamk.fi",
        "checked_on": CHECKED_ON,
        "language": "en",
    }
    return KnowledgeEntry(id=entry_id, questions=questions, **{**defaults, **given})


class Money:
    """A sentence model that knows one meaning, and what it was asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def query(self, texts: Sequence[str]) -> Likeness:
        self.asked += texts
        about = [any(word in text for word in ("paid", "salary", "money", "euros")) for text in texts]
        return np.array([[1, 0.1] if yes else [0.1, 1] for yes in about], np.float32)
