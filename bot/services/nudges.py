"""One nudge a week at most, in one slot, and only when somebody waits (R3, R4, R20)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.facts.nudges import RhythmChosen, Snoozed
from bot.programme import Programme
from bot.rules.open_time import is_open, moment
from bot.services import people
from bot.services.intents import about
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store

RHYTHMS: Final = {"weekly": 1, "fortnightly": 2, "monthly": 4, "when_needed": 0}
"""Weeks between two nudges; 0 means never: the request itself is enough (R4)."""
WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday")
KIND: Final = "nudges.weekly"


@dataclass(frozen=True)
class Nudges:
    """Reminds contact persons, lightly, of people who wait."""

    database: Database
    clock: Clock
    programme: Programme

    async def plan(self) -> None:
        """Plans this week's nudge for everybody in whose time the slot has come; a closed slot is skipped (R3).

        It is about requests of an earlier day whose own reminder has not come: nobody is reminded twice of one thing.
        """
        async with self.database.transaction() as store:
            now = self.clock.now()
            for introduction, delivered_at in await store.introductions.waiting_without_reminder():
                contact = await store.members.by_id(introduction.contact_id)
                zone = people.zone(contact)
                if delivered_at.astimezone(zone).date() < now.astimezone(zone).date():
                    await self._plan(store, contact, now)

    async def less_often(self, member_id: int) -> RhythmChosen:
        """The next slower rhythm, down to "only when needed" (R4)."""
        async with self.database.transaction() as store:
            member = await store.members.by_id(member_id)
            order = list(RHYTHMS)
            member.nudge_rhythm = order[min(order.index(member.nudge_rhythm) + 1, len(order) - 1)]
            return RhythmChosen(member.nudge_rhythm)

    async def snooze(self, member_id: int) -> Snoozed:
        """No nudge in the coming week."""
        async with self.database.transaction() as store:
            member = await store.members.by_id(member_id)
            member.nudges_snoozed_until = self.clock.now() + timedelta(days=8)
            return Snoozed()

    async def _plan(self, store: Store, contact: MemberRow, now: datetime) -> None:
        settings = self.programme.nudges
        calendar = people.calendar(contact, self.programme)
        local = now.astimezone(calendar.zone)
        slot = moment(calendar, local.date(), settings.at)
        ends_at = slot + timedelta(hours=settings.slot_hours)
        in_slot = local.weekday() == WEEKDAYS.index(settings.weekday) and slot <= now < ends_at
        if not in_slot or not is_open(calendar, now) or await self._is_reminded(store, contact, slot):
            return
        if await self._is_welcome(store, contact, now):
            week = local.strftime("%G-W%V")
            await store.outbox.put(
                about(contact, KIND, contact, Priority.NUDGE, now, occurrence=week, expires_at=ends_at)
            )

    async def _is_reminded(self, store: Store, contact: MemberRow, slot: datetime) -> bool:
        """True when a reminder goes out in this slot: that is their one message then (R20)."""
        latest = await store.outbox.latest_to(contact.id, "introductions.reminder")
        return latest is not None and latest.not_before >= slot

    async def _is_welcome(self, store: Store, contact: MemberRow, now: datetime) -> bool:
        weeks = RHYTHMS[contact.nudge_rhythm]
        snoozed = contact.nudges_snoozed_until is not None and contact.nudges_snoozed_until > now
        if weeks == 0 or snoozed or not contact.can_be_asked:
            return False
        latest = await store.outbox.latest_to(contact.id, KIND)
        return latest is None or now - latest.not_before >= timedelta(weeks=weeks) - timedelta(hours=12)
