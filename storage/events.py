"""Events: what a coordinator drafts and announces, where it is posted, and who answered what (R19)."""

import secrets
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    UniqueConstraint,
    delete,
    exists,
    func,
    or_,
    select,
    type_coerce,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.members import MemberFieldRow, MemberRow, has_language, has_role
from storage.outbox import ATTEMPTING, LEASED, PENDING, SENT, OutboxRow
from storage.rows import Lines, Referred, Row, UtcDateTime, Words

SCHEDULED: Final = "scheduled"
PUBLISHED: Final = "published"
CANCELLED: Final = "cancelled"

RUNNING: Final = "running"
STOPPING: Final = "stopping"
STOPPED: Final = "stopped"
DONE: Final = "done"

YES: Final = "yes"
MAYBE: Final = "maybe"
NO: Final = "no"

POST: Final = "events.post"
UPDATED_POST: Final = "events.updated_post"
INVITATION: Final = "events.invitation"
REMINDER: Final = "events.reminder"
PROGRESS: Final = "events.progress"


def _new_calendar_key() -> str:
    return secrets.token_urlsafe(18)


class EventDraftRow(Referred, Row):
    """What a coordinator is about to announce, as far as it was understood.

    `event_id` is the event that it is to change, or that it has become; `is_published` tells which.
    """

    __tablename__ = "event_drafts"
    __table_args__ = (Index(None, "changed_at"),)

    author_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"), index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON)
    is_published: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EventRow(Referred, Row):
    """One event: scheduled -> published -> cancelled. `zone` is the organiser's; moments are in UTC (R19).

    `sequence` grows with every change of what was announced, so that calendars take it over (RFC 5545), `version` with
    everything that its posts show. `last_place` numbers the answers "yes" in their order. `fan_out` is how far personal
    invitations are, running -> done or running -> stopping -> stopped: they are written down member by member, in the
    order of their numbers, up to `invited_up_to`; once it is to stop, the rest is written down as cancelled.
    """

    __tablename__ = "events"
    __table_args__ = (
        Index(None, "state", "publish_at"),
        Index(None, "fan_out"),
        Index(None, "workspace", "starts_at"),
        Index(None, "ends_at"),
    )

    organiser_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    state: Mapped[str] = mapped_column(String(12))
    kind: Mapped[str] = mapped_column(String(24))
    title: Mapped[str] = mapped_column(String(200))
    starts_at: Mapped[datetime] = mapped_column(UtcDateTime)
    ends_at: Mapped[datetime] = mapped_column(UtcDateTime)
    zone: Mapped[str] = mapped_column(String(64))
    place: Mapped[str] = mapped_column(String(200), default="")
    link: Mapped[str] = mapped_column(String(500), default="")
    officiality: Mapped[str] = mapped_column(String(16))
    planned_role: Mapped[str] = mapped_column(String(200), default="")
    time_covered_by: Mapped[str] = mapped_column(String(200), default="")
    regions: Mapped[tuple[str, ...]] = mapped_column(Lines, default=())
    fields: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    institutions: Mapped[tuple[str, ...]] = mapped_column(Lines, default=())
    roles: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    languages: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    capacity: Mapped[int | None]
    is_per_region: Mapped[bool] = mapped_column(default=False)
    replies_close_at: Mapped[datetime] = mapped_column(UtcDateTime)
    publish_at: Mapped[datetime] = mapped_column(UtcDateTime)
    changed_at: Mapped[datetime] = mapped_column(UtcDateTime)
    last_changes: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    sequence: Mapped[int] = mapped_column(default=0)
    version: Mapped[int] = mapped_column(default=0)
    last_place: Mapped[int] = mapped_column(default=0)
    fan_out: Mapped[str] = mapped_column(String(12), default=RUNNING)
    invited_up_to: Mapped[int] = mapped_column(default=0)
    calendar_key: Mapped[str] = mapped_column(String(32), unique=True, default=_new_calendar_key)
    was_there: Mapped[int] = mapped_column(default=0)
    was_not_there: Mapped[int] = mapped_column(default=0)

    @property
    def uid(self) -> str:
        """The name by which calendars know it for good (RFC 5545)."""
        return f"event-{self.ref}@silta"

    @property
    def takes_place(self) -> bool:
        """True once it is announced, unless it was cancelled."""
        return self.state == PUBLISHED


class EventPostRow(Referred, Row):
    """The one post of an event in one channel; `shown_version` is what it shows, or is about to show."""

    __tablename__ = "event_posts"
    __table_args__ = (UniqueConstraint("event_id", "channel"),)

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    region: Mapped[str] = mapped_column(String(100))
    channel: Mapped[str] = mapped_column(String(32))
    shown_version: Mapped[int] = mapped_column(default=0)


