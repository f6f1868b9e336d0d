"""Circles: people of one field and region, or the leaders of a region, who like to meet now and then (R13)."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.members import MEETUPS, MemberRow
from storage.rows import Referred, Row, UtcDateTime

LEADERS: Final = "leaders"
"""In place of a field's code: the leaders of a region."""

OPEN: Final = "open"
ACCEPTED: Final = "accepted"
REJECTED: Final = "rejected"


class CircleRow(Referred, Row):
    """One circle. `code` is an ISCED-F code or `LEADERS`; an empty region is the whole country.

    `zone` (IANA) is that of whoever came first: the monthly poll begins by its clock. Without `next_poll_at` it rests.
    """

    __tablename__ = "circles"
    __table_args__ = (UniqueConstraint("workspace", "code", "country", "region"), Index(None, "next_poll_at"))

    code: Mapped[str] = mapped_column(String(8))
    country: Mapped[str] = mapped_column(String(2), default="")
    region: Mapped[str] = mapped_column(String(100), default="")
    zone: Mapped[str] = mapped_column(String(64))
    rhythm: Mapped[str] = mapped_column(String(16))
    weekday: Mapped[str] = mapped_column(String(10), default="")
    founded_at: Mapped[datetime] = mapped_column(UtcDateTime)
    next_poll_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class CircleMemberRow(Row):
    """Somebody who joined a circle, by their own press only."""

    __tablename__ = "circle_members"

    circle_id: Mapped[int] = mapped_column(ForeignKey("circles.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    workspace: Mapped[str] = mapped_column(String(32))
    joined_at: Mapped[datetime] = mapped_column(UtcDateTime)


class CircleChangeRow(Referred, Row):
    """A wish to change how a circle works, voted on by its members (S38): open -> accepted | rejected.

    Who wished is not kept; the accepted ones are the circle's public change log.
    """

    __tablename__ = "circle_changes"
    __table_args__ = (Index(None, "circle_id", "state"), Index(None, "state", "closes_at"))

    circle_id: Mapped[int] = mapped_column(ForeignKey("circles.id", ondelete="CASCADE"))
    rhythm: Mapped[str] = mapped_column(String(16))
    weekday: Mapped[str] = mapped_column(String(10), default="")
    state: Mapped[str] = mapped_column(String(12), default=OPEN)
    proposed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    closes_at: Mapped[datetime] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class CircleChangeVoteRow(Row):
    """One member's answer to a wish; the last one counts (R17). Deleted once the vote is over."""

    __tablename__ = "circle_change_votes"

    change_id: Mapped[int] = mapped_column(ForeignKey("circle_changes.id", ondelete="CASCADE"), primary_key=True)
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    workspace: Mapped[str] = mapped_column(String(32))
    agrees: Mapped[bool]


class Circles:
    """Queries about circles, who is in them, and how they wish to work."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def found(self, circle: CircleRow) -> CircleRow:
        """The circle of that field and region, made if nobody has come first; two who come at once make one."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        columns = ("workspace", "code", "country", "region", "zone", "rhythm", "founded_at", "next_poll_at")
        made = {name: getattr(circle, name) for name in columns}
        await self._session.execute(dialect.insert(CircleRow).values(made).on_conflict_do_nothing())
        same = (getattr(CircleRow, name) == made[name] for name in ("workspace", "code", "country", "region"))
        return (await self._session.scalars(select(CircleRow).where(*same))).one()

    async def by_id(self, circle_id: int) -> CircleRow:
        """The circle with that number, which must exist."""
        return await self._session.get_one(CircleRow, circle_id)

    async def by_ref(self, workspace: str, ref: str) -> CircleRow | None:
        """The circle with that reference in that workspace."""
        return await self._session.scalar(
            select(CircleRow).where(CircleRow.workspace == workspace, CircleRow.ref == ref)
        )

    async def of_person(self, member_id: int, ref: str) -> CircleRow | None:
        """The circle with that reference if this person is in it."""
        return await self._session.scalar(
            select(CircleRow)
            .join(CircleMemberRow, CircleMemberRow.circle_id == CircleRow.id)
            .where(CircleMemberRow.member_id == member_id, CircleRow.ref == ref)
        )

    async def of_member(self, member_id: int) -> Sequence[CircleRow]:
        """Every circle this person is in, in the order they joined."""
        found = await self._session.scalars(
            select(CircleRow)
            .join(CircleMemberRow, CircleMemberRow.circle_id == CircleRow.id)
            .where(CircleMemberRow.member_id == member_id)
            .order_by(CircleMemberRow.joined_at, CircleRow.id)
        )
        return found.all()

    async def of_region(self, workspace: str, country: str, region: str) -> Sequence[CircleRow]:
        """Every circle of a region, oldest first."""
        found = await self._session.scalars(
            select(CircleRow)
            .where(CircleRow.workspace == workspace, CircleRow.country == country, CircleRow.region == region)
            .order_by(CircleRow.id)
        )
        return found.all()

    async def join(self, circle: CircleRow, member: MemberRow, now: datetime) -> bool:
        """Puts somebody into the circle; False for somebody who is in it already."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        values = {"circle_id": circle.id, "member_id": member.id, "workspace": circle.workspace, "joined_at": now}
        joined = await self._session.execute(
            dialect.insert(CircleMemberRow).values(values).on_conflict_do_nothing().returning(CircleMemberRow.circle_id)
        )
        return joined.first() is not None

    async def leave(self, circle: CircleRow, member_id: int) -> None:
        """Takes somebody out of the circle, and their open votes with them."""
        await self._session.execute(
            delete(CircleMemberRow).where(
                CircleMemberRow.circle_id == circle.id, CircleMemberRow.member_id == member_id
            )
        )
        changes = select(CircleChangeRow.id).where(CircleChangeRow.circle_id == circle.id)
        await self._session.execute(
            delete(CircleChangeVoteRow).where(
                CircleChangeVoteRow.member_id == member_id, CircleChangeVoteRow.change_id.in_(changes)
            )
        )

    async def members(self, circle_id: int) -> Sequence[MemberRow]:
        """Everybody in the circle who is still in the workspace, in the order of their numbers."""
        found = await self._session.scalars(
            select(MemberRow)
            .join(CircleMemberRow, CircleMemberRow.member_id == MemberRow.id)
            .where(CircleMemberRow.circle_id == circle_id, MemberRow.deactivated_at.is_(None))
            .order_by(MemberRow.id)
        )
        return found.all()

    async def sizes(self, circle_ids: Sequence[int]) -> dict[int, int]:
        """How many are in each of these circles."""
        found = await self._session.execute(
            select(CircleMemberRow.circle_id, func.count())
            .join(MemberRow, MemberRow.id == CircleMemberRow.member_id)
            .where(CircleMemberRow.circle_id.in_(circle_ids), MemberRow.deactivated_at.is_(None))
            .group_by(CircleMemberRow.circle_id)
        )
        return dict.fromkeys(circle_ids, 0) | {row[0]: row[1] for row in found}

    async def due(self, now: datetime) -> Sequence[int]:
        """The numbers of circles whose next poll is due."""
        return (await self._session.scalars(select(CircleRow.id).where(CircleRow.next_poll_at <= now))).all()

    async def held_if_due(self, circle_id: int, now: datetime) -> CircleRow | None:
        """The circle, held until the transaction ends, if its poll is still due and no other replica is at it."""
        return await self._session.scalar(
            select(CircleRow)
            .where(CircleRow.id == circle_id, CircleRow.next_poll_at <= now)
            .with_for_update(skip_locked=True)
        )

    async def held(self, circle_id: int) -> CircleRow:
        """The circle, held until the transaction ends."""
        return (
            await self._session.scalars(
                select(CircleRow)
                .where(CircleRow.id == circle_id)
                .with_for_update()
                .execution_options(populate_existing=True)
            )
        ).one()

    def wish(self, change: CircleChangeRow) -> None:
        """Keeps a wish to change how the circle works."""
        self._session.add(change)

    async def open_change(self, circle_id: int) -> CircleChangeRow | None:
        """The wish that is being voted on."""
        return await self._session.scalar(
            select(CircleChangeRow).where(CircleChangeRow.circle_id == circle_id, CircleChangeRow.state == OPEN)
        )

    async def change_by_ref(self, ref: str) -> CircleChangeRow | None:
        """The wish with that reference."""
        return await self._session.scalar(select(CircleChangeRow).where(CircleChangeRow.ref == ref))

    async def change_for_person(self, member_id: int, ref: str) -> CircleChangeRow | None:
        """The wish with that reference, for a member of its circle; somebody else's circle is not found."""
        return await self._session.scalar(
            select(CircleChangeRow)
            .join(CircleMemberRow, CircleMemberRow.circle_id == CircleChangeRow.circle_id)
            .where(CircleMemberRow.member_id == member_id, CircleChangeRow.ref == ref)
        )

    async def changes_due(self, now: datetime) -> Sequence[CircleChangeRow]:
        """Wishes whose vote is over, held until the transaction ends."""
        found = await self._session.scalars(
            select(CircleChangeRow)
            .where(CircleChangeRow.state == OPEN, CircleChangeRow.closes_at <= now)
            .order_by(CircleChangeRow.id)
            .with_for_update(skip_locked=True)
        )
        return found.all()

    async def accepted_changes(self, circle_id: int, since: datetime | None = None) -> Sequence[CircleChangeRow]:
        """What the circle has changed about itself, newest first."""
        query = select(CircleChangeRow).where(CircleChangeRow.circle_id == circle_id, CircleChangeRow.state == ACCEPTED)
        if since is not None:
            query = query.where(CircleChangeRow.decided_at > since)
        return (await self._session.scalars(query.order_by(CircleChangeRow.id.desc()))).all()

    async def vote(self, change: CircleChangeRow, member_id: int, *, agrees: bool) -> None:
        """Notes a vote; the last one counts (R17)."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        values = {"change_id": change.id, "member_id": member_id, "workspace": change.workspace, "agrees": agrees}
        await self._session.execute(
            dialect.insert(CircleChangeVoteRow)
            .values(values)
            .on_conflict_do_update(index_elements=["change_id", "member_id"], set_={"agrees": agrees})
        )

    async def vote_of(self, change_id: int, member_id: int) -> bool | None:
        """What this person has voted so far."""
        return await self._session.scalar(
            select(CircleChangeVoteRow.agrees).where(
                CircleChangeVoteRow.change_id == change_id, CircleChangeVoteRow.member_id == member_id
            )
        )

    async def tally(self, change_id: int) -> tuple[int, int]:
        """How many said yes, and how many no."""
        found = await self._session.execute(
            select(CircleChangeVoteRow.agrees, func.count())
            .where(CircleChangeVoteRow.change_id == change_id)
            .group_by(CircleChangeVoteRow.agrees)
        )
        votes = {bool(agrees): number for agrees, number in found}
        return votes.get(True, 0), votes.get(False, 0)

    async def forget_votes(self, change_id: int) -> None:
        """Drops who voted what, once the outcome is known."""
        await self._session.execute(delete(CircleChangeVoteRow).where(CircleChangeVoteRow.change_id == change_id))


def wants_messages(member: MemberRow) -> bool:
    """True for somebody who agreed to meetups and is neither paused nor resting nor gone."""
    return member.wants(MEETUPS) and member.is_here and member.external_id is not None
