"""Breaks of many institutions, regions and countries in a file of their own, so that it can change once a year.

CSV with a header row (`,` or `;`), or TOML with `[[breaks]]`. Each break says where it holds, from when to when, and
where its dates come from.
"""

import csv
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError, model_validator

from bot.errors import ProgrammeProblem
from bot.programme.lines import line_of
from bot.programme.parts import Break, CountryCode, Part


class PlacedBreak(Break):
    """A break with the place where it holds: an institution, a region of a country, or a whole country.

    `year` is the school year as people call it ("2026-27"): it tells which rows are to be renewed.
    """

    institution: str | None = None
    region: str | None = None
    country: CountryCode | None = None
    year: Annotated[str, Field(pattern=r"^20\d\d([-/](20)?\d\d)?$")]

    @model_validator(mode="after")
    def _holds_somewhere(self) -> "PlacedBreak":
        if not (self.institution or self.region or self.country):
            raise ValueError("institution, region or country is needed")
        return self

    def holds_for(self, country: str | None, region: str | None, institution: str | None) -> bool:
        """Whether it holds for somebody there; every place that is given must fit."""
        given = ((self.institution, institution), (self.region, region), (self.country, country))
        return all(wanted is None or wanted == found for wanted, found in given)


class _BreaksFile(Part):
    breaks: tuple[PlacedBreak, ...] = ()


def read(path: Path) -> tuple[PlacedBreak, ...]:
    """Every break in that file. Raises ProgrammeProblem naming the line."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except OSError as problem:
        raise _problem(path, f"cannot be read ({problem.strerror})") from None
    except UnicodeDecodeError as problem:
        raise _problem(path, f"is not UTF-8: {problem}") from None
    return tuple(_rows(path, text)) if path.suffix.lower() == ".csv" else _toml(path, text)


def _toml(path: Path, text: str) -> tuple[PlacedBreak, ...]:
    try:
        return _BreaksFile.model_validate(tomllib.loads(text)).breaks
    except tomllib.TOMLDecodeError as problem:
        raise _problem(path, f"is not valid TOML: {problem}") from None
    except ValidationError as problem:
        loc = problem.errors()[0]["loc"]
        raise _problem(path, f"line {line_of(text, loc)}, {_why(problem)}") from None


def _rows(path: Path, text: str) -> Iterator[PlacedBreak]:
    lines = text.splitlines()
    rows = csv.DictReader(lines, delimiter=";" if lines and ";" in lines[0] else ",")
    for row in rows:
        given = {
            str(key).strip(): value.strip() for key, value in row.items() if isinstance(value, str) and value.strip()
        }
        try:
            # A CSV file holds nothing but text, so days are read from text here.
            yield PlacedBreak.model_validate(given)
        except ValidationError as problem:
            raise _problem(path, f"line {rows.line_num}, {_why(problem)}") from None


def _why(problem: ValidationError) -> str:
    first = problem.errors(include_input=False, include_url=False)[0]
    key = str(first["loc"][-1]) if first["loc"] else "this break"
    return f"{key}: {first['msg'].removeprefix('Value error, ')}"


def _problem(path: Path, reason: str) -> ProgrammeProblem:
    return ProgrammeProblem(
        f"SILTA_PROGRAMME: the breaks file {path}, {reason}; docs/programme.md says how it is written."
    )
