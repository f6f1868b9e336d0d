"""Entries of the network's own, with good defaults."""

from datetime import date
from typing import Any

from bot.understanding.answers import KnowledgeEntry

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
