"""The steps of a round, inside the transaction of whoever takes them: poll, groups, and what each is told (R13)."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.programme import Programme
from bot.rules import groups
from bot.rules.groups import Group, Met, Seat
from bot.rules.open_time import NeverOpen, moment, on_nth_open_day
from bot.rules.slots import day_before, open_for_all
from bot.services import people
from bot.services.intents import about
from storage.circles import CircleRow, wants_messages
from storage.meetups import CANCELLED, GROUPED, REMINDER, MeetupMemberRow, MeetupRow, RoundRow, SlotRow
from storage.members import MemberRow
from storage.outbox import Intent, Priority
from storage.store import Store

FORGOTTEN_AFTER: Final = timedelta(days=7)
"""So long after a meetup nobody is asked any more whether it took place."""
NEWS: Final = timedelta(days=3)
"""After so long it is late to say that nobody else could come."""


async def begin(
    store: Store,
    circle: CircleRow,
    slots: Sequence[datetime],
    minutes: int,
    now: datetime,
    closes_at: datetime,
    *,
    proposed_by: int | None = None,
    place: str = "",
    link: str = "",
) -> RoundRow:
    """Begins a round: the poll goes to each member in their open time, once."""
    latest = await store.meetups.latest_round(circle.id)
    held = RoundRow(
        workspace=circle.workspace,
        circle_id=circle.id,
        number=latest.number + 1 if latest else 1,
        begun_at=now,
        closes_at=closes_at,
        minutes=minutes,
        proposed_by=proposed_by,
        place=place,
        link=link,
    )
    store.meetups.add(held)
    await store.flush()
    for starts_at in slots:
        store.meetups.add(SlotRow(workspace=circle.workspace, round_id=held.id, starts_at=starts_at))
    for member in await store.circles.members(circle.id):
        await invite(store, held, member, now)
    return held


async def invite(store: Store, held: RoundRow, member: MemberRow, now: datetime) -> None:
    """Plans the poll for one member; what is not read before it closes has lost its point."""
    if wants_messages(member):
        await store.outbox.put(about(held, "meetups.poll", member, Priority.CHECK_IN, now, expires_at=held.closes_at))


async def make_groups(store: Store, held: RoundRow, circle: CircleRow, programme: Programme, now: datetime) -> None:
    """Makes the small groups of those who can come, and tells whoever has none; an empty round is silent."""
    held.state = GROUPED
    members = {one.id: one for one in await store.circles.members(circle.id) if wants_messages(one)}
    slots = await store.meetups.slots(held.id)
    votes = await store.meetups.votes(held.id)
    places = {slot.ref: place for place, slot in enumerate(slots) if slot.starts_at > now}
    seats = [_seat(members[one], refs, places) for one, refs in votes.items() if one in members]
    last = await store.meetups.put_together(circle.id, held.number)
    met: Met = {pair: held.number - number for pair, number in last.items()}
    apart = await store.avoids.among([seat.person for seat in seats])
    grouping = groups.arrange(seats, met, seed=held.number, apart=apart)
    for group in grouping.groups:
        await _meet(store, held, slots[group.slot].starts_at, group, members, programme, now)
    for member_id in grouping.alone:
        await store.outbox.put(
            about(held, "meetups.alone", members[member_id], Priority.CHECK_IN, now, expires_at=now + NEWS)
        )


async def withdraw(store: Store, meetup: MeetupRow, member_id: int, now: datetime) -> None:
    """Takes somebody out of a meetup; if a single person is left, it is cancelled and that person is told."""
    await store.meetups.leave(meetup.id, member_id)
    left = await store.meetups.people(meetup.id)
    meetup.sequence, meetup.changed_at = meetup.sequence + 1, now
    if len(left) > 1:
        return
    meetup.state = CANCELLED
    store.homes.outdate([member.id for member in left])
    for member in left:
        await store.outbox.put(
            about(meetup, "meetups.cancelled", member, Priority.REMINDER, now, expires_at=meetup.starts_at)
        )


def _seat(member: MemberRow, refs: tuple[str, ...], places: dict[str, int]) -> Seat:
    possible = frozenset(places[ref] for ref in refs if ref in places)
    return Seat(member.id, possible, member.institution, frozenset(member.roles))


async def _meet(
    store: Store,
    held: RoundRow,
    starts_at: datetime,
    group: Group,
    members: dict[int, MemberRow],
    programme: Programme,
    now: datetime,
) -> None:
    """Keeps one meetup, and everything that will be said about it: the conversation, one reminder, one question."""
    meetup = MeetupRow(
        workspace=held.workspace,
        round_id=held.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=held.minutes),
        changed_at=now,
    )
    store.meetups.add(meetup)
    await store.flush()
    together = [members[one] for one in group.people]
    for member in together:
        store.meetups.add(MeetupMemberRow(meetup_id=meetup.id, member_id=member.id, workspace=held.workspace))
        await store.outbox.put_all(plan(meetup, member, programme))
    opens_at = _open_for_all(together, programme, now, starts_at)
    await store.outbox.put(
        about(meetup, "meetups.group", together[0], Priority.INTRODUCTION, opens_at, expires_at=starts_at)
    )


def plan(meetup: MeetupRow, member: MemberRow, programme: Programme) -> Sequence[Intent]:
    """One reminder at 10:00 one open day before, and "did you meet?" at 10:00 on the open day after, by their clock."""
    calendar, at = people.calendar(member, programme), programme.meetups.at
    reminder_at = moment(calendar, day_before(calendar, meetup.starts_at), at)
    reminder = about(meetup, REMINDER, member, Priority.REMINDER, reminder_at, expires_at=meetup.starts_at)
    try:
        asked_at = on_nth_open_day(calendar, meetup.ends_at, 1, at)
    except NeverOpen:
        return [reminder]
    forgotten_at = max(meetup.ends_at, asked_at) + FORGOTTEN_AFTER
    return [
        reminder,
        about(meetup, "meetups.did_you_meet", member, Priority.CHECK_IN, asked_at, expires_at=forgotten_at),
    ]


def _open_for_all(members: Sequence[MemberRow], programme: Programme, now: datetime, until: datetime) -> datetime:
    """When the group conversation opens: in everybody's open time if there is such a moment before they meet."""
    try:
        return open_for_all([people.calendar(one, programme) for one in members], now, until) or now
    except NeverOpen:
        return now
