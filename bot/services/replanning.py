"""Somebody's calendar has changed: what was planned by it is planned anew."""

from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.programme import Programme
from bot.rules.nudges import next_slot
from bot.rules.open_time import Calendar, NeverOpen, is_open_day, moment, nth_open_day
from bot.services import event_steps, people, rounds
from bot.services.nudge_items import slot
from storage.members import MemberRow
from storage.store import Store


async def replan(
    store: Store, member: MemberRow, programme: Programme, now: datetime, *, zone_before: ZoneInfo | None = None
) -> None:
    """Messages that wait, the clocks of requests and questions, check-ins and reminders follow a person's new calendar.

    A clock starts again from the same delivery, because days that are closed now do not count (R6). A check-in
    keeps its day and its hour on the person's own clock (R12), or takes the next open day. Meetups and events stay
    where they are, and what is said about them comes at ten on the open day before or after (R13, R19). `zone_before`
    is where the clock stood until now, if it moved.
    """
    await store.outbox.look_again(member.id, now)
    if member.nudge_due_at is not None:
        # Looked at early, a slot is only found not to have come yet; looked at late, it would be missed.
        its_slot = next_slot(people.calendar(member, programme), slot(member, programme), now)
        member.nudge_due_at = min(member.nudge_due_at, its_slot)
    await _gatherings(store, member, programme, now)
    await _clocks(store, member, now)
    await _check_ins(store, member, programme, zone_before)


async def _gatherings(store: Store, member: MemberRow, programme: Programme, now: datetime) -> None:
    for meetup in await store.meetups.of_member(member.id, now - rounds.FORGOTTEN_AFTER):
        await store.outbox.plan_anew(rounds.plan(meetup, member, programme))
    for event_id in await store.events.answered_ahead(member.id, now):
        event = await store.events.by_id(event_id)
        await store.outbox.plan_anew(event_steps.plan(event, member, programme, now))


async def _clocks(store: Store, member: MemberRow, now: datetime) -> None:
    """Without a clock it is started again at the next tick (`start_clocks` of requests and of questions)."""
    for introduction in await store.introductions.pending_to(member.id):
        introduction.remind_at = introduction.release_at = None
    for question in await store.questions.waiting_with(member.id):
        # One whose time is over goes on as it is.
        if question.move_on_at is not None and question.move_on_at > now:
            question.remind_at = question.move_on_at = None


async def _check_ins(store: Store, member: MemberRow, programme: Programme, zone_before: ZoneInfo | None) -> None:
    calendar, at = people.calendar(member, programme), programme.check_ins.at
    for check_in in await store.check_ins.to_come(member.id):
        if check_in.asked_at is None:
            check_in.due_at = moment(calendar, _open_day(calendar, _day(check_in.due_at, calendar, zone_before)), at)
        elif check_in.fade_at is not None:
            check_in.fade_at = moment(calendar, _open_day(calendar, _day(check_in.fade_at, calendar, zone_before)), at)


def _day(at: datetime, calendar: Calendar, zone_before: ZoneInfo | None) -> date:
    return at.astimezone(zone_before or calendar.zone).date()


def _open_day(calendar: Calendar, day: date) -> date:
    """The day itself or the next open one; for somebody with none in sight the last look will wait."""
    try:
        return day if is_open_day(calendar, day) else nth_open_day(calendar, day, 1)
    except NeverOpen:
        return day
