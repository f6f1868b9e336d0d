"""Everything that is kept about one person: collected for them, and erased."""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, Final

from sqlalchemy import ColumnElement, Table, case, delete, select, type_coerce, update
from sqlalchemy import String as Text
from sqlalchemy.ext.asyncio import AsyncSession

from storage.asks import AskRow
from storage.audit import AuditRow
from storage.check_ins import CheckInRow
from storage.counts import Counts
from storage.introductions import IntroductionRow
from storage.listings import Listings
from storage.members import MemberRow
from storage.outbox import OutboxRow
from storage.paces import PaceRow
from storage.questions import QuestionRow
from storage.reports import ReportRow
from storage.rows import Row
from storage.traces import TRACES, Kept, Mine, Summed, Trace
from storage.waits import WaitRow

Written = dict[str, object]
"""One row as a person is shown it: plain values by column."""

INTO_A_GROUP: Final = "introductions.introduce"
"""The message of a conversation of two."""

_LABELS: Final = {
    "members": ("name",),
    "introductions": ("code",),
    "circles": ("code", "region"),
    "events": ("title",),
    "circle_changes": ("rhythm",),
    "meetup_rounds": ("begun_at",),
    "meetups": ("starts_at",),
}
"""How a row that another one points at is named to a person, who cannot do anything with its number."""


