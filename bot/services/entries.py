"""Coordinators look after what is answered: a draft first, then "Save"; every change is kept with who and when."""

import json
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from bot.clock import Clock
from bot.errors import KnowledgeProblem, OnlyCoordinators, UnknownReference
from bot.facts.knowledge import Draft, DraftDropped, EntriesShown, Entry, EntryForm, EntryRetired, EntrySaved
from bot.facts.questions import ANSWER_AT_MOST, Title
from bot.language import LANGUAGES
from bot.services import people
from bot.services.entries_known import (
    FALLBACK,
    Known,
    entry_of,
    fact_of,
    in_language,
    known_and_retired,
    known_in,
    laid_over,
    old_titles,
)
from bot.services.knowledge import Knowledge
from bot.services.question_facts import draft_of
from bot.services.questions import PERSON, TOPIC_AT_MOST
from bot.services.roles import coordinator
from bot.understanding.answers import KnowledgeEntry
from storage.database import Database
from storage.knowledge import DRAFT, LIVE, RETIRED, KnowledgeChangeRow, KnowledgeEntryRow
from storage.members import MemberRow
from storage.rows import new_ref
from storage.store import Store

OWN: Final = "own-"
"""How the ids of the network's own entries begin."""
ROUTES: Final = ("bot", "bot+person", "person")
SOURCE_AT_MOST: Final = 500
_ID: Final = re.compile(r"[A-Za-z0-9_-]{1,64}")
"""Ids travel in buttons and forms, beside other references."""
KEPT: Final = ("title", "questions", "answer", "source", "checked_on", "route", "countries", "topic")
"""What an entry says; the same keys in a row and in a pack."""


