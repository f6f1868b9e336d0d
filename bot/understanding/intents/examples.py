"""The example sentences of every intent, in one readable file per language, and those of something serious."""

import hashlib
import tomllib
from importlib.resources import files
from typing import Any, Final

from bot.understanding.intents.kinds import Intent

LANGUAGES: Final = ("en", "fi", "de", "nb", "tr")

Styles = dict[str, list[str]]
"""Sentences by the way they are written."""


def load() -> dict[Intent, tuple[str, ...]]:
    """Read the examples of all languages together, for people mix them."""
    lists = [_read(_intents(language)) for language in LANGUAGES]
    return {intent: tuple(one for listed in lists for one in listed[intent]) for intent in Intent}


def load_care(language: str) -> tuple[Styles, Styles]:
    """Read what is serious in a language, and what only sounds so or is said every day."""
    listed = _read(_care(language))
    return listed["serious"], listed["harmless"]


def load_listed() -> tuple[list[str], list[str]]:
    """Read the listed words of something serious, and the figures of speech that only sound so, without their stars."""
    listed = _read(_file("serious.toml"))
    everyday = listed.pop("everyday")
    return [word.strip("*") for words in listed.values() for word in words], [word.strip("*") for word in everyday]


def fingerprint() -> str:
    """What tells today's examples of intents apart from any others."""
    return _digest(*(_intents(language) for language in LANGUAGES))


def fingerprint_of_care() -> str:
    """The same for everything that the model of something serious learns from."""
    own = (file for language in LANGUAGES for file in (_care(language), _file(f"everyday/{language}.ini")))
    return _digest(*(_intents(language) for language in LANGUAGES), *own, _file("serious.toml"))


def _digest(*read: Any) -> str:
    return hashlib.sha256(b"".join(one.read_bytes() for one in read)).hexdigest()


def _read(file: Any) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _intents(language: str) -> Any:
    return _file(f"intents/{language}.toml")


def _care(language: str) -> Any:
    return _file(f"serious/{language}.toml")


def _file(name: str) -> Any:
    return files("bot.understanding").joinpath(f"data/{name}")
