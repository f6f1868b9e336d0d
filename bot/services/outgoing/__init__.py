"""What each message from the outbox says, looked up at the moment it leaves: None when it has lost its point."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.programme import Programme
from bot.services.addresses import Addresses
from bot.services.outgoing import (
    away,
    check_ins,
    events,
    farewells,
    introductions,
    meetups,
    members,
    nudges,
    questions,
    reports,
    roles,
    settled,
    tasks,
    waits,
)
from bot.services.outgoing.look import Look, Lookup
from bot.services.search import Search
from bot.understanding.regions import RegionRecogniser
from storage.members import MemberRow
from storage.nudges import REMINDERS
from storage.store import Store

_LOOKUPS: Final[dict[str, Lookup]] = (
    introductions.LOOKUPS
    | settled.LOOKUPS
    | waits.LOOKUPS
    | check_ins.LOOKUPS
    | nudges.LOOKUPS
    | members.LOOKUPS
    | away.LOOKUPS
    | tasks.LOOKUPS
    | questions.LOOKUPS
    | farewells.LOOKUPS
    | reports.LOOKUPS
    | roles.LOOKUPS
)
"""Every kind of message that Silta starts by itself."""


@dataclass(frozen=True)
class Outgoing:
    """Looks up the fact that a message of the outbox is to tell, inside the sender's transaction."""

    programme: Programme
    search: Search
    addresses: Addresses
    regions: RegionRecogniser

    async def fact(
        self,
        store: Store,
        kind: str,
        subject: str,
        recipient: MemberRow,
        now: datetime,
        place: tuple[str, str] | None = None,
    ) -> object | None:
        """The fact to word for this recipient; None when there is no point in it any more.

        `place` is channel and ts of the message that it is to replace.
        """
        lookups = _LOOKUPS | meetups.lookups(self.addresses) | events.lookups(self.regions, self.addresses)
        look_up = nudges.with_nudge(lookups[kind]) if kind in REMINDERS else lookups[kind]
        return await look_up(Look(store, subject, recipient, now, self.programme, self.search, place))
