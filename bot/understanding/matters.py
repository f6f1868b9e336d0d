"""Read what a sentence is about that names a field or a contact and asks for no new one."""

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Final

from bot.understanding.patterns import MISTYPED
from bot.understanding.terms import TermIndex
from bot.understanding.words import words_of

_MOST_WORDS_BESIDE_A_TONGUE: Final = 4
"""So short a message naming a language to speak wishes for it; a longer one may be a question about anything."""

_MOST_WORDS_OF_A_NOD: Final = 5
_EMOJI: Final = re.compile(r"(?:\s*(?::[\w+'-]+:|[\u2600-\u27bf\u2b50\ufe0f\U0001f000-\U0001faff]))+\s*")
"""As Slack writes them (":+1:") and as they are."""


def wants_to_become_contact(text: str) -> bool:
    """Say whether somebody asks how to be a contact person themselves ("how do I become a mentor")."""
    return "becoming" in _meanings("matters", text)


def says_contact_is_silent(text: str) -> bool:
    """Say whether somebody has a contact who does not answer, or speaks of answering one."""
    return {"contact", "silent"} <= _meanings("matters", text)


def speaks_of_own_matter(text: str) -> bool:
    """Say whether somebody speaks of their own contract, pay, grade, application or practice place (R14)."""
    said = _meanings("matters", text)
    # A contract is one letter away from a contact.
    names_contact = any(seen.certainty > MISTYPED for seen in _indexes("matters")["contact"].find(text))
    return not names_contact and ("own_matter" in said or {"matter", "own"} <= said)


def wants_to_change_settings(text: str) -> bool:
    """Say whether somebody wants their language, field or profile to be another ("vaihda kieli englanniksi")."""
    said = _meanings("matters", text)
    return (
        "moved" in said
        or {"change", "setting"} <= said
        or ("tongue" in said and ("change" in said or len(words_of(text)) <= _MOST_WORDS_BESIDE_A_TONGUE))
    )


def asks_for_human(text: str) -> bool:
    """Say whether a human being is asked for, and nothing else is said."""
    return "human" in _meanings("humans", text) and _all_words_are_listed("humans", text)


def asks_after_idea(text: str) -> bool:
    """Say whether an idea was told before and its state is asked for."""
    return "asked_after" in _meanings("ideas", text)


def names_gathering(text: str) -> bool:
    """Say whether people meeting each other are spoken of."""
    return "gathering" in _meanings("ideas", text)


def is_nod(text: str) -> bool:
    """Say whether a message is only a yes, a no, an "I see" or an emoji."""
    if _EMOJI.fullmatch(text):
        return True
    return 0 < len(words_of(text)) <= _MOST_WORDS_OF_A_NOD and "?" not in text and _all_words_are_listed("nods", text)


def says_yes(text: str) -> bool:
    """Say whether a nod is a yes, and no "yes, but not now"."""
    said = _meanings("nods", text)
    return "yes" in said and "no" not in said


def says_no(text: str) -> bool:
    """Say whether a nod is a no."""
    return "no" in _meanings("nods", text)


def _meanings(name: str, text: str) -> frozenset[str]:
    return frozenset(seen.meaning for index in _indexes(name).values() for seen in index.find(text))


def _all_words_are_listed(name: str, text: str) -> bool:
    found = [seen for index in _indexes(name).values() for seen in index.find(text)]
    places = {place for seen in found for place in range(seen.first, seen.last + 1)}
    return len(places) == len(words_of(text))


@cache
def _indexes(name: str) -> Mapping[str, TermIndex[str]]:
    """One index for each list, so that a longer word of one does not hide a word of another."""
    listed: dict[str, list[str]] = tomllib.loads(
        files(__package__).joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
    )
    return {kind: TermIndex((), ((word, kind) for word in words)) for kind, words in listed.items()}
