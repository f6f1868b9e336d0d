"""What somebody asked for: a field, perhaps a region. The sentence itself is not kept."""

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Referred, Row, UtcDateTime, Words

OPEN: Final = "open"
INTRODUCED: Final = "introduced"
WITHDRAWN: Final = "withdrawn"
WITH_COORDINATOR: Final = "with_coordinator"


class AskRow(Referred, Row):
    """One ask for a contact. `shown` holds the references of the contact persons shown last, in their order."""

    __tablename__ = "asks"

    asker_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    code: Mapped[str | None] = mapped_column(String(4))
    region: Mapped[str | None] = mapped_column(String(100))
    kinds: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    shown: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    state: Mapped[str] = mapped_column(String(20), default=OPEN)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)


class Asks:
    """Queries about asks."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, ask: AskRow) -> None:
        """Keeps a new ask."""
        self._session.add(ask)

    async def by_id(self, ask_id: int) -> AskRow:
        """The ask with that number, which must exist."""
        return await self._session.get_one(AskRow, ask_id)

    async def by_ref(self, ref: str) -> AskRow | None:
        """The ask with that reference, whoever asked."""
        return await self._session.scalar(select(AskRow).where(AskRow.ref == ref))

    async def of_person(self, asker_id: int, ref: str) -> AskRow | None:
        """This person's ask with that reference; somebody else's is not found."""
        return await self._session.scalar(select(AskRow).where(AskRow.asker_id == asker_id, AskRow.ref == ref))

    async def latest_of(self, asker_id: int) -> AskRow | None:
        """The last thing this person asked for."""
        return await self._session.scalar(
            select(AskRow).where(AskRow.asker_id == asker_id).order_by(AskRow.id.desc()).limit(1)
        )
