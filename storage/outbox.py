"""What is to be sent. Written in the transaction that causes it, sent by one path, kept with its outcome.

pending -> leased -> attempting -> sent | failed | unknown;  pending | leased -> cancelled | expired.
`attempting` is committed before the request leaves, and is left only on evidence: never because a lease ran out.
`leased_until` and `looked_up_at` go by the database's clock, everything else by the clock of the programme.
"""

import secrets
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from typing import Any, Final

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    exists,
    func,
    select,
    union_all,
    update,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.members import MemberRow
from storage.paces import database_clock
from storage.rows import Row, UtcDateTime

PENDING: Final = "pending"
LEASED: Final = "leased"
ATTEMPTING: Final = "attempting"
SENT: Final = "sent"
FAILED: Final = "failed"
CANCELLED: Final = "cancelled"
EXPIRED: Final = "expired"
UNKNOWN: Final = "unknown"
STATES: Final = (PENDING, LEASED, ATTEMPTING, SENT, FAILED, CANCELLED, EXPIRED, UNKNOWN)

LEASE: Final = timedelta(seconds=75)
"""At least twice the HTTP timeout of 30 s, and some skew."""
ANSWERED_WITHIN: Final = timedelta(seconds=90)
"""No answer to an attempt comes later; until then nobody looks for it."""
BETWEEN_LOOKS: Final = timedelta(seconds=30)
"""Slack's history may lag behind: an attempt is only gone when it is not found twice, this far apart."""
MAY_BE_TAKEN_MEANWHILE: Final = 64
"""How many more rows than wanted are looked at, because other replicas may hold the first ones."""

_IN_ONE_STATEMENT: Final = 500

SPREAD_ANEW_AFTER: Final = timedelta(hours=2)
"""What was spread over one hour and then met closing time may be spread again when the next day opens."""


def _new_delivery_id() -> str:
    return secrets.token_urlsafe(18)


class Priority(IntEnum):
    """What goes first when several things are due: answers and consent before reminders, nudges late."""

    ANSWER = 1
    INTRODUCTION = 2
    REMINDER = 3
    CHECK_IN = 4
    NUDGE = 5
    ANNOUNCEMENT = 6


@dataclass(frozen=True)
class Intent:
    """One thing to be sent once. `dedup_key` names the intent and its occurrence.

    It waits for the open time of `recipient_id`; after `expires_at` it has lost its point. With `channel` and `ts` it
    takes the place of the message that stands there.
    """

    workspace: str
    dedup_key: str
    kind: str
    subject: str
    recipient_id: int
    priority: Priority
    not_before: datetime
    expires_at: datetime | None = None
    channel: str | None = None
    ts: str | None = None


class OutboxRow(Row):
    """One intent and what became of it."""

    __tablename__ = "outbox"
    __table_args__ = (
        UniqueConstraint("workspace", "dedup_key"),
        Index(None, "state", "not_before", "priority"),
        Index("ix_outbox_in_order", "state", "priority", "not_before"),
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
    looked_up_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    spread_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    channel: Mapped[str | None] = mapped_column(String(32))
    ts: Mapped[str | None] = mapped_column(String(32))
    finished_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)


