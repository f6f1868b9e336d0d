"""One transaction's view of every table, noun by noun."""

from functools import cached_property
from typing import Any

from sqlalchemy import event, inspect
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Session

from storage.agenda import Agenda
from storage.asks import AskRow, Asks
from storage.audit import Audit
from storage.avoids import Avoids
from storage.away_periods import AwayPeriodRow, AwayPeriods
from storage.belongings import Belongings
from storage.candidates import Candidates
from storage.check_ins import CheckIns
from storage.circles import CircleRow, Circles
from storage.counts import Counts
from storage.data_links import DataLinks
from storage.events import EventReplyRow, EventRow, Events
from storage.farewells import Farewells
from storage.guests import Guests
from storage.homes import Homes
from storage.inbox import Inbox
from storage.introductions import IntroductionRow, Introductions
from storage.knowledge import Knowledge
from storage.listings import Listings
from storage.meetups import MeetupMemberRow, Meetups
from storage.members import MemberRow, Members
from storage.network import Network
from storage.nudges import Nudges
from storage.outbox import Outbox
from storage.paces import Paces
from storage.promises import PromiseRow, Promises
from storage.prompts import Prompts
from storage.questions import QuestionRow, Questions
from storage.reports import Reports
from storage.waits import WaitRow, Waits

_LISTED_BY = (
    "roles", "purposes", "availability", "deactivated_at", "external_id", "capacity",
    "country", "region", "institution", "languages", "last_contact_at", "confirmation",
)  # fmt: skip
"""What the list says of a person follows from these."""

_SHOWN_AT_HOME = (
    "name", "roles", "vouched_roles", "availability", "capacity", "confirmation", "institution", "purposes",
    "nudge_rhythm", "chosen_language", "suggested_language", "timezone", "joined_at",
)  # fmt: skip
"""What a person's own home says of them follows from these."""
_ON_THE_NETWORK = ("roles", "vouched_roles", "confirmation", "deactivated_at", "institution")
"""What coordinators and leaders see of a person follows from these."""


class Store:
    """The tables as one transaction sees them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session
        event.listen(session.sync_session, "after_flush", self._note_who_changed)

    async def settle(self) -> None:
        """What follows from the changes of this transaction is written too; the last act before the commit."""
        await self.listings.bring_up_to_date()
        await self.homes.bring_up_to_date()

    def _note_who_changed(self, session: Session, _flush: object) -> None:
        for row in (*session.new, *session.dirty):
            self.listings.outdate(_listed_by(row))
        for row in (*session.new, *session.dirty, *session.deleted):
            self.homes.outdate(_shown_to(row))
            if _changes_network(row):
                self.homes.outdate_network(row.workspace)
            if _changes_desk(row):
                self.homes.outdate_desk(row.workspace)
            if isinstance(row, CircleRow):
                self.homes.outdate_circle(row.id)
            if isinstance(row, EventRow) and _changed(row, "title", "starts_at", "state"):
                self.homes.outdate_event(row.id)

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
    def knowledge(self) -> Knowledge:
        """What is answered, and who changed it."""
        return Knowledge(self._session)

    @cached_property
    def questions(self) -> Questions:
        """What people asked people."""
        return Questions(self._session)

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
    def audit(self) -> Audit:
        """Who did what of consequence."""
        return Audit(self._session)

    @cached_property
    def belongings(self) -> Belongings:
        """Everything about one person."""
        return Belongings(self._session, self.counts, self.listings)

    @cached_property
    def counts(self) -> Counts:
        """What is left of what was deleted."""
        return Counts(self._session)

    @cached_property
    def data_links(self) -> DataLinks:
        """One-time addresses of copies."""
        return DataLinks(self._session)

    @cached_property
    def farewells(self) -> Farewells:
        """What ended because somebody left."""
        return Farewells(self._session)

    @cached_property
    def reports(self) -> Reports:
        """Problems that were reported."""
        return Reports(self._session)

    @cached_property
    def homes(self) -> Homes:
        """Whose home view says something that is no longer so."""
        return Homes(self._session)

    @cached_property
    def network(self) -> Network:
        """What whoever looks after the network sees of it."""
        return Network(self._session)

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


def _shown_to(row: object) -> list[int]:
    """The people whose homes say something of this row, now that it was written or deleted."""
    match row:
        case MemberRow():
            return [row.id] if _changed(row, *_SHOWN_AT_HOME) else []
        case IntroductionRow():
            return [row.asker_id, row.contact_id] if _changed(row, "state") else []
        case PromiseRow() | AwayPeriodRow() | MeetupMemberRow():
            return [row.member_id]
        case EventReplyRow() if row.member_id is not None:
            return [row.member_id]
    return []


def _changes_network(row: Any) -> bool:
    if isinstance(row, AskRow | WaitRow):
        return _changed(row, "state")
    return isinstance(row, MemberRow) and _changed(row, *_ON_THE_NETWORK)


def _changes_desk(row: Any) -> bool:
    """A question asked or ended, an event announced, changed or off. Answers to events are counted as a home is drawn:
    a thousand of them would draw it a thousand times.
    """
    if isinstance(row, QuestionRow):
        return _changed(row, "asked_at", "state")
    return isinstance(row, EventRow) and _changed(row, "state", "title", "starts_at")


def _changed(row: object, *names: str) -> bool:
    attributes: Any = inspect(row)
    return any(attributes.attrs[name].history.has_changes() for name in names)
