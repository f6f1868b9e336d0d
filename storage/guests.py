"""Guests of events without an account, and the calendar addresses of members; keys are kept as digests only."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.events import EventReplyRow, EventRow
from storage.members import MemberRow
from storage.rows import Referred, Row, UtcDateTime


def new_key() -> str:
    """The secret part of an address: 192 random bits, told once and kept nowhere."""
    return secrets.token_urlsafe(24)


def digest_of(key: str) -> str:
    """What is kept of a key. It has 192 random bits, so nothing slower is needed to keep it from being guessed."""
    return hashlib.sha256(key.encode()).hexdigest()


class GuestRow(Referred, Row):
    """Somebody without an account whom a coordinator has invited to one event; answers are kept under `ref`."""

    __tablename__ = "event_guests"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    invited_by: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    name: Mapped[str] = mapped_column(String(100), default="")
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    invited_at: Mapped[datetime] = mapped_column(UtcDateTime)


class FeedRow(Row):
    """The one address at which a member's calendar asks for their meetups and events."""

    __tablename__ = "calendar_feeds"

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    key_digest: Mapped[str] = mapped_column(String(64), unique=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Guests:
    """Queries about guests and calendar addresses."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: GuestRow | FeedRow) -> None:
        """Keeps something new."""
        self._session.add(row)

    async def by_key(self, key: str) -> GuestRow | None:
        """The guest whom that key was given to."""
        return await self._session.scalar(select(GuestRow).where(GuestRow.key_digest == digest_of(key)))

    async def by_ref(self, workspace: str, ref: str) -> GuestRow | None:
        """The guest of that workspace with that reference."""
        return await self._session.scalar(select(GuestRow).where(GuestRow.workspace == workspace, GuestRow.ref == ref))

    async def of_event(self, event_id: int) -> Sequence[GuestRow]:
        """Everybody who was invited to it by a link, in that order."""
        found = await self._session.scalars(select(GuestRow).where(GuestRow.event_id == event_id).order_by(GuestRow.id))
        return found.all()

    async def withdraw(self, guest: GuestRow, reply: EventReplyRow | None) -> None:
        """Forgets the guest and what they answered."""
        if reply is not None:
            await self._session.delete(reply)
        await self._session.delete(guest)

    async def forget_names_before(self, moment: datetime) -> None:
        """Removes the names of guests of events that were over by then."""
        over = select(EventRow.id).where(EventRow.ends_at < moment)
        await self._session.execute(
            update(GuestRow).where(GuestRow.name != "", GuestRow.event_id.in_(over)).values(name="")
        )

    async def feed_of(self, member_id: int) -> FeedRow | None:
        """The calendar address of this member, if they want one."""
        return await self._session.get(FeedRow, member_id)

    async def reader_of(self, key: str) -> MemberRow | None:
        """The member whose calendar asks with that key, while they are here."""
        return await self._session.scalar(
            select(MemberRow)
            .join(FeedRow, FeedRow.member_id == MemberRow.id)
            .where(FeedRow.key_digest == digest_of(key), MemberRow.deactivated_at.is_(None))
        )

    async def stop_feed(self, feed: FeedRow) -> None:
        """No calendar is told anything at that address any more."""
        await self._session.delete(feed)
