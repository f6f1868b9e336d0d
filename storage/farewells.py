"""What ended for somebody because another person left: a field and a day, so that they can be told without a name."""

from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Referred, Row, UtcDateTime

CONTACT: Final = "contact"
CARD: Final = "card"
"""`contact` is told in a message; `card` takes the place of a message that showed the name."""


class FarewellRow(Referred, Row):
    """One thing to tell one person. Nothing in it says who left."""

    __tablename__ = "farewells"
    __table_args__ = (Index(None, "made_at"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str] = mapped_column(String(12))
    code: Mapped[str | None] = mapped_column(String(8))
    since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Farewells:
    """Queries about what people are told when somebody has left."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, farewell: FarewellRow) -> None:
        """Keeps what is to be told."""
        self._session.add(farewell)

    async def by_ref(self, ref: str) -> FarewellRow | None:
        """The farewell with that reference."""
        return await self._session.scalar(select(FarewellRow).where(FarewellRow.ref == ref))
