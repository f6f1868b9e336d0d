"""The columns of a members file: what each cell may say, and how it is written back (contract, "members import")."""

import re
import zoneinfo
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, partial
from typing import Final, NamedTuple, TypeAlias

from bot.errors import ImportProblem
from bot.services.members import MOST_PLACES, ROLES
from bot.services.members_sheet import kept_from_running
from bot.understanding.fields import FieldRecogniser
from storage.members import MemberRow

Value: TypeAlias = str | int | tuple[str, ...] | None
Reader: TypeAlias = Callable[[str], Value]

REQUIRED: Final = ("slack_user_id", "name", "role")
FIELDS: Final = "fields"
"""The one column whose values are kept beside the person, not with them."""
LONGEST_NOTE: Final = 1_000
"""Characters of "what I can offer"; a card shows all of it."""

_EMPTY: Final[dict[str, Value]] = {"note": "", FIELDS: (), "languages": (), "tasks": ()}
"""What an empty cell means; elsewhere it means that nothing is known."""
_ATTRIBUTES: Final = {"slack_user_id": "external_id", "role": "roles", "note": "offer"}
_TASKS: Final = tuple(f"T{number}" for number in range(1, 9))
_MOST_LANGUAGES: Final = 20
_USER_ID: Final = re.compile(r"[A-Z][A-Z0-9_]{1,63}")
_EMAIL: Final = re.compile(r"[^\s@]+@[^\s@]+")
_TWO_LETTERS: Final = re.compile(r"[A-Za-z]{2}")


class UnreadableCell(ImportProblem):
    """A cell that cannot be taken; the message is the reason, in plain words without a full stop."""


class Recognised(NamedTuple):
    """A wording that was taken for a field, what that field is called, and in how many rows it stands."""

    words: str
    code: str
    name: str
    rows: int


class FieldWords:
    """Reads fields given as ISCED-F codes or in words, and remembers which words it took for which field."""

    def __init__(self, recogniser: FieldRecogniser) -> None:
        self._recogniser = recogniser
        self._code_of: dict[str, str | None] = {}
        self._rows: Counter[str] = Counter()

    @property
    def recognised(self) -> tuple[Recognised, ...]:
        """Each wording that was not merely a code, in the order in which they came up."""
        return tuple(
            Recognised(words, code, self._recogniser.catalogue.label(code, "en"), self._rows[words])
            for words, code in self._code_of.items()
            if code and not words.isdigit()
        )

    def codes(self, cell: str) -> tuple[str, ...]:
        """The codes of a cell, each once and in order. Raises UnreadableCell naming what is not clear."""
        parts = _parts(cell)
        self._rows.update(set(parts))
        for words in parts:
            if words not in self._code_of:
                self._code_of[words] = self._recogniser.code_of(words)
        unclear = [words for words in parts if self._code_of[words] is None]
        if unclear:
            raise UnreadableCell(f"{_all(unclear)} cannot be told to one field; use its ISCED-F code, such as 0713")
        return tuple(sorted({code for words in parts if (code := self._code_of[words])}))


def readers(words: FieldWords) -> dict[str, Reader]:
    """How each column is read, in the order in which the columns are written; a reader raises UnreadableCell."""
    return {
        "slack_user_id": _user_id,
        "name": partial(_line_of_text, at_most=200),
        "role": _roles,
        "country": _country,
        "region": partial(_line_of_text, at_most=100),
        "institution": partial(_line_of_text, at_most=200),
        FIELDS: words.codes,
        "languages": _languages,
        "timezone": _timezone,
        "capacity": _capacity,
        "tasks": _tasks,
        "note": partial(_text, at_most=LONGEST_NOTE),
        "email": _email,
    }


def empty(column: str) -> Value:
    """What an empty cell of this column says. Raises UnreadableCell where a value is required."""
    if column in REQUIRED:
        raise UnreadableCell("the cell is empty")
    return _EMPTY.get(column)


