"""What whoever looks after the network sees of it: sums, and people who wait for a decision."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Subquery, exists, func, select, union
from sqlalchemy.ext.asyncio import AsyncSession

from storage.asks import WITH_COORDINATOR, AskRow
from storage.listings import ListingRow
from storage.members import WAITING as TO_CONFIRM
from storage.members import MemberRow
from storage.outbox import FAILED, UNKNOWN, OutboxRow
from storage.waits import OFFERED, WAITING, WaitRow


class Waiting(NamedTuple):
    """How many people wait in one field and region; either may be unknown, which is empty."""

    code: str
    region: str
    people: int


class End(NamedTuple):
    """How so many messages of one kind ended, and why."""

    state: str
    reason: str
    kind: str
    messages: int


class Network:
    """Queries about a workspace as a whole."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def people_waiting(self, workspace: str, since: datetime) -> int:
        """How many people wait for a contact, or have told a coordinator so since then."""
        found = await self._session.scalar(select(func.count(_waiting(workspace, since).c.asker_id.distinct())))
        return found or 0

    async def waiting_by_field(self, workspace: str, since: datetime) -> Sequence[Waiting]:
        """The same people by field and region, where most wait first."""
        waiting = _waiting(workspace, since)
        people = func.count(waiting.c.asker_id.distinct())
        found = await self._session.execute(
            select(waiting.c.code, waiting.c.region, people)
            .group_by(waiting.c.code, waiting.c.region)
            .order_by(people.desc(), waiting.c.code, waiting.c.region)
        )
        return [Waiting(*row) for row in found]

    async def unmet(self, workspace: str, since: datetime, at_most: int) -> Sequence[AskRow]:
        """Asks for which nobody was found and which their askers gave to a coordinator since then, newest first."""
        found = await self._session.scalars(
            select(AskRow)
            .join(MemberRow, MemberRow.id == AskRow.asker_id)
            .where(
                AskRow.workspace == workspace,
                AskRow.state == WITH_COORDINATOR,
                AskRow.asked_at > since,
                MemberRow.deactivated_at.is_(None),
            )
            .order_by(AskRow.id.desc())
            .limit(at_most)
        )
        return found.all()

    async def fields_without_anybody(self, workspace: str, since: datetime, at_most: int) -> Sequence[str]:
        """Fields in which somebody waits and no contact person can be asked, where most wait first."""
        waiting = _waiting(workspace, since)
        somebody = exists().where(ListingRow.workspace == workspace, ListingRow.code == waiting.c.code)
        found = await self._session.scalars(
            select(waiting.c.code)
            .where(waiting.c.code != "", ~somebody)
            .group_by(waiting.c.code)
            .order_by(func.count(waiting.c.asker_id.distinct()).desc(), waiting.c.code)
            .limit(at_most)
        )
        return found.all()

    async def to_confirm(self, workspace: str, institution: str | None, at_most: int) -> Sequence[MemberRow]:
        """Contact persons who wait to be confirmed, of one institution or of all, longest known first."""
        of_institution = () if institution is None else (MemberRow.institution == institution,)
        found = await self._session.scalars(
            select(MemberRow)
            .where(
                MemberRow.workspace == workspace,
                MemberRow.confirmation == TO_CONFIRM,
                MemberRow.deactivated_at.is_(None),
                *of_institution,
            )
            .order_by(MemberRow.id)
            .limit(at_most)
        )
        return found.all()

    async def undelivered(self, workspace: str, since: datetime) -> int:
        """How many messages did not arrive, or perhaps not, since then."""
        found = await self._session.scalar(select(func.count()).where(*_undelivered(workspace, since)))
        return found or 0

    async def latest_undelivered(self, workspace: str, since: datetime, at_most: int) -> Sequence[OutboxRow]:
        """Those messages, the last ones first."""
        found = await self._session.scalars(
            select(OutboxRow)
            .where(*_undelivered(workspace, since))
            .order_by(OutboxRow.finished_at.desc(), OutboxRow.id.desc())
            .limit(at_most)
        )
        return found.all()

    async def ends(self, workspace: str, since: datetime) -> Sequence[End]:
        """How messages ended since then, by kind and reason, the most frequent first."""
        count = func.count()
        found = await self._session.execute(
            select(OutboxRow.state, OutboxRow.reason, OutboxRow.kind, count)
            .where(OutboxRow.workspace == workspace, OutboxRow.finished_at > since)
            .group_by(OutboxRow.state, OutboxRow.reason, OutboxRow.kind)
            .order_by(OutboxRow.state, count.desc(), OutboxRow.reason, OutboxRow.kind)
        )
        return [End(state, reason or "", kind, number) for state, reason, kind, number in found]


def _undelivered(workspace: str, since: datetime) -> tuple[ColumnElement[bool], ...]:
    did_not_arrive = OutboxRow.state.in_((FAILED, UNKNOWN))
    return OutboxRow.workspace == workspace, did_not_arrive, OutboxRow.finished_at > since


def _waiting(workspace: str, since: datetime) -> Subquery:
    """Who waits for what and where, each once: in a waiting list, or with a coordinator."""
    columns = (
        AskRow.asker_id,
        func.coalesce(AskRow.code, "").label("code"),
        func.coalesce(AskRow.region, MemberRow.region, "").label("region"),
    )
    everybody = (
        select(*columns)
        .join(MemberRow, MemberRow.id == AskRow.asker_id)
        .where(AskRow.workspace == workspace, MemberRow.deactivated_at.is_(None))
    )
    in_a_list = everybody.join(WaitRow, WaitRow.ask_id == AskRow.id).where(WaitRow.state.in_((WAITING, OFFERED)))
    given = everybody.where(AskRow.state == WITH_COORDINATOR, AskRow.asked_at > since)
    return union(in_a_list, given).subquery("waiting")
