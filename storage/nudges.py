"""The weekly nudges that were planned, and whether anything came back (R3, R4)."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    delete,
    exists,
    func,
    insert,
    select,
    union_all,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.events import MAYBE, PUBLISHED, EventReplyRow, EventRow
from storage.events import REMINDER as OF_EVENT
from storage.introductions import REMINDER as OF_REQUEST
from storage.meetups import PLANNED, MeetupMemberRow, MeetupRow
from storage.meetups import REMINDER as OF_MEETUP
from storage.outbox import ATTEMPTING, LEASED, PENDING, SENT, UNKNOWN, OutboxRow
from storage.questions import ASKED, QuestionRow
from storage.questions import REMINDER as OF_QUESTION
from storage.rows import Referred, Row, UtcDateTime

KIND: Final = "nudges.weekly"
REMINDERS: Final = (OF_REQUEST, OF_QUESTION, OF_MEETUP, OF_EVENT)
CARRIERS: Final = (KIND, *REMINDERS)
"""Kinds of message that a nudge arrives in: its own, or the reminder of the same slot (R20)."""


class NudgeRow(Referred, Row):
    """One nudge of one person in one ISO week of theirs, which is its only one.

    `carried_by` is the reference that its message in the outbox is about: its own, or that of what the reminder was
    about that it came with. `rhythm` is the slower rhythm that this nudge announces, if it does. That something
    came back is a yes or no: when people were last here is nobody's business (R15).
    """

    __tablename__ = "nudges"
    __table_args__ = (UniqueConstraint("member_id", "week"), Index(None, "carried_by"), Index(None, "planned_at"))

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    week: Mapped[str] = mapped_column(String(8))
    planned_at: Mapped[datetime] = mapped_column(UtcDateTime)
    carried_by: Mapped[str] = mapped_column(String(32))
    rhythm: Mapped[str | None] = mapped_column(String(16))
    was_answered: Mapped[bool] = mapped_column(default=False)


class Nudges:
    """Queries about nudges."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, nudges: Sequence[Mapping[str, object]]) -> dict[int, NudgeRow]:
        """Keeps nudges that were planned, each as its values by attribute; answers them by person.

        One statement for all: adding rows would ask SQLite for the number of each.
        """
        if not nudges:
            return {}
        added = await self._session.scalars(insert(NudgeRow).returning(NudgeRow), nudges)
        return {nudge.member_id: nudge for nudge in added}

    async def by_ref(self, ref: str) -> NudgeRow | None:
        """The nudge with that reference, whoever got it."""
        return await self._session.scalar(select(NudgeRow).where(NudgeRow.ref == ref))

    async def of_person(self, member_id: int, ref: str) -> NudgeRow | None:
        """This person's nudge with that reference; somebody else's is not found."""
        return await self._session.scalar(select(NudgeRow).where(NudgeRow.member_id == member_id, NudgeRow.ref == ref))

    async def carried_by(self, ref: str, member_id: int) -> NudgeRow | None:
        """This person's nudge that comes with the message about this reference."""
        return await self._session.scalar(
            select(NudgeRow).where(NudgeRow.carried_by == ref, NudgeRow.member_id == member_id)
        )

    async def weeks_since(self, member_ids: Collection[int], moment: datetime) -> set[tuple[int, str]]:
        """Who of these people had a nudge planned since then, and for which week, sent or not."""
        found = await self._session.execute(
            select(NudgeRow.member_id, NudgeRow.week).where(
                NudgeRow.member_id.in_(member_ids), NudgeRow.planned_at >= moment
            )
        )
        return {(member_id, week) for member_id, week in found}

    async def reminders_to(self, member_ids: Collection[int]) -> list[tuple[int, datetime]]:
        """When these people are, or were, reminded of a question they have, or a meetup or event they come to."""
        comes = exists().where(
            EventRow.ref == OutboxRow.subject,
            EventRow.state == PUBLISHED,
            EventReplyRow.event_id == EventRow.id,
            EventReplyRow.member_id == OutboxRow.recipient_id,
            EventReplyRow.has_place | (EventReplyRow.answer == MAYBE),
        )
        meets = exists().where(
            MeetupRow.ref == OutboxRow.subject,
            MeetupRow.state == PLANNED,
            MeetupMemberRow.meetup_id == MeetupRow.id,
            MeetupMemberRow.member_id == OutboxRow.recipient_id,
        )
        written = select(OutboxRow.recipient_id, OutboxRow.not_before).where(
            ((OutboxRow.kind == OF_EVENT) & comes) | ((OutboxRow.kind == OF_MEETUP) & meets),
            OutboxRow.recipient_id.in_(member_ids),
            OutboxRow.state.in_((PENDING, LEASED, ATTEMPTING, SENT)),
        )
        to_be_written = select(QuestionRow.receiver_id, QuestionRow.remind_at).where(
            QuestionRow.receiver_id.in_(member_ids), QuestionRow.state == ASKED, QuestionRow.remind_at.is_not(None)
        )
        found: Any = await self._session.execute(union_all(written, to_be_written))
        return [(member_id, at) for member_id, at in found]

    async def latest_sent(self, member_id: int, at_most: int) -> Sequence[NudgeRow]:
        """The last nudges that have (or may have) reached this person, newest first."""
        return (await self.latest_sent_to([member_id], at_most))[member_id]

    async def latest_sent_to(self, member_ids: Collection[int], at_most: int) -> dict[int, list[NudgeRow]]:
        """The last nudges that have (or may have) reached each of these people, newest first."""
        place = func.row_number().over(partition_by=NudgeRow.member_id, order_by=NudgeRow.planned_at.desc())
        arrived = (
            select(NudgeRow.id, place.label("place"))
            .join(OutboxRow, OutboxRow.subject == NudgeRow.carried_by)
            .where(
                NudgeRow.member_id.in_(member_ids),
                OutboxRow.recipient_id == NudgeRow.member_id,
                OutboxRow.kind.in_(CARRIERS),
                OutboxRow.state.in_((SENT, UNKNOWN)),
            )
            .subquery()
        )
        found = await self._session.scalars(
            select(NudgeRow)
            .join(arrived, arrived.c.id == NudgeRow.id)
            .where(arrived.c.place <= at_most)
            .order_by(NudgeRow.planned_at.desc())
        )
        latest: dict[int, list[NudgeRow]] = {member_id: [] for member_id in member_ids}
        for nudge in found:
            latest[nudge.member_id].append(nudge)
        return latest

    async def standing(self, member_id: int, since: datetime) -> Sequence[tuple[NudgeRow, OutboxRow]]:
        """The nudges planned since then that have reached this person, each with its message."""
        found = await self._session.execute(
            select(NudgeRow, OutboxRow)
            .join(OutboxRow, OutboxRow.subject == NudgeRow.carried_by)
            .where(NudgeRow.planned_at >= since, *_brought(member_id))
        )
        return [(nudge, message) for nudge, message in found]

    async def standing_at(self, member_id: int, channel: str, ts: str) -> NudgeRow | None:
        """The nudge that this message brought, alone or with a reminder; None when it brought none."""
        return await self._session.scalar(
            select(NudgeRow)
            .join(OutboxRow, OutboxRow.subject == NudgeRow.carried_by)
            .where(OutboxRow.channel == channel, OutboxRow.ts == ts, *_brought(member_id))
        )

    async def were_answered(self, member_id: int) -> None:
        """This person has pressed or written something: whatever they were nudged about before is answered."""
        await self._session.execute(
            update(NudgeRow)
            .where(NudgeRow.member_id == member_id, NudgeRow.was_answered.is_(False))
            .values(was_answered=True)
            .execution_options(synchronize_session=False)
        )

    async def forget_before(self, moment: datetime) -> None:
        """Drops nudges that no rule looks at any more."""
        await self._session.execute(delete(NudgeRow).where(NudgeRow.planned_at < moment))


def _brought(member_id: int) -> tuple[ColumnElement[bool], ...]:
    """The conditions that a message has brought this person a nudge."""
    return (
        NudgeRow.member_id == member_id,
        OutboxRow.recipient_id == member_id,
        OutboxRow.kind.in_(CARRIERS),
        OutboxRow.state == SENT,
    )
