"""The fields of ISCED-F 2013: what each is called, which belong together, and which are near each other."""

import re
import tomllib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import Any

from bot.understanding.fields import compiled
from bot.understanding.fields.compiled import Labels

DETAILED = re.compile(r"\d{4}")


@dataclass(frozen=True)
class Area:
    """Several fields that schools teach as one: its own code, the sections of its names, and what it covers."""

    code: str
    names: tuple[str, ...]
    covers: tuple[str, ...]


class FieldCatalogue:
    """Knows the detailed fields and the areas, in the order of their codes."""

    def __init__(self, labels: Labels, kinship: dict[str, Any]) -> None:
        """Take the labels of the word lists and the content of `data/kinship.toml`."""
        self._labels = labels
        self._close = tuple(frozenset(codes) for codes in kinship["close"])
        self._neighbours: dict[str, list[str]] = kinship["neighbours"]
        self._spans = {frozenset(span["codes"]): tuple(span["codes"]) for span in kinship["span"]}
        self.areas = tuple(Area(area["code"], tuple(area["names"]), tuple(area["covers"])) for area in kinship["area"])
        self._area_of_code = {area.code: area for area in self.areas}

    @classmethod
    def load(cls, labels: Labels | None = None) -> "FieldCatalogue":
        """Build the catalogue from the files beside this code; it takes some ten milliseconds."""
        return cls(labels or compiled.labels(), _kinship())

    @cached_property
    def codes(self) -> tuple[str, ...]:
        """Every detailed field, by its code of four digits."""
        return tuple(sorted(code for code in self._labels["en"] if DETAILED.fullmatch(code)))

    @cached_property
    def known(self) -> frozenset[str]:
        """Every code a person may have or ask for: the detailed fields and the areas."""
        return frozenset(self.codes) | frozenset(self._area_of_code)

    def label(self, code: str, language: str) -> str:
        """Name a field, an area or a wider branch in a language, else in English, else by its code."""
        section = self._area_of_code[code].names[0] if code in self._area_of_code else code
        return self._labels.get(language, {}).get(section) or self._labels["en"].get(section, code)

    def code_of_label(self, words: str) -> str | None:
        """Give the field that any language calls exactly so, whatever the case; None for other words."""
        return self._by_label.get(" ".join(words.split()).casefold())

    @cached_property
    def _by_label(self) -> dict[str, str]:
        return {self.label(code, language).casefold(): code for language in self._labels for code in sorted(self.known)}

    def same_field(self, code: str) -> frozenset[str]:
        """Give every code whose people are contacts for this one; an unknown code means only itself."""
        if code in self._area_of_code:
            return frozenset({code, *self._area_of_code[code].covers})
        close = next((codes for codes in self._close if code in codes), frozenset({code}))
        return close | {area.code for area in self.areas if not close.isdisjoint(area.covers)}

    def neighbours(self, code: str) -> tuple[str, ...]:
        """Give the codes worth offering when nobody in the field itself is there, nearest first."""
        own = self.same_field(code)
        listed = [near for one in (code, *sorted(own - {code})) for near in self._neighbours.get(one, ())]
        taxonomy = [near for near in self.codes if near[:3] == code[:3]]
        in_same_area = [near for area in self.areas if code in area.covers for near in area.covers]
        return _without(own, [*listed, *taxonomy, *in_same_area])

    def branch(self, prefix: str) -> tuple[str, ...]:
        """Give the detailed fields of a broad or narrow field (two or three digits)."""
        return tuple(code for code in self.codes if code.startswith(prefix))

    def span(self, codes: frozenset[str]) -> tuple[str, ...] | None:
        """Give these fields in the order in which to ask about them, if schools have one name for all of them."""
        return self._spans.get(codes)

    def area_of(self, codes: Collection[str]) -> Area | None:
        """Give the area that covers all of these fields, if there are at least three of them."""
        return next((area for area in self.areas if len(codes) > 2 and set(codes) <= set(area.covers)), None)

    def area_named(self, section: str) -> Area | None:
        """Give the area whose names are listed under this wider branch, if schools teach it as one."""
        return next((area for area in self.areas if section in area.names), None)


def spans() -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Give the names that schools give to several fields at once, each with its fields."""
    return tuple((name, tuple(span["codes"])) for span in _kinship()["span"] for name in span["names"])


def _kinship() -> dict[str, Any]:
    return tomllib.loads(files("bot.understanding").joinpath("data/kinship.toml").read_text(encoding="utf-8"))


def _without(own: frozenset[str], codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(code for code in codes if code not in own))
