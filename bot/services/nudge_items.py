"""What a nudge is about: people who wait, then things promised, then one light prompt; three items at most (R4)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.facts.nudges import Nudge
from bot.facts.promises import Promise
from bot.facts.prompts import Prompt
from bot.programme import Programme
from bot.rules.nudges import RHYTHMS, WHEN_NEEDED, Slot, is_due, rhythm_after
from bot.rules.prompts import Given, choose, task_of
from bot.services import people
from bot.services.nudge_knowledge import Known
from bot.services.requests import request_of
from bot.services.tasks import settings_of
from storage.introductions import IntroductionRow
from storage.members import NUDGES, MemberRow
from storage.nudges import NudgeRow
from storage.promises import PromiseRow
from storage.prompts import DECLINED, PromptGivenRow
from storage.rows import new_ref
from storage.store import Store

ITEMS_AT_MOST: Final = 3
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
A_WEEK: Final = timedelta(weeks=1)
"""A promise with a day comes up in the nudge of the week before it, not months ahead."""


@dataclass(frozen=True)
class _Plan:
    """A nudge as the values of its row, and the key of its light prompt."""

    nudge: Mapping[str, object]
    prompt: str | None


def slot(member: MemberRow, programme: Programme) -> Slot:
    """The weekly slot where this person works (R3)."""
    nudges = people.settings(member, programme).nudges
    return Slot(WEEKDAYS.index(nudges.weekday), nudges.at, nudges.slot_hours)


def may_be_nudged(member: MemberRow) -> bool:
    """True for somebody who agreed to nudges and is here."""
    return member.wants(NUDGES) and member.is_here


async def prepare(
    store: Store,
    known_of: Mapping[MemberRow, Known],
    programme: Programme,
    now: datetime,
    carried_by: str | None = None,
) -> dict[MemberRow, NudgeRow]:
    """Keeps this week's nudges, with their light prompts, for those for whom one is due and not empty (R4).

    The people must be held. With `carried_by`, it comes with the reminder about that reference instead of alone (R20).
    """
    planned = {member: _planned(member, known, programme, now) for member, known in known_of.items()}
    due = {member: plan for member, plan in planned.items() if plan is not None}
    carrier = {"carried_by": carried_by} if carried_by else {}
    kept = await store.nudges.add([{**plan.nudge, **carrier} for plan in due.values()])
    await store.prompts.add(
        [
            {
                "workspace": member.workspace,
                "member_id": member.id,
                "nudge_id": kept[member.id].id,
                "prompt": plan.prompt,
                "given_at": now,
            }
            for member, plan in due.items()
            if plan.prompt is not None
        ]
    )
    return {member: kept[member.id] for member in due}


def _planned(member: MemberRow, known: Known, programme: Programme, now: datetime) -> _Plan | None:
    """This person's nudge and the prompt in it; None when it is not due or would be empty."""
    today, week = _local_day(member, now), now.astimezone(people.zone(member)).strftime("%G-W%V")
    snoozed = member.nudges_snoozed_until is not None and member.nudges_snoozed_until > now
    if not may_be_nudged(member) or snoozed or week in known.weeks:
        return None
    sent = known.sent
    rhythm = rhythm_after(member.nudge_rhythm, [one.was_answered for one in sent])
    # The nudge that says "less often" comes at the longer of the two distances.
    longer = max(rhythm, member.nudge_rhythm, key=lambda one: RHYTHMS[one])
    if not is_due(longer, _local_day(member, sent[0].planned_at) if sent else None, today):
        return None
    items = len(_waiting(known.waiting, member, today)) + len(_promised(known.promises, member, now))
    prompt = _new_prompt(member, known, programme, today) if items < ITEMS_AT_MOST else None
    if not (items or prompt):
        return None
    ref = new_ref()
    nudge = {
        "ref": ref,
        "workspace": member.workspace,
        "member_id": member.id,
        "week": week,
        "planned_at": now,
        "carried_by": ref,
        "rhythm": rhythm if rhythm != member.nudge_rhythm else None,
    }
    return _Plan(nudge, prompt)


async def content(store: Store, nudge: NudgeRow, member: MemberRow, programme: Programme) -> Nudge | None:
    """The items of a nudge that are still open, in their order; None when nothing is left, or none is wanted now."""
    if not may_be_nudged(member):
        return None
    unanswered = await store.introductions.waiting_without_reminder([member.id])
    waiting = _waiting(unanswered, member, _local_day(member, nudge.planned_at))
    promised = await store.promises.open_of(member.id, nudge.planned_at)
    promises = _promised(promised, member, nudge.planned_at)
    given = await store.prompts.of_nudge(nudge.id)
    items = (*waiting, *promises, *((given,) if given and given.answer is None else ()))[:ITEMS_AT_MOST]
    if not items:
        return None
    prompts = [_prompt(one, member, programme) for one in items if isinstance(one, PromptGivenRow)]
    return Nudge(
        nudge_ref=nudge.ref,
        waiting=tuple([await request_of(store, one) for one in items if isinstance(one, IntroductionRow)]),
        promises=tuple(promise_of(one) for one in items if isinstance(one, PromiseRow)),
        prompt=prompts[0] if prompts else None,
        rhythm=nudge.rhythm or member.nudge_rhythm,
    )


def promise_of(promise: PromiseRow) -> Promise:
    """A promise as its owner sees it."""
    return Promise(promise.ref, promise.words, promise.due_on)


def _waiting(
    waiting: Sequence[tuple[IntroductionRow, datetime]], member: MemberRow, today: date
) -> list[IntroductionRow]:
    """Requests of an earlier day whose own reminder has not come: nobody is reminded twice of one thing."""
    return [one for one, delivered_at in waiting if _local_day(member, delivered_at) < today]


def _promised(promises: Sequence[PromiseRow], member: MemberRow, now: datetime) -> list[PromiseRow]:
    if member.nudge_rhythm == WHEN_NEEDED:
        return []
    soon = _local_day(member, now) + A_WEEK
    return [one for one in promises if one.due_on is None or one.due_on <= soon]


def _new_prompt(member: MemberRow, known: Known, programme: Programme, today: date) -> str | None:
    """A light prompt for a contact person; none while somebody waits whose reminder has come already."""
    if member.nudge_rhythm == WHEN_NEEDED or not member.can_be_asked:
        return None
    if any(one.remind_at is not None and _local_day(member, one.remind_at) < today for one in known.pending):
        return None
    given = [Given(one.prompt, _local_day(member, one.given_at), one.answer == DECLINED) for one in known.prompts]
    return choose(settings_of(member, programme), member.tasks, given, today, member.ref)


def _prompt(given: PromptGivenRow, member: MemberRow, programme: Programme) -> Prompt:
    setting = settings_of(member, programme)[task_of(given.prompt)]
    return Prompt(given.ref, given.prompt, setting.needs_resources, setting.note, setting.who_decides)


def _local_day(member: MemberRow, at: datetime) -> date:
    return at.astimezone(people.zone(member)).date()
