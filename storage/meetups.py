"""Rounds of a circle, who can come when, and the small meetups that come of them (R13)."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, delete, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, aliased, mapped_column

from storage.members import MemberRow
from storage.rows import Referred, Row, UtcDateTime, Words

POLLING: Final = "polling"
GROUPED: Final = "grouped"

REMINDER: Final = "meetups.reminder"

PLANNED: Final = "planned"
CANCELLED: Final = "cancelled"

MET: Final = "met"
NOT_MET: Final = "not_met"
NOT_YET: Final = "not_yet"


def _new_calendar_key() -> str:
    return secrets.token_urlsafe(18)


class RoundRow(Referred, Row):
    """One poll of a circle and what came of it: polling -> grouped. The number counts from 1 for each circle."""

    __tablename__ = "meetup_rounds"
    __table_args__ = (UniqueConstraint("circle_id", "number"), Index(None, "state", "closes_at"))

    circle_id: Mapped[int] = mapped_column(ForeignKey("circles.id", ondelete="CASCADE"))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(12), default=POLLING)
    begun_at: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    minutes: Mapped[int]
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(500), default="")


class SlotRow(Referred, Row):
    """One time that a poll offers."""

    __tablename__ = "meetup_slots"
    __table_args__ = (UniqueConstraint("round_id", "starts_at"),)

    round_id: Mapped[int] = mapped_column(ForeignKey("meetup_rounds.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)


class VoteRow(Row):
    """What one person answered to a poll: references of slots, or none for "not this time" (R17: the last counts)."""

    __tablename__ = "meetup_votes"

    round_id: Mapped[int] = mapped_column(ForeignKey("meetup_rounds.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    workspace: Mapped[str] = mapped_column(String(32))
    slots: Mapped[tuple[str, ...]] = mapped_column(Words, default=())


class MeetupRow(Referred, Row):
    """One small group at one time. Whether they met is counted, never by whom it was said.

    `sequence` grows with every change, as calendars expect (RFC 5545).
    """

    __tablename__ = "meetups"
    __table_args__ = (Index(None, "round_id"), Index(None, "ends_at"))

    round_id: Mapped[int] = mapped_column(ForeignKey("meetup_rounds.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(12), default=PLANNED)
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    sequence: Mapped[int] = mapped_column(default=0)
    calendar_key: Mapped[str] = mapped_column(String(32), unique=True, default=_new_calendar_key)
    met: Mapped[int] = mapped_column(default=0)
    not_met: Mapped[int] = mapped_column(default=0)
    not_yet: Mapped[int] = mapped_column(default=0)


class MeetupMemberRow(Row):
    """Somebody in a small group. `has_told` only says that "did you meet?" was answered, not how."""

    __tablename__ = "meetup_members"

    meetup_id: Mapped[int] = mapped_column(ForeignKey("meetups.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    workspace: Mapped[str] = mapped_column(String(32))
    has_told: Mapped[bool] = mapped_column(default=False)


class AgendaItemRow(Row):
    """One line of an agenda, as somebody typed it. Deleted after the meetup; who typed it is not kept."""

    __tablename__ = "meetup_agenda_items"
    __table_args__ = (Index(None, "meetup_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    meetup_id: Mapped[int] = mapped_column(ForeignKey("meetups.id", ondelete="CASCADE"))
    workspace: Mapped[str] = mapped_column(String(32))
    words: Mapped[str] = mapped_column(Text)


class Meetups:
    """Queries about rounds, votes and meetups."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: RoundRow | SlotRow | MeetupRow | MeetupMemberRow | AgendaItemRow) -> None:
        """Keeps something new."""
        self._session.add(row)

    async def latest_round(self, circle_id: int) -> RoundRow | None:
        """The round that this circle began last."""
        return await self._session.scalar(
            select(RoundRow).where(RoundRow.circle_id == circle_id).order_by(RoundRow.number.desc()).limit(1)
        )

    async def round_before(self, held: RoundRow) -> RoundRow | None:
        """The round of the same circle before that one."""
        return await self._session.scalar(
            select(RoundRow).where(RoundRow.circle_id == held.circle_id, RoundRow.number == held.number - 1)
        )

    async def round_by_id(self, round_id: int) -> RoundRow:
        """The round with that number, which must exist."""
        return await self._session.get_one(RoundRow, round_id)

    async def round_by_ref(self, ref: str) -> RoundRow | None:
        """The round with that reference."""
        return await self._session.scalar(select(RoundRow).where(RoundRow.ref == ref))

    async def held_round(self, round_id: int) -> RoundRow:
        """The round, held until the transaction ends, as it stands now."""
        return (
            await self._session.scalars(
                select(RoundRow)
                .where(RoundRow.id == round_id)
                .with_for_update()
                .execution_options(populate_existing=True)
            )
        ).one()

    async def slot_by_ref(self, ref: str) -> SlotRow | None:
        """The slot with that reference."""
        return await self._session.scalar(select(SlotRow).where(SlotRow.ref == ref))

    async def slots(self, round_id: int) -> Sequence[SlotRow]:
        """The times that a poll offers, earliest first."""
        found = await self._session.scalars(
            select(SlotRow).where(SlotRow.round_id == round_id).order_by(SlotRow.starts_at)
        )
        return found.all()

    async def vote_of(self, round_id: int, member_id: int) -> tuple[str, ...] | None:
        """The slots this person can come to; none for "not this time", None when they have not answered."""
        return await self._session.scalar(
            select(VoteRow.slots).where(VoteRow.round_id == round_id, VoteRow.member_id == member_id)
        )

    async def votes(self, round_id: int) -> dict[int, tuple[str, ...]]:
        """Every answer to a poll, by the number of the person."""
        found = await self._session.execute(
            select(VoteRow.member_id, VoteRow.slots).where(VoteRow.round_id == round_id).order_by(VoteRow.member_id)
        )
        return {row[0]: row[1] for row in found}

    async def vote(self, held: RoundRow, member_id: int, slots: tuple[str, ...]) -> None:
        """Notes what this person can do; the last answer wins (R17)."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        values = {"round_id": held.id, "member_id": member_id, "workspace": held.workspace, "slots": slots}
        await self._session.execute(
            dialect.insert(VoteRow)
            .values(values)
            .on_conflict_do_update(index_elements=["round_id", "member_id"], set_={"slots": slots})
        )

    async def forget_vote(self, circle_id: int, member_id: int) -> None:
        """Drops the answers of somebody who left the circle to polls that are still open."""
        rounds = select(RoundRow.id).where(RoundRow.circle_id == circle_id, RoundRow.state == POLLING)
        await self._session.execute(delete(VoteRow).where(VoteRow.member_id == member_id, VoteRow.round_id.in_(rounds)))

    async def polls_to_close(self, now: datetime) -> Sequence[int]:
        """The numbers of rounds whose poll is over."""
        found = await self._session.scalars(
            select(RoundRow.id)
            .where(RoundRow.state == POLLING, RoundRow.closes_at <= now)
            .order_by(RoundRow.closes_at, RoundRow.id)
        )
        return found.all()

    async def held_if_over(self, round_id: int, now: datetime) -> RoundRow | None:
        """The round, held until the transaction ends, if its groups are still to be made by us."""
        return await self._session.scalar(
            select(RoundRow)
            .where(RoundRow.id == round_id, RoundRow.state == POLLING, RoundRow.closes_at <= now)
            .with_for_update(skip_locked=True)
        )

    async def put_together(self, circle_id: int, before: int) -> dict[tuple[int, int], int]:
        """Pairs of people (lower number first) who were in one group of this circle, and in which round last."""
        one, other = aliased(MeetupMemberRow), aliased(MeetupMemberRow)
        found = await self._session.execute(
            select(one.member_id, other.member_id, func.max(RoundRow.number))
            .join(other, (other.meetup_id == one.meetup_id) & (other.member_id > one.member_id))
            .join(MeetupRow, MeetupRow.id == one.meetup_id)
            .join(RoundRow, RoundRow.id == MeetupRow.round_id)
            .where(RoundRow.circle_id == circle_id, RoundRow.number < before, MeetupRow.state == PLANNED)
            .group_by(one.member_id, other.member_id)
        )
        return {(first, second): number for first, second, number in found}

    async def by_ref(self, ref: str) -> MeetupRow | None:
        """The meetup with that reference."""
        return await self._session.scalar(select(MeetupRow).where(MeetupRow.ref == ref))

    async def by_calendar_key(self, key: str) -> MeetupRow | None:
        """The meetup behind an address that only its people know."""
        return await self._session.scalar(select(MeetupRow).where(MeetupRow.calendar_key == key))

    async def of_person(self, member_id: int, ref: str) -> MeetupRow | None:
        """The meetup with that reference if this person is in it."""
        return await self._session.scalar(
            select(MeetupRow)
            .join(MeetupMemberRow, MeetupMemberRow.meetup_id == MeetupRow.id)
            .where(MeetupMemberRow.member_id == member_id, MeetupRow.ref == ref)
        )

    async def of_member(self, member_id: int, since: datetime) -> Sequence[MeetupRow]:
        """The meetups this member is in that were not over by then, soonest first."""
        found = await self._session.scalars(
            select(MeetupRow)
            .join(MeetupMemberRow, MeetupMemberRow.meetup_id == MeetupRow.id)
            .where(MeetupMemberRow.member_id == member_id, MeetupRow.ends_at > since)
            .order_by(MeetupRow.starts_at, MeetupRow.id)
        )
        return found.all()

    async def ahead(self, circle_id: int, member_id: int, now: datetime) -> Sequence[MeetupRow]:
        """The meetups of this circle that are still ahead of this person, soonest first."""
        found = await self._session.scalars(
            select(MeetupRow)
            .join(MeetupMemberRow, MeetupMemberRow.meetup_id == MeetupRow.id)
            .join(RoundRow, RoundRow.id == MeetupRow.round_id)
            .where(
                RoundRow.circle_id == circle_id,
                MeetupMemberRow.member_id == member_id,
                MeetupRow.state == PLANNED,
                MeetupRow.starts_at > now,
            )
            .order_by(MeetupRow.starts_at)
        )
        return found.all()

    async def people(self, meetup_id: int) -> Sequence[MemberRow]:
        """Who is in the group and still in the workspace, in the order of their numbers."""
        found = await self._session.scalars(
            select(MemberRow)
            .join(MeetupMemberRow, MeetupMemberRow.member_id == MemberRow.id)
            .where(MeetupMemberRow.meetup_id == meetup_id, MemberRow.deactivated_at.is_(None))
            .order_by(MemberRow.id)
        )
        return found.all()

    async def leave(self, meetup_id: int, member_id: int) -> None:
        """Takes somebody out of a group."""
        await self._session.execute(
            delete(MeetupMemberRow).where(
                MeetupMemberRow.meetup_id == meetup_id, MeetupMemberRow.member_id == member_id
            )
        )

    async def tell(self, meetup: MeetupRow, member_id: int, answer: str) -> bool:
        """Counts whether they met; False when this person has said so before. Who said what is not kept."""
        first = await self._session.execute(
            update(MeetupMemberRow)
            .where(
                MeetupMemberRow.meetup_id == meetup.id,
                MeetupMemberRow.member_id == member_id,
                MeetupMemberRow.has_told.is_(False),
            )
            .values(has_told=True)
            .returning(MeetupMemberRow.member_id)
            .execution_options(synchronize_session=False)
        )
        if first.first() is None:
            return False
        counted = {MET: MeetupRow.met, NOT_MET: MeetupRow.not_met, NOT_YET: MeetupRow.not_yet}[answer]
        await self._session.execute(update(MeetupRow).where(MeetupRow.id == meetup.id).values({counted: counted + 1}))
        return True

    async def has_told(self, meetup_id: int, member_id: int) -> bool:
        """True when this person has answered "did you meet?"."""
        query = select(MeetupMemberRow.has_told).where(
            MeetupMemberRow.meetup_id == meetup_id, MeetupMemberRow.member_id == member_id
        )
        return bool(await self._session.scalar(query))

    async def agenda(self, meetup_id: int) -> tuple[str, ...]:
        """What people would like to talk about, in the order they added it."""
        found = await self._session.scalars(
            select(AgendaItemRow.words).where(AgendaItemRow.meetup_id == meetup_id).order_by(AgendaItemRow.id)
        )
        return tuple(found)

    async def forget_agendas(self, now: datetime) -> None:
        """Drops the agendas of meetups that are over or cancelled."""
        over = select(MeetupRow.id).where((MeetupRow.ends_at <= now) | (MeetupRow.state == CANCELLED))
        await self._session.execute(delete(AgendaItemRow).where(AgendaItemRow.meetup_id.in_(over)))
