"""Requests to a contact person, and the contacts that come of them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, Select, String, Text, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.outbox import SENT, UNKNOWN, OutboxRow
from storage.rows import Referred, Row, UtcDateTime, Words

REMINDER: Final = "introductions.reminder"

ASKED: Final = "asked"
OPEN: Final = "open"
DECLINED: Final = "declined"
PASSED_ON: Final = "passed_on"
RELEASED: Final = "released"
UNAVAILABLE: Final = "unavailable"
CANCELLED: Final = "cancelled"
CLOSED: Final = "closed"
FADED: Final = "faded"

REFUSED: Final = (DECLINED, PASSED_ON, RELEASED)
"""The three look the same to the asker (R7), so they count the same. Whoever is unavailable has refused nobody."""
HOLDING_A_PLACE: Final = (ASKED, OPEN)
"""A pending request already holds one place (R8)."""


class IntroductionRow(Referred, Row):
    """One request from an asker to a contact person, from the first press to the thank-you.

    asked -> open | declined | passed_on | released | unavailable | cancelled;  open -> closed | faded.
    `unavailable`: the contact person could not be reached, or has paused or withdrawn before an answer.
    """

    __tablename__ = "introductions"
    __table_args__ = (
        Index(None, "contact_id", "state"),
        Index(None, "contact_id", "requested_at"),
        Index(None, "asker_id", "state"),
        Index(None, "state", "release_at"),
    )

    ask_id: Mapped[int] = mapped_column(ForeignKey("asks.id", ondelete="CASCADE"), index=True)
    asker_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    contact_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    code: Mapped[str] = mapped_column(String(4))
    kinds: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    note: Mapped[str | None] = mapped_column(Text)
    suggested_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"))
    state: Mapped[str] = mapped_column(String(16), default=ASKED)
    requested_at: Mapped[datetime] = mapped_column(UtcDateTime)
    remind_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    release_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    answered_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    quiet_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    ended_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    # Where the asker's card "I have asked …" stands: an answer to a press, so no message of the outbox knows it.
    card_channel: Mapped[str | None] = mapped_column(String(32))
    card_ts: Mapped[str | None] = mapped_column(String(32))


class Introductions:
    """Queries about requests and contacts."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, introduction: IntroductionRow) -> None:
        """Keeps a new request."""
        self._session.add(introduction)

    async def by_id(self, introduction_id: int) -> IntroductionRow:
        """The introduction with that number, which must exist."""
        return await self._session.get_one(IntroductionRow, introduction_id)

    async def held(self, introduction_id: int) -> IntroductionRow:
        """The introduction with that number, held until the transaction ends."""
        query = _held(select(IntroductionRow).where(IntroductionRow.id == introduction_id))
        return (await self._session.scalars(query)).one()

    async def by_ref(self, ref: str) -> IntroductionRow | None:
        """The introduction with that reference, whoever is in it."""
        return await self._session.scalar(select(IntroductionRow).where(IntroductionRow.ref == ref))

    async def with_person(self, member_id: int, ref: str) -> IntroductionRow | None:
        """The introduction with that reference if this person is one of its two, held until the transaction ends."""
        return await self._session.scalar(
            _held(
                select(IntroductionRow).where(
                    IntroductionRow.ref == ref,
                    (IntroductionRow.asker_id == member_id) | (IntroductionRow.contact_id == member_id),
                )
            )
        )

    async def to_contact(self, contact_id: int, ref: str) -> IntroductionRow | None:
        """The request with that reference if it was made to this person, held until the transaction ends."""
        return await self._session.scalar(
            _held(select(IntroductionRow).where(IntroductionRow.ref == ref, IntroductionRow.contact_id == contact_id))
        )

    async def pending_in_field(self, asker_id: int, codes: Collection[str]) -> IntroductionRow | None:
        """The request of this person in this field that waits for an answer (R10: at most one)."""
        return await self._session.scalar(
            select(IntroductionRow).where(
                IntroductionRow.asker_id == asker_id,
                IntroductionRow.state == ASKED,
                IntroductionRow.code.in_(codes),
            )
        )

    async def pending_of(self, asker_id: int) -> int:
        """How many requests of this person wait for an answer."""
        found = select(func.count()).where(IntroductionRow.asker_id == asker_id, IntroductionRow.state == ASKED)
        return await self._session.scalar(found) or 0

    async def requested_since(self, asker_id: int, moment: datetime) -> int:
        """How many requests this person has made since then, whatever came of them."""
        found = select(func.count()).where(IntroductionRow.asker_id == asker_id, IntroductionRow.requested_at >= moment)
        return await self._session.scalar(found) or 0

    async def refused_since(self, asker_id: int, contact_id: int, moment: datetime) -> bool:
        """True when this contact person could not say yes to this asker since then."""
        found = select(IntroductionRow.id).where(
            IntroductionRow.asker_id == asker_id,
            IntroductionRow.contact_id == contact_id,
            IntroductionRow.state.in_(REFUSED),
            IntroductionRow.ended_at >= moment,
        )
        return await self._session.scalar(found.limit(1)) is not None

    async def reached_by_many(self, contact_ids: Collection[int], moment: datetime, at_least: int) -> set[int]:
        """Those of these contact persons whom so many requests have reached since then, whatever came of them."""
        found = await self._session.scalars(
            select(IntroductionRow.contact_id)
            .where(IntroductionRow.contact_id.in_(contact_ids), IntroductionRow.requested_at >= moment)
            .group_by(IntroductionRow.contact_id)
            .having(func.count() >= at_least)
        )
        return {number for number in found if number is not None}

    async def pending_to(self, contact_id: int) -> Sequence[IntroductionRow]:
        """The requests that wait for this contact person, oldest first."""
        found = await self._session.scalars(
            select(IntroductionRow)
            .where(IntroductionRow.contact_id == contact_id, IntroductionRow.state == ASKED)
            .order_by(IntroductionRow.id)
        )
        return found.all()

    async def pending_held(self, contact_id: int) -> Sequence[IntroductionRow]:
        """The same, held until the transaction ends; one that is answered or taken back meanwhile is left out."""
        query = select(IntroductionRow).where(IntroductionRow.contact_id == contact_id, IntroductionRow.state == ASKED)
        return (await self._session.scalars(_held(query.order_by(IntroductionRow.id)))).all()

    async def pending_to_any(self, contact_ids: Collection[int]) -> Sequence[IntroductionRow]:
        """The requests that wait for these contact persons, oldest first."""
        found = await self._session.scalars(
            select(IntroductionRow)
            .where(IntroductionRow.contact_id.in_(contact_ids), IntroductionRow.state == ASKED)
            .order_by(IntroductionRow.id)
        )
        return found.all()

    async def current_of(self, member_id: int) -> Sequence[IntroductionRow]:
        """Pending requests and open contacts of this person, on either side, newest first."""
        found = await self._session.scalars(
            select(IntroductionRow)
            .where(
                (IntroductionRow.asker_id == member_id) | (IntroductionRow.contact_id == member_id),
                IntroductionRow.state.in_(HOLDING_A_PLACE),
            )
            .order_by(IntroductionRow.id.desc())
        )
        return found.all()

    async def all_of(self, member_id: int) -> Sequence[IntroductionRow]:
        """Every request and contact of this person, on either side, oldest first."""
        found = await self._session.scalars(
            select(IntroductionRow)
            .where((IntroductionRow.asker_id == member_id) | (IntroductionRow.contact_id == member_id))
            .order_by(IntroductionRow.id)
        )
        return found.all()

    async def in_contact_with(self, asker_id: int) -> Sequence[int]:
        """The numbers of the contact persons this person is asking or in contact with now."""
        found = await self._session.scalars(
            select(IntroductionRow.contact_id).where(
                IntroductionRow.asker_id == asker_id, IntroductionRow.state.in_(HOLDING_A_PLACE)
            )
        )
        return found.all()

    async def delivered_without_clock(self) -> Sequence[tuple[IntroductionRow, datetime]]:
        """Requests that have (or may have) reached their contact person and have no reply clock yet, and when."""
        found = await self._session.execute(
            select(IntroductionRow, OutboxRow.finished_at)
            .join(OutboxRow, OutboxRow.subject == IntroductionRow.ref)
            .where(
                IntroductionRow.state == ASKED,
                IntroductionRow.release_at.is_(None),
                OutboxRow.kind == "introductions.request",
                OutboxRow.state.in_((SENT, UNKNOWN)),
            )
        )
        return [(introduction, sent_at) for introduction, sent_at in found if sent_at is not None]

    async def to_remind(self, now: datetime) -> Sequence[IntroductionRow]:
        """Unanswered requests whose reminder is due and whose release is not (R6)."""
        found = await self._session.scalars(
            select(IntroductionRow).where(
                IntroductionRow.state == ASKED, IntroductionRow.remind_at <= now, IntroductionRow.release_at > now
            )
        )
        return found.all()

    async def waiting_without_reminder(
        self, contact_ids: Collection[int] | None = None
    ) -> Sequence[tuple[IntroductionRow, datetime]]:
        """Unanswered requests whose reminder has not gone out, with the moment of delivery, longest first."""
        reminded = select(OutboxRow.subject).where(OutboxRow.kind == REMINDER)
        waiting = (
            select(IntroductionRow, OutboxRow.finished_at)
            .join(OutboxRow, OutboxRow.subject == IntroductionRow.ref)
            .where(
                IntroductionRow.state == ASKED,
                OutboxRow.kind == "introductions.request",
                OutboxRow.state == SENT,
                IntroductionRow.ref.not_in(reminded),
            )
            .order_by(IntroductionRow.id)
        )
        if contact_ids is not None:
            waiting = waiting.where(IntroductionRow.contact_id.in_(contact_ids))
        found = await self._session.execute(waiting)
        return [(introduction, sent_at) for introduction, sent_at in found if sent_at is not None]

    async def to_release(self, now: datetime) -> Sequence[IntroductionRow]:
        """Unanswered requests whose time is over (R6), oldest first."""
        found = await self._session.scalars(
            select(IntroductionRow)
            .where(IntroductionRow.state == ASKED, IntroductionRow.release_at <= now)
            .order_by(IntroductionRow.release_at)
        )
        return found.all()


def _held(query: Select[IntroductionRow]) -> Select[IntroductionRow]:
    return query.with_for_update().execution_options(populate_existing=True)
