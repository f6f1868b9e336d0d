"""How contacts go: both sides are asked, separately and rarely, and any answer is a good one (R12, S1)."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.clock import Clock
from bot.errors import AlreadyEnded, UnknownReference
from bot.facts.check_ins import ASKER_BENEFITS, CONTACT_BENEFITS, BenefitNoted, InTouch, Kept, NotYet
from bot.facts.introductions import Thanked
from bot.programme import Programme
from bot.rules.open_time import is_open_day, moment, nth_open_day, on_nth_open_day
from bot.services import people
from bot.services.intents import about
from storage import check_ins, introductions
from storage.check_ins import CheckInRow
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store


def plan_first_check_ins(
    store: Store,
    introduction: IntroductionRow,
    both: tuple[MemberRow, MemberRow],
    programme: Programme,
    now: datetime,
) -> None:
    """Plans the first question to each side, after 7 of their own open days, at 10:00 their time (R12)."""
    rhythm = programme.check_ins
    for member in both:
        calendar = people.calendar(member, programme)
        due_at = on_nth_open_day(calendar, now, rhythm.first_after_open_days, rhythm.at)
        _plan(store, introduction, member.id, number=1, due_at=due_at)


@dataclass(frozen=True)
class CheckIns:
    """The questions to both sides of a contact, and their answers."""

    database: Database
    clock: Clock
    programme: Programme

    async def in_touch(self, member_id: int, check_in_ref: str) -> InTouch:
        """They were in touch; the last answer wins (R17). Raises UnknownReference or AlreadyEnded."""
        async with self.database.transaction() as store:
            check_in, introduction, other = await self._open(store, member_id, check_in_ref)
            self._answer(check_in, "in_touch")
            await self._stays_open(store, introduction)
            benefits = ASKER_BENEFITS if introduction.asker_id == member_id else CONTACT_BENEFITS
            next_on = await self._next_on(store, check_in)
            return InTouch(check_in.ref, people.person(other), benefits, next_on)

    async def not_yet(self, member_id: int, check_in_ref: str) -> NotYet:
        """They were not in touch yet. Raises UnknownReference or AlreadyEnded."""
        async with self.database.transaction() as store:
            check_in, _, other = await self._open(store, member_id, check_in_ref)
            self._answer(check_in, "not_yet")
            return NotYet(check_in.ref, people.person(other), await self._next_on(store, check_in))

    async def no_longer_needed(self, member_id: int, check_in_ref: str) -> Thanked:
        """The contact has done its work: thanks, and closed for both. Raises UnknownReference or AlreadyEnded."""
        async with self.database.transaction() as store:
            check_in, introduction, other = await self._open(store, member_id, check_in_ref)
            self._answer(check_in, "no_longer_needed")
            return await self._close(store, introduction, other)

    async def benefit(self, member_id: int, check_in_ref: str, benefit: str) -> BenefitNoted:
        """What this person got out of it; "nothing yet" is a good answer (S1). Raises UnknownReference."""
        async with self.database.transaction() as store:
            check_in, introduction, other = await self._of_person(store, member_id, check_in_ref)
            allowed = ASKER_BENEFITS if introduction.asker_id == member_id else CONTACT_BENEFITS
            if benefit not in allowed:
                raise UnknownReference
            check_in.benefit = benefit
            next_on = await self._next_on(store, check_in)
            return BenefitNoted(check_in.ref, people.person(other), benefit, allowed, next_on)

    async def keep(self, member_id: int, check_in_ref: str) -> Kept:
        """The quiet contact stays open, and both are asked again in four weeks. Raises as `in_touch` does."""
        async with self.database.transaction() as store:
            check_in, introduction, other = await self._open(store, member_id, check_in_ref)
            if check_in.answer != "keep":
                await self._stays_open(store, introduction)
            self._answer(check_in, "keep")
            return Kept(people.person(other), await self._next_on(store, check_in))

    async def close(self, member_id: int, ref: str) -> Thanked:
        """Thanks and closes, from a check-in card or from the list of contacts. Raises as `in_touch` does."""
        async with self.database.transaction() as store:
            check_in = await store.check_ins.of_person(member_id, ref)
            if check_in is not None:
                _, introduction, other = await self._open(store, member_id, ref)
                self._answer(check_in, "close")
                return await self._close(store, introduction, other)
            contact = await store.introductions.with_person(member_id, ref)
            if contact is None:
                raise UnknownReference
            return await self._close(store, contact, await self._other(store, contact, member_id))

    async def ask(self) -> None:
        """Plans the message of every check-in that is due, and the next question after it (R12)."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for check_in, introduction in await store.check_ins.due(now):
                member = await store.members.by_id(check_in.member_id)
                await self._ask(store, check_in, introduction, member, now)

    async def fade(self) -> None:
        """Closes, without blame, every quiet contact that nobody wanted to keep or to close (R12)."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for introduction_id in await store.check_ins.faded(now):
                introduction = await store.introductions.held(introduction_id)
                # Whoever answers at this moment, or another replica, may have been faster.
                is_quiet = await store.check_ins.has_faded(introduction.id, now)
                if introduction.state != introductions.OPEN or not is_quiet:
                    continue
                introduction.state, introduction.ended_at = introductions.FADED, now
                for member_id in (introduction.asker_id, introduction.contact_id):
                    member = await store.members.by_id(member_id)
                    await store.outbox.put(about(introduction, "check_ins.faded", member, Priority.CHECK_IN, now))

    async def _ask(
        self, store: Store, check_in: CheckInRow, introduction: IntroductionRow, member: MemberRow, now: datetime
    ) -> None:
        check_in.asked_at = now
        quiet_since = introduction.quiet_since or introduction.requested_at
        if now - quiet_since >= timedelta(weeks=self.programme.check_ins.quiet_weeks):
            check_in.kind = check_ins.KEEP
            calendar = people.calendar(member, self.programme)
            days = self.programme.check_ins.fade_after_open_days
            check_in.fade_at = on_nth_open_day(calendar, now, days, self.programme.check_ins.at)
            await store.outbox.put(about(check_in, "check_ins.keep_or_close", member, Priority.CHECK_IN, now))
            return
        next_due_at = await self._plan_next(store, check_in, introduction, member, since=check_in.due_at)
        await store.outbox.put(about(check_in, "check_ins.ask", member, Priority.CHECK_IN, now, expires_at=next_due_at))

    async def _plan_next(
        self, store: Store, check_in: CheckInRow, introduction: IntroductionRow, member: MemberRow, *, since: datetime
    ) -> datetime:
        calendar = people.calendar(member, self.programme)
        day = since.astimezone(calendar.zone).date() + timedelta(weeks=self.programme.check_ins.every_weeks)
        if not is_open_day(calendar, day):
            day = nth_open_day(calendar, day, 1)
        due_at = moment(calendar, day, self.programme.check_ins.at)
        _plan(store, introduction, member.id, check_in.number + 1, due_at)
        return due_at

    async def _open(
        self, store: Store, member_id: int, check_in_ref: str
    ) -> tuple[CheckInRow, IntroductionRow, MemberRow]:
        check_in, introduction, other = await self._of_person(store, member_id, check_in_ref)
        if introduction.state != introductions.OPEN:
            raise AlreadyEnded
        return check_in, introduction, other

    async def _of_person(
        self, store: Store, member_id: int, check_in_ref: str
    ) -> tuple[CheckInRow, IntroductionRow, MemberRow]:
        check_in = await store.check_ins.of_person(member_id, check_in_ref)
        if check_in is None:
            raise UnknownReference
        introduction = await store.introductions.held(check_in.introduction_id)
        return check_in, introduction, await self._other(store, introduction, member_id)

    async def _other(self, store: Store, introduction: IntroductionRow, member_id: int) -> MemberRow:
        i_asked = introduction.asker_id == member_id
        return await store.members.by_id(introduction.contact_id if i_asked else introduction.asker_id)

    async def _stays_open(self, store: Store, introduction: IntroductionRow) -> None:
        """The quiet time begins anew; whoever was asked to keep or close is asked again in four weeks instead."""
        now = self.clock.now()
        introduction.quiet_since = now
        for waiting in await store.check_ins.waiting_for_keep(introduction.id):
            waiting.fade_at = None
            member = await store.members.by_id(waiting.member_id)
            await self._plan_next(store, waiting, introduction, member, since=now)

    def _answer(self, check_in: CheckInRow, answer: str) -> None:
        check_in.answer, check_in.answered_at = answer, self.clock.now()

    async def _close(self, store: Store, introduction: IntroductionRow, other: MemberRow) -> Thanked:
        if introduction.state != introductions.OPEN:
            raise AlreadyEnded
        now = self.clock.now()
        introduction.state, introduction.ended_at = introductions.CLOSED, now
        await store.outbox.put(about(introduction, "check_ins.thanked", other, Priority.CHECK_IN, now))
        return Thanked(people.person(other), by_me=True)

    async def _next_on(self, store: Store, check_in: CheckInRow) -> date | None:
        next_due_at = await store.check_ins.next_due_at(check_in)
        member = await store.members.by_id(check_in.member_id)
        return next_due_at.astimezone(people.zone(member)).date() if next_due_at else None


def _plan(store: Store, introduction: IntroductionRow, member_id: int, number: int, due_at: datetime) -> None:
    store.check_ins.add(
        CheckInRow(
            workspace=introduction.workspace,
            introduction_id=introduction.id,
            member_id=member_id,
            number=number,
            due_at=due_at,
        )
    )
