"""That somebody reported a problem. Who, about whom and their words are kept only until they were passed on (R14)."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, Text, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.outbox import ATTEMPTING, LEASED, PENDING, OutboxRow
from storage.rows import Referred, Row, UtcDateTime


class ReportRow(Referred, Row):
    """One report. Who received it stands in the outbox."""

    __tablename__ = "reports"
    __table_args__ = (Index(None, "reported_at"),)

    category: Mapped[str] = mapped_column(String(20))
    reported_at: Mapped[datetime] = mapped_column(UtcDateTime)
    reporter_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    reported_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    words: Mapped[str | None] = mapped_column(Text)


class Reports:
    """Queries about reports."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, report: ReportRow) -> None:
        """Keeps a report."""
        self._session.add(report)

    async def by_ref(self, ref: str) -> ReportRow | None:
        """The report with that reference."""
        return await self._session.scalar(select(ReportRow).where(ReportRow.ref == ref))

    async def forget_who(self) -> None:
        """Takes names and words out of every report of which nothing is still to be sent."""
        to_send = exists().where(OutboxRow.subject == ReportRow.ref, OutboxRow.state.in_((PENDING, LEASED, ATTEMPTING)))
        await self._session.execute(
            update(ReportRow)
            .where(ReportRow.reporter_id.is_not(None), ~to_send)
            .values(reporter_id=None, reported_id=None, words=None)
            .execution_options(synchronize_session=False)
        )
