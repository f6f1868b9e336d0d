"""Who waits: for one contact person whose places are full, or for anybody to open in a field."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Referred, Row, UtcDateTime

WAITING: Final = "waiting"
OFFERED: Final = "offered"
TAKEN: Final = "taken"
GONE: Final = "gone"


class WaitRow(Referred, Row):
    """One place in a waiting list: waiting -> offered -> taken | gone. Without `contact_id`: waits for anybody."""

    __tablename__ = "waits"
    __table_args__ = (Index(None, "state", "contact_id"),)

    ask_id: Mapped[int] = mapped_column(ForeignKey("asks.id", ondelete="CASCADE"))
    asker_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    contact_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    state: Mapped[str] = mapped_column(String(16), default=WAITING)
    since: Mapped[datetime] = mapped_column(UtcDateTime, index=True)
    offer_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Waits:
    """Queries about waiting lists."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, wait: WaitRow) -> None:
        """Puts somebody at the end of a list."""
        self._session.add(wait)

    async def by_ref(self, ref: str) -> WaitRow | None:
        """The entry with that reference, whoever waits."""
        return await self._session.scalar(select(WaitRow).where(WaitRow.ref == ref))

    async def held(self, wait_id: int) -> WaitRow:
        """The entry with that number as it stands now, held until the transaction ends."""
        query = select(WaitRow).where(WaitRow.id == wait_id).with_for_update()
        return (await self._session.scalars(query.execution_options(populate_existing=True))).one()

    async def of_person(self, asker_id: int, ref: str) -> WaitRow | None:
        """This person's entry with that reference; somebody else's is not found."""
        return await self._session.scalar(select(WaitRow).where(WaitRow.asker_id == asker_id, WaitRow.ref == ref))

    async def latest_of(self, asker_id: int) -> WaitRow | None:
        """The entry that this person made last, among those that still count."""
        return await self._session.scalar(
            select(WaitRow)
            .where(WaitRow.asker_id == asker_id, WaitRow.state.in_((WAITING, OFFERED)))
            .order_by(WaitRow.id.desc())
            .limit(1)
        )

    async def alive(self, asker_id: int, ask_id: int, contact_id: int | None) -> WaitRow | None:
        """The entry of this person that still counts, for that contact person (or for anybody)."""
        return await self._session.scalar(
            select(WaitRow).where(
                WaitRow.asker_id == asker_id,
                WaitRow.ask_id == ask_id,
                WaitRow.contact_id.is_(None) if contact_id is None else WaitRow.contact_id == contact_id,
                WaitRow.state.in_((WAITING, OFFERED)),
            )
        )

    async def of_ask(self, ask_id: int) -> Sequence[WaitRow]:
        """Every entry of an ask that still counts."""
        found = await self._session.scalars(
            select(WaitRow).where(WaitRow.ask_id == ask_id, WaitRow.state.in_((WAITING, OFFERED)))
        )
        return found.all()

    async def for_contact(self, contact_id: int) -> Sequence[WaitRow]:
        """The entries of everybody who waits for this contact person, longest first."""
        found = await self._session.scalars(
            select(WaitRow)
            .where(WaitRow.contact_id == contact_id, WaitRow.state.in_((WAITING, OFFERED)))
            .order_by(WaitRow.id)
        )
        return found.all()

    async def between(self, one_id: int, other_id: int) -> Sequence[WaitRow]:
        """The entries of these two that still count, whoever of them waits for the other."""
        either = (one_id, other_id)
        found = await self._session.scalars(
            select(WaitRow).where(
                WaitRow.asker_id.in_(either), WaitRow.contact_id.in_(either), WaitRow.state.in_((WAITING, OFFERED))
            )
        )
        return found.all()

    async def first_for_each_contact(self) -> Sequence[WaitRow]:
        """The person who has waited longest for each contact person for whom somebody waits."""
        longest = (
            select(func.min(WaitRow.id))
            .where(WaitRow.state == WAITING, WaitRow.contact_id.is_not(None))
            .group_by(WaitRow.contact_id)
        )
        return (await self._session.scalars(select(WaitRow).where(WaitRow.id.in_(longest)).order_by(WaitRow.id))).all()

    async def for_anybody(self) -> Sequence[WaitRow]:
        """Those who wait for anybody to open, longest first, held; those whom another replica holds are left to it."""
        found = await self._session.scalars(
            select(WaitRow)
            .where(WaitRow.state == WAITING, WaitRow.contact_id.is_(None))
            .order_by(WaitRow.id)
            .with_for_update(skip_locked=True)
        )
        return found.all()

    async def offers_that_ended(self, now: datetime) -> Sequence[WaitRow]:
        """Offered places that nobody took in time, held; one that is being taken at this moment is passed over."""
        found = await self._session.scalars(
            select(WaitRow)
            .where(WaitRow.state == OFFERED, WaitRow.offer_ends_at <= now)
            .with_for_update(skip_locked=True)
        )
        return found.all()