class Belongings:
    """What storage/traces.py says, done."""

    def __init__(self, session: AsyncSession, counts: Counts, listings: Listings) -> None:
        self._session = session
        self._counts = counts
        self._listings = listings

    async def of(self, member_id: int) -> dict[str, list[Written]]:
        """Every row that belongs to this person, by table; tables with nothing are left out."""
        found: dict[str, list[Written]] = {}
        for trace in TRACES:
            rows = [row for mine in trace.mine for row in await self._mine(trace, mine, member_id)]
            if rows:
                found[trace.table] = rows
        return found

    async def messages_to_others(self, member_id: int, kinds: Collection[str]) -> list[tuple[OutboxRow, int]]:
        """Messages of these kinds that stand in Slack and show this person to somebody else: with that one's number.

        A conversation of two counts as shown to the other one, whoever of them the message was kept for.
        """
        other = case(
            (IntroductionRow.asker_id == member_id, IntroductionRow.contact_id), else_=IntroductionRow.asker_id
        )
        of_contacts = select(OutboxRow, other).join(IntroductionRow, IntroductionRow.ref == OutboxRow.subject)
        of_check_ins = (
            select(OutboxRow, other)
            .join(CheckInRow, CheckInRow.ref == OutboxRow.subject)
            .join(IntroductionRow, IntroductionRow.id == CheckInRow.introduction_id)
        )
        of_asks = select(OutboxRow, OutboxRow.recipient_id).join(AskRow, AskRow.ref == OutboxRow.subject)
        stands = OutboxRow.kind.in_(kinds) & OutboxRow.channel.is_not(None) & OutboxRow.ts.is_not(None)
        to_them = (OutboxRow.recipient_id == other) | (OutboxRow.kind == INTO_A_GROUP)
        mine = _is_in(IntroductionRow, member_id)
        questions = select(OutboxRow, OutboxRow.recipient_id).join(QuestionRow, QuestionRow.ref == OutboxRow.subject)
        queries = (
            of_contacts.where(stands, mine, to_them),
            of_check_ins.where(stands, mine, to_them),
            of_asks.where(stands, AskRow.asker_id == member_id, OutboxRow.recipient_id != member_id),
            questions.where(stands, QuestionRow.asker_id == member_id, OutboxRow.recipient_id != member_id),
            questions.where(
                stands, QuestionRow.receiver_id == member_id, OutboxRow.recipient_id == QuestionRow.asker_id
            ),
        )
        return [(row, number) for query in queries for row, number in await self._session.execute(query)]

    async def erase(self, member: MemberRow) -> None:
        """Deletes this person and every trace of them, also in rows of others; sums by month are all that stays."""
        await self._session.flush()
        number, mine = member.id, _is_in(IntroductionRow, member.id)
        others = await self._session.execute(select(IntroductionRow.asker_id, IntroductionRow.contact_id).where(mine))
        refs = await self._refs(member)
        for table, condition in (
            (IntroductionRow, mine),
            (CheckInRow, CheckInRow.introduction_id.in_(select(IntroductionRow.id).where(mine))),
            (ReportRow, ReportRow.reporter_id == number),
        ):
            await self._sum_up(_trace_of(table), condition)
        self._listings.outdate({one for both in others for one in both} - {number})
        await self._erase_from_others(member, refs)
        # The database itself deletes what points at the person, or takes the name out (CASCADE, SET NULL).
        await self._run(delete(MemberRow).where(MemberRow.id == number))
        self._session.expunge_all()

    async def forget_some(self, trace: Trace, now: datetime, at_most: int) -> int:
        """Deletes so many rows whose time is over at the most; says how many."""
        table, kept = Row.metadata.tables[trace.table], trace.forgotten
        if kept is None:
            return 0
        (key,) = table.primary_key.columns
        numbers = (await self._session.scalars(select(key).where(_is_over(table, kept, now)).limit(at_most))).all()
        if not numbers:
            return 0
        if trace.summed is not None:
            await self._sum_up(trace, key.in_(numbers))
        if trace.table == IntroductionRow.__tablename__:
            await self._sum_up(_trace_of(CheckInRow), CheckInRow.introduction_id.in_(numbers))
        await self._run(delete(table).where(key.in_(numbers)))
        return len(numbers)

    async def _mine(self, trace: Trace, mine: Mine, member_id: int) -> list[Written]:
        table = Row.metadata.tables[trace.table]
        rows = select(*(table.c[name] for name in mine.shows)).where(table.c[mine.by] == member_id)
        if mine.only is not None:
            rows = rows.where(mine.only(table))
        rows = rows.order_by(*table.primary_key.columns)
        found = [dict(row) for row in (await self._session.execute(rows)).mappings()]
        names = {name: await self._named(table, name, found) for name in mine.shows if table.c[name].foreign_keys}
        part = {"my_part": mine.by.removesuffix("_id")} if len(trace.mine) > 1 else {}
        return [
            {**part, **{name: _plain(names.get(name, {}).get(value, value), mine, name) for name, value in row.items()}}
            for row in found
        ]

    async def _named(self, table: Table, column: str, rows: Sequence[dict[str, Any]]) -> dict[int, str]:
        """What the numbers in this column stand for."""
        (key,) = table.c[column].foreign_keys
        target = key.column.table
        numbers = {row[column] for row in rows} - {None}
        labels = (target.c[name] for name in _LABELS[target.name])
        found = await self._session.execute(select(target.c.id, *labels).where(target.c.id.in_(numbers)))
        return {number: " ".join(str(_of_value(part)) for part in label if part) for number, *label in found}

    async def _refs(self, member: MemberRow) -> set[str]:
        """The references of everything that goes with this person, under which others have messages."""
        mine = select(IntroductionRow.id).where(_is_in(IntroductionRow, member.id))
        refs = (
            select(IntroductionRow.ref).where(IntroductionRow.id.in_(mine)),
            select(CheckInRow.ref).where(CheckInRow.introduction_id.in_(mine)),
            select(AskRow.ref).where(AskRow.asker_id == member.id),
            select(WaitRow.ref).where((WaitRow.asker_id == member.id) | (WaitRow.contact_id == member.id)),
            select(ReportRow.ref).where(ReportRow.reporter_id == member.id),
            select(QuestionRow.ref).where(QuestionRow.asker_id == member.id),
        )
        return {member.ref, *[ref for one in refs for ref in await self._session.scalars(one)]}

    async def _erase_from_others(self, member: MemberRow, refs: Collection[str]) -> None:
        await self._run(delete(OutboxRow).where(OutboxRow.subject.in_(refs)))
        # An answer is in the words of whoever gave it.
        await self._run(update(QuestionRow).where(QuestionRow.receiver_id == member.id).values(answer=None))
        await self._run(update(AuditRow).where(AuditRow.about.in_(refs)).values(about=""))
        await self._run(delete(PaceRow).where(PaceRow.channel == (member.external_id or "-")))
        shown = select(AskRow.id, AskRow.shown).where(
            AskRow.workspace == member.workspace,
            type_coerce(AskRow.shown, Text).contains(member.ref, autoescape=True),
        )
        for number, people in (await self._session.execute(shown)).all():
            left = tuple(one for one in people if one != member.ref)
            await self._run(update(AskRow).where(AskRow.id == number).values(shown=left))

    async def _sum_up(self, trace: Trace, condition: ColumnElement[bool]) -> None:
        table, summed = Row.metadata.tables[trace.table], trace.summed or Summed("", "")
        values = (table.c[name] for name in ("workspace", summed.month_of, summed.value))
        sums = Counter(
            (workspace, f"{at:%Y-%m}", f"{trace.table}.{value}")
            for workspace, at, value in await self._session.execute(select(*values).where(condition))
            if value is not None
        )
        await self._counts.add(sums)

    async def _run(self, statement: Any) -> None:
        await self._session.execute(statement, execution_options={"synchronize_session": False})


def _is_in(introduction: type[IntroductionRow], member_id: int) -> ColumnElement[bool]:
    return (introduction.asker_id == member_id) | (introduction.contact_id == member_id)


def _is_over(table: Table, kept: Kept, now: datetime) -> ColumnElement[bool]:
    is_old = table.c[kept.since] <= now - kept.time
    return is_old if kept.only is None else is_old & kept.only(table)


def _trace_of(row: type[Row]) -> Trace:
    return next(one for one in TRACES if one.table == row.__tablename__)


def _plain(value: object, mine: Mine, column: str) -> object:
    return mine.reads.get(column, {}).get(str(value), _of_value(value))


def _of_value(value: object) -> object:
    """As JSON and CSV can hold it."""
    if isinstance(value, datetime | date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value
