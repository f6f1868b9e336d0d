"""What is known of people when their nudges are planned: fetched for all of them together, never one by one."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.rules.nudges import WHEN_NEEDED_AFTER
from storage.introductions import IntroductionRow
from storage.nudges import NudgeRow
from storage.promises import PromiseRow
from storage.prompts import PromptGivenRow
from storage.store import Store

LATELY = timedelta(days=9)
"""Longer than a week anywhere: whatever nudge belongs to the week of this moment was planned since then."""


@dataclass
class Known:
    """What is known of one person: `sent` and `waiting` as the storage orders them."""

    weeks: set[str] = field(default_factory=set)
    sent: Sequence[NudgeRow] = ()
    pending: list[IntroductionRow] = field(default_factory=list)
    waiting: list[tuple[IntroductionRow, datetime]] = field(default_factory=list)
    promises: Sequence[PromiseRow] = ()
    prompts: list[PromptGivenRow] = field(default_factory=list)
    reminders: list[datetime] = field(default_factory=list)

    def is_reminded_between(self, begins_at: datetime, ends_at: datetime) -> bool:
        """True when an unanswered request or question to this person, or what they come to, has its reminder then."""
        of_requests = [one.remind_at for one in self.pending if one.remind_at is not None]
        return any(begins_at <= at < ends_at for at in (*of_requests, *self.reminders))


async def knowledge(store: Store, member_ids: Collection[int], now: datetime) -> dict[int, Known]:
    """What is known of each of these people, in seven statements for any number of them."""
    known: defaultdict[int, Known] = defaultdict(Known)
    for member_id, sent in (await store.nudges.latest_sent_to(member_ids, WHEN_NEEDED_AFTER)).items():
        known[member_id].sent = sent
    for member_id, promises in (await store.promises.open_of_each(member_ids, now)).items():
        known[member_id].promises = promises
    for member_id, week in await store.nudges.weeks_since(member_ids, now - LATELY):
        known[member_id].weeks.add(week)
    for pending in await store.introductions.pending_to_any(member_ids):
        known[pending.contact_id].pending.append(pending)
    for waiting in await store.introductions.waiting_without_reminder(member_ids):
        known[waiting[0].contact_id].waiting.append(waiting)
    for given in await store.prompts.given_to(member_ids):
        known[given.member_id].prompts.append(given)
    for member_id, reminded_at in await store.nudges.reminders_to(member_ids):
        known[member_id].reminders.append(reminded_at)
    return known
