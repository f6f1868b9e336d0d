"""The knowledge pack: what Silta may answer, one JSON object per line (shared/contract.md, "Knowledge pack")."""

import json
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from bot.errors import KnowledgeProblem

Route = Literal["bot", "bot+person", "person"]
"""Who answers: Silta; Silta, with a person offered beside; or only a person (R14)."""

Text = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]

_TITLE_AT_MOST: Final = 75
"""Characters of a button in Slack; a title is shown on one."""


def _first_question(given: Mapping[str, Any]) -> str:
    """The title of an entry that has none of its own; empty only for an entry that is refused anyway."""
    return str(next(iter(given.get("questions", ())), ""))[:_TITLE_AT_MOST]


class KnowledgeEntry(BaseModel):
    """One thing Silta knows: how people ask for it, the answer, its source, and who answers.

    `countries` are two letters each (FI DE NO TR …); none means every country. `language` is that of title and answer;
    the questions may be in any. `topic` finds the person responsible.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: Text
    questions: Annotated[tuple[Text, ...], Field(min_length=1)]
    answer: Text
    source: Text
    checked_on: date
    route: Route = "bot"
    countries: tuple[Annotated[str, StringConstraints(pattern=r"^[A-Z]{2}$")], ...] = ()
    title: Annotated[Text, Field(max_length=_TITLE_AT_MOST)] = Field(default_factory=_first_question)
    topic: Text | None = None
    language: str | None = None


def read_pack(path: Path, language: str | None = None) -> tuple[KnowledgeEntry, ...]:
    """Read a pack from a file; `language` is what its entries are said to be in when they do not say it themselves.

    Raises KnowledgeProblem naming file, line and key.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as problem:
        raise KnowledgeProblem(f"{path} cannot be read as UTF-8 text ({type(problem).__name__}).") from None
    return tuple(_entries(text.split("\n"), str(path), language))


@cache
def own_pack(language: str) -> tuple[KnowledgeEntry, ...]:
    """What the product itself brings in this language; nothing for a language it does not have."""
    ours = files("bot.understanding").joinpath(f"data/knowledge/{language}.jsonl")
    if not ours.is_file():
        return ()
    return tuple(_entries(ours.read_text(encoding="utf-8").split("\n"), f"{language}.jsonl", language))


def _entries(lines: Iterable[str], origin: str, language: str | None) -> Iterator[KnowledgeEntry]:
    """The entries of the lines that are not empty; an id stands for one entry only."""
    first_seen: dict[str, int] = {}
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        place = f"{origin}, line {number}"
        entry = _entry(line, place, language)
        if entry.id in first_seen:
            raise KnowledgeProblem(f"{place}: id: {entry.id} stands in line {first_seen[entry.id]} already.")
        first_seen[entry.id] = number
        yield entry


def _entry(line: str, place: str, language: str | None) -> KnowledgeEntry:
    try:
        given = json.loads(line)
    except json.JSONDecodeError as problem:
        raise KnowledgeProblem(f"{place}: this is no JSON object: {problem.msg} at letter {problem.colno}.") from None
    if not isinstance(given, dict):
        raise KnowledgeProblem(f"{place}: expected a JSON object in braces, with id, questions, answer and so on.")
    try:
        return KnowledgeEntry.model_validate({"language": language} | given)
    except ValidationError as problem:
        first = problem.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise KnowledgeProblem(f"{place}: {key}: {first['msg']}.") from None
