"""What a workspace answers: the product's own pack, with the network's entries laid over it."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, timedelta
from typing import Final

from bot.facts.knowledge import Entry
from bot.facts.questions import Title
from bot.language import LANGUAGES
from bot.understanding.answers import KnowledgeEntry, own_pack
from storage.knowledge import RETIRED, KnowledgeEntryRow
from storage.store import Store

MAY_BE_OLD_AFTER: Final = timedelta(days=365)
"""Since it was checked; from then on an answer says so, and lists itself to the coordinators."""
FALLBACK: Final = "en"

Known = Mapping[tuple[str, str], KnowledgeEntry]
"""Entries by id and language."""


async def known_in(store: Store, workspace: str) -> Known:
    """Every entry that answers in this workspace."""
    return (await known_and_retired(store, workspace))[0]


async def known_and_retired(store: Store, workspace: str) -> tuple[Known, Known]:
    """Every entry that answers in this workspace, and every one that did until a coordinator retired it."""
    retired = {row.entry_id for row in await store.knowledge.entries(workspace, RETIRED)}
    laid = (await laid_over(store, workspace)).items()
    return (
        {key: entry for key, entry in laid if key[0] not in retired},
        {key: entry for key, entry in laid if key[0] in retired},
    )


async def laid_over(store: Store, workspace: str) -> Known:
    """Every entry, retired or not. Whom it is for and who answers holds in all its languages alike."""
    known = {(entry.id, language): entry for language in LANGUAGES for entry in own_pack(language)}
    shared: dict[str, dict[str, object]] = {}
    for row in await store.knowledge.entries(workspace):
        entry = entry_of(row)
        known[entry.id, row.language] = entry
        shared[entry.id] = {"route": entry.route, "countries": entry.countries, "topic": entry.topic}
    return {key: entry.model_copy(update=shared.get(key[0], {})) for key, entry in known.items()}


def entry_of(row: KnowledgeEntryRow) -> KnowledgeEntry:
    """What a row of the network says, as an entry of a pack."""
    return KnowledgeEntry(
        id=row.entry_id,
        questions=tuple(row.questions.splitlines()),
        answer=row.answer,
        source=row.source,
        checked_on=row.checked_on,
        route=row.route,
        countries=row.countries,
        title=row.title,
        topic=row.topic,
        language=row.language,
    )


def fact_of(entry: KnowledgeEntry, language: str) -> Entry:
    """An entry as a coordinator reads it."""
    return Entry(
        entry.id,
        language,
        entry.title,
        entry.questions,
        entry.answer,
        entry.source,
        entry.checked_on,
        entry.route,
        entry.countries,
        entry.topic,
    )


def questions_of(known: Known) -> dict[str, list[str]]:
    """The example questions of each entry, in all its languages together: one head for each entry."""
    questions: dict[str, list[str]] = defaultdict(list)
    for (entry_id, _), entry in sorted(known.items()):
        questions[entry_id] += entry.questions
    return dict(questions)


def in_language(known: Known, entry_id: str, language: str) -> KnowledgeEntry | None:
    """The entry in this language, else in English, else in whatever there is; None when there is no such entry."""
    order = (language, FALLBACK, *LANGUAGES)
    return next((known[entry_id, one] for one in order if (entry_id, one) in known), None)


def may_be_old(entry: KnowledgeEntry, today: date) -> bool:
    """Whether it was checked more than twelve months ago."""
    return today - entry.checked_on > MAY_BE_OLD_AFTER


def old_titles(known: Known, language: str, today: date) -> tuple[Title, ...]:
    """The entries that may be old in any of their languages, oldest first."""
    old = {entry_id: min(entry.checked_on, today) for (entry_id, _), entry in known.items() if may_be_old(entry, today)}
    titles = ((entry_id, in_language(known, entry_id, language)) for entry_id in sorted(old, key=lambda one: old[one]))
    return tuple(Title(entry_id, entry.title) for entry_id, entry in titles if entry is not None)