@dataclass(frozen=True)
class Entries:
    """Every method but `bring_in` is for coordinators and raises UnknownReference for everybody else."""

    database: Database
    clock: Clock
    knowledge: Knowledge

    async def shown(self, member_id: int, language: str | None = None) -> EntriesShown:
        """All answers of one language, by topic, with what may be old and what waits for a yes."""
        async with self.database.reading() as store:
            me = await _coordinator(store, member_id)
            known, retired = await known_and_retired(store, me.workspace)
            language = language if language in LANGUAGES else people.language(me)
            drafts = [await draft_of(store, row) for row in await store.knowledge.entries(me.workspace, DRAFT)]
            old = old_titles(known, language, self._today(me))
            return EntriesShown(language, _by_topic(known, language), old, tuple(drafts), _titles(retired, language))

    async def form(self, member_id: int, language: str, entry_id: str) -> EntryForm:
        """The form for an entry in one language: its draft if there is one, what is answered now, or a new one."""
        if language not in LANGUAGES:
            raise UnknownReference
        async with self.database.reading() as store:
            me = await _coordinator(store, member_id)
            row = await store.knowledge.entry(me.workspace, entry_id, language, DRAFT)
            known = await known_in(store, me.workspace)
            entry = entry_of(row) if row else in_language(known, entry_id, language)
            if entry is not None:
                return EntryForm(fact_of(entry, language), _may_be_retired(known, entry_id))
            if entry_id != OWN:
                raise UnknownReference
            return EntryForm(Entry(OWN, language, "", (), "", "", self._today(me), ROUTES[0]))

    async def preview(self, member_id: int, entry: Entry) -> Draft:
        """Keeps the draft and shows it as it will be; nobody is answered by it yet. Raises UnknownReference."""
        async with self.database.transaction() as store:
            me = await _coordinator(store, member_id)
            made = _checked(entry)
            known, retired = await known_and_retired(store, me.workspace)
            is_own = made.id.startswith(OWN) and in_language(retired, made.id, entry.language) is None
            if not is_own and in_language(known, made.id, entry.language) is None:
                raise UnknownReference
            entry_id = f"{OWN}{new_ref()}" if made.id == OWN else made.id
            row = await store.knowledge.entry(me.workspace, entry_id, entry.language, DRAFT)
            if row is None:
                row = KnowledgeEntryRow(workspace=me.workspace, entry_id=entry_id, language=entry.language)
                store.knowledge.add(row)
            # What was shown under an earlier reference is not what "Save" there would publish now.
            row.ref = new_ref()
            _write(row, made)
            row.drafted_by_id = me.id
            await store.flush()
            return await draft_of(store, row)

    async def save(self, member_id: int, draft_ref: str) -> EntrySaved:
        """The draft answers from now on. Raises UnknownReference for one that is gone or of another workspace."""
        async with self.database.transaction() as store:
            me = await _coordinator(store, member_id)
            draft = await store.knowledge.draft(me.workspace, draft_ref)
            if draft is None:
                raise UnknownReference
            entry, language = entry_of(draft), draft.language
            await store.knowledge.drop(draft)
            await self._put(store, me.workspace, entry, language, me.id)
        self.knowledge.look_again()
        return EntrySaved(entry.title)

    async def drop(self, member_id: int, draft_ref: str) -> DraftDropped:
        """The draft goes. Raises UnknownReference for one that is gone or of another workspace."""
        async with self.database.transaction() as store:
            me = await _coordinator(store, member_id)
            draft = await store.knowledge.draft(me.workspace, draft_ref)
            if draft is None:
                raise UnknownReference
            await store.knowledge.drop(draft)
            return DraftDropped()

    async def retire(self, member_id: int, language: str, entry_id: str) -> EntryRetired:
        """The entry answers nobody any more, in no language; twice is the same as once. What it said is kept.

        Raises UnknownReference also for an entry that leaves to a person what a person decides: without it, one that
        answers would be taken for it (R14).
        """
        async with self.database.transaction() as store:
            me = await _coordinator(store, member_id)
            known, retired = await known_and_retired(store, me.workspace)
            if (before := in_language(retired, entry_id, language)) is not None:
                return EntryRetired(entry_id, language, before.title)
            entry, kept = in_language(known, entry_id, language), in_language(known, entry_id, FALLBACK)
            if entry is None or kept is None or not _may_be_retired(known, entry_id):
                raise UnknownReference
            row = KnowledgeEntryRow(workspace=me.workspace, entry_id=entry_id, language=FALLBACK, state=RETIRED)
            _write(row, kept)
            store.knowledge.add(row)
            await store.knowledge.drop_drafts(me.workspace, entry_id)
            await self._note(store, row, me.id, {RETIRED: [False, True]})
        self.knowledge.look_again()
        return EntryRetired(entry_id, language, entry.title)

    async def bring_back(self, member_id: int, language: str, entry_id: str) -> EntrySaved:
        """A retired entry answers again as it did; twice is the same as once. Raises UnknownReference."""
        async with self.database.transaction() as store:
            me = await _coordinator(store, member_id)
            entry = in_language(await laid_over(store, me.workspace), entry_id, language)
            if entry is None:
                raise UnknownReference
            row = await store.knowledge.entry(me.workspace, entry_id, FALLBACK, RETIRED)
            if row is not None:
                await self._note(store, row, me.id, {RETIRED: [True, False]})
                await store.knowledge.drop(row)
        self.knowledge.look_again()
        return EntrySaved(entry.title)

    async def bring_in(self, workspace: str, entries: Iterable[KnowledgeEntry], language: str) -> int:
        """Entries of a file, all or none; answers how many changed. A running Silta learns them within seconds.

        What a coordinator has retired stays so, whatever a file says of it.
        Raises KnowledgeProblem naming the entry that nobody could show or press.
        """
        async with self.database.transaction() as store:
            changed = 0
            for one in entries:
                if (reason := _unfit(one)) is not None:
                    raise KnowledgeProblem(f"{one.id}: {reason}.")
                changed += await self._put(store, workspace, one, one.language or language, None)
            return changed

    async def _put(
        self, store: Store, workspace: str, entry: KnowledgeEntry, language: str, member_id: int | None
    ) -> bool:
        """Lays an entry over what was answered before; False when it says the same."""
        laid = await laid_over(store, workspace)
        before, after = _said(laid.get((entry.id, language))), _said(entry)
        if before == after:
            return False
        row = await store.knowledge.entry(workspace, entry.id, language, LIVE)
        if row is None:
            row = KnowledgeEntryRow(workspace=workspace, entry_id=entry.id, language=language, state=LIVE)
            store.knowledge.add(row)
        _write(row, entry)
        await store.knowledge.share(row)
        changes = {key: [before.get(key), after[key]] for key in KEPT if before.get(key) != after[key]}
        await self._note(store, row, member_id, changes)
        return True

    async def _note(
        self, store: Store, row: KnowledgeEntryRow, member_id: int | None, changes: dict[str, list[Any]]
    ) -> None:
        """Who changed what of an entry when; every replica learns by it that there is something new."""
        change = KnowledgeChangeRow(workspace=row.workspace, entry_id=row.entry_id, language=row.language)
        change.changed_by_id, change.changed_at = member_id, self.clock.now()
        change.what = json.dumps(changes, ensure_ascii=False)
        store.knowledge.add(change)
        await store.flush()

    def _today(self, member: MemberRow) -> date:
        return self.clock.now().astimezone(people.zone(member)).date()


