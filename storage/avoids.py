"""Who does not want to be brought together with whom. It is private, and counts for both."""

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import BindParameter, ForeignKey, Select, String, delete, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row, UtcDateTime


class AvoidRow(Row):
    """One person's wish not to be brought together with another. The other one never learns of it."""

    __tablename__ = "avoids"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    other_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True, index=True)
    workspace: Mapped[str] = mapped_column(String(32))
    since: Mapped[datetime] = mapped_column(UtcDateTime)


class Avoids:
    """Queries about who avoids whom."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, workspace: str, member_id: int, other_id: int, now: datetime) -> None:
        """Keeps the wish of the first person; the same wish twice is one."""
        if await self._session.get(AvoidRow, (member_id, other_id)) is None:
            self._session.add(AvoidRow(workspace=workspace, member_id=member_id, other_id=other_id, since=now))

    async def remove(self, member_id: int, other_id: int) -> None:
        """The first person takes the wish back; a wish of the other one stays."""
        await self._session.execute(
            delete(AvoidRow).where(AvoidRow.member_id == member_id, AvoidRow.other_id == other_id)
        )

    async def wished_by(self, member_id: int) -> list[int]:
        """Whom this person does not want to be brought together with, latest wish first."""
        found = await self._session.scalars(
            select(AvoidRow.other_id).where(AvoidRow.member_id == member_id).order_by(AvoidRow.since.desc())
        )
        return list(found)

    async def apart_from(self, member_id: int) -> frozenset[int]:
        """Everybody who must not be brought together with this person, whoever of the two wished it."""
        return frozenset(await self._session.scalars(union_all(*kept_apart(member_id))))

    async def among(self, member_ids: Collection[int]) -> frozenset[tuple[int, int]]:
        """The pairs of these people (lower number first) that must not be brought together."""
        found = await self._session.execute(
            select(AvoidRow.member_id, AvoidRow.other_id).where(
                AvoidRow.member_id.in_(member_ids), AvoidRow.other_id.in_(member_ids)
            )
        )
        return frozenset((min(pair), max(pair)) for pair in found)

    async def between(self, one_id: int, other_id: int) -> bool:
        """True when either of the two does not want to be brought together with the other."""
        return other_id in await self.apart_from(one_id)


def kept_apart(member_id: int | BindParameter[Any]) -> tuple[Select[int], Select[int]]:
    """Whom this person does not want to be brought together with, and who does not want it with them."""
    return (
        select(AvoidRow.other_id).where(AvoidRow.member_id == member_id),
        select(AvoidRow.member_id).where(AvoidRow.other_id == member_id),
    )
