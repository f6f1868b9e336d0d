"""What is to be sent. Written in the transaction that causes it, sent by one path, kept with its outcome.

pending -> leased -> attempting -> sent | failed | unknown;  pending | leased -> cancelled | expired.
`attempting` is committed before the request leaves, and is left only on evidence: never because a lease ran out.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint, func, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row, UtcDateTime

PENDING: Final = "pending"
LEASED: Final = "leased"
ATTEMPTING: Final = "attempting"
SENT: Final = "sent"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"
EXPIRED: Final = "expired"
UNKNOWN: Final = "unknown"

LEASE: Final = timedelta(seconds=75)
"""At least twice the HTTP timeout of 30 s, and some skew."""


def _new_delivery_id() -> str:
    return secrets.token_urlsafe(18)


class Priority(IntEnum):
    """What goes first when several things are due: answers and consent before reminders, nudges late."""

    ANSWER = 1
    INTRODUCTION = 2
    REMINDER = 3
    CHECK_IN = 4
    NUDGE = 5


@dataclass(frozen=True)
class Intent:
    """One thing to be sent once. `dedup_key` names the intent and its occurrence.

    It waits for the open time of `recipient_id`; after `expires_at` it has lost its point.
    """

    workspace: str
    dedup_key: str
    kind: str
    subject: str
    recipient_id: int
    priority: Priority
    not_before: datetime
    expires_at: datetime | None = None


class OutboxRow(Row):
    """One intent and what became of it."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace", "dedup_key"),
        Index(None, "state", "not_before", "priority"),
        Index(None, "subject"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    delivery_id: Mapped[str] = mapped_column(String(32), unique=True, default=_new_delivery_id)
    workspace: Mapped[str] = mapped_column(String(32))
    dedup_key: Mapped[str] = mapped_column(String(200))
    kind: Mapped[str] = mapped_column(String(60))
    subject: Mapped[str] = mapped_column(String(32))
    recipient_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    priority: Mapped[int]
    not_before: Mapped[datetime] = mapped_column(UtcDateTime)
    expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    state: Mapped[str] = mapped_column(String(12), default=PENDING)
    reason: Mapped[str | None] = mapped_column(String(100))
    owner: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    attempts: Mapped[int] = mapped_column(default=0)
    attempted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime)


