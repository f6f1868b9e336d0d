"""Whose home view is drawn, and whether what it says is still so.

A home is drawn only for somebody who has opened it. Each transaction that changes what a home says notes it before it
commits (`Store.settle`), so nobody has to think of it; the timetable draws those anew.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ForeignKey, Index, String, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, Mapped, mapped_column

from storage.circles import CircleMemberRow
from storage.events import EventReplyRow
from storage.members import COORDINATOR_ROLE, LEADER_ROLE, MemberRow, has_role
from storage.rows import Row


class HomeRow(Row):
    """The home of somebody who has opened it once; when they did is not kept."""

    __tablename__ = "homes"
    __table_args__ = (Index(None, "is_outdated", "workspace"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    is_outdated: Mapped[bool] = mapped_column(default=False)


class Homes:
    """Queries about home views."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self._outdated: set[int] = set()
        self._networks: set[str] = set()
        self._desks: set[str] = set()
        self._circles: set[int] = set()
        self._events: set[int] = set()

    async def open(self, workspace: str, member_id: int) -> None:
        """Somebody has opened their home, and will see it as it is now."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        values = {"workspace": workspace, "member_id": member_id, "is_outdated": False}
        await self._session.execute(
            dialect.insert(HomeRow)
            .values(values)
            .on_conflict_do_update(index_elements=["member_id"], set_={"is_outdated": False})
        )

    async def draw(self, member_id: int) -> bool:
        """Notes that the home of this person is drawn anew; False when they have never opened it."""
        drawn = await self._session.execute(
            update(HomeRow).where(HomeRow.member_id == member_id).values(is_outdated=False).returning(HomeRow.member_id)
        )
        return drawn.first() is not None

    async def draw_outdated(self, workspace: str, at_most: int) -> Sequence[int]:
        """Some of the people whose homes say something that is no longer so, and are drawn anew now."""
        found = await self._session.scalars(
            select(HomeRow)
            .where(HomeRow.is_outdated, HomeRow.workspace == workspace)
            .order_by(HomeRow.member_id)
            .limit(at_most)
            .with_for_update(skip_locked=True)
        )
        homes = found.all()
        for home in homes:
            home.is_outdated = False
        return [home.member_id for home in homes]

    def outdate(self, member_ids: Iterable[int]) -> None:
        """Notes that the homes of these people may say something that is no longer so."""
        self._outdated.update(member_ids)

    def outdate_network(self, workspace: str) -> None:
        """Notes that what coordinators, leaders and educators see of the network may have changed."""
        self._networks.add(workspace)

    def outdate_desk(self, workspace: str) -> None:
        """Notes that what only coordinators see of the network may have changed."""
        self._desks.add(workspace)

    def outdate_circle(self, circle_id: int) -> None:
        """Notes that what the members of this circle see of it may have changed."""
        self._circles.add(circle_id)

    def outdate_event(self, event_id: int) -> None:
        """Notes that what those who answered this event see of it may have changed."""
        self._events.add(event_id)

    async def bring_up_to_date(self) -> None:
        """Marks every home that was noted; it comes after all other changes of a transaction."""
        in_circles = await self._who_is_in(CircleMemberRow.member_id, CircleMemberRow.circle_id, self._circles)
        at_events = await self._who_is_in(EventReplyRow.member_id, EventReplyRow.event_id, self._events)
        numbers = self._outdated | await self._who_sees_networks() | in_circles | at_events
        self._outdated, self._networks, self._desks = set(), set(), set()
        self._circles, self._events = set(), set()
        if not numbers:
            return
        # Held in the order of their numbers, so that no two transactions wait for each other. Those that are outdated
        # already are held too: whoever is drawing one now must not miss this change.
        held = await self._session.scalars(
            select(HomeRow.member_id)
            .where(HomeRow.member_id.in_(numbers))
            .order_by(HomeRow.member_id)
            .with_for_update()
        )
        if there := held.all():
            await self._session.execute(update(HomeRow).where(HomeRow.member_id.in_(there)).values(is_outdated=True))

    async def _who_is_in(
        self, member: InstrumentedAttribute[Any], whole: InstrumentedAttribute[int], numbers: Collection[int]
    ) -> set[int]:
        """Those who have a home and are in one of these circles, or have answered one of these events."""
        if not numbers:
            return set()
        found = select(HomeRow.member_id).join(member.class_, member == HomeRow.member_id).where(whole.in_(numbers))
        return set(await self._session.scalars(found))

    async def _who_sees_networks(self) -> set[int]:
        if not self._networks | self._desks:
            return set()
        looks = has_role(LEADER_ROLE) | has_role("educator")
        whole, desk = HomeRow.workspace.in_(self._networks), HomeRow.workspace.in_(self._networks | self._desks)
        found = await self._session.scalars(
            select(HomeRow.member_id)
            .join(MemberRow, MemberRow.id == HomeRow.member_id)
            .where((whole & looks) | (desk & has_role(COORDINATOR_ROLE)))
        )
        return set(found)
