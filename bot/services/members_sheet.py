"""The rows of a members file as clean text, whether it is a CSV file or an Excel workbook."""

import csv
import io
import re
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

from bot.errors import ImportProblem
from bot.language import without_invisible_characters

_WORKBOOK: Final = b"PK\x03\x04"
_OLD_WORKBOOK: Final = b"\xd0\xcf\x11\xe0"
_AS_CSV_UTF8: Final = "in the spreadsheet choose “Save as” and “CSV UTF-8”"

# A cell that a spreadsheet would run as a formula, behind as many apostrophes as keep it from doing so.
_FORMULA_LIKE: Final = re.compile(r"'*[=+\-@]")
_KEPT_FROM_RUNNING: Final = re.compile(r"'+[=+\-@]")


@dataclass(frozen=True)
class BadCell:
    """One thing wrong with a members file. The header is line 1; `column` is empty when the whole line is meant."""

    line: int
    column: str
    reason: str

    def __str__(self) -> str:
        where = f"line {self.line}, {self.column}" if self.column else f"line {self.line}"
        return f"{where}: {self.reason}"


class BadMembersFile(ImportProblem):
    """A members file with something wrong in it, of which nothing was stored; `cells` names every place.

    Without `cells` the file cannot be read at all. As text it is one sentence.
    """

    def __init__(self, file: str, reason: str = "", cells: tuple[BadCell, ...] = ()) -> None:
        first, others = (str(cells[0]) if cells else reason), len(cells) - 1
        more = f" (and {others} more)" if others > 0 else ""
        super().__init__(f"{file}: {first}{more}.")
        self.cells = cells


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row that is not empty; `line` is the row number a spreadsheet shows."""

    line: int
    cells: tuple[str, ...]


def rows_of(path: Path) -> list[SheetRow]:
    """Every row that is not empty, the header first. Raises BadMembersFile."""
    try:
        content = path.read_bytes()
    except OSError as problem:
        raise BadMembersFile(path.name, f"the file cannot be read ({problem.strerror})") from None
    written = _rows_of_workbook(path.name, content) if content.startswith(_WORKBOOK) else _rows_of_csv(path, content)
    cleaned = (SheetRow(line, tuple(_cleaned(cell) for cell in cells)) for line, cells in enumerate(written, 1))
    rows = [row for row in cleaned if any(row.cells)]
    if not rows:
        raise BadMembersFile(path.name, "the file is empty")
    return rows


def kept_from_running(text: str) -> str:
    """The text with an apostrophe in front where a spreadsheet would take it for a formula; reading takes it away."""
    return f"'{text}" if _FORMULA_LIKE.match(text) else text


def _cleaned(text: str) -> str:
    text = without_invisible_characters(text.replace("\t", " ")).strip()
    return text[1:] if _KEPT_FROM_RUNNING.match(text) else text


def _rows_of_csv(path: Path, content: bytes) -> Iterator[list[str]]:
    text = _decoded(path.name, content)
    header = text.lstrip().partition("\n")[0]
    delimiter = ";" if header.count(";") > header.count(",") else ","
    # Strict: a quotation mark that is never closed would otherwise swallow the rest of the file into one cell.
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    try:
        yield from reader
    except csv.Error as problem:
        reason = f"the quotation marks do not fit together ({problem})"
        raise BadMembersFile(path.name, cells=(BadCell(reader.line_num, "", reason),)) from None


def _decoded(name: str, content: bytes) -> str:
    if content.startswith(_OLD_WORKBOOK):
        raise BadMembersFile(name, "this is an old Excel file; save it as .xlsx")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        bad = BadCell(content.count(b"\n", 0, problem.start) + 1, "", f"the file is not UTF-8; {_AS_CSV_UTF8}")
        raise BadMembersFile(name, cells=(bad,)) from None
    if "\0" in text:
        raise BadMembersFile(name, f"the file is not a text file in UTF-8; {_AS_CSV_UTF8}")
    return text


def _rows_of_workbook(name: str, content: bytes) -> Iterable[list[str]]:
    # Imported only for an Excel file: the bot itself never needs it (docs/figures.md).
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        # Excel writes things openpyxl warns about (styles, validations); none of them is a value.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return _rows_of_first_sheet(content)
    except (BadZipFile, InvalidFileException, KeyError, IndexError, ValueError, TypeError, SyntaxError):
        raise BadMembersFile(name, f"the Excel file is damaged; open it and {_AS_CSV_UTF8}") from None


def _rows_of_first_sheet(content: bytes) -> list[list[str]]:
    from openpyxl import load_workbook

    workbook = load_workbook(io.BytesIO(content), read_only=True)
    try:
        sheet = workbook.worksheets[0]
        # Some programs write a wrong size into the sheet; without it every row is read as far as it goes.
        sheet.reset_dimensions()
        return [[_as_text(value) for value in row] for row in sheet.iter_rows(values_only=True)]
    finally:
        workbook.close()


def _as_text(value: object) -> str:
    """What a spreadsheet shows: a whole number without decimals, nothing for an empty cell."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value)
