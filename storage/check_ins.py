"""When each side of a contact is asked how it goes, and what they said (R12)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.introductions import OPEN, IntroductionRow
from storage.rows import Referred, Row, UtcDateTime

TOUCH: Final = "touch"
KEEP: Final = "keep"
"""`touch` asks whether they were in touch; `keep`, after 12 quiet weeks, whether to keep or thank and close."""


class CheckInRow(Referred, Row):
    """One question to one side of one contact; the number counts from 1 for each side."""

    __tablename__ = "check_ins"
    __table_args__ = (
        UniqueConstraint("introduction_id", "member_id", "number"),
        Index(None, "asked_at", "due_at"),
        Index(None, "fade_at"),
    )

    introduction_id: Mapped[int] = mapped_column(ForeignKey("introductions.id", ondelete="CASCADE"))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    number: Mapped[int]
    kind: Mapped[str] = mapped_column(String(8), default=TOUCH)
    due_at: Mapped[datetime] = mapped_column(UtcDateTime)
    asked_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    fade_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(20))
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    benefit: Mapped[str | None] = mapped_column(String(40))


class CheckIns:
    """Queries about check-ins."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, check_in: CheckInRow) -> None:
        """Plans a check-in."""
        self._session.add(check_in)

    async def by_ref(self, ref: str) -> CheckInRow | None:
        """The check-in with that reference, whoever is asked."""
        return await self._session.scalar(select(CheckInRow).where(CheckInRow.ref == ref))

    async def of_person(self, member_id: int, ref: str) -> CheckInRow | None:
        """This person's check-in with that reference; somebody else's is not found."""
        return await self._session.scalar(
            select(CheckInRow).where(CheckInRow.member_id == member_id, CheckInRow.ref == ref)
        )

    async def due(self, now: datetime) -> Sequence[tuple[CheckInRow, IntroductionRow]]:
        """Check-ins of open contacts whose time has come and that nobody has asked yet or is asking now; held."""
        found = await self._session.execute(
            select(CheckInRow, IntroductionRow)
            .join(IntroductionRow, IntroductionRow.id == CheckInRow.introduction_id)
            .where(CheckInRow.asked_at.is_(None), CheckInRow.due_at <= now, IntroductionRow.state == OPEN)
            .order_by(CheckInRow.due_at)
            .with_for_update(of=CheckInRow, skip_locked=True)
        )
        return [(check_in, introduction) for check_in, introduction in found]

    async def to_come(self, member_id: int) -> Sequence[CheckInRow]:
        """This person's questions about open contacts that wait for their day: to be asked, or to end unanswered."""
        found = await self._session.scalars(
            select(CheckInRow)
            .join(IntroductionRow, IntroductionRow.id == CheckInRow.introduction_id)
            .where(
                CheckInRow.member_id == member_id,
                IntroductionRow.state == OPEN,
                CheckInRow.asked_at.is_(None) | (CheckInRow.fade_at.is_not(None) & CheckInRow.answer.is_(None)),
            )
        )
        return found.all()

    async def faded(self, now: datetime) -> Sequence[int]:
        """The numbers of open contacts whose keep-or-close question stayed unanswered until its time was over."""
        found = await self._session.scalars(
            select(IntroductionRow.id)
            .join(CheckInRow, CheckInRow.introduction_id == IntroductionRow.id)
            .where(CheckInRow.fade_at <= now, CheckInRow.answer.is_(None), IntroductionRow.state == OPEN)
            .distinct()
            .order_by(IntroductionRow.id)
        )
        return found.all()

    async def has_faded(self, introduction_id: int, now: datetime) -> bool:
        """Whether one question about this contact stayed unanswered until its time was over."""
        found = await self._session.scalar(
            select(CheckInRow.id)
            .where(
                CheckInRow.introduction_id == introduction_id, CheckInRow.fade_at <= now, CheckInRow.answer.is_(None)
            )
            .limit(1)
        )
        return found is not None

    async def waiting_for_keep(self, introduction_id: int) -> Sequence[CheckInRow]:
        """The keep-or-close questions of this contact that nobody has answered yet, for either side."""
        found = await self._session.scalars(
            select(CheckInRow).where(
                CheckInRow.introduction_id == introduction_id,
                CheckInRow.kind == KEEP,
                CheckInRow.answer.is_(None),
                CheckInRow.fade_at.is_not(None),
            )
        )
        return found.all()

    async def next_due_at(self, check_in: CheckInRow) -> datetime | None:
        """When the same side of the same contact is asked next, as far as it is planned."""
        return await self._session.scalar(
            select(CheckInRow.due_at).where(
                CheckInRow.introduction_id == check_in.introduction_id,
                CheckInRow.member_id == check_in.member_id,
                CheckInRow.number == check_in.number + 1,
            )
        )
