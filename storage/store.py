"""One transaction's view of every table, noun by noun."""

from functools import cached_property

from sqlalchemy.ext.asyncio import AsyncSession

from storage.agenda import Agenda
from storage.asks import Asks
from storage.away_periods import AwayPeriods
from storage.candidates import Candidates
from storage.check_ins import CheckIns
from storage.circles import Circles
from storage.inbox import Inbox
from storage.introductions import Introductions
from storage.meetups import Meetups
from storage.members import Members
from storage.nudges import Nudges
from storage.outbox import Outbox
from storage.paces import Paces
from storage.promises import Promises
from storage.prompts import Prompts
from storage.waits import Waits


class Store:
    """The tables as one transaction sees them."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

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
        return Members(self._session)

    @cached_property
    def away_periods(self) -> AwayPeriods:
        """Who is away when."""
        return AwayPeriods(self._session)

    @cached_property
    def candidates(self) -> Candidates:
        """Who can be asked, and whose places are taken."""
        return Candidates(self._session)

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
