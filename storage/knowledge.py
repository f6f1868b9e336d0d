"""What a network answers otherwise than the product's pack, who changed it when, and when the weekly list is due."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Final

from sqlalchemy import Date, ForeignKey, Index, String, Text, UniqueConstraint, delete, exists, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Referred, Row, UtcDateTime, Words

LIVE: Final = "live"
DRAFT: Final = "draft"
"""A draft answers nobody; it waits for a coordinator's "Save"."""
DRAFT_KIND: Final = "knowledge.draft"
"""The outbox kind that shows a draft to a coordinator."""
RETIRED: Final = "retired"
"""What was answered until an entry was retired: while there is such a row, the entry answers nobody in any language."""


class KnowledgeEntryRow(Referred, Row):
    """One entry in one language, laid over the product's entry of the same id, or new. `questions`: one a line."""

    __tablename__ = "knowledge_entries"
    __table_args__ = (UniqueConstraint("workspace", "entry_id", "language", "state"),)

    entry_id: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    state: Mapped[str] = mapped_column(String(8), default=DRAFT)
    title: Mapped[str] = mapped_column(String(75))
    questions: Mapped[str] = mapped_column(Text)
    answer: Mapped[str] = mapped_column(Text)
    source: Mapped[str] = mapped_column(String(500))
    checked_on: Mapped[date] = mapped_column(Date)
    route: Mapped[str] = mapped_column(String(12))
    countries: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    topic: Mapped[str | None] = mapped_column(String(40))
    drafted_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)


class KnowledgeChangeRow(Row):
    """Who changed which entry when, and what: a JSON object of key -> [before, after]. Never deleted.

    `changed_by_id` is empty for what came from a file, and for somebody who wanted to be forgotten.
    """

    __tablename__ = "knowledge_changes"
    __table_args__ = (Index(None, "workspace", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    entry_id: Mapped[str] = mapped_column(String(64))
    language: Mapped[str] = mapped_column(String(8))
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    what: Mapped[str] = mapped_column(Text)


class WeeklyListRow(Row):
    """When the coordinators of a workspace get their next list."""

    __tablename__ = "weekly_lists"

    workspace: Mapped[str] = mapped_column(String(32), primary_key=True)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Knowledge:
    """Queries about what is answered."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: KnowledgeEntryRow | KnowledgeChangeRow) -> None:
        """Keeps an entry, or that one was changed."""
        self._session.add(row)

    async def version(self, workspace: str) -> int:
        """The number of the last change in this workspace; 0 before the first."""
        newest = select(func.max(KnowledgeChangeRow.id)).where(KnowledgeChangeRow.workspace == workspace)
        return await self._session.scalar(newest) or 0

    async def entries(self, workspace: str, state: str = LIVE) -> Sequence[KnowledgeEntryRow]:
        """The entries of this workspace in this state, in a stable order."""
        found = await self._session.scalars(
            select(KnowledgeEntryRow)
            .where(KnowledgeEntryRow.workspace == workspace, KnowledgeEntryRow.state == state)
            .order_by(KnowledgeEntryRow.id)
        )
        return found.all()

    async def has_entry(self, workspace: str, entry_id: str) -> bool:
        """Whether there is a draft or an entry with that id in any language."""
        same = (KnowledgeEntryRow.workspace == workspace, KnowledgeEntryRow.entry_id == entry_id)
        return bool(await self._session.scalar(select(exists().where(*same))))

    async def entry(self, workspace: str, entry_id: str, language: str, state: str) -> KnowledgeEntryRow | None:
        """One entry in one language."""
        return await self._session.scalar(
            select(KnowledgeEntryRow).where(
                KnowledgeEntryRow.workspace == workspace,
                KnowledgeEntryRow.entry_id == entry_id,
                KnowledgeEntryRow.language == language,
                KnowledgeEntryRow.state == state,
            )
        )

    async def draft(self, workspace: str, ref: str) -> KnowledgeEntryRow | None:
        """The draft with that reference in this workspace, held until the end of the transaction."""
        return await self._session.scalar(
            select(KnowledgeEntryRow)
            .where(
                KnowledgeEntryRow.workspace == workspace,
                KnowledgeEntryRow.ref == ref,
                KnowledgeEntryRow.state == DRAFT,
            )
            .with_for_update()
        )

    async def drafts_by(self, member_id: int) -> Sequence[KnowledgeEntryRow]:
        """What this person has suggested and nobody has said yes to."""
        found = await self._session.scalars(
            select(KnowledgeEntryRow).where(
                KnowledgeEntryRow.drafted_by_id == member_id, KnowledgeEntryRow.state == DRAFT
            )
        )
        return found.all()

    async def drop(self, entry: KnowledgeEntryRow) -> None:
        """Removes a draft, or the mark that an entry is retired."""
        await self._session.execute(delete(KnowledgeEntryRow).where(KnowledgeEntryRow.id == entry.id))

    async def drop_drafts(self, workspace: str, entry_id: str) -> None:
        """Removes the drafts of an entry in all its languages."""
        await self._session.execute(
            delete(KnowledgeEntryRow).where(
                KnowledgeEntryRow.workspace == workspace,
                KnowledgeEntryRow.entry_id == entry_id,
                KnowledgeEntryRow.state == DRAFT,
            )
        )

    async def share(self, entry: KnowledgeEntryRow) -> None:
        """Who answers it, and where it holds, is the same in all languages of an entry."""
        await self._session.execute(
            update(KnowledgeEntryRow)
            .where(
                KnowledgeEntryRow.workspace == entry.workspace,
                KnowledgeEntryRow.entry_id == entry.entry_id,
                KnowledgeEntryRow.state == LIVE,
            )
            .values(route=entry.route, countries=entry.countries, topic=entry.topic)
        )

    async def ensure_list(self, workspace: str, due_at: datetime) -> None:
        """Plans the first weekly list of a workspace; one that is planned stays as it is."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        await self._session.execute(
            dialect.insert(WeeklyListRow)
            .values(workspace=workspace, due_at=due_at)
            .on_conflict_do_nothing(index_elements=["workspace"])
        )

    async def due_lists(self, now: datetime) -> Sequence[WeeklyListRow]:
        """The weekly lists that are due, held; those that another replica holds are left to it."""
        found = await self._session.scalars(
            select(WeeklyListRow).where(WeeklyListRow.due_at <= now).with_for_update(skip_locked=True)
        )
        return found.all()
