"""Days on which people are away, as they said themselves (R2)."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Referred, Row, UtcDateTime


class AwayPeriodRow(Referred, Row):
    """Days away in a row, both ends included, in the person's own calendar. Nobody says why, so it is not kept."""

    __tablename__ = "away_periods"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    starts_on: Mapped[date]
    ends_on: Mapped[date] = mapped_column(index=True)
    said_at: Mapped[datetime] = mapped_column(UtcDateTime)


class AwayPeriods:
    """Queries about days away. A person's own are read and changed through `MemberRow.away_periods`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def forget_before(self, day: date) -> None:
        """Drops periods that ended before that day."""
        await self._session.execute(delete(AwayPeriodRow).where(AwayPeriodRow.ends_on < day))