class Outbox:
    """Queries about what is to be sent. Every change of state is a compare-and-set on (id, state, owner)."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        self.was_filled = False

    async def put(self, intent: Intent) -> bool:
        """Keeps an intent; False when the same intent was put before: two ticks or two presses cannot double it."""
        return await self.put_all([intent]) == 1

    async def put_all(self, intents: Sequence[Intent]) -> int:
        """Keeps these intents in as few statements as the database takes; answers how many of them are new."""
        new = sum([await self._insert([_values_of(intent) for intent in some]) for some in _batched(intents)])
        self.was_filled = self.was_filled or new > 0
        return new

    async def plan_anew(self, intents: Sequence[Intent]) -> None:
        """Gives intents that were put before, and have not begun to leave, the times they have now."""
        for intent in intents:
            await self._session.execute(
                update(OutboxRow)
                .where(
                    OutboxRow.workspace == intent.workspace,
                    OutboxRow.dedup_key == intent.dedup_key,
                    OutboxRow.state == PENDING,
                )
                .values(not_before=intent.not_before, expires_at=intent.expires_at)
                .execution_options(synchronize_session=False)
            )
        self.was_filled = self.was_filled or bool(intents)

    async def record_cancelled(self, intents: Sequence[Intent], now: datetime, reason: str) -> None:
        """Keeps many intents that are not to be sent, so that their end has its reason too."""
        ended = {"state": CANCELLED, "finished_at": now, "reason": reason}
        for some in _batched(intents):
            await self._insert([_values_of(intent) | ended for intent in some])

    async def _insert(self, rows: Sequence[Mapping[str, object]]) -> int:
        """Answers how many of them are new."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        put = await self._session.execute(
            dialect.insert(OutboxRow)
            .values(rows)
            .on_conflict_do_nothing(index_elements=["workspace", "dedup_key"])
            .returning(OutboxRow.id)
        )
        return len(put.all())

    def clock(self, later: timedelta = timedelta()) -> ColumnElement[datetime]:
        """The database's own clock, by which leases are counted: it is the same for every replica."""
        return database_clock(self._session, later)

    async def claim(self, workspace: str, owner: str, now: datetime, at_most: int) -> Sequence[OutboxRow]:
        """Leases what is due to this sender, in order; rows whose lease ran out before the attempt are due again."""
        first = await self._first_due(workspace, now, at_most)
        if not first:
            return []
        claimed = await self._session.scalars(
            update(OutboxRow)
            .where(OutboxRow.id.in_(first))
            .values(state=LEASED, owner=owner, leased_until=self.clock(LEASE))
            .returning(OutboxRow)
            .execution_options(synchronize_session=False)
        )
        return sorted(claimed, key=lambda row: (row.priority, row.not_before, row.id))

    async def _first_due(self, workspace: str, now: datetime, at_most: int) -> Sequence[int]:
        """The numbers of the rows that go first, held; those that another replica holds are passed over."""
        is_free = (OutboxRow.state == PENDING) | (OutboxRow.leased_until < self.clock())
        is_due = (OutboxRow.workspace == workspace, OutboxRow.not_before <= now)
        # One short walk along the index for each priority, and one for what was leased: sorting everything that is due
        # would take a tenth of a second for 100,000 rows.
        starts = [OutboxRow.state == LEASED] + [
            (OutboxRow.state == PENDING) & (OutboxRow.priority == priority) for priority in Priority
        ]
        walks = [
            select(
                select(OutboxRow.id)
                .where(start, *is_due, is_free)
                .order_by(OutboxRow.not_before)
                .limit(at_most + MAY_BE_TAKEN_MEANWHILE)
                .subquery()
                .c.id
            )
            for start in starts
        ]
        found = await self._session.scalars(
            select(OutboxRow.id)
            .where(OutboxRow.id.in_(union_all(*walks)), OutboxRow.state.in_((PENDING, LEASED)), *is_due, is_free)
            .order_by(OutboxRow.priority, OutboxRow.not_before, OutboxRow.id)
            .limit(at_most)
            .with_for_update(skip_locked=True)
        )
        return found.all()

    async def next_recipients(self, workspace: str, now: datetime, at_most: int) -> Sequence[str]:
        """Who gets the messages that are due next, as the chat platform knows them."""
        found = await self._session.scalars(
            select(MemberRow.external_id)
            .join(OutboxRow, OutboxRow.recipient_id == MemberRow.id)
            .where(OutboxRow.state == PENDING, OutboxRow.workspace == workspace, OutboxRow.not_before <= now)
            .order_by(OutboxRow.priority, OutboxRow.not_before)
            .limit(at_most)
        )
        return [external_id for external_id in found if external_id is not None]

    async def start(self, row_id: int, owner: str, now: datetime) -> bool:
        """leased -> attempting; False when the lease is no longer ours, and then nothing may be sent."""
        held = OutboxRow.leased_until > self.clock()
        return await self._change(
            row_id,
            owner,
            LEASED,
            held,
            state=ATTEMPTING,
            attempts=OutboxRow.attempts + 1,
            attempted_at=now,
            leased_until=self.clock(ANSWERED_WITHIN),
            looked_up_at=None,
        )

    async def sent(
        self, row_id: int, owner: str, now: datetime, channel: str, ts: str, reason: str = "answered"
    ) -> bool:
        """attempting -> sent, on the evidence of a ts."""
        return await self._change(
            row_id, owner, ATTEMPTING, state=SENT, finished_at=now, channel=channel, ts=ts, reason=reason
        )

    async def failed(self, row_id: int, owner: str, now: datetime, reason: str) -> bool:
        """attempting -> failed, on Slack's definite refusal."""
        return await self._change(row_id, owner, ATTEMPTING, state=FAILED, finished_at=now, reason=reason)

    async def unknown(self, row_id: int, owner: str, now: datetime, reason: str) -> bool:
        """attempting -> unknown: it may or may not have arrived, and nothing can tell."""
        return await self._change(row_id, owner, ATTEMPTING, state=UNKNOWN, finished_at=now, reason=reason)

    async def again(self, row_id: int, owner: str, not_before: datetime, reason: str) -> bool:
        """attempting -> pending, on evidence that nothing was posted."""
        return await self._change(
            row_id, owner, ATTEMPTING, state=PENDING, owner=None, not_before=not_before, reason=reason
        )

    async def postpone(self, row_id: int, owner: str, not_before: datetime, reason: str) -> bool:
        """leased -> pending: the recipient's time is not open yet."""
        return await self._change(
            row_id, owner, LEASED, state=PENDING, owner=None, not_before=not_before, reason=reason
        )

    async def drop(self, row_id: int, owner: str, now: datetime, state: str, reason: str) -> bool:
        """leased -> cancelled | expired, with the reason that a coordinator can read."""
        return await self._change(row_id, owner, LEASED, state=state, finished_at=now, reason=reason)

    async def cancel(self, subject: str, now: datetime, reason: str) -> None:
        """pending -> cancelled for everything about this subject that has not left yet."""
        await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.subject == subject, OutboxRow.state == PENDING)
            .values(state=CANCELLED, finished_at=now, reason=reason)
        )

    async def cancel_kinds(self, subject: str, kinds: Collection[str], now: datetime, reason: str) -> int:
        """pending -> cancelled for these kinds of message about this subject; answers how many there were."""
        cancelled = await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.subject == subject, OutboxRow.kind.in_(kinds), OutboxRow.state == PENDING)
            .values(state=CANCELLED, finished_at=now, reason=reason)
            .returning(OutboxRow.id)
            .execution_options(synchronize_session=False)
        )
        return len(cancelled.all())

    async def cancel_at(self, recipient_id: int, kind: str, channel: str, ts: str, now: datetime, reason: str) -> None:
        """pending -> cancelled for updates of this kind that are to take the place of that message."""
        await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.state == PENDING, *_is_to_stand(recipient_id, kind, channel, ts))
            .values(state=CANCELLED, finished_at=now, reason=reason)
        )

    async def waits_for(self, recipient_id: int, kind: str, channel: str, ts: str) -> bool:
        """True when an update of this kind already waits to take the place of that message."""
        waiting = exists().where(OutboxRow.state == PENDING, *_is_to_stand(recipient_id, kind, channel, ts))
        return bool(await self._session.scalar(select(waiting)))

    async def look_again(self, recipient_id: int, now: datetime) -> None:
        """What waits for this person's open time is looked at again now, because their calendar has changed."""
        await self._session.execute(
            update(OutboxRow)
            .where(
                OutboxRow.recipient_id == recipient_id, OutboxRow.state == PENDING, OutboxRow.reason == "closed_time"
            )
            .values(not_before=now)
        )
        self.was_filled = True

    async def count_by_state(self, workspace: str) -> dict[str, int]:
        """How many messages stand in each state, those without any included."""
        found = await self._session.execute(
            select(OutboxRow.state, func.count()).where(OutboxRow.workspace == workspace).group_by(OutboxRow.state)
        )
        return dict.fromkeys(STATES, 0) | {state: int(count) for state, count in found}

    async def oldest_due_at(self, workspace: str, now: datetime) -> datetime | None:
        """Since when the message that has waited longest is due; None when nothing is."""
        return await self._session.scalar(
            select(OutboxRow.not_before)
            .where(
                OutboxRow.state.in_((PENDING, LEASED)), OutboxRow.workspace == workspace, OutboxRow.not_before <= now
            )
            .order_by(OutboxRow.not_before)
            .limit(1)
        )

    async def crowded_workspaces(self, now: datetime, more_than: int) -> Sequence[str]:
        """The workspaces in which more than so many messages that can wait are due and were not spread lately."""
        found = await self._session.scalars(
            select(OutboxRow.workspace)
            .where(*_can_be_spread(now))
            .group_by(OutboxRow.workspace)
            .having(func.count() > more_than)
        )
        return found.all()

    async def crowd(self, workspace: str, now: datetime, at_most: int) -> Sequence[OutboxRow]:
        """The messages of this workspace that are to be spread, held; what another replica holds is left to it."""
        found = await self._session.scalars(
            select(OutboxRow)
            .where(OutboxRow.workspace == workspace, *_can_be_spread(now))
            .order_by(OutboxRow.priority, OutboxRow.not_before, OutboxRow.id)
            .limit(at_most)
            .with_for_update(skip_locked=True)
        )
        return found.all()

    async def left_without_evidence(self, workspace: str) -> Sequence[OutboxRow]:
        """Attempts to which no answer can come any more and whose end nobody recorded, if it is time to look."""
        found = await self._session.scalars(
            select(OutboxRow).where(
                OutboxRow.state == ATTEMPTING,
                OutboxRow.workspace == workspace,
                OutboxRow.leased_until <= self.clock(),
            )
        )
        return found.all()

    async def take_over(self, row: OutboxRow, owner: str) -> bool:
        """attempting -> attempting under a new owner, who will look for evidence; False when another was faster."""
        is_time = OutboxRow.leased_until <= self.clock()
        return await self._change(row.id, row.owner, ATTEMPTING, is_time, owner=owner, leased_until=self.clock(LEASE))

    async def not_found(self, row_id: int, owner: str) -> bool:
        """attempting -> attempting: the first look found nothing, and the second comes a while later."""
        return await self._change(
            row_id, owner, ATTEMPTING, looked_up_at=self.clock(), leased_until=self.clock(BETWEEN_LOOKS)
        )

    async def look_later(self, row_id: int, owner: str, wait: timedelta) -> bool:
        """attempting -> attempting: it was no time to look, and it will be after this wait."""
        return await self._change(row_id, owner, ATTEMPTING, leased_until=self.clock(wait))

    async def standing(self, subject: str, kinds: Collection[str]) -> Sequence[OutboxRow]:
        """The messages of these kinds about this subject that have arrived, oldest first."""
        found = await self._session.scalars(
            select(OutboxRow)
            .where(OutboxRow.subject == subject, OutboxRow.kind.in_(kinds), OutboxRow.state == SENT)
            .order_by(OutboxRow.id)
        )
        return found.all()

    async def sent_about(self, kind: str, subject: str) -> OutboxRow | None:
        """The message of this kind about this subject that has arrived."""
        return await self._session.scalar(
            select(OutboxRow).where(OutboxRow.kind == kind, OutboxRow.subject == subject, OutboxRow.state == SENT)
        )

    async def waits(self, recipient_id: int, kind: str) -> bool:
        """Whether a message of this kind is still to leave for this person."""
        same = (OutboxRow.recipient_id == recipient_id, OutboxRow.kind == kind, OutboxRow.state.in_((PENDING, LEASED)))
        return bool(await self._session.scalar(select(exists().where(*same))))

    async def last_left(self, kind: str, subject: str, recipient: MemberRow) -> datetime | None:
        """When a message of this kind about something else last left for this person, or for anybody else here before
        their first. None before that; it may not have arrived.
        """
        left = select(func.max(OutboxRow.attempted_at)).where(
            OutboxRow.workspace == recipient.workspace,
            OutboxRow.kind == kind,
            OutboxRow.subject != subject,
            OutboxRow.state.in_((SENT, UNKNOWN)),
        )
        theirs = await self._session.scalar(left.where(OutboxRow.recipient_id == recipient.id))
        return theirs or await self._session.scalar(left)

    async def about(self, kind: str, subject: str) -> OutboxRow | None:
        """The message of this kind about this subject, of which there is one, whatever became of it."""
        return await self._session.scalar(
            select(OutboxRow).where(OutboxRow.kind == kind, OutboxRow.subject == subject).limit(1)
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

    async def all_to(self, recipient_id: int, kind: str) -> Sequence[OutboxRow]:
        """Every intent of this kind for this person, whatever became of it."""
        found = await self._session.scalars(
            select(OutboxRow)
            .where(OutboxRow.recipient_id == recipient_id, OutboxRow.kind == kind)
            .order_by(OutboxRow.id)
            .with_for_update()
        )
        return found.all()

    async def _change(
        self, row_id: int, holder: str | None, state_before: str, *conditions: Any, **values: Any
    ) -> bool:
        changed = await self._session.execute(
            update(OutboxRow)
            .where(OutboxRow.id == row_id, OutboxRow.state == state_before, OutboxRow.owner == holder, *conditions)
            .values(**values)
            .returning(OutboxRow.id)
            .execution_options(synchronize_session=False)
        )
        return changed.first() is not None


def _batched(intents: Sequence[Intent]) -> Iterator[Sequence[Intent]]:
    """As many at a time as a statement has room for: SQLite takes 32,766 values."""
    for first in range(0, len(intents), _IN_ONE_STATEMENT):
        yield intents[first : first + _IN_ONE_STATEMENT]


def _values_of(intent: Intent) -> dict[str, object]:
    values = {column: getattr(intent, column) for column in Intent.__dataclass_fields__}
    # A statement for many rows asks the column's default only once, and every row needs an id of its own.
    return values | {"priority": int(intent.priority), "delivery_id": _new_delivery_id()}


def _is_to_stand(recipient_id: int, kind: str, channel: str, ts: str) -> tuple[ColumnElement[bool], ...]:
    """For this person, of this kind, in place of that message."""
    return (
        OutboxRow.recipient_id == recipient_id,
        OutboxRow.kind == kind,
        OutboxRow.channel == channel,
        OutboxRow.ts == ts,
    )


def _can_be_spread(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """Due, not urgent, and not spread for this hour already."""
    lately = now - SPREAD_ANEW_AFTER
    return (
        OutboxRow.state == PENDING,
        OutboxRow.priority.in_((Priority.CHECK_IN, Priority.NUDGE, Priority.ANNOUNCEMENT)),
        OutboxRow.not_before <= now,
        OutboxRow.spread_at.is_(None) | (OutboxRow.spread_at < lately),
    )
