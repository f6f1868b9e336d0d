"""Reading the fields that people write into their profile, in their own words."""

from typing import Final

from bot.facts.profiles import FieldMistake, ProfileMistakes, UnclearWords
from bot.understanding.fields import FieldRecogniser

MOST_FIELDS: Final = 6
"""More would say nothing about anybody, and a card shows them all."""


def read_fields(recogniser: FieldRecogniser, written: str, *, required: bool) -> tuple[str, ...] | ProfileMistakes:
    """The codes of the fields, one on each line or with commas between; or what is not clear, and what is near it."""
    codes: list[str] = []
    unclear: list[UnclearWords] = []
    for words in filter(None, (line.strip(" ,;") for line in written.splitlines())):
        found = _codes_of(recogniser, words)
        if isinstance(found, UnclearWords):
            unclear.append(found)
        else:
            codes += found
    distinct = tuple(dict.fromkeys(codes))
    if unclear:
        return ProfileMistakes(unclear=tuple(unclear))
    if len(distinct) > MOST_FIELDS:
        return ProfileMistakes(fields=FieldMistake.TOO_MANY)
    return ProfileMistakes(fields=FieldMistake.MISSING) if required and not distinct else distinct


def _codes_of(recogniser: FieldRecogniser, words: str) -> list[str] | UnclearWords:
    # The names of some fields have commas in them, so the whole line is read before its parts.
    if (code := _code_of(recogniser, words)) is not None:
        return [code]
    codes: list[str] = []
    parts = [part for part in (one.strip() for one in words.replace(";", ",").split(",")) if part]
    for part in parts:
        if (code := _code_of(recogniser, part)) is None:
            return UnclearWords(part, tuple(match.code for match in recogniser.read(part).matches))
        codes.append(code)
    return codes if len(codes) > 1 else UnclearWords(words, ())


def _code_of(recogniser: FieldRecogniser, words: str) -> str | None:
    return recogniser.catalogue.code_of_label(words) or recogniser.code_of(words)
