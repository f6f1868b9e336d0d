"""How fast this workspace may post, kept in one place for all replicas and counted by the database's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import String, delete, func, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row, UtcDateTime

WHOLE_WORKSPACE: Final = "*"
"""In place of a method: the workspace does not answer to our token, so nothing is sent at all."""
UNHINDERED: Final = 100


class PaceRow(Row):
    """The pace of one method, in the whole workspace or in one channel.

    `arrival_at` is the theoretical arrival time of the next call (GCRA, `bot/rules/pace.py`). Slack's 429 sets
    `blocked_until`, and `share`, the percentage of the usual rate that is kept to until `slowed_until`.
    """

    __tablename__ = "paces"

    workspace: Mapped[str] = mapped_column(String(32), primary_key=True)
    method: Mapped[str] = mapped_column(String(60), primary_key=True)
    channel: Mapped[str] = mapped_column(String(32), primary_key=True, default="")
    arrival_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    blocked_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    slowed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    share: Mapped[int] = mapped_column(default=UNHINDERED)
    reason: Mapped[str | None] = mapped_column(String(100))


@dataclass(frozen=True)
class Standing:
    """How things stand for one method: its pace, the whole workspace's, and what time the database has."""

    now: datetime
    pace: PaceRow | None
    workspace: PaceRow | None


async def database_now(session: AsyncSession) -> datetime:
    """The database's own clock at this moment: the same for every replica, to the millisecond."""
    if session.get_bind().dialect.name == "postgresql":
        now = select(func.clock_timestamp(type_=UtcDateTime()))
    else:
        # CURRENT_TIMESTAMP of SQLite knows whole seconds only.
        now = select(func.strftime("%Y-%m-%d %H:%M:%f000", "now", type_=UtcDateTime()))
    return (await session.scalars(now)).one()


class Paces:
    """Queries about how fast may be posted."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def standing(self, workspace: str, method: str) -> Standing:
        """A look, without holding anything."""
        found = await self._session.scalars(
            select(PaceRow)
            .where(PaceRow.workspace == workspace, PaceRow.method.in_((method, WHOLE_WORKSPACE)), PaceRow.channel == "")
            .execution_options(populate_existing=True)
        )
        by_method = {row.method: row for row in found}
        now = await database_now(self._session)
        return Standing(now, by_method.get(method), by_method.get(WHOLE_WORKSPACE))

    async def held(self, workspace: str, method: str, channel: str = "") -> tuple[PaceRow, datetime]:
        """The row, held until the transaction ends, and the database's time then; the row is made if need be."""
        row = await self._held(workspace, method, channel)
        if row is None:
            dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
            key = {"workspace": workspace, "method": method, "channel": channel}
            await self._session.execute(
                dialect.insert(PaceRow).values(**key, share=UNHINDERED).on_conflict_do_nothing()
            )
            row = await self._held(workspace, method, channel)
        if row is None:
            raise LookupError(f"the pace of {method} vanished while it was being made")
        return row, await database_now(self._session)

    async def resting_because(self, workspace: str) -> str | None:
        """Why nothing is sent in this workspace; None when it answers to our token."""
        return await self._session.scalar(
            select(PaceRow.reason).where(PaceRow.workspace == workspace, PaceRow.method == WHOLE_WORKSPACE)
        )

    async def forget_idle_channels(self, idle_for: timedelta) -> None:
        """Drops the pace of channels into which nothing was posted lately; it says nothing any more."""
        idle_since = await database_now(self._session) - idle_for
        await self._session.execute(delete(PaceRow).where(PaceRow.channel != "", PaceRow.arrival_at < idle_since))

    async def _held(self, workspace: str, method: str, channel: str) -> PaceRow | None:
        return await self._session.scalar(
            select(PaceRow)
            .where(PaceRow.workspace == workspace, PaceRow.method == method, PaceRow.channel == channel)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
