"""How fast this workspace may post, kept in one place for all replicas and counted by the database's clock."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Interval, String, delete, func, literal, select, type_coerce
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
    """How things stand for one method: its pace, why the whole workspace rests, and what time the database has."""

    now: datetime
    pace: PaceRow
    workspace: PaceRow | None


def database_clock(session: AsyncSession, later: timedelta = timedelta()) -> ColumnElement[datetime]:
    """The database's own clock, the same for every replica, to the millisecond, as a part of a statement."""
    if session.get_bind().dialect.name == "postgresql":
        moment = func.clock_timestamp() + literal(later, Interval()) if later else func.clock_timestamp()
        return type_coerce(moment, UtcDateTime())
    # CURRENT_TIMESTAMP of SQLite knows whole seconds only.
    return func.strftime("%Y-%m-%d %H:%M:%f000", "now", f"{later.total_seconds():+} seconds", type_=UtcDateTime())


async def database_now(session: AsyncSession) -> datetime:
    """The time by the database's own clock at this moment."""
    return (await session.scalars(select(database_clock(session)))).one()


class Paces:
    """Queries about how fast may be posted."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def standing(self, workspace: str, method: str) -> Standing:
        """How things stand, held until the transaction ends; the row of the method is made if need be."""
        found = await self._held(workspace, method, WHOLE_WORKSPACE)
        if method not in found:
            await self._make(workspace, method)
            found = await self._held(workspace, method, WHOLE_WORKSPACE)
        # The clock is read when the row is ours: what was read before may be as old as the wait for it.
        return Standing(await database_now(self._session), found[method], found.get(WHOLE_WORKSPACE))

    async def held(self, workspace: str, method: str) -> tuple[PaceRow, datetime]:
        """The row, held until the transaction ends, and the database's time then; the row is made if need be."""
        found = await self._held(workspace, method)
        if not found:
            await self._make(workspace, method)
            found = await self._held(workspace, method)
        return found[method], await database_now(self._session)

    async def take_in_channel(self, workspace: str, method: str, channel: str, interval: timedelta) -> timedelta:
        """Takes the one place that a channel has in this time; how long until it is free, if somebody else has it.

        One statement for any number of replicas: the row says when the next call is welcome.
        """
        key = {"workspace": workspace, "method": method, "channel": channel, "share": UNHINDERED}
        clock, welcome_at = database_clock(self._session), database_clock(self._session, interval)
        is_free = PaceRow.arrival_at.is_(None) | (PaceRow.arrival_at <= clock)
        taken = await self._session.scalar(
            self._insert()
            .values(**key, arrival_at=welcome_at)
            .on_conflict_do_update(
                index_elements=["workspace", "method", "channel"], set_={"arrival_at": welcome_at}, where=is_free
            )
            .returning(PaceRow.arrival_at)
        )
        if taken is not None:
            return timedelta()
        where = PaceRow.workspace == workspace, PaceRow.method == method, PaceRow.channel == channel
        found = (await self._session.execute(select(PaceRow.arrival_at, clock).where(*where))).first()
        return max(found[0] - found[1], timedelta()) if found and found[0] else timedelta()

    async def resting_because(self, workspace: str) -> str | None:
        """Why nothing is sent in this workspace; None when it answers to our token."""
        return await self._session.scalar(
            select(PaceRow.reason).where(PaceRow.workspace == workspace, PaceRow.method == WHOLE_WORKSPACE)
        )

    async def forget_idle_channels(self, idle_for: timedelta) -> None:
        """Drops the pace of channels into which nothing was posted lately; it says nothing any more."""
        idle_since = await database_now(self._session) - idle_for
        await self._session.execute(delete(PaceRow).where(PaceRow.channel != "", PaceRow.arrival_at < idle_since))

    async def _held(self, workspace: str, *methods: str) -> dict[str, PaceRow]:
        found = await self._session.scalars(
            select(PaceRow)
            .where(PaceRow.workspace == workspace, PaceRow.method.in_(methods), PaceRow.channel == "")
            .order_by(PaceRow.method)
            .with_for_update()
            .execution_options(populate_existing=True)
        )
        return {row.method: row for row in found}

    async def _make(self, workspace: str, method: str) -> None:
        key = {"workspace": workspace, "method": method, "channel": "", "share": UNHINDERED}
        await self._session.execute(self._insert().values(**key).on_conflict_do_nothing())

    def _insert(self) -> Any:
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        return dialect.insert(PaceRow)
