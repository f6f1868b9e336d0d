"""Questions that people handed to a person, what the bot left to people (R14), and what nobody could answer."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, Text, exists, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.outbox import SENT, UNKNOWN, OutboxRow
from storage.rows import Referred, Row, UtcDateTime

ASKED: Final = "asked"
ANSWERED: Final = "answered"
UNANSWERED: Final = "unanswered"
WITHDRAWN: Final = "withdrawn"

KIND: Final = "questions.question"
REMINDER: Final = "questions.reminder"
"""The outbox kind that brings a question to its receiver; its delivery starts the clock."""


class QuestionRow(Referred, Row):
    """A question that its asker sent to one responsible person. Without an asker there is no question (CASCADE).

    `clock_at` is when the clock of the present receiver started; `earlier_id` had it before.
    """

    __tablename__ = "questions"
    __table_args__ = (Index(None, "state"), Index(None, "ended_at"))

    asker_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    earlier_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    topic: Mapped[str | None] = mapped_column(String(40))
    words: Mapped[str | None] = mapped_column(Text)
    answer: Mapped[str | None] = mapped_column(Text)
    without_name: Mapped[bool] = mapped_column(default=False)
    state: Mapped[str] = mapped_column(String(12), default=ASKED)
    asked_at: Mapped[datetime] = mapped_column(UtcDateTime)
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    move_on_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class HandoverRow(Row):
    """That the bot left something to a person (R14): category, receiver and time, and not who asked or what."""

    __tablename__ = "handovers"
    __table_args__ = (Index(None, "workspace", "handed_at"), Index(None, "handed_at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    category: Mapped[str] = mapped_column(String(40))
    receiver_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    handed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class UnansweredRow(Row):
    """What nobody could answer; the words only if somebody pressed "Tell the coordinator", and never who it was."""

    __tablename__ = "unanswered"
    __table_args__ = (Index(None, "workspace", "told_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    topic: Mapped[str | None] = mapped_column(String(40))
    words: Mapped[str | None] = mapped_column(Text)
    told_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Questions:
    """Queries about questions for people."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: QuestionRow | HandoverRow | UnansweredRow) -> None:
        """Keeps a question, that something was left to a person, or that nobody could answer."""
        self._session.add(row)

    async def by_ref(self, ref: str) -> QuestionRow | None:
        """The question with that reference, whoever asked."""
        return await self._session.scalar(select(QuestionRow).where(QuestionRow.ref == ref))

    async def held(self, workspace: str, ref: str) -> QuestionRow | None:
        """The question with that reference in this workspace, held until the end of the transaction."""
        return await self._session.scalar(
            select(QuestionRow)
            .where(QuestionRow.workspace == workspace, QuestionRow.ref == ref)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def waits_with_words(self, asker_id: int, words: str) -> bool:
        """Whether this person has asked exactly this already and waits for the answer."""
        same = (QuestionRow.asker_id == asker_id, QuestionRow.state == ASKED, QuestionRow.words == words)
        return bool(await self._session.scalar(select(exists().where(*same))))

    async def delivered_without_clock(self) -> Sequence[tuple[QuestionRow, datetime]]:
        """Questions that have (or may have) reached their receiver and have no clock yet, and when they did."""
        found = await self._session.execute(
            select(QuestionRow, OutboxRow.finished_at)
            .join(OutboxRow, OutboxRow.subject == QuestionRow.ref)
            .where(
                QuestionRow.state == ASKED,
                QuestionRow.move_on_at.is_(None),
                OutboxRow.kind == KIND,
                OutboxRow.recipient_id == QuestionRow.receiver_id,
                OutboxRow.state.in_((SENT, UNKNOWN)),
            )
        )
        return [(question, sent_at) for question, sent_at in found if sent_at is not None]

    async def waiting_with(self, receiver_id: int) -> Sequence[QuestionRow]:
        """Questions that wait for this person's answer now."""
        found = await self._session.scalars(
            select(QuestionRow)
            .where(QuestionRow.receiver_id == receiver_id, QuestionRow.state == ASKED)
            .order_by(QuestionRow.id)
            .with_for_update()
        )
        return found.all()

    async def to_remind(self, now: datetime) -> Sequence[QuestionRow]:
        """Unanswered questions whose reminder is due and not planned yet; planning it sets `remind_at` to nothing."""
        found = await self._session.scalars(
            select(QuestionRow)
            .where(QuestionRow.state == ASKED, QuestionRow.remind_at <= now, QuestionRow.move_on_at > now)
            .with_for_update(skip_locked=True)
        )
        return found.all()

    async def to_move_on(self, now: datetime) -> Sequence[QuestionRow]:
        """Unanswered questions whose time with their receiver is over, or whose receiver has gone."""
        found = await self._session.scalars(
            select(QuestionRow)
            .where(QuestionRow.state == ASKED, (QuestionRow.move_on_at <= now) | QuestionRow.receiver_id.is_(None))
            .order_by(QuestionRow.id)
            .with_for_update(skip_locked=True)
        )
        return found.all()

    async def count_open(self, workspace: str) -> int:
        """How many questions wait for a person's answer."""
        counted = select(func.count()).where(QuestionRow.workspace == workspace, QuestionRow.state == ASKED)
        return await self._session.scalar(counted) or 0

    async def unanswered_since(self, workspace: str, since: datetime) -> Sequence[UnansweredRow]:
        """What the coordinators of this workspace were told since then, oldest first."""
        found = await self._session.scalars(
            select(UnansweredRow)
            .where(UnansweredRow.workspace == workspace, UnansweredRow.told_at > since)
            .order_by(UnansweredRow.id)
        )
        return found.all()

    async def has_words_before(self, moment: datetime) -> bool:
        """Whether any words are older than they may be kept."""
        ended = exists().where(QuestionRow.words.is_not(None), QuestionRow.ended_at <= moment)
        told = exists().where(UnansweredRow.words.is_not(None), UnansweredRow.told_at <= moment)
        return bool(await self._session.scalar(select(ended | told)))

    async def forget_words_before(self, moment: datetime) -> None:
        """Removes the words of questions that ended, and of what coordinators were told, before that moment."""
        await self._session.execute(
            update(QuestionRow).where(QuestionRow.ended_at <= moment).values(words=None, answer=None)
        )
        await self._session.execute(update(UnansweredRow).where(UnansweredRow.told_at <= moment).values(words=None))