class Outbox:
    """Queries about what is to be sent. Every change of state is a compare-and-set on (id, state, owner)."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self.was_filled = False

    async def put(self, intent: Intent) -> bool:
        """Keeps an intent; False when the same intent was put before: two ticks or two presses cannot double it."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        values = {column: getattr(intent, column) for column in Intent.__dataclass_fields__}
        put = await self._session.execute(
            dialect.insert(OutboxRow)
            .values(values | {"priority": int(intent.priority)})
            .on_conflict_do_nothing(index_elements=["workspace", "dedup_key"])
            .returning(OutboxRow.id)
        )
        self.was_filled = True
        return put.first() is not None

    async def database_now(self) -> datetime:
        """The database's own clock, by which leases are counted: it is the same for every replica."""
        return (await self._session.scalars(select(func.current_timestamp(type_=UtcDateTime())))).one()

    async def claim(self, owner: str, now: datetime, at_most: int) -> Sequence[OutboxRow]:
        """Leases what is due to this sender, in order; rows whose lease ran out before the attempt are due again."""
        database_now = await self.database_now()
        free = (OutboxRow.state == PENDING) | ((OutboxRow.state == LEASED) & (OutboxRow.leased_until < database_now))
        due = (
            select(OutboxRow.id)
            .where(free, OutboxRow.not_before <= now)
            .order_by(OutboxRow.priority, OutboxRow.not_before, OutboxRow.id)
            .limit(at_most)
            .with_for_update(skip_locked=True)
        )
        claimed = await self._session.scalars(
            update(OutboxRow)
            .where(OutboxRow.id.in_(due))
            .values(state=LEASED, owner=owner, leased_until=database_now + LEASE)
            .returning(OutboxRow)
            .execution_options(synchronize_session=False)
        )
        return sorted(claimed, key=lambda row: (row.priority, row.not_before, row.id))

    async def start(self, row_id: int, owner: str, now: datetime) -> bool:
        """leased -> attempting; False when the lease is no longer ours, and then nothing may be sent."""
        held = OutboxRow.leased_until > await self.database_now()
        return await self._change(
            row_id, owner, LEASED, held, state=ATTEMPTING, attempts=OutboxRow.attempts + 1, attempted_at=now
        )

    async def sent(self, row_id: int, owner: str, now: datetime, channel: str, ts: str) -> None:
        """attempting -> sent, on the evidence of a ts."""
        await self._change(row_id, owner, ATTEMPTING, state=SENT, finished_at=now, channel=channel, ts=ts)

    async def failed(self, row_id: int, owner: str, now: datetime, reason: str) -> None:
        """attempting -> failed, on Slack's definite refusal."""
        await self._change(row_id, owner, ATTEMPTING, state=FAILED, finished_at=now, reason=reason)

    async def unknown(self, row_id: int, owner: str, now: datetime, reason: str) -> None:
        """attempting -> unknown: it may or may not have arrived, and nothing can tell."""
        await self._change(row_id, owner, ATTEMPTING, state=UNKNOWN, finished_at=now, reason=reason)

    async def again(self, row_id: int, owner: str, not_before: datetime, reason: str) -> None:
        """attempting -> pending, on evidence that nothing was posted."""
        await self._change(row_id, owner, ATTEMPTING, state=PENDING, owner=None, not_before=not_before, reason=reason)

    async def postpone(self, row_id: int, owner: str, not_before: datetime, reason: str) -> None:
        """leased -> pending: the recipient's time is not open yet."""
        await self._change(row_id, owner, LEASED, state=PENDING, owner=None, not_before=not_before, reason=reason)

    async def drop(self, row_id: int, owner: str, now: datetime, state: str, reason: str) -> None:
        """leased -> cancelled | expired, with the reason that a coordinator can read."""
        await self._change(row_id, owner, LEASED, state=state, finished_at=now, reason=reason)

    async def cancel(self, subject: str, now: datetime, reason: str) -> None:
        """pending -> cancelled for everything about this subject that has not left yet."""
        await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.subject == subject, OutboxRow.state == PENDING)
            .values(state=CANCELLED, finished_at=now, reason=reason)
        )

    async def left_without_evidence(self, attempted_before: datetime) -> Sequence[OutboxRow]:
        """Attempts that began before that moment and whose end nobody recorded."""
        found = await self._session.scalars(
            select(OutboxRow).where(OutboxRow.state == ATTEMPTING, OutboxRow.attempted_at <= attempted_before)
        )
        return found.all()

    async def take_over(self, row: OutboxRow, owner: str) -> bool:
        """attempting -> attempting under a new owner, who will look for evidence; False when another was faster."""
        taken = await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row.id, OutboxRow.state == ATTEMPTING, OutboxRow.owner == row.owner)
            .values(owner=owner)
            .returning(OutboxRow.id)
        )
        return taken.first() is not None

    async def sent_about(self, kind: str, subject: str) -> OutboxRow | None:
        """The message of this kind about this subject that has arrived."""
        return await self._session.scalar(
            select(OutboxRow).where(OutboxRow.kind == kind, OutboxRow.subject == subject, OutboxRow.state == SENT)
        )

    async def introduced_in(self, workspace: str, channel: str) -> bool:
        """True when this channel is a group conversation that an introduction or a meetup opened."""
        found = await self._session.scalar(
            select(OutboxRow.id)
            .where(
                OutboxRow.kind.in_(("introductions.introduce", "meetups.group")),
                OutboxRow.workspace == workspace,
                OutboxRow.channel == channel,
            )
            .limit(1)
        )
        return found is not None

    async def latest_to(self, recipient_id: int, kind: str) -> OutboxRow | None:
        """The last intent of this kind for this person, whatever became of it."""
        return await self._session.scalar(
            select(OutboxRow)
            .where(OutboxRow.recipient_id == recipient_id, OutboxRow.kind == kind)
            .order_by(OutboxRow.id.desc())
            .limit(1)
        )

    async def _change(self, row_id: int, holder: str, state_before: str, *conditions: Any, **values: Any) -> bool:
        changed = await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row_id, OutboxRow.state == state_before, OutboxRow.owner == holder, *conditions)
            .values(**values)
            .returning(OutboxRow.id)
            .execution_options(synchronize_session=False)
        )
        return changed.first() is not None
