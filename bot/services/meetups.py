"""Meetups: anybody proposes, everybody answers, small groups meet, and one question comes afterwards (R13)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import AlreadyAnswered, CircleAskedLately, PollIsOver, TimesNotPossible, UnknownReference
from bot.facts.meetups import AgendaForm, GroupOpened, Invitation, MeetingCounted, Poll, Proposed, ProposeForm
from bot.programme import Programme
from bot.rules import slots as slot_rules
from bot.rules.links import is_link
from bot.rules.open_time import on_nth_open_day
from bot.rules.rounds import WEEKDAYS, next_poll
from bot.services import people
from bot.services.addresses import Addresses
from bot.services.circles import Circles, calendar_of, named
from bot.services.gatherings import gathering_of, poll_for
from bot.services.rounds import begin, make_groups
from storage import meetups
from storage.circles import CircleRow, wants_messages
from storage.database import Database
from storage.meetups import AgendaItemRow, MeetupRow, RoundRow
from storage.store import Store

SOONEST: Final = timedelta(days=2)
LATEST: Final = timedelta(days=60)
CLOSES_BEFORE: Final = timedelta(days=1)
"""A poll about times of one's own closes a day before the first of them."""
SECOND_THOUGHTS: Final = timedelta(hours=1)
"""After the last answer of all: whoever pressed one time may press another before groups are made."""
WORDS_AT_MOST: Final = 200


