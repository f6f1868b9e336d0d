"""The fields of vocational education in words; the members file names them by ISCED-F 2013 detailed codes."""

import tomllib
from collections.abc import Iterable
from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("field_names.toml")


def field_name(code_or_words: str, form: str) -> str:
    """The field in a language (English for others) or in the form ``fi_from``; words stay as they are."""
    names = _names().get(code_or_words)
    return names.get(form, names["en"]) if names else code_or_words


def shown_fields(codes: Iterable[str]) -> str:
    """Fields in English for the page, separated by commas, each name once."""
    return ", ".join(dict.fromkeys(field_name(code, "en") for code in codes))


@cache
def _names() -> dict[str, dict[str, str]]:
    fields = tomllib.loads(_FILE.read_text(encoding="utf-8"))["field"]
    return {code: names for names in fields for code in names["codes"]}