class EventReplyRow(Row):
    """The last answer of one person, a member or a guest (R17).

    `place` numbers the last "yes" among all of the event, so it is the order of the waiting list; `has_place` says
    whether it is a place or a wait. `region` is the one whose places it counts in. `has_told` only says that "were you
    there?" was answered, not how. A guest has a `guest_key` and no member.
    """

    __tablename__ = "event_replies"
    __table_args__ = (
        UniqueConstraint("event_id", "member_id"),
        UniqueConstraint("event_id", "guest_key"),
        Index(None, "event_id", "answer", "place"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    member_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    guest_key: Mapped[str | None] = mapped_column(String(64))
    region: Mapped[str] = mapped_column(String(100), default="")
    answer: Mapped[str] = mapped_column(String(8))
    place: Mapped[int] = mapped_column(default=0)
    has_place: Mapped[bool] = mapped_column(default=False)
    has_told: Mapped[bool] = mapped_column(default=False)
    replied_at: Mapped[datetime] = mapped_column(UtcDateTime)


class EventLessonRow(Row):
    """One line that somebody took home and ticked to be shared; who it was is not kept."""

    __tablename__ = "event_lessons"
    __table_args__ = (Index(None, "event_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    words: Mapped[str] = mapped_column(String(300))


class Events:
    """Queries about events, their posts and the answers to them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: EventDraftRow | EventRow | EventPostRow | EventReplyRow | EventLessonRow) -> None:
        """Keeps something new."""
        self._session.add(row)

    async def draft(self, workspace: str, ref: str) -> EventDraftRow | None:
        """The draft of that workspace with that reference."""
        return await self._session.scalar(
            select(EventDraftRow).where(EventDraftRow.workspace == workspace, EventDraftRow.ref == ref)
        )

    async def held_draft(self, workspace: str, ref: str) -> EventDraftRow | None:
        """The draft with that reference, held until the transaction ends: it is published once."""
        return await self._session.scalar(
            select(EventDraftRow)
            .where(EventDraftRow.workspace == workspace, EventDraftRow.ref == ref)
            .with_for_update()
            .execution_options(populate_existing=True)
        )

    async def drop_draft(self, draft: EventDraftRow) -> None:
        """Drops a draft that its author does not want any more."""
        await self._session.delete(draft)

    async def forget_drafts_before(self, moment: datetime) -> None:
        """Drops drafts that nobody has touched since."""
        await self._session.execute(delete(EventDraftRow).where(EventDraftRow.changed_at < moment))

    async def by_id(self, event_id: int) -> EventRow:
        """The event with that number, which must exist."""
        return await self._session.get_one(EventRow, event_id)

    async def by_ref(self, workspace: str, ref: str) -> EventRow | None:
        """The event of that workspace with that reference."""
        return await self._session.scalar(select(EventRow).where(EventRow.workspace == workspace, EventRow.ref == ref))

    async def by_calendar_key(self, key: str) -> EventRow | None:
        """The event behind an address that only those who were told know."""
        return await self._session.scalar(select(EventRow).where(EventRow.calendar_key == key))

    async def held(self, event_id: int) -> EventRow:
        """The event, held until the transaction ends, as it stands now: its places are given out one by one."""
        return (
            await self._session.scalars(
                select(EventRow)
                .where(EventRow.id == event_id)
                .with_for_update()
                .execution_options(populate_existing=True)
            )
        ).one()

    async def held_if(self, event_id: int, *conditions: ColumnElement[bool]) -> EventRow | None:
        """The event, held, if that is still so and no other replica is at it."""
        return await self._session.scalar(
            select(EventRow)
            .where(EventRow.id == event_id, *conditions)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )

    async def held_to_publish(self, event_id: int, now: datetime) -> EventRow | None:
        """The event, held, if its moment to be announced has come and nobody else is at it."""
        return await self.held_if(event_id, EventRow.state == SCHEDULED, EventRow.publish_at <= now)

    async def held_to_invite(self, event_id: int) -> EventRow | None:
        """The event, held, if invitations are still to be written down and nobody else is at it."""
        return await self.held_if(event_id, *_is_fanning_out())

    async def to_publish(self, now: datetime) -> Sequence[int]:
        """The numbers of events whose moment has come."""
        found = await self._session.scalars(
            select(EventRow.id).where(EventRow.state == SCHEDULED, EventRow.publish_at <= now).order_by(EventRow.id)
        )
        return found.all()

    async def fanning_out(self) -> Sequence[int]:
        """The numbers of events of which personal invitations are still to be written down."""
        found = await self._session.scalars(select(EventRow.id).where(*_is_fanning_out()).order_by(EventRow.id))
        return found.all()

    async def beginning(self, workspace: str, since: datetime, until: datetime, at_most: int) -> Sequence[EventRow]:
        """Announced events that begin in this time, soonest first."""
        found = await self._session.scalars(
            select(EventRow)
            .where(
                EventRow.workspace == workspace,
                EventRow.state == PUBLISHED,
                EventRow.starts_at > since,
                EventRow.starts_at <= until,
            )
            .order_by(EventRow.starts_at, EventRow.id)
            .limit(at_most)
        )
        return found.all()

    async def coming(self, workspace: str, since: datetime, at_most: int) -> Sequence[EventRow]:
        """Events that are not over, soonest first."""
        found = await self._session.scalars(
            select(EventRow)
            .where(EventRow.workspace == workspace, EventRow.ends_at > since, EventRow.state != CANCELLED)
            .order_by(EventRow.starts_at)
            .limit(at_most)
        )
        return found.all()

    async def posts(self, event_id: int) -> Sequence[EventPostRow]:
        """Where it is posted, in the order of its regions."""
        found = await self._session.scalars(
            select(EventPostRow).where(EventPostRow.event_id == event_id).order_by(EventPostRow.id)
        )
        return found.all()

    async def post_by_ref(self, workspace: str, ref: str) -> EventPostRow | None:
        """The post of that workspace with that reference."""
        return await self._session.scalar(
            select(EventPostRow).where(EventPostRow.workspace == workspace, EventPostRow.ref == ref)
        )

    async def outdated_posts(self) -> Sequence[tuple[EventPostRow, EventRow]]:
        """Posts in Slack that show something else than is so, without those whose update is under way; held."""
        found = await self._session.execute(
            select(EventPostRow, EventRow)
            .join(EventRow, EventRow.id == EventPostRow.event_id)
            .where(*_is_outdated())
            .order_by(EventPostRow.id)
            .with_for_update(skip_locked=True, of=EventPostRow)
        )
        return [(post, event) for post, event in found]

    async def reply_of(self, event_id: int, member_id: int) -> EventReplyRow | None:
        """What this member answered last."""
        return await self._session.scalar(
            select(EventReplyRow).where(EventReplyRow.event_id == event_id, EventReplyRow.member_id == member_id)
        )

    async def answered_ahead(self, member_id: int, now: datetime) -> Sequence[int]:
        """The numbers of events ahead to which this member said yes or maybe, in the order in which they are held."""
        found = await self._session.scalars(
            select(EventRow.id)
            .join(EventReplyRow, EventReplyRow.event_id == EventRow.id)
            .where(
                EventReplyRow.member_id == member_id,
                EventReplyRow.answer.in_((YES, MAYBE)),
                EventRow.state == PUBLISHED,
                EventRow.starts_at > now,
            )
            .order_by(EventRow.id)
        )
        return found.all()

    async def reply_of_guest(self, event_id: int, guest_key: str) -> EventReplyRow | None:
        """What this guest answered last."""
        return await self._session.scalar(
            select(EventReplyRow).where(EventReplyRow.event_id == event_id, EventReplyRow.guest_key == guest_key)
        )

    async def replies(self, event_id: int) -> Sequence[EventReplyRow]:
        """Every answer: yes before maybe before no, each "yes" in the order in which it was said."""
        found = await self._session.scalars(
            select(EventReplyRow)
            .where(EventReplyRow.event_id == event_id)
            .order_by(EventReplyRow.answer.desc(), EventReplyRow.place, EventReplyRow.id)
        )
        return found.all()

    async def of_member(
        self, member_id: int, since: datetime, answers: Sequence[str]
    ) -> Sequence[tuple[EventRow, EventReplyRow]]:
        """The events to which this member gave one of these answers and that were not over by then, soonest first."""
        found = await self._session.execute(
            select(EventRow, EventReplyRow)
            .join(EventReplyRow, EventReplyRow.event_id == EventRow.id)
            .where(
                EventReplyRow.member_id == member_id,
                EventReplyRow.answer.in_(answers),
                EventRow.state != SCHEDULED,
                EventRow.ends_at > since,
            )
            .order_by(EventRow.starts_at, EventRow.id)
        )
        return [(event, reply) for event, reply in found]

    async def counts(self, event_id: int) -> dict[tuple[str, str, bool], int]:
        """How many gave each answer, by region, answer and whether they have a place."""
        found = await self._session.execute(
            select(EventReplyRow.region, EventReplyRow.answer, EventReplyRow.has_place, func.count())
            .where(EventReplyRow.event_id == event_id)
            .group_by(EventReplyRow.region, EventReplyRow.answer, EventReplyRow.has_place)
        )
        return {(region, answer, has_place): int(count) for region, answer, has_place, count in found}

    async def waiting(self, event_id: int) -> Sequence[EventReplyRow]:
        """Who said yes and has no place, in the order of their last "yes"."""
        found = await self._session.scalars(
            select(EventReplyRow)
            .where(EventReplyRow.event_id == event_id, EventReplyRow.answer == YES, EventReplyRow.has_place.is_(False))
            .order_by(EventReplyRow.place)
        )
        return found.all()

    async def lessons(self, event_id: int) -> tuple[str, ...]:
        """What people took home and shared, in the order in which they wrote it."""
        found = await self._session.scalars(
            select(EventLessonRow.words).where(EventLessonRow.event_id == event_id).order_by(EventLessonRow.id)
        )
        return tuple(found)

    async def audience(self, event: EventRow, after: int = 0, at_most: int | None = None) -> Sequence[MemberRow]:
        """The members an event is for, in the order of their numbers, from the one after that number on."""
        found = await self._session.scalars(
            select(MemberRow).where(MemberRow.id > after, *_is_for(event)).order_by(MemberRow.id).limit(at_most)
        )
        return found.all()

    async def told(self, event: EventRow) -> dict[tuple[str, str | None], int]:
        """What became of the personal invitations: how many ended in each state for each reason."""
        found = await self._session.execute(
            select(OutboxRow.state, OutboxRow.reason, func.count())
            .where(OutboxRow.kind == INVITATION, OutboxRow.subject == event.ref)
            .group_by(OutboxRow.state, OutboxRow.reason)
        )
        return {(state, reason): int(count) for state, reason, count in found}

    async def on_their_way(self, event: EventRow) -> tuple[int, datetime | None, datetime | None]:
        """How many personal invitations are still to go out, and when the first and the last of them may."""
        first_at, last_at = func.min(OutboxRow.not_before), func.max(OutboxRow.not_before)
        found = await self._session.execute(
            select(func.count(), type_coerce(first_at, UtcDateTime), type_coerce(last_at, UtcDateTime)).where(
                OutboxRow.kind == INVITATION,
                OutboxRow.subject == event.ref,
                OutboxRow.state.in_((PENDING, LEASED, ATTEMPTING)),
            )
        )
        count, first, last = found.one()
        return int(count), first, last

    async def invited(self, event: EventRow) -> frozenset[int]:
        """The numbers of the members for whom a personal invitation was written down, whatever became of it."""
        found = await self._session.scalars(
            select(OutboxRow.recipient_id).where(OutboxRow.kind == INVITATION, OutboxRow.subject == event.ref)
        )
        return frozenset(found)

    async def people_told(self, event: EventRow) -> Sequence[MemberRow]:
        """Whom a personal invitation has reached, in the order in which it did."""
        found = await self._session.scalars(
            select(MemberRow)
            .join(OutboxRow, OutboxRow.recipient_id == MemberRow.id)
            .where(OutboxRow.kind == INVITATION, OutboxRow.subject == event.ref, OutboxRow.state == SENT)
            .order_by(OutboxRow.finished_at, OutboxRow.id)
        )
        return found.all()


def events_due(now: datetime) -> tuple[ColumnElement[bool], ...]:
    """The conditions under which time has something to do for events."""
    return (
        exists().where(EventRow.state == SCHEDULED, EventRow.publish_at <= now),
        exists().where(*_is_fanning_out()),
        exists(select(EventPostRow.id).join(EventRow, EventRow.id == EventPostRow.event_id).where(*_is_outdated())),
    )


def _is_fanning_out() -> tuple[ColumnElement[bool], ...]:
    return (EventRow.state == PUBLISHED, EventRow.fan_out.in_((RUNNING, STOPPING)))


def _is_outdated() -> tuple[ColumnElement[bool], ...]:
    under_way = OutboxRow.state.in_((PENDING, LEASED, ATTEMPTING))
    return (
        EventPostRow.shown_version < EventRow.version,
        exists().where(OutboxRow.subject == EventPostRow.ref, OutboxRow.kind == POST, OutboxRow.state == SENT),
        ~exists().where(OutboxRow.subject == EventPostRow.ref, OutboxRow.kind == UPDATED_POST, under_way),
    )


def _is_for(event: EventRow) -> list[ColumnElement[bool]]:
    """Who is here and fits everything that the audience says; what it leaves open fits everybody."""
    conditions: list[ColumnElement[bool]] = [
        MemberRow.workspace == event.workspace,
        MemberRow.deactivated_at.is_(None),
        MemberRow.external_id.is_not(None),
    ]
    if event.regions:
        conditions.append(MemberRow.region.in_(event.regions))
    if event.institutions:
        conditions.append(MemberRow.institution.in_(event.institutions))
    if event.roles:
        conditions.append(_any(has_role(role) for role in event.roles))
    if event.languages:
        conditions.append(_any(has_language(language) for language in event.languages))
    if event.fields:
        of_field = exists().where(MemberFieldRow.member_id == MemberRow.id, MemberFieldRow.code.in_(event.fields))
        conditions.append(of_field)
    return conditions


def _any(conditions: Iterable[ColumnElement[bool]]) -> ColumnElement[bool]:
    return or_(*conditions)
