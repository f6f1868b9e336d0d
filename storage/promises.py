"""What people noted that they have promised somebody; only they themselves ever see it (S9)."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import Date, ForeignKey, Index, String, delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Referred, Row, UtcDateTime


class PromiseRow(Referred, Row):
    """One open promise in its owner's own words. Done, dropped or too old, it is deleted, not marked."""

    __tablename__ = "promises"
    __table_args__ = (Index(None, "member_id"), Index(None, "forget_at"))

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(String(300))
    due_on: Mapped[date | None] = mapped_column(Date)
    noted_at: Mapped[datetime] = mapped_column(UtcDateTime)
    forget_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Promises:
    """Queries about promises."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, promise: PromiseRow) -> None:
        """Keeps a promise."""
        self._session.add(promise)

    async def open_of(self, member_id: int, now: datetime) -> Sequence[PromiseRow]:
        """This person's open promises: those with a day first, by their day, then the others by age."""
        return (await self.open_of_each([member_id], now))[member_id]

    async def open_of_each(self, member_ids: Collection[int], now: datetime) -> dict[int, list[PromiseRow]]:
        """The same for each of these people."""
        found = await self._session.scalars(
            select(PromiseRow)
            .where(PromiseRow.member_id.in_(member_ids), PromiseRow.forget_at > now)
            .order_by(PromiseRow.due_on.is_(None), PromiseRow.due_on, PromiseRow.id)
        )
        promises: dict[int, list[PromiseRow]] = {member_id: [] for member_id in member_ids}
        for promise in found:
            promises[promise.member_id].append(promise)
        return promises

    async def take(self, member_id: int, ref: str) -> bool:
        """Removes this person's promise with that reference; False when there is none, or it is somebody else's."""
        taken = await self._session.execute(
            delete(PromiseRow).where(PromiseRow.member_id == member_id, PromiseRow.ref == ref).returning(PromiseRow.id)
        )
        return taken.first() is not None

    async def forget_before(self, moment: datetime) -> None:
        """Drops promises that have had their time."""
        await self._session.execute(delete(PromiseRow).where(PromiseRow.forget_at <= moment))