@dataclass(frozen=True)
class Meetups:
    """What members do with polls and meetups, and what time does."""

    database: Database
    clock: Clock
    programme: Programme
    circles: Circles
    addresses: Addresses

    async def propose_form(self, member_id: int, circle_ref: str | None = None) -> ProposeForm:
        """The person's circles, the one they came from first. Raises UnknownReference for somebody in none."""
        async with self.database.reading() as store:
            circles = [named(one) for one in await store.circles.of_member(member_id)]
        if not circles:
            raise UnknownReference
        return ProposeForm(tuple(sorted(circles, key=lambda one: one.ref != circle_ref)))

    async def propose(
        self, member_id: int, circle_ref: str, times: Sequence[datetime], place: str, link: str
    ) -> Proposed:
        """Sends a proposal to the circle as its poll; without times, Silta finds some.

        Raises UnknownReference, TimesNotPossible, or CircleAskedLately: one proposal per circle in two weeks.
        """
        now = self.clock.now()
        if not all(now + SOONEST <= at <= now + LATEST for at in times) or (link and not is_link(link)):
            raise TimesNotPossible
        async with self.database.transaction() as store:
            mine = await store.circles.of_person(member_id, circle_ref)
            if mine is None:
                raise UnknownReference
            circle = await store.circles.held(mine.id)
            await self._not_asked_lately(store, circle, now)
            offered = tuple(sorted(set(times))) or await self._slots(store, circle, now)
            closes_at = min(self._poll_closes_at(circle, now), min(offered) - CLOSES_BEFORE)
            await begin(
                store,
                circle,
                offered,
                self.programme.meetups.minutes,
                now,
                closes_at,
                proposed_by=member_id,
                place=place[:WORDS_AT_MOST],
                link=link,
            )
            return Proposed(named(circle), len(await store.circles.members(circle.id)))

    async def vote(self, member_id: int, slot_ref: str, *, suits: bool) -> Poll:
        """Whether this time suits; several may. Raises UnknownReference or PollIsOver."""
        async with self.database.transaction() as store:
            slot = await store.meetups.slot_by_ref(slot_ref)
            if slot is None:
                raise UnknownReference
            held = await self._poll(store, member_id, await store.meetups.round_by_id(slot.round_id))
            before = await store.meetups.vote_of(held.id, member_id) or ()
            chosen = dict.fromkeys(before) | {slot_ref: None}
            wanted = tuple(ref for ref in chosen if suits or ref != slot_ref)
            return await self._answer(store, held, member_id, wanted)

    async def not_this_time(self, member_id: int, round_ref: str) -> Poll:
        """An answer like any other, and the last one wins (R17). Raises as `vote` does."""
        async with self.database.transaction() as store:
            held = await self._poll(store, member_id, await store.meetups.round_by_ref(round_ref))
            return await self._answer(store, held, member_id, ())

    async def agenda_form(self, member_id: int, meetup_ref: str) -> AgendaForm:
        """What is on the agenda, for those who meet. Raises UnknownReference, also once the meetup is over."""
        async with self.database.reading() as store:
            meetup = await self._ahead(store, member_id, meetup_ref)
            return AgendaForm(meetup.ref, await store.meetups.agenda(meetup.id))

    async def add_to_agenda(self, member_id: int, meetup_ref: str, words: str | None) -> GroupOpened:
        """Adds one line, kept until the meetup is over; no words add nothing. Raises as `agenda_form` does."""
        async with self.database.transaction() as store:
            meetup = await self._ahead(store, member_id, meetup_ref)
            if words:
                store.meetups.add(
                    AgendaItemRow(meetup_id=meetup.id, workspace=meetup.workspace, words=words[:WORDS_AT_MOST])
                )
                await store.flush()
            return GroupOpened(await gathering_of(store, meetup, self.addresses))

    async def tell(self, member_id: int, meetup_ref: str, answer: str) -> MeetingCounted:
        """Counts whether they met, never who said so. Raises UnknownReference or AlreadyAnswered."""
        async with self.database.transaction() as store:
            meetup = await store.meetups.of_person(member_id, meetup_ref)
            if meetup is None or meetup.ends_at > self.clock.now():
                raise UnknownReference
            if not await store.meetups.tell(meetup, member_id, answer):
                raise AlreadyAnswered
            return MeetingCounted(answer)

    async def invitation(self, calendar_key: str) -> Invitation | None:
        """The meetup behind an address that only its people know, for their calendars."""
        async with self.database.reading() as store:
            meetup = await store.meetups.by_calendar_key(calendar_key)
            if meetup is None:
                return None
            return await invitation_of(store, meetup, self.addresses)

    async def hold_rounds(self) -> None:
        """What time brings: polls begin and close, groups are made, votes are counted, agendas forgotten."""
        await self.circles.close_votes()
        now = self.clock.now()
        async with self.database.reading() as store:
            due, over = await store.circles.due(now), await store.meetups.polls_to_close(now)
        for circle_id in due:
            await self._begin_if_due(circle_id, now)
        for round_id in over:
            await self._group_if_over(round_id, now)
        async with self.database.transaction() as store:
            await store.meetups.forget_agendas(now)

    async def _begin_if_due(self, circle_id: int, now: datetime) -> None:
        """The monthly poll; a circle of fewer than three, or one that was just asked, is left in peace this time."""
        settings = self.programme.meetups
        async with self.database.transaction() as store:
            circle = await store.circles.held_if_due(circle_id, now)
            if circle is None:
                return
            calendar = calendar_of(circle, self.programme)
            circle.next_poll_at = next_poll(calendar, now, circle.rhythm, settings.poll_weekday, settings.at)
            members = await store.circles.members(circle.id)
            latest = await store.meetups.latest_round(circle.id)
            apart = timedelta(days=settings.proposals_apart_days)
            if len(members) < settings.smallest_circle or (latest is not None and now < latest.begun_at + apart):
                return
            offered = await self._slots(store, circle, now)
            await begin(store, circle, offered, settings.minutes, now, self._poll_closes_at(circle, now))

    async def _group_if_over(self, round_id: int, now: datetime) -> None:
        async with self.database.transaction() as store:
            held = await store.meetups.held_if_over(round_id, now)
            if held is not None:
                circle = await store.circles.by_id(held.circle_id)
                await make_groups(store, held, circle, self.programme, now)

    async def _poll(self, store: Store, member_id: int, held: RoundRow | None) -> RoundRow:
        """The open poll, held until the transaction ends, if this person is in its circle."""
        circle = await store.circles.by_id(held.circle_id) if held else None
        if held is None or circle is None or await store.circles.of_person(member_id, circle.ref) is None:
            raise UnknownReference
        held = await store.meetups.held_round(held.id)
        if held.state != meetups.POLLING or held.closes_at <= self.clock.now():
            raise PollIsOver
        return held

    async def _answer(self, store: Store, held: RoundRow, member_id: int, slots: tuple[str, ...]) -> Poll:
        await store.meetups.vote(held, member_id, slots)
        members = await store.circles.members(held.circle_id)
        answers = await store.meetups.votes(held.id)
        if all(member.id in answers for member in members if wants_messages(member)):
            held.closes_at = min(held.closes_at, self.clock.now() + SECOND_THOUGHTS)
        return await poll_for(store, held, await store.members.by_id(member_id))

    async def _ahead(self, store: Store, member_id: int, meetup_ref: str) -> MeetupRow:
        meetup = await store.meetups.of_person(member_id, meetup_ref)
        if meetup is None or meetup.state != meetups.PLANNED or meetup.ends_at <= self.clock.now():
            raise UnknownReference
        return meetup

    async def _not_asked_lately(self, store: Store, circle: CircleRow, now: datetime) -> None:
        latest = await store.meetups.latest_round(circle.id)
        if latest is None:
            return
        again_at = latest.begun_at + timedelta(days=self.programme.meetups.proposals_apart_days)
        if latest.state == meetups.POLLING:
            again_at = max(again_at, latest.closes_at)
        if now < again_at and (latest.proposed_by is not None or latest.state == meetups.POLLING):
            raise CircleAskedLately(again_at)

    async def _slots(self, store: Store, circle: CircleRow, now: datetime) -> tuple[datetime, ...]:
        members = await store.circles.members(circle.id)
        return slot_rules.propose(
            [people.calendar(member, self.programme) for member in members],
            calendar_of(circle, self.programme).zone,
            now,
            self.programme.meetups.minutes,
            WEEKDAYS.index(circle.weekday) if circle.weekday else None,
            self.programme.meetups.slots,
        )

    def _poll_closes_at(self, circle: CircleRow, now: datetime) -> datetime:
        settings = self.programme.meetups
        return on_nth_open_day(calendar_of(circle, self.programme), now, settings.poll_open_days, settings.at)


async def invitation_of(
    store: Store, meetup: MeetupRow, addresses: Addresses, language: str | None = None
) -> Invitation:
    """A meetup as a calendar keeps it, in that language or the first one of its people."""
    gathering = await gathering_of(store, meetup, addresses)
    return Invitation(
        uid=f"meetup-{meetup.ref}@silta",
        circle=gathering.circle,
        starts_at=meetup.starts_at,
        ends_at=meetup.ends_at,
        changed_at=meetup.changed_at,
        sequence=meetup.sequence,
        is_cancelled=meetup.state == meetups.CANCELLED,
        place=gathering.place,
        link=gathering.link,
        language=language or next(iter(gathering.languages), "en"),
    )
