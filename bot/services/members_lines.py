"""Reads a members file into one checked line per person, or says everything that is wrong with it."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bot.services.members_columns import REQUIRED, FieldWords, Reader, UnreadableCell, Value, empty, readers
from bot.services.members_sheet import BadCell, BadMembersFile, SheetRow, rows_of


@dataclass(frozen=True)
class MemberLine:
    """What one line says of one person: a value for each column the file has, by the name of the column.

    An empty `capacity` is left out, because it says nothing: everyone has a capacity.
    """

    line: int
    values: Mapping[str, Value]

    @property
    def slack_user_id(self) -> str:
        """Whom the line is about."""
        return str(self.values["slack_user_id"])


Watching = Callable[[int, int], None]
"""Is told how many rows have been read, and of how many."""


def parse(path: Path, words: FieldWords, watching: Watching | None = None) -> list[MemberLine]:
    """Every person of the file, in its order; a person stands in it once. Raises BadMembersFile with every bad cell."""
    header, *rows = rows_of(path)
    by_column = readers(words)
    columns = _columns_named_in(path.name, header, by_column)
    reading = _Reading(columns, by_column)
    lines = []
    for count, row in enumerate(rows, 1):
        lines.append(MemberLine(row.line, reading.values_of(row)))
        if watching is not None:
            watching(count, len(rows))
    if reading.bad:
        raise BadMembersFile(path.name, cells=tuple(reading.bad))
    return lines


def _columns_named_in(file: str, header: SheetRow, known: Mapping[str, Reader]) -> tuple[str, ...]:
    columns = [cell.casefold() for cell in header.cells]
    while columns and not columns[-1]:
        columns.pop()
    bad = tuple(BadCell(header.line, column, reason) for column, reason in _wrong_with(columns, known))
    if bad:
        raise BadMembersFile(file, cells=bad)
    return tuple(columns)


def _wrong_with(columns: list[str], known: Mapping[str, Reader]) -> Iterator[tuple[str, str]]:
    for place, column in enumerate(columns, 1):
        if not column:
            yield "", f"column {place} has no name"
        elif column not in known:
            yield column, f"there is no such column; known are {', '.join(known)}"
        elif column in columns[: place - 1]:
            yield column, "the column is there twice"
    for column in REQUIRED:
        if column not in columns:
            yield column, "the column is missing"


@dataclass
class _Reading:
    """Reads rows and collects what is wrong with them."""

    columns: tuple[str, ...]
    readers: Mapping[str, Reader]
    bad: list[BadCell] = field(default_factory=list)
    line_of: dict[str, int] = field(default_factory=dict)

    def values_of(self, row: SheetRow) -> dict[str, Value]:
        """The values of this row that can be read."""
        surplus = len(row.cells) - len(self.columns)
        if any(row.cells[len(self.columns) :]):
            # The cells have probably moved along; what each of them seems to say would only confuse.
            reason = f"{surplus} cells more than the header names; put quotation marks around text with a comma in it"
            self.bad.append(BadCell(row.line, "", reason))
            return {}
        cells = (*row.cells, *[""] * -surplus)
        values: dict[str, Value] = {}
        for column, cell in zip(self.columns, cells, strict=False):
            try:
                values[column] = self._value(column, cell, row.line)
            except UnreadableCell as problem:
                self.bad.append(BadCell(row.line, column, str(problem)))
        if values.get("capacity", 0) is None:
            del values["capacity"]
        return values

    def _value(self, column: str, cell: str, line: int) -> Value:
        value = self.readers[column](cell) if cell else empty(column)
        if column == "slack_user_id":
            first = self.line_of.setdefault(str(value), line)
            if first != line:
                raise UnreadableCell(f"“{value}” is on line {first} already")
        return value
