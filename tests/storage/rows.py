"""Rows with good defaults for the storage tests."""

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any

from sqlalchemy import select

from storage.asks import AskRow
from storage.check_ins import CheckInRow
from storage.circles import CircleChangeRow, CircleRow
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.meetups import AgendaItemRow, MeetupRow, RoundRow
from storage.members import PURPOSES, MemberRow
from storage.outbox import Intent, OutboxRow, Priority
from storage.paces import PaceRow
from storage.waits import WaitRow

WORKSPACE = "T0SILTA"
NOW = datetime(2027, 1, 19, 8, 12, tzinfo=UTC)
"""A Tuesday, 10:12 in Helsinki."""
A_MINUTE = timedelta(minutes=1)
_numbers = count(1)


def member(**given: Any) -> MemberRow:
    """A contact person with two places who agreed to everything, whose next slot for a nudge is a week ahead."""
    number = next(_numbers)
    defaults = {
        "workspace": WORKSPACE,
        "external_id": f"U{number:06}",
        "name": f"Member {number}",
        "roles": ("mentor",),
        "country": "FI",
        "timezone": "Europe/Helsinki",
        "languages": ("fi", "en"),
        "nudge_due_at": NOW + timedelta(weeks=1),
        "purposes": PURPOSES,
    }
    return MemberRow(**{**defaults, **given})


async def add_member(database: Database, *fields: str, **given: Any) -> MemberRow:
    """Puts somebody into the network."""
    async with database.transaction() as store:
        added = member(**given)
        store.members.add(added)
        await store.flush()
        await store.members.set_fields(added.id, fields)
        return added


async def add_ask(database: Database, asker: MemberRow, code: str | None = "0713") -> AskRow:
    """Lets somebody ask for a contact."""
    async with database.transaction() as store:
        ask = AskRow(workspace=asker.workspace, asker_id=asker.id, code=code, asked_at=NOW)
        store.asks.add(ask)
        return ask


async def add_introduction(database: Database, ask: AskRow, contact: MemberRow, **given: Any) -> IntroductionRow:
    """A request to this contact person."""
    async with database.transaction() as store:
        defaults = {
            "workspace": ask.workspace,
            "ask_id": ask.id,
            "asker_id": ask.asker_id,
            "contact_id": contact.id,
            "code": ask.code,
            "requested_at": NOW,
        }
        introduction = IntroductionRow(**{**defaults, **given})
        store.introductions.add(introduction)
        return introduction


async def add_wait(database: Database, ask: AskRow, contact: MemberRow | None, **given: Any) -> WaitRow:
    """A place in a waiting list."""
    async with database.transaction() as store:
        contact_id = contact.id if contact else None
        defaults = {
            "workspace": ask.workspace,
            "ask_id": ask.id,
            "asker_id": ask.asker_id,
            "contact_id": contact_id,
            "since": NOW,
        }
        wait = WaitRow(**{**defaults, **given})
        store.waits.add(wait)
        return wait


async def add_check_in(database: Database, introduction: IntroductionRow, member_id: int, **given: Any) -> CheckInRow:
    """A planned question."""
    async with database.transaction() as store:
        defaults = {
            "workspace": introduction.workspace,
            "introduction_id": introduction.id,
            "member_id": member_id,
            "number": 1,
            "due_at": NOW,
        }
        check_in = CheckInRow(**{**defaults, **given})
        store.check_ins.add(check_in)
        return check_in


async def add_circle(database: Database, **given: Any) -> CircleRow:
    """A circle without members."""
    async with database.transaction() as store:
        defaults: dict[str, Any] = {
            "workspace": "T0",
            "code": "0713",
            "zone": "Europe/Helsinki",
            "rhythm": "monthly",
            "founded_at": NOW,
        }
        return await store.circles.found(CircleRow(**{"country": "FI", "region": "Uusimaa", **defaults, **given}))


async def add_change(database: Database, circle: CircleRow, **given: Any) -> CircleChangeRow:
    """A wish that is voted on."""
    async with database.transaction() as store:
        defaults = {"workspace": circle.workspace, "circle_id": circle.id, "rhythm": "pause", "proposed_at": NOW}
        change = CircleChangeRow(**{**defaults, **given})
        store.circles.wish(change)
        return change


async def add_round(database: Database, circle: CircleRow, **given: Any) -> RoundRow:
    """A poll without times."""
    async with database.transaction() as store:
        defaults = {"workspace": circle.workspace, "circle_id": circle.id, "number": 1, "begun_at": NOW, "minutes": 45}
        held = RoundRow(**{**defaults, **given})
        store.meetups.add(held)
        return held


async def add_agenda(database: Database, held: RoundRow, **meetup: Any) -> MeetupRow:
    """A meetup with one line on its agenda."""
    async with database.transaction() as store:
        defaults = {"workspace": held.workspace, "round_id": held.id, "starts_at": NOW, "changed_at": NOW}
        made = MeetupRow(**{**defaults, **meetup})
        store.meetups.add(made)
        await store.flush()
        store.meetups.add(AgendaItemRow(meetup_id=made.id, workspace=made.workspace, words="phones"))
        return made


def intent(recipient: MemberRow, key: str = "rested:1", **given: Any) -> Intent:
    """Something to be sent to this person, due now."""
    defaults: dict[str, Any] = {
        "workspace": recipient.workspace,
        "dedup_key": key,
        "kind": "introductions.rested",
        "subject": "subject",
        "recipient_id": recipient.id,
        "priority": Priority.REMINDER,
        "not_before": NOW,
    }
    return Intent(**{**defaults, **given})


async def put(database: Database, *intents: Intent) -> None:
    """Fills the outbox."""
    async with database.transaction() as store:
        for one in intents:
            assert await store.outbox.put(one)


async def claim(database: Database, owner: str, now: datetime = NOW, at_most: int = 20) -> list[OutboxRow]:
    """What this sender gets, in a transaction of its own."""
    async with database.transaction() as store:
        return list(await store.outbox.claim(WORKSPACE, owner, now, at_most))


async def time_passes(database: Database, how_long: timedelta, *, leases: bool = True) -> None:
    """The database's clock goes on by so much: everything it has written down lies so much further back."""
    async with database.transaction() as store:
        session = store.members._session
        held = await session.scalars(select(OutboxRow).where(OutboxRow.leased_until.is_not(None))) if leases else ()
        for row in (*held, *await session.scalars(select(PaceRow))):
            for name in ("leased_until", "looked_up_at", "arrival_at", "blocked_until", "slowed_until"):
                if getattr(row, name, None) is not None:
                    setattr(row, name, getattr(row, name) - how_long)


async def outbox_row(database: Database, row_id: int) -> OutboxRow:
    """An outbox row as it stands now."""
    async with database.engine.connect() as connection:
        found = (await connection.execute(_table(OutboxRow).select().where(OutboxRow.id == row_id))).mappings().one()
        return OutboxRow(**found)


def _table(row: type[OutboxRow]) -> Any:
    return row.__table__