async def _coordinator(store: Store, member_id: int) -> MemberRow:
    """A coordinator of this moment; anybody else hears what every wrong reference is answered with."""
    try:
        return await coordinator(store, member_id)
    except OnlyCoordinators:
        raise UnknownReference from None


def _checked(entry: Entry) -> KnowledgeEntry:
    """What a form says, as an entry of a pack; what no entry can be raises UnknownReference."""
    if entry.language not in LANGUAGES:
        raise UnknownReference
    try:
        made = KnowledgeEntry(
            id=entry.entry_id,
            questions=entry.questions,
            answer=entry.answer,
            source=entry.source,
            checked_on=entry.checked_on,
            route=entry.route,
            countries=entry.countries,
            title=entry.title,
            topic=entry.topic,
            language=entry.language,
        )
    except ValueError:
        raise UnknownReference from None
    if _unfit(made) is not None:
        raise UnknownReference
    return made


def _unfit(entry: KnowledgeEntry) -> str | None:
    """Why an entry could not be kept, shown or pressed; None for one that can."""
    if not _ID.fullmatch(entry.id):
        return "id: letters, digits, - and _ only, 64 at most"
    if entry.language is not None and entry.language not in LANGUAGES:
        return f"language: one of {', '.join(LANGUAGES)}"
    kept = {"answer": ANSWER_AT_MOST, "source": SOURCE_AT_MOST, "topic": TOPIC_AT_MOST}
    long = [key for key, at_most in kept.items() if len(getattr(entry, key) or "") > at_most]
    return f"{long[0]}: {kept[long[0]]} characters at most" if long else None


def _write(row: KnowledgeEntryRow, entry: KnowledgeEntry) -> None:
    row.title, row.answer, row.source = entry.title, entry.answer, entry.source
    # One question a line is how they are kept.
    row.questions = "\n".join(" ".join(one.split()) for one in entry.questions)
    row.checked_on, row.route, row.countries, row.topic = entry.checked_on, entry.route, entry.countries, entry.topic


def _said(entry: KnowledgeEntry | None) -> dict[str, Any]:
    if entry is None:
        return {}
    said = entry.model_dump(mode="json")
    return {key: said[key] for key in KEPT}


def _titles(known: Known, language: str) -> tuple[Title, ...]:
    entries = (
        (entry_id, in_language(known, entry_id, language)) for entry_id in dict.fromkeys(one for one, _ in known)
    )
    return tuple(Title(entry_id, entry.title) for entry_id, entry in entries if entry is not None)


def _may_be_retired(known: Known, entry_id: str) -> bool:
    entry = in_language(known, entry_id, FALLBACK)
    return entry is not None and entry.route != PERSON


def _by_topic(known: Known, language: str) -> tuple[tuple[str, tuple[Title, ...]], ...]:
    titles: dict[str, list[Title]] = defaultdict(list)
    for entry_id in dict.fromkeys(entry_id for entry_id, _ in known):
        entry = in_language(known, entry_id, language)
        if entry is not None:
            titles[entry.topic or ""].append(Title(entry_id, entry.title))
    return tuple((topic, tuple(found)) for topic, found in sorted(titles.items()))
