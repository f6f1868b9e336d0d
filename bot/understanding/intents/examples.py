"""The example sentences of every intent, in one readable file per language."""

import hashlib
import tomllib
from importlib.resources import files
from typing import Any, Final

from bot.understanding.intents.kinds import Intent

LANGUAGES: Final = ("en", "fi", "de", "nb", "tr")


def load() -> dict[Intent, tuple[str, ...]]:
    """Read the examples of all languages together, for people mix them."""
    lists = [tomllib.loads(_file(language).read_text(encoding="utf-8")) for language in LANGUAGES]
    return {intent: tuple(one for listed in lists for one in listed[intent]) for intent in Intent}


def fingerprint() -> str:
    """What tells today's examples apart from any others."""
    return hashlib.sha256(b"".join(_file(language).read_bytes() for language in LANGUAGES)).hexdigest()


def _file(language: str) -> Any:
    return files("bot.understanding").joinpath(f"data/intents/{language}.toml")
