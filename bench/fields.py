"""How well and how fast fields and regions are recognised in messages: `uv run python -m bench.fields`.

A request is right at top-1 when the first field is one of those it means, at top-3 when all of them are among the
first three. With --titles FILE.jsonl (lines of "text", "lang", "isced_f", "source") also each title, bare and in a
sentence. 4 and 3 are the digits of the ISCED-F code that have to agree.
"""

import argparse
import hashlib
import json
import os
import time
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from bench import meters
from bench.tables import percentile, show
from bot.understanding.fields import FieldReading, FieldRecogniser
from bot.understanding.regions import RegionRecogniser

SENTENCES: Final = Path(__file__).with_name("field_sentences.toml")
TOP: Final = 3
DIGITS: Final = (4, 3)
RIGHT: Final = ("top-1, 4 digits", "top-3, 4 digits", "top-1, 3 digits", "top-3, 3 digits")


@dataclass(frozen=True)
class Request:
    """A message and the fields it means."""

    text: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class Place:
    """A message and the region it means."""

    text: str
    region: str


@dataclass(frozen=True)
class Title:
    """The name of an occupation or a topic with its field, and the list it comes from."""

    language: str
    source: str
    request: Request


@dataclass(frozen=True)
class Sentences:
    """What one language has in field_sentences.toml."""

    carriers: tuple[str, ...]
    no_field: tuple[str, ...]
    requests: tuple[Request, ...]
    places: tuple[Place, ...]

    def carried(self, title: Request) -> Request:
        """Put a title into a carrier: always into the same one, whatever else is measured."""
        digest = hashlib.sha256(title.text.encode()).digest()
        carrier = self.carriers[int.from_bytes(digest[:8], "big") % len(self.carriers)]
        return Request(carrier.replace("{}", title.text), title.codes)


@dataclass(frozen=True)
class Outcome:
    """What was recognised in a message that means these fields."""

    codes: tuple[str, ...]
    reading: FieldReading

    def right(self, top: int, digits: int) -> bool:
        """Say whether the fields meant are among the first `top`; with 1, whether the first is one of them."""
        meant = {code[:digits] for code in self.codes}
        found = {match.code[:digits] for match in self.reading.matches[:top]}
        return bool(meant & found) if top == 1 else meant <= found


@dataclass
class Reader:
    """Reads with the recogniser, and keeps how long each look-up takes."""

    recogniser: FieldRecogniser
    milliseconds: list[float]

    def read(self, text: str) -> FieldReading:
        began = time.perf_counter()
        reading = self.recogniser.read(text, TOP)
        self.milliseconds.append((time.perf_counter() - began) * 1000)
        return reading

    def outcomes(self, requests: Iterable[Request]) -> list[Outcome]:
        return [Outcome(request.codes, self.read(request.text)) for request in requests]


