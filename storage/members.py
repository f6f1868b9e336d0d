"""Who is in the network: people as `(platform, workspace, external_id)`, what they offer and when they can be asked."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Text,
    UniqueConstraint,
    bindparam,
    delete,
    false,
    insert,
    select,
    text,
    type_coerce,
)
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, joinedload, mapped_column, raiseload, relationship

from storage.away_periods import AwayPeriodRow
from storage.rows import Referred, UtcDateTime, Words
from storage.rows import Row as Base

OPEN: Final = "open"
PAUSED: Final = "paused"
RESTING: Final = "resting"
"""`resting` is set by two releases in a row (R7), `paused` by the person."""

CONTACT_ROLE: Final = "mentor"
LEADER_ROLE: Final = "leader"
COORDINATOR_ROLE: Final = "coordinator"


NOT_NEEDED: Final = "not_needed"
WAITING: Final = "waiting"
CONFIRMED: Final = "confirmed"
NOT_NOW: Final = "not_now"
"""Whether somebody has to confirm a contact person before they are proposed, and what came of it."""

FOUND: Final = "found"
NUDGES: Final = "nudges"
EVENTS: Final = "events"
MEETUPS: Final = "meetups"
PURPOSES: Final = (FOUND, NUDGES, EVENTS, MEETUPS)
"""What a person may agree to, each for itself: to be found, nudges, personal invitations, meetups (R15)."""
OF_A_CONTACT: Final = (FOUND, NUDGES)
"""What somebody has agreed to whom a coordinator brings in as a contact person."""

_IS_COORDINATOR: Final = f"roles LIKE '%{COORDINATOR_ROLE}%'"
"""Word for word as the index has it, so that databases use the index."""


class MemberRow(Referred, Base):
    """One person. Without an `external_id` they have no chat identity and are reached by the coordinator.

    `welcomed_at`: Silta has said hello. `joined_at`: they have filled in their profile, and with it chosen what they
    agree to. `vouched_roles`: roles in which a coordinator brought them in; only those let somebody decide for others.
    `is_guest`: a guest of the workspace, or somebody of another organisation.
    """

    __tablename__ = "members"
    __table_args__ = (
        UniqueConstraint("platform", "workspace", "external_id"),
        # They are few among many, and looked for whenever nobody else is found.
        Index(
            "ix_members_coordinators",
            "workspace",
            sqlite_where=text(_IS_COORDINATOR),
            postgresql_where=text(_IS_COORDINATOR),
        ),
    )

    platform: Mapped[str] = mapped_column(String(16), default="slack")
    external_id: Mapped[str | None] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    roles: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    country: Mapped[str | None] = mapped_column(String(2))
    region: Mapped[str | None] = mapped_column(String(100))
    institution: Mapped[str | None] = mapped_column(String(200))
    languages: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    chosen_language: Mapped[str | None] = mapped_column(String(8))
    suggested_language: Mapped[str | None] = mapped_column(String(8))
    timezone: Mapped[str | None] = mapped_column(String(64))
    seen_timezone: Mapped[str | None] = mapped_column(String(64))
    capacity: Mapped[int] = mapped_column(default=2)
    tasks: Mapped[tuple[str, ...]] = mapped_column(Words, default=())
    purposes: Mapped[tuple[str, ...]] = mapped_column(Words, default=(), server_default=text("''"))
    offer: Mapped[str] = mapped_column(Text, default="")
    wish: Mapped[str] = mapped_column(Text, default="", server_default=text("''"))
    email: Mapped[str | None] = mapped_column(String(254))
    availability: Mapped[str] = mapped_column(String(16), default=OPEN)
    nudge_rhythm: Mapped[str] = mapped_column(String(16), default="weekly")
    nudges_snoozed_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    nudge_due_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    releases_in_a_row: Mapped[int] = mapped_column(default=0)
    last_contact_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    deactivated_at: Mapped[datetime | None] = mapped_column(UtcDateTime, index=True)
    welcomed_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    joined_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    confirmation: Mapped[str] = mapped_column(String(16), default=NOT_NEEDED, server_default=text("'not_needed'"))
    vouched_roles: Mapped[tuple[str, ...]] = mapped_column(Words, default=(), server_default=text("''"))
    is_guest: Mapped[bool] = mapped_column(default=False, server_default=false())
    confirmed_on: Mapped[date | None]
    confirm_due_on: Mapped[date | None] = mapped_column(index=True)
    # They decide whether this person's time is open, so whoever holds the person holds them: one query for any number
    # of people, and nobody can forget to ask.
    away_periods: Mapped[list[AwayPeriodRow]] = relationship(
        lazy="selectin", cascade="all, delete-orphan", passive_deletes=True, order_by=AwayPeriodRow.starts_on
    )

    @property
    def is_contact(self) -> bool:
        """True for a contact person: somebody others may ask for."""
        return CONTACT_ROLE in self.roles

    @property
    def is_coordinator(self) -> bool:
        """True for somebody who looks after the network."""
        return COORDINATOR_ROLE in self.roles

    @property
    def is_found(self) -> bool:
        """True for a contact person who agreed to be found as one, and whom nobody has still to confirm."""
        return self.is_contact and self.wants(FOUND) and self.confirmation in (NOT_NEEDED, CONFIRMED)

    @property
    def leads(self) -> bool:
        """True for a leader as whom a coordinator brought this person in; saying so oneself is not enough."""
        return LEADER_ROLE in self.roles and LEADER_ROLE in self.vouched_roles

    @property
    def can_be_asked(self) -> bool:
        """True for a contact person who is neither paused nor resting nor gone, and who wants contacts at all."""
        return self.is_found and self.is_here and self.capacity > 0

    def wants(self, purpose: str) -> bool:
        """True while this person agrees to that purpose; what they withdraw counts from that moment on."""
        return purpose in self.purposes

    def agree(self, *purposes: str) -> None:
        """Adds these purposes to those the person agrees to."""
        self.purposes = tuple(one for one in PURPOSES if one in (*self.purposes, *purposes))

    @property
    def is_here(self) -> bool:
        """True for somebody who is neither paused nor resting nor gone."""
        return self.availability == OPEN and self.deactivated_at is None


class MemberFieldRow(Base):
    """A field of a person, as an ISCED-F 2013 detailed code."""

    __tablename__ = "member_fields"
    __table_args__ = (Index(None, "code"),)

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), primary_key=True)
    code: Mapped[str] = mapped_column(String(4), primary_key=True)


class Members:
    """Queries about people."""

    def __init__(self, session: AsyncSession, outdate: Callable[[Iterable[int]], None]) -> None:
        """`outdate` is told whose entries in the directory a bulk statement may have changed."""
        self._session = session
        self._outdate = outdate

    def add(self, member: MemberRow) -> None:
        """Puts a new person into the network."""
        self._session.add(member)

    async def met(self, member: MemberRow) -> MemberRow:
        """This person as they are known, or as given if they are new; two who meet them at once make one."""
        workspace, external_id = member.workspace, member.external_id or ""
        known = await self.by_external_id(workspace, external_id)
        if known is None:
            with suppress(IntegrityError):
                async with self._session.begin_nested():
                    self._session.add(member)
            known = (await self.by_external_ids(workspace, [external_id]))[external_id]
        return known

    async def add_many(self, workspace: str, newcomers: Sequence[Mapping[str, object]]) -> dict[str, int]:
        """Puts many people with a chat identity into a workspace at once; answers their numbers by external id.

        Each newcomer is the values of a MemberRow by attribute, and all of them name the same attributes. Adding them
        row by row would hold SQLite's one write lock for seconds, because each row asks for its number.
        """
        if not newcomers:
            return {}
        rows = [{**newcomer, "workspace": workspace} for newcomer in newcomers]
        await self._session.execute(insert(MemberRow), rows)
        found = await self._session.execute(
            select(MemberRow.external_id, MemberRow.id).where(
                MemberRow.workspace == workspace, MemberRow.external_id.is_not(None)
            )
        )
        added = {str(row["external_id"]) for row in rows}
        numbers = {external_id: number for external_id, number in found if external_id in added}
        self._outdate(numbers.values())
        return numbers

    async def by_id(self, member_id: int) -> MemberRow:
        """The person with that number, who must exist."""
        return await self._session.get_one(MemberRow, member_id)

    async def asker(self, member_id: int) -> MemberRow:
        """The person with that number as somebody who asks: without their days away, which no search looks at."""
        return await self._session.get_one(MemberRow, member_id, options=[raiseload(MemberRow.away_periods)])

    async def by_ids(self, member_ids: Collection[int]) -> dict[int, MemberRow]:
        """The people with those numbers, by number."""
        found = await self._session.scalars(select(MemberRow).where(MemberRow.id.in_(member_ids)))
        return {member.id: member for member in found}

    async def with_fields(self, member_ids: Collection[int]) -> dict[int, tuple[MemberRow, tuple[str, ...]]]:
        """The people with those numbers and the codes of their fields in order, by number.

        Days away and fields come along in one statement: whoever asks for a contact waits for each way to the database.
        """
        found = await self._session.execute(
            select(MemberRow, MemberFieldRow.code)
            .outerjoin(MemberFieldRow, MemberFieldRow.member_id == MemberRow.id)
            .where(MemberRow.id.in_(member_ids))
            .options(joinedload(MemberRow.away_periods))
            .order_by(MemberFieldRow.code)
        )
        codes: dict[int, tuple[MemberRow, tuple[str, ...]]] = {}
        for member, code in found.unique():
            _, others = codes.get(member.id, (member, ()))
            codes[member.id] = member, (*others, code) if code else others
        return codes

    async def by_external_id(self, workspace: str, external_id: str) -> MemberRow | None:
        """The person whom the chat platform knows by that id in that workspace, without their days away.

        It is asked for everything that is received, before Slack hears of it; whoever acts then asks by number.
        """
        return await self._session.scalar(
            select(MemberRow)
            .where(
                MemberRow.platform == "slack",
                MemberRow.workspace == workspace,
                MemberRow.external_id == external_id,
            )
            .options(raiseload(MemberRow.away_periods))
        )

    async def by_external_ids(self, workspace: str, external_ids: Collection[str]) -> dict[str, MemberRow]:
        """Those of these people whom Silta knows in that workspace, by the chat platform's id."""
        found = await self._session.scalars(
            select(MemberRow).where(
                MemberRow.platform == "slack",
                MemberRow.workspace == workspace,
                MemberRow.external_id.in_(external_ids),
            )
        )
        return {member.external_id or "": member for member in found}

    async def by_ref(self, workspace: str, ref: str) -> MemberRow | None:
        """The person behind an opaque reference of that workspace."""
        return await self._session.scalar(
            select(MemberRow).where(MemberRow.workspace == workspace, MemberRow.ref == ref)
        )

    async def by_refs(self, workspace: str, refs: Collection[str]) -> Sequence[MemberRow]:
        """The people behind these opaque references of that workspace."""
        found = await self._session.scalars(
            select(MemberRow).where(MemberRow.workspace == workspace, MemberRow.ref.in_(refs))
        )
        return found.all()

    async def locked(self, member_id: int) -> MemberRow:
        """The person, held until the end of the transaction so that their places are counted once (R8).

        People are always held before introductions, and two people in the order of their numbers, so that no two
        transactions wait for each other. Their number stays as it is (`key_share`), so rows that only point at them
        can be written meanwhile.
        """
        return (
            await self._session.scalars(
                select(MemberRow)
                .where(MemberRow.id == member_id)
                .with_for_update(key_share=True)
                .execution_options(populate_existing=True)
            )
        ).one()

    async def hold(self, member_ids: Collection[int]) -> None:
        """Holds these people in the order of their numbers until the transaction ends; who is gone is left out."""
        await self._session.scalars(
            select(MemberRow)
            .where(MemberRow.id.in_(member_ids))
            .order_by(MemberRow.id)
            .with_for_update(key_share=True)
            .execution_options(populate_existing=True)
        )

    async def deactivated_before(self, moment: datetime, at_most: int) -> Sequence[int]:
        """The numbers of people whose account has been deactivated since before that moment, longest first."""
        found = await self._session.scalars(
            select(MemberRow.id)
            .where(MemberRow.deactivated_at <= moment)
            .order_by(MemberRow.deactivated_at)
            .limit(at_most)
        )
        return found.all()

    async def due_for_nudge(self, now: datetime, at_most: int) -> Sequence[MemberRow]:
        """People whose weekly slot has come, and contact persons whose first one is not known yet.

        Each is held until the transaction ends; those whom another replica holds are left to it.
        """
        found = await self._session.scalars(
            select(MemberRow)
            .where(nudge_is_due(now))
            .order_by(MemberRow.id)
            .limit(at_most)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        return found.all()

    async def due_to_confirm(self, today: date, at_most: int) -> Sequence[MemberRow]:
        """Contact persons who are asked today whether what they offer is still right, each held.

        Those whom another replica holds are left to it.
        """
        found = await self._session.scalars(
            select(MemberRow)
            .where(is_due_to_confirm(today))
            .order_by(MemberRow.confirm_due_on, MemberRow.id)
            .limit(at_most)
            .with_for_update(skip_locked=True)
            .execution_options(populate_existing=True)
        )
        return found.all()

    async def institutions_with_contact(
        self, workspace: str, institutions: Collection[str], codes: Collection[str]
    ) -> frozenset[str]:
        """Those of these institutions that have a contact person of one of these fields, open, full or resting."""
        found = await self._session.scalars(
            select(MemberRow.institution)
            .join(MemberFieldRow, MemberFieldRow.member_id == MemberRow.id)
            .where(
                MemberRow.workspace == workspace,
                MemberRow.institution.in_(institutions),
                MemberRow.deactivated_at.is_(None),
                has_role(CONTACT_ROLE),
                MemberFieldRow.code.in_(codes),
            )
            .distinct()
        )
        return frozenset(name for name in found if name is not None)

    async def everyone(self, workspace: str) -> Sequence[MemberRow]:
        """Everyone of the workspace, in the order of their ids."""
        found = await self._session.scalars(
            select(MemberRow).where(MemberRow.workspace == workspace).order_by(MemberRow.external_id)
        )
        return found.all()

    async def leaders(self, workspace: str, institution: str) -> Sequence[MemberRow]:
        """Those who lead this institution and can be written to."""
        found = await self._session.scalars(
            select(MemberRow)
            .where(
                MemberRow.workspace == workspace,
                MemberRow.institution == institution,
                MemberRow.deactivated_at.is_(None),
                MemberRow.external_id.is_not(None),
                has_role(LEADER_ROLE),
            )
            .order_by(MemberRow.id)
        )
        return [member for member in found if member.leads]

    async def institutions(self, workspace: str) -> Sequence[str]:
        """The names of all institutions that people of the workspace belong to."""
        found = await self._session.scalars(
            select(MemberRow.institution)
            .where(MemberRow.workspace == workspace, MemberRow.institution.is_not(None))
            .distinct()
            .order_by(MemberRow.institution)
        )
        return [name for name in found if name]

    async def coordinators(self, workspace: str) -> Sequence[MemberRow]:
        """Those who look after the network, who are still here."""
        found = await self._session.scalars(
            select(MemberRow)
            .where(
                MemberRow.workspace == workspace,
                MemberRow.deactivated_at.is_(None),
                text(_IS_COORDINATOR),
            )
            .order_by(MemberRow.id)
        )
        return found.all()

    async def coordinators_held(self, workspace: str, *, and_also: Collection[int] = ()) -> Sequence[MemberRow]:
        """The same people, held until the transaction ends; others, by number, are held in the same go.

        All of them in the order of their numbers: those held after the others could wait for somebody who waits for us.
        """
        there = select(MemberRow.id).where(MemberRow.workspace == workspace, text(_IS_COORDINATOR))
        await self.hold({*and_also, *await self._session.scalars(there)})
        # Read only now: somebody may have left the role, or the workspace, while this waited.
        return await self.coordinators(workspace)

    async def fields_of(self, member_ids: Collection[int]) -> dict[int, tuple[str, ...]]:
        """The field codes of each of these people, in order."""
        found = await self._session.execute(
            select(MemberFieldRow.member_id, MemberFieldRow.code)
            .where(MemberFieldRow.member_id.in_(member_ids))
            .order_by(MemberFieldRow.code)
        )
        fields: dict[int, tuple[str, ...]] = dict.fromkeys(member_ids, ())
        for member_id, code in found:
            fields[member_id] += (code,)
        return fields

    async def set_fields(self, member_id: int, codes: Collection[str]) -> None:
        """Replaces the fields of a person."""
        await self.set_fields_of_many({member_id: codes})

    async def set_fields_of_many(self, codes_of: Mapping[int, Collection[str]]) -> None:
        """Replaces the fields of each of these people, in as few statements as the database allows."""
        if not codes_of:
            return
        self._outdate(codes_of)
        gone = delete(MemberFieldRow).where(MemberFieldRow.member_id == bindparam("gone"))
        connection = await self._session.connection()
        await connection.execute(gone, [{"gone": member_id} for member_id in codes_of])
        rows = [
            {"member_id": member_id, "code": code}
            for member_id, codes in codes_of.items()
            for code in dict.fromkeys(codes)
        ]
        if rows:
            await connection.execute(insert(MemberFieldRow), rows)


def nudge_is_due(now: datetime) -> ColumnElement[bool]:
    """The condition that a person's weekly slot has come, or is to be found for the first time."""
    unknown = MemberRow.nudge_due_at.is_(None) & has_role(CONTACT_ROLE) & agrees_to(NUDGES)
    return (MemberRow.nudge_due_at <= now) | unknown


def agrees_to(purpose: str) -> ColumnElement[bool]:
    """The condition that a person agrees to that purpose."""
    return type_coerce(MemberRow.purposes, String).like(f"%{purpose}%")


def is_due_to_confirm(today: date) -> ColumnElement[bool]:
    """The condition that a contact person who is here has not said for a year whether their profile is right."""
    is_here = (MemberRow.availability == OPEN) & MemberRow.deactivated_at.is_(None) & (MemberRow.capacity > 0)
    return (MemberRow.confirm_due_on <= today) & is_here & has_role(CONTACT_ROLE)


def has_role(role: str) -> ColumnElement[bool]:
    """The condition that a person has this role."""
    return type_coerce(MemberRow.roles, String).like(f"%{role}%")


def has_language(language: str) -> ColumnElement[bool]:
    """The condition that a person speaks this language, by its two-letter code."""
    return (" " + type_coerce(MemberRow.languages, String) + " ").like(f"% {language} %")
