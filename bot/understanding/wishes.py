"""Read what a message that begins a conversation wishes for: a contact, or to know what this is."""

import tomllib
from collections.abc import Collection
from functools import cache
from importlib.resources import files
from typing import Any

from bot.understanding.terms import Found, TermIndex
from bot.understanding.words import words_of

_MOST_WORDS_WITHOUT_A_VERB = 2
"""So short a message naming a contact is a wish for one ("mentor, please"); a longer one may be a question."""

_MOST_WORDS_OF_A_CRY_FOR_HELP = 3
"""In a longer message "help" is help with something named there, and not with this bot."""

_MOST_WORDS_ASKING_WHAT_THIS_IS = 8


def asks_for_contact(text: str) -> bool:
    """Say whether somebody looks for a contact person ("etsin kontaktia", "can u find some1"), of whatever field."""
    said = _kinds(_found(text))
    if "leaving" in said:
        return False
    if "visiting" in said:
        return True
    if "looking" in said:
        return bool(said & {"contact", "anybody"})
    return "contact" in said and len(words_of(text)) <= _MOST_WORDS_WITHOUT_A_VERB


def asks_for_help(text: str) -> bool:
    """Say whether somebody asks what this is or for help with it, or only says hello.

    A message may ask for help and name a field ("apua sähköalalta"): read the field first.
    """
    found, length = _found(text), len(words_of(text))
    if not length or asks_for_contact(text):
        return False
    if _covers(found, {"greeting"}, length):
        return True
    phrases = [seen for seen in found if seen.meaning == "help"]
    asks_in_so_many_words = any(seen.last > seen.first for seen in phrases)
    return (bool(phrases) and length <= _MOST_WORDS_OF_A_CRY_FOR_HELP) or (
        asks_in_so_many_words and length <= _MOST_WORDS_ASKING_WHAT_THIS_IS
    )


def says_nothing_but_help(text: str) -> bool:
    """Say whether somebody asks for the menu with the plain word for it ("help", "moi, apua", "yardım")."""
    found, length = _found(text), len(words_of(text))
    is_short = 0 < length <= _MOST_WORDS_OF_A_CRY_FOR_HELP
    return is_short and "help" in _kinds(found) and _covers(found, {"help", "greeting"}, length)


def _covers(found: tuple[Found[str], ...], kinds: Collection[str], length: int) -> bool:
    """Say whether every word of a text is of these kinds."""
    places = {place for seen in found if seen.meaning in kinds for place in range(seen.first, seen.last + 1)}
    return len(places) == length


def _kinds(found: tuple[Found[str], ...]) -> frozenset[str]:
    return frozenset(seen.meaning for seen in found)


def _found(text: str) -> tuple[Found[str], ...]:
    return _wish_words().find(text)


@cache
def _wish_words() -> TermIndex[str]:
    listed: dict[str, Any] = tomllib.loads(files(__package__).joinpath("data/wishes.toml").read_text(encoding="utf-8"))
    return TermIndex((), ((word, kind) for kind, words in listed.items() for word in words))