def main() -> None:
    """Measures and prints."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--titles", type=Path, help="a file of titles, one JSON object a line")
    chosen = arguments.parse_args()
    # The recogniser first, so that nothing else is counted as its memory.
    reader = _loaded()
    sentences = _sentences()
    _everyday(reader, sentences)
    _requests(reader, sentences)
    _places(sentences)
    _lookups("messages", reader)
    if chosen.titles:
        reader.milliseconds.clear()
        _titles(reader, sentences, _read_titles(chosen.titles))
        _lookups("titles, bare and carried", reader)


def _loaded() -> Reader:
    before, began = meters.resident_megabytes(os.getpid()), time.perf_counter()
    recogniser = FieldRecogniser.load()
    took = (time.perf_counter() - began) * 1000
    first = time.perf_counter()
    recogniser.read("electrician")
    first_took = (time.perf_counter() - first) * 1000
    added = meters.resident_megabytes(os.getpid()) - before
    show(
        "Loading the recogniser, its imports not counted",
        ("load, ms", "first look-up, ms", "resident memory added, MB"),
        [(took, first_took, added)],
    )
    return Reader(recogniser, [])


def _everyday(reader: Reader, sentences: dict[str, Sentences]) -> None:
    rows: list[Sequence[object]] = []
    everything: list[FieldReading] = []
    for language, said in sentences.items():
        readings = [reader.read(text) for text in said.no_field]
        everything += readings
        rows.append(_no_field_row(language, readings))
    rows.append(_no_field_row("all", everything))
    show("Messages that name no field", ("language", "messages", "not clear", "no hint either"), rows)


def _no_field_row(language: str, readings: Sequence[FieldReading]) -> Sequence[object]:
    not_clear = [not reading.clear for reading in readings]
    silent = [not reading.clear and not reading.matches for reading in readings]
    return language, len(readings), _percent(not_clear), _percent(silent)


def _requests(reader: Reader, sentences: dict[str, Sentences]) -> None:
    outcomes = {language: reader.outcomes(said.requests) for language, said in sentences.items()}
    groups = {**outcomes, "all": [one for several in outcomes.values() for one in several]}
    kinds = {
        "Requests that name one field": {
            name: [one for one in group if len(one.codes) == 1] for name, group in groups.items()
        },
        "Requests that name two fields": {"all": [one for one in groups["all"] if len(one.codes) > 1]},
    }
    for title, shown in kinds.items():
        rows = [
            (name, len(group), *_right(group), _asked_back(group), _sure_and_wrong(group))
            for name, group in shown.items()
        ]
        show(title, ("language", "requests", *RIGHT, "asked back", "clear but wrong"), rows)


def _places(sentences: dict[str, Sentences]) -> None:
    regions = RegionRecogniser.load()
    rows = []
    for language, said in sentences.items():
        found = [(regions.read(place.text), place.region) for place in said.places]
        right = [match is not None and match.region == meant for match, meant in found]
        rows.append((language, len(found), _percent(right), _percent([match is None for match, _ in found])))
    show("Regions", ("language", "messages", "right", "none found"), rows)


def _lookups(what: str, reader: Reader) -> None:
    figures = reader.milliseconds
    row = (len(figures), *(percentile(figures, percent) for percent in (50, 95, 99)), max(figures))
    show(f"Look-up time, {what}, ms", ("look-ups", "p50", "p95", "p99", "longest"), [row])


def _titles(reader: Reader, sentences: dict[str, Sentences], titles: Sequence[Title]) -> None:
    groups: dict[tuple[str, str], list[Title]] = {}
    for title in titles:
        if title.language in sentences:
            groups.setdefault((title.source, title.language), []).append(title)
    bare_rows, carried_rows, less_rows = [], [], []
    for (source, language), group in sorted(groups.items()):
        bare = reader.outcomes(title.request for title in group)
        carried = reader.outcomes(sentences[language].carried(title.request) for title in group)
        name = (source, language, len(group))
        bare_right, carried_right = _right(bare), _right(carried)
        bare_rows.append((*name, *bare_right, _asked_back(bare)))
        carried_rows.append((*name, *carried_right, _asked_back(carried)))
        less_rows.append((*name, *(inside - alone for alone, inside in zip(bare_right, carried_right, strict=True))))
    header = ("source", "language", "titles", *RIGHT)
    show("Titles alone", (*header, "asked back"), bare_rows)
    show("Titles in a sentence", (*header, "asked back"), carried_rows)
    show("In a sentence less alone, percentage points", header, less_rows)


def _right(outcomes: Sequence[Outcome]) -> tuple[float, ...]:
    """Give the shares in the order of RIGHT."""
    return tuple(
        _percent([outcome.right(top, digits) for outcome in outcomes]) for digits in DIGITS for top in (1, TOP)
    )


def _asked_back(outcomes: Sequence[Outcome]) -> float:
    return _percent([not outcome.reading.clear for outcome in outcomes])


def _sure_and_wrong(outcomes: Sequence[Outcome]) -> float:
    return _percent([outcome.reading.clear and not outcome.right(1, 4) for outcome in outcomes])


def _percent(answers: Sequence[bool]) -> float:
    return 100 * sum(answers) / len(answers)


def _sentences() -> dict[str, Sentences]:
    listed = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    return {language: _said(messages) for language, messages in listed.items()}


def _said(messages: dict[str, Any]) -> Sentences:
    return Sentences(
        tuple(messages["carriers"]),
        tuple(messages["no_field"]),
        tuple(Request(request["text"], tuple(request["codes"])) for request in messages["requests"]),
        tuple(Place(place["text"], place["region"]) for place in messages["places"]),
    )


def _read_titles(path: Path) -> list[Title]:
    with path.open(encoding="utf-8") as lines:
        return [_title(json.loads(line)) for line in lines if line.strip()]


def _title(line: dict[str, Any]) -> Title:
    return Title(line["lang"], line["source"], Request(line["text"], (line["isced_f"],)))


if __name__ == "__main__":
    main()
