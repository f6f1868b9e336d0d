"""Recognise the region somebody writes about, named itself or through one of its towns."""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

from bot.understanding.patterns import MISTYPED
from bot.understanding.terms import Found, TermIndex


@dataclass(frozen=True)
class Region:
    """A region under the name its own people write, with its country (FI, DE, NO or TR)."""

    name: str
    country: str


@dataclass(frozen=True)
class RegionMatch:
    """The region a text names; `inferred` if it named only a town in it."""

    region: str
    country: str
    inferred: bool


class RegionRecogniser:
    """Knows the regions of the four countries and their main towns."""

    def __init__(self, listed: dict[str, Any]) -> None:
        """Take the content of `data/regions.toml`."""
        self._regions = tuple(Region(region["name"], region["country"]) for region in listed["region"])
        self._country_of = {region.name: region.country for region in self._regions}
        self._places = TermIndex((), _places(listed), listed["ignored"])

    @classmethod
    def load(cls) -> "RegionRecogniser":
        """Build the recogniser from the list beside this code; do it once, it takes some ten milliseconds."""
        return cls(tomllib.loads(files(__package__).joinpath("data/regions.toml").read_text(encoding="utf-8")))

    def read(self, text: str) -> RegionMatch | None:
        """Say which region a text means: one named itself goes before a town, a sure one before a mistyped one."""
        found = self._places.find(text)
        return min(found, key=_rank).meaning if found else None

    def all_named(self, text: str) -> tuple[RegionMatch, ...]:
        """Give every region that a text names itself, in order; a town is only where something takes place."""
        found = [seen.meaning for seen in self._places.find(text) if seen.certainty > MISTYPED]
        return tuple(dict.fromkeys(one for one in found if not one.inferred))

    def places(self, text: str) -> dict[int, float]:
        """Give the places of the words that name a region or a town, each with its certainty; no mistyped ones."""
        found = [seen for seen in self._places.find(text) if seen.certainty > MISTYPED]
        return {place: seen.certainty for seen in found for place in range(seen.first, seen.last + 1)}

    def country_of(self, region: str) -> str | None:
        """Give the country of a region, by the name its own people write."""
        return self._country_of.get(region)

    def all(self) -> tuple[Region, ...]:
        """Give every region, country by country."""
        return self._regions


def _places(listed: dict[str, Any]) -> Iterator[tuple[str, RegionMatch]]:
    for region in listed["region"]:
        name, country = region["name"], region["country"]
        yield from ((word, RegionMatch(name, country, inferred=False)) for word in region["words"])
        yield from ((town, RegionMatch(name, country, inferred=True)) for town in region["towns"])


def _rank(found: Found[RegionMatch]) -> tuple[bool, float, int]:
    return found.meaning.inferred, -found.certainty, found.first
