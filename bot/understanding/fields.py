"""Recognise the field of vocational education somebody writes about, in any of five languages."""

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from bot.understanding.patterns import JOINED
from bot.understanding.terms import Found, TermIndex

_FIRST_OF_SHARED, _STEP_OF_SHARED = 0.6, 0.05
"""A word that several fields share is a hint only: its first field scores 0.6 and each later one a little less."""

_CODE = re.compile(r"(?<!\d)\d{3,4}(?!\d)")


@dataclass(frozen=True)
class Field:
    """One field of the network, with its ISCED-F 2013 detailed codes (four digits); neighbours are primary codes."""

    code: str
    codes: tuple[str, ...]
    neighbours: tuple[str, ...]


@dataclass(frozen=True)
class FieldMatch:
    """A field somebody may mean: its primary code and how sure that is (0 to 1)."""

    code: str
    score: float


@dataclass(frozen=True)
class FieldReading:
    """What a text says about fields, best first; `clear` if exactly one field was named plainly."""

    matches: tuple[FieldMatch, ...]
    clear: bool


@dataclass(frozen=True)
class _Naming:
    """The fields a listed word stands for: one, or several that share it."""

    codes: tuple[str, ...]


class FieldRecogniser:
    """Knows the fourteen fields of the network and the words people use for them (2.3, domain.md)."""

    def __init__(self, listed: dict[str, Any]) -> None:
        """Take the content of `data/fields.toml`."""
        primary_of_id = {field["id"]: field["codes"][0] for field in listed["field"]}
        self._fields = tuple(
            Field(field["codes"][0], tuple(field["codes"]), tuple(primary_of_id[n] for n in field["neighbours"]))
            for field in listed["field"]
        )
        self._field_of_code = {code: field for field in self._fields for code in field.codes}
        self._labels: dict[str, dict[str, str]] = {field["codes"][0]: field["label"] for field in listed["field"]}
        self._terms = TermIndex(_plain_terms(listed), _shared_terms(listed, primary_of_id), listed["ignored"])

    @classmethod
    def load(cls) -> "FieldRecogniser":
        """Build the recogniser from the word lists beside this code; do it once, it takes some ten milliseconds."""
        return cls(tomllib.loads(files(__package__).joinpath("data/fields.toml").read_text(encoding="utf-8")))

    def read(self, text: str, top: int = 3) -> FieldReading:
        """Say which fields a text names: at most `top` of them, best first."""
        found = self._terms.find(text)
        matches = _named(seen for seen in found if len(seen.meaning.codes) == 1)
        if not matches:
            return FieldReading(tuple(_hinted(found))[:top], clear=False)
        certain = [match for match in matches if match.score >= JOINED]
        # A field named in so many words is meant; a second one that only looks like a typing error does not blur it.
        clear = len(certain) == 1 or (not certain and len(matches) == 1)
        return FieldReading(matches[:top], clear)

    def label(self, code: str, language: str) -> str:
        """Name the field of a code in a language ("en", "fi", "de", "nb", "tr"), else in English, else by its code."""
        field = self._field_of_code.get(code)
        if field is None:
            return code
        labels = self._labels[field.code]
        return labels.get(language, labels["en"])

    def same_field(self, code: str) -> frozenset[str]:
        """Give every code that means the same field; an unknown code means only itself."""
        field = self._field_of_code.get(code)
        return frozenset(field.codes) if field else frozenset({code})

    def primary(self, code: str) -> str:
        """Give the code a field is filed under; an unknown code is its own."""
        field = self._field_of_code.get(code)
        return field.code if field else code

    def neighbours(self, code: str) -> tuple[str, ...]:
        """Give the primary codes of fields near enough to offer when nobody in this one is open."""
        field = self._field_of_code.get(code)
        return field.neighbours if field else ()

    def all(self) -> tuple[Field, ...]:
        """Give the fields in the order of 2.3, domain.md."""
        return self._fields

    def code_of(self, words: str) -> str | None:
        """Read one field from an import: an ISCED-F code in digits, or words in any language; None if it is not clear.

        A spreadsheet may have eaten the first zero ("713"); a code of three digits stands for a field if only one
        field begins with it.
        """
        digits = _CODE.search(words)
        if digits:
            return self._code_from_digits(digits.group())
        reading = self.read(words)
        return reading.matches[0].code if reading.clear else None

    def _code_from_digits(self, digits: str) -> str | None:
        for code in (digits, f"0{digits}"):
            if code in self._field_of_code:
                return code
        fields = {field.code for code, field in self._field_of_code.items() if code.startswith(digits)}
        return fields.pop() if len(fields) == 1 else None


def _plain_terms(listed: dict[str, Any]) -> Iterator[tuple[str, _Naming]]:
    for field in listed["field"]:
        naming = _Naming((field["codes"][0],))
        for terms in [*field["terms"].values(), field["label"].values()]:
            yield from ((term, naming) for term in terms)


def _shared_terms(listed: dict[str, Any], primary_of_id: dict[str, str]) -> Iterator[tuple[str, _Naming]]:
    for shared in listed["shared"]:
        naming = _Naming(tuple(primary_of_id[field] for field in shared["fields"]))
        yield from ((term, naming) for term in shared["terms"])


def _named(found: Iterable[Found[_Naming]]) -> tuple[FieldMatch, ...]:
    """Score each plainly named field by its surest word; the field named first stays first among equals."""
    scores: dict[str, float] = {}
    for seen in found:
        code = seen.meaning.codes[0]
        scores[code] = max(scores.get(code, 0.0), seen.certainty)
    return tuple(FieldMatch(code, scores[code]) for code in sorted(scores, key=lambda code: -scores[code]))


def _hinted(found: Iterable[Found[_Naming]]) -> Iterator[FieldMatch]:
    """Score the fields that share a word, in the order they are listed."""
    codes = dict.fromkeys(code for seen in found for code in seen.meaning.codes)
    for place, code in enumerate(codes):
        yield FieldMatch(code, round(max(0.1, _FIRST_OF_SHARED - _STEP_OF_SHARED * place), 2))
