"""One transaction's view of every table, noun by noun."""

from functools import cached_property
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from storage.agenda import Agenda
from storage.asks import Asks
from storage.avoids import Avoids
from storage.away_periods import AwayPeriods
from storage.candidates import Candidates
from storage.check_ins import CheckIns
from storage.circles import Circles
from storage.events import Events
from storage.guests import Guests
from storage.inbox import Inbox
from storage.introductions import IntroductionRow, Introductions
from storage.listings import Listings
from storage.meetups import Meetups
from storage.members import MemberRow, Members
from storage.nudges import Nudges
from storage.outbox import Outbox
from storage.paces import Paces
from storage.promises import Promises
from storage.prompts import Prompts
from storage.waits import WaitRow, Waits

_LISTED_BY = (
    "roles", "purposes", "availability", "deactivated_at", "external_id", "capacity",
    "country", "region", "institution", "languages", "last_contact_at",
)  # fmt: skip
"""What the list says of a person follows from these."""


class Store:
    """The tables as one transaction sees them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        event.listen(session.sync_session, "after_flush", self._note_who_changed)

    async def settle(self) -> None:
        """What follows from the changes of this transaction is written too; the last act before the commit."""
        await self.listings.bring_up_to_date()

    def _note_who_changed(self, session: Session, _flush: object) -> None:
        for row in (*session.new, *session.dirty):
            self.listings.outdate(_listed_by(row))

    async def flush(self) -> None:
        """Writes what was added so far, so that queries and numbers include it; commits nothing."""
        await self._session.flush()

    @cached_property
    def agenda(self) -> Agenda:
        """Whether anything is due at all."""
        return Agenda(self._session)

    @cached_property
    def members(self) -> Members:
        """Who is in the network."""
        return Members(self._session, self.listings.outdate)

    @cached_property
    def away_periods(self) -> AwayPeriods:
        """Who is away when."""
        return AwayPeriods(self._session)

    @cached_property
    def candidates(self) -> Candidates:
        """Who can be asked, and whose places are taken."""
        return Candidates(self._session)

    @cached_property
    def avoids(self) -> Avoids:
        """Who is not to be brought together with whom."""
        return Avoids(self._session)

    @cached_property
    def guests(self) -> Guests:
        """Guests of events without an account, and calendar addresses."""
        return Guests(self._session)

    @cached_property
    def listings(self) -> Listings:
        """The directory as it is searched."""
        return Listings(self._session)

    @cached_property
    def asks(self) -> Asks:
        """What was asked for."""
        return Asks(self._session)

    @cached_property
    def introductions(self) -> Introductions:
        """Requests and contacts."""
        return Introductions(self._session)

    @cached_property
    def waits(self) -> Waits:
        """Waiting lists."""
        return Waits(self._session)

    @cached_property
    def check_ins(self) -> CheckIns:
        """How contacts go."""
        return CheckIns(self._session)

    @cached_property
    def nudges(self) -> Nudges:
        """The one nudge a week."""
        return Nudges(self._session)

    @cached_property
    def promises(self) -> Promises:
        """What people noted for themselves."""
        return Promises(self._session)

    @cached_property
    def prompts(self) -> Prompts:
        """Which light prompts were given."""
        return Prompts(self._session)

    @cached_property
    def circles(self) -> Circles:
        """Who likes to meet whom now and then."""
        return Circles(self._session)

    @cached_property
    def meetups(self) -> Meetups:
        """Polls and the meetups that come of them."""
        return Meetups(self._session)

    @cached_property
    def events(self) -> Events:
        """What is announced, and who comes."""
        return Events(self._session)

    @cached_property
    def outbox(self) -> Outbox:
        """What is to be sent."""
        return Outbox(self._session)

    @cached_property
    def paces(self) -> Paces:
        """How fast may be posted."""
        return Paces(self._session)

    @cached_property
    def inbox(self) -> Inbox:
        """What was received."""
        return Inbox(self._session)


def _listed_by(row: object) -> list[int]:
    """The person of whom other things may be listed now that this row was written."""
    if isinstance(row, MemberRow):
        return [row.id] if _changed(row, *_LISTED_BY) else []
    if isinstance(row, IntroductionRow | WaitRow) and row.contact_id is not None:
        return [row.contact_id] if _changed(row, "state", "contact_id") else []
    return []


def _changed(row: object, *names: str) -> bool:
    attributes: Any = inspect(row)
    return any(attributes.attrs[name].history.has_changes() for name in names)
