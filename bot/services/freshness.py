"""Profiles stay right: once a year each contact person is asked whether theirs still is, and nobody is pressed."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.members import ProfileConfirmed
from bot.programme import Programme
from bot.rules.nudges import slot_of
from bot.rules.open_time import next_open
from bot.services import people
from bot.services.intents import about
from bot.services.nudge_items import slot
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store

A_YEAR: Final = timedelta(days=365)
AT_ONCE: Final = 25
"""People who are asked in one tick: after a big import, a year later, it is everybody's day."""
KIND: Final = "members.still_right"


@dataclass(frozen=True)
class Freshness:
    """Asks contact persons once a year whether what they offer is still right."""

    database: Database
    clock: Clock
    programme: Programme

    async def ask(self) -> None:
        """Plans the question for those whose year is over; whether or not they answer, the next one is a year away."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for member in await store.members.due_to_confirm(now.date(), AT_ONCE):
                await self._ask(store, member, now)

    async def confirm(self, member_id: int) -> ProfileConfirmed:
        """The contact person says that their profile is right. Raises UnknownReference when they are none any more."""
        async with self.database.transaction() as store:
            member = await store.members.locked(member_id)
            if not member.is_contact:
                raise UnknownReference
            confirmed(member, self.clock.now())
            return ProfileConfirmed()

    async def _ask(self, store: Store, member: MemberRow, now: datetime) -> None:
        due_on, member.confirm_due_on = member.confirm_due_on, now.date() + A_YEAR
        not_before = self._outside_the_slot(member, now)
        await store.outbox.put(
            about(member, KIND, member, Priority.ANNOUNCEMENT, not_before, occurrence=f"{due_on:%Y-%m-%d}")
        )

    def _outside_the_slot(self, member: MemberRow, now: datetime) -> datetime:
        """Their next open minute that does not lie in the slot of the weekly nudge: two messages at once are one too
        many (R20).
        """
        calendar = people.calendar(member, self.programme)
        opens_at = next_open(calendar, now)
        times = slot_of(calendar, slot(member, self.programme), opens_at)
        return next_open(calendar, times[1]) if times else opens_at


def confirmed(member: MemberRow, now: datetime) -> None:
    """What this contact person offers is right today, as they said or showed; the next question is a year away."""
    member.confirmed_on, member.confirm_due_on = now.date(), now.date() + A_YEAR


def is_fresh(confirmed_on: date, now: datetime) -> bool:
    """True within a year of the confirmation."""
    return now.date() - confirmed_on < A_YEAR