def values_of(member: MemberRow, codes: tuple[str, ...]) -> dict[str, Value]:
    """What a members file would say of this person, column by column."""
    return {
        "slack_user_id": member.external_id,
        "name": member.name,
        "role": member.roles,
        "country": member.country,
        "region": member.region,
        "institution": member.institution,
        FIELDS: codes,
        "languages": member.languages,
        "timezone": member.timezone,
        "capacity": member.capacity,
        "tasks": member.tasks,
        "note": member.offer,
        "email": member.email,
    }


def kept_as(column: str) -> str:
    """The attribute of a MemberRow in which the value of this column is kept; fields are kept beside it."""
    return _ATTRIBUTES.get(column, column)


def written(value: Value) -> str:
    """The cell that reads back as this value and that no spreadsheet runs as a formula."""
    return kept_from_running("|".join(value) if isinstance(value, tuple) else "" if value is None else str(value))


def _user_id(cell: str) -> str:
    if not _USER_ID.fullmatch(cell):
        raise UnreadableCell(
            f"{_quoted(cell)} is no Slack member id; it looks like U012AB3CD (profile, ⋮, Copy member ID)"
        )
    return cell


def _line_of_text(cell: str, at_most: int) -> str:
    return _text(" ".join(cell.split()), at_most)


def _text(cell: str, at_most: int) -> str:
    if len(cell) > at_most:
        raise UnreadableCell(f"{len(cell)} characters are too many; at most {at_most} are kept")
    return cell


def _roles(cell: str) -> tuple[str, ...]:
    named = {part: part.casefold().replace(" ", "_").replace("-", "_") for part in _parts(cell)}
    return _known("role", named, ROLES)


def _tasks(cell: str) -> tuple[str, ...]:
    return _known("task", {part: part.upper() for part in _parts(cell)}, _TASKS)


def _known(noun: str, named: dict[str, str], known: Sequence[str]) -> tuple[str, ...]:
    unknown = [part for part, name in named.items() if name not in known]
    if unknown or not named:
        raise UnreadableCell(f"{_all(unknown)} is no {noun}; known are {', '.join(known)}, with | between several")
    return tuple(dict.fromkeys(named.values()))


def _country(cell: str) -> str:
    if not _TWO_LETTERS.fullmatch(cell):
        raise UnreadableCell(f"{_quoted(cell)} is no country code of two letters, such as FI")
    return cell.upper()


def _languages(cell: str) -> tuple[str, ...]:
    parts = _parts(cell)
    wrong = [part for part in parts if not _TWO_LETTERS.fullmatch(part)]
    if wrong:
        raise UnreadableCell(f"{_all(wrong)} is no language code of two letters, such as fi; put | between several")
    languages = tuple(dict.fromkeys(part.lower() for part in parts))
    if len(languages) > _MOST_LANGUAGES:
        raise UnreadableCell(f"{len(languages)} languages are too many; at most {_MOST_LANGUAGES} are kept")
    return languages


def _timezone(cell: str) -> str:
    if cell not in _zones():
        raise UnreadableCell(f"{_quoted(cell)} is no time zone of the IANA list, such as Europe/Helsinki")
    return cell


@cache
def _zones() -> frozenset[str]:
    return frozenset(zoneinfo.available_timezones())


def _capacity(cell: str) -> int:
    if not re.fullmatch(r"[0-9]{1,3}", cell) or int(cell) > MOST_PLACES:
        raise UnreadableCell(f"{_quoted(cell)} is no whole number from 0 to {MOST_PLACES}; 0 means resting")
    return int(cell)


def _email(cell: str) -> str:
    if not _EMAIL.fullmatch(cell):
        raise UnreadableCell(f"{_quoted(cell)} is no e-mail address")
    return _text(cell, at_most=254)


def _parts(cell: str) -> list[str]:
    return [stripped for part in cell.split("|") if (stripped := part.strip())]


def _all(parts: Sequence[str]) -> str:
    return ", ".join(_quoted(part) for part in parts) or "an empty list"


def _quoted(text: str) -> str:
    return f"“{text[:40]}…”" if len(text) > 40 else f"“{text}”"
