"""Bringing people in from a members file, and writing the same file back (contract, "members import")."""

import asyncio
import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TextIO

from bot.clock import Clock, SystemClock
from bot.programme import Programme
from bot.services import people
from bot.services.freshness import A_YEAR, confirmed
from bot.services.members_columns import FIELDS, FieldWords, Recognised, Value, kept_as, readers, values_of, written
from bot.services.members_lines import MemberLine, Watching, parse
from bot.services.members_sheet import BadCell, BadMembersFile
from bot.services.replanning import replan
from bot.understanding.fields import FieldRecogniser
from storage.database import Database
from storage.members import CONTACT_ROLE, OF_A_CONTACT, MemberRow
from storage.store import Store

__all__ = [
    "BadCell",
    "BadMembersFile",
    "Change",
    "ImportReport",
    "LineReport",
    "MemberLine",
    "MembersFile",
    "Read",
    "Recognised",
    "parse",
]

_ASKED_AT_ONCE = 10_000
"""People whose fields are read with one question; databases take some 32,000 values in one."""
PLACE = frozenset({"timezone", "country", "region", "institution"})
"""Columns that somebody's calendar follows from."""


class Change(StrEnum):
    """What a line of the file does to a person."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True)
class LineReport:
    """What became of one line; `columns` names what it changed."""

    line: int
    slack_user_id: str
    name: str
    change: Change
    columns: tuple[str, ...] = ()


@dataclass(frozen=True)
class ImportReport:
    """What became of a members file, line by line, and which words were taken for which field."""

    lines: tuple[LineReport, ...]
    recognised: tuple[Recognised, ...]

    @property
    def added(self) -> int:
        """People who are new."""
        return self._count(Change.ADDED)

    @property
    def changed(self) -> int:
        """People of whom something is different now."""
        return self._count(Change.CHANGED)

    @property
    def unchanged(self) -> int:
        """People of whom the file says what was known."""
        return self._count(Change.UNCHANGED)

    def _count(self, change: Change) -> int:
        return sum(line.change == change for line in self.lines)


@dataclass(frozen=True)
class _Step:
    """One line beside the person it is about, and what is different between the two."""

    line: MemberLine
    member: MemberRow | None
    different: dict[str, Value]

    @property
    def change(self) -> Change:
        if self.member is None:
            return Change.ADDED
        return Change.CHANGED if self.different else Change.UNCHANGED

    @property
    def codes(self) -> tuple[str, ...] | None:
        """The fields this person has from now on; None when they stay as they are."""
        codes = self.different.get(FIELDS)
        return codes if isinstance(codes, tuple) else None

    @property
    def roles(self) -> tuple[str, ...]:
        """The roles the line names."""
        roles = self.line.values.get("role")
        return roles if isinstance(roles, tuple) else ()

    def attributes(self) -> dict[str, Value]:
        """The new values as a MemberRow keeps them."""
        return {kept_as(column): value for column, value in self.different.items() if column != FIELDS}

    def report(self) -> LineReport:
        """What the person who brought the file is told of this line."""
        columns = tuple(self.different) if self.change == Change.CHANGED else ()
        values = self.line.values
        return LineReport(self.line.line, self.line.slack_user_id, str(values["name"]), self.change, columns)


@dataclass(frozen=True)
class Read:
    """A members file without a mistake in it, of which nothing is stored yet."""

    lines: tuple[MemberLine, ...]
    recognised: tuple[Recognised, ...]


@dataclass(frozen=True)
class MembersFile:
    """People as a file: all of its lines come in or none."""

    database: Database
    fields: FieldRecogniser
    programme: Programme
    clock: Clock = field(default_factory=SystemClock)

    async def bring_in(self, workspace: str, path: Path, *, dry_run: bool = False) -> ImportReport:
        """Adds and changes the people of a CSV or XLSX file; only the columns it has. Raises BadMembersFile.

        A dry run says what would happen and stores nothing. Running it again changes nothing.
        """
        read = await self.read(path)
        return await (self.rehearse(workspace, read) if dry_run else self.take(workspace, read))

    async def read(self, path: Path, watching: Watching | None = None) -> Read:
        """Reads and checks the whole file, in a thread of its own. Raises BadMembersFile."""
        words = FieldWords(self.fields)
        lines = await asyncio.to_thread(parse, path, words, watching)
        return Read(tuple(lines), words.recognised)

    async def rehearse(self, workspace: str, read: Read) -> ImportReport:
        """What would become of every line; stores nothing."""
        async with self.database.reading() as store:
            steps = await _steps(store, workspace, read.lines)
            return ImportReport(tuple(step.report() for step in steps), read.recognised)

    async def take(self, workspace: str, read: Read) -> ImportReport:
        """Stores every line, in one transaction."""
        async with self.database.transaction() as store:
            steps = await _steps(store, workspace, read.lines)
            await self._take(store, workspace, steps)
            return ImportReport(tuple(step.report() for step in steps), read.recognised)

    async def export(self, workspace: str, target: TextIO) -> int:
        """Writes everyone who has a role and a chat identity and is still here; answers how many that are.

        The others could not be brought in again: the file has to name an id and a role for everybody.
        """
        async with self.database.reading() as store:
            people = [member for member in await store.members.everyone(workspace) if _can_come_back(member)]
            codes = await _codes_of(store, [member.id for member in people])
        rows = csv.writer(target, lineterminator="\n")
        rows.writerow(readers(FieldWords(self.fields)))
        for member in people:
            rows.writerow(written(value) for value in values_of(member, codes[member.id]).values())
        return len(people)

    async def _take(self, store: Store, workspace: str, steps: Iterable[_Step]) -> None:
        codes_of: dict[int, tuple[str, ...]] = {}
        newcomers: list[_Step] = []
        for step in steps:
            if step.member is None:
                newcomers.append(step)
                continue
            await self._change(store, step, step.member)
            if step.codes is not None:
                codes_of[step.member.id] = step.codes
        new = [self._newcomer(step) for step in newcomers]
        numbers = await store.members.add_many(workspace, new)
        codes_of |= {numbers[step.line.slack_user_id]: step.codes or () for step in newcomers}
        await store.members.set_fields_of_many(codes_of)
        self._note(store, workspace, steps)

    def _note(self, store: Store, workspace: str, steps: Iterable[_Step]) -> None:
        """Who got another role is written down one by one, the rest as a number."""
        now = self.clock.now()
        for step in steps:
            if step.member is not None and "role" in step.different:
                store.audit.note(workspace, now, "members.roles", about=step.member.ref, outcome="changed")
        touched = sum(step.change is not Change.UNCHANGED for step in steps)
        if touched:
            store.audit.note(workspace, now, "members.import", outcome=f"{touched}_people")

    async def _change(self, store: Store, step: _Step, member: MemberRow) -> None:
        """Somebody the file says something new of; whose place or zone changes, their plans follow (R2, R6, R12)."""
        zone_before, was_contact, roles_before = people.zone(member), member.is_contact, member.roles
        for attribute, value in step.attributes().items():
            setattr(member, attribute, value)
        if member.is_contact and not was_contact:
            member.agree(*OF_A_CONTACT)
        # The coordinator vouches for what the line changes; what people said of themselves stays their own word.
        given = [role for role in member.roles if role not in roles_before]
        member.vouched_roles = (*member.vouched_roles, *given)
        if step.different and member.is_contact:
            confirmed(member, self.clock.now())
        if PLACE & step.different.keys():
            await replan(store, member, self.programme, self.clock.now(), zone_before=zone_before)

    def _newcomer(self, step: _Step) -> dict[str, object]:
        """Somebody new; a contact person stands in the file because they agreed to be found and to be nudged, and what
        the file says of them was right on this day.
        """
        today = self.clock.now().date() if CONTACT_ROLE in step.roles else None
        first: dict[str, object] = {
            "purposes": OF_A_CONTACT if today else (),
            "vouched_roles": step.roles,
            "confirmed_on": today,
            "confirm_due_on": today + A_YEAR if today else None,
        }
        return {**first, **self._usual(step), **step.attributes()}

    def _usual(self, step: _Step) -> dict[str, Value]:
        """What holds for somebody new where they work, unless their line says so: places (R8) and rhythm (R4)."""
        given = (step.line.values.get(column) for column in ("country", "institution", "region"))
        country, institution, region = (value if isinstance(value, str) else None for value in given)
        local = self.programme.for_member(country, institution, region)
        return {"capacity": local.capacity.default, "nudge_rhythm": local.nudges.rhythm}


async def _steps(store: Store, workspace: str, lines: Iterable[MemberLine]) -> list[_Step]:
    people = {member.external_id: member for member in await store.members.everyone(workspace)}
    codes = await _codes_of(store, [member.id for member in people.values()])
    return [_step(line, people.get(line.slack_user_id), codes) for line in lines]


def _step(line: MemberLine, member: MemberRow | None, codes: dict[int, tuple[str, ...]]) -> _Step:
    if member is None:
        return _Step(line, None, dict(line.values))
    known = values_of(member, codes[member.id])
    return _Step(line, member, {column: value for column, value in line.values.items() if known[column] != value})


async def _codes_of(store: Store, member_ids: list[int]) -> dict[int, tuple[str, ...]]:
    codes: dict[int, tuple[str, ...]] = {}
    for first in range(0, len(member_ids), _ASKED_AT_ONCE):
        codes |= await store.members.fields_of(member_ids[first : first + _ASKED_AT_ONCE])
    return codes


def _can_come_back(member: MemberRow) -> bool:
    return member.external_id is not None and bool(member.roles) and member.deactivated_at is None
