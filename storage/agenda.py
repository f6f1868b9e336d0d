"""One question instead of ten: is anything due at all?"""

from datetime import datetime

from sqlalchemy import Exists, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from storage.check_ins import CheckInRow
from storage.circles import OPEN as VOTED_ON
from storage.circles import CircleChangeRow, CircleRow
from storage.events import events_due
from storage.homes import HomeRow
from storage.introductions import ASKED, OPEN, IntroductionRow
from storage.knowledge import WeeklyListRow
from storage.meetups import CANCELLED, POLLING, AgendaItemRow, MeetupRow, RoundRow
from storage.members import MemberRow, is_due_to_confirm, nudge_is_due
from storage.outbox import LEASED, PENDING, OutboxRow
from storage.questions import ASKED as WITH_A_PERSON
from storage.questions import QuestionRow
from storage.waits import OFFERED, WAITING, WaitRow


class Agenda:
    """Looks at every table in which time passes."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def has_something_due(self, now: datetime) -> bool:
        """False when no job could find anything to do: no open request, nobody waiting, no question, no message."""
        open_contact = exists().where(IntroductionRow.id == CheckInRow.introduction_id, IntroductionRow.state == OPEN)
        to_ask = CheckInRow.asked_at.is_(None) & (CheckInRow.due_at <= now)
        to_fade = CheckInRow.answer.is_(None) & (CheckInRow.fade_at <= now)
        to_send = OutboxRow.state.in_((PENDING, LEASED)) & (OutboxRow.not_before <= now)
        due = or_(
            exists().where(IntroductionRow.state == ASKED),
            exists().where(WaitRow.state.in_((WAITING, OFFERED))),
            exists().where(or_(to_ask, to_fade), open_contact),
            exists().where(to_send),
            exists().where(HomeRow.is_outdated),
            *_meetups_due(now),
            *events_due(now),
            exists(select(MemberRow.id).where(nudge_is_due(now))),
            exists(select(MemberRow.id).where(is_due_to_confirm(now.date()))),
            exists().where(QuestionRow.state == WITH_A_PERSON),
            exists().where(WeeklyListRow.due_at <= now),
        )
        return bool(await self._session.scalar(select(due)))


def _meetups_due(now: datetime) -> tuple[Exists, ...]:
    """A poll to begin or to close, a vote to count, an agenda to forget."""
    over = (MeetupRow.ends_at <= now) | (MeetupRow.state == CANCELLED)
    return (
        exists().where(CircleRow.next_poll_at <= now),
        exists().where(RoundRow.state == POLLING, RoundRow.closes_at <= now),
        exists().where(CircleChangeRow.state == VOTED_ON, CircleChangeRow.closes_at <= now),
        exists().where(AgendaItemRow.meetup_id == MeetupRow.id, over),
    )
