"""From "please introduce us" to a contact: the request, the answer, and every other way it can end (R5-R11, R17)."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.errors import (
    AlreadyAnswered,
    AlreadyAsking,
    NotAskable,
    UnknownReference,
)
from bot.facts.introductions import (
    KINDS,
    Asked,
    PlacesFilled,
    RequestForm,
    WithCoordinator,
    Withdrawn,
)
from bot.programme import Programme
from bot.rules.open_time import is_open, next_open
from bot.rules.reply_clock import start as start_reply_clock
from bot.services import people
from bot.services.endings import withdraw
from bot.services.intents import about
from bot.services.limits import check_asker, check_pair, is_full
from bot.services.responsible import a_coordinator
from bot.services.search import Search
from bot.services.settling import settle_cards
from bot.services.units import can_be_asked
from storage import asks, introductions, waits
from storage.asks import AskRow
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store

NOTE_AT_MOST = 1_000
"""Characters of the note in a request; the form allows no more."""


@dataclass(frozen=True)
class Introductions:
    """Requests to contact persons and their answers."""

    database: Database
    clock: Clock
    programme: Programme
    search: Search

    async def request_form(self, member_id: int, ask_ref: str, contact_ref: str) -> RequestForm | PlacesFilled:
        """The form for a request to this contact person, unless somebody was faster.

        Raises UnknownReference, AlreadyAsking (R10), NotAskable, TooManyOpen, EnoughForToday or MembersOnly.
        """
        async with self.database.transaction() as store:
            asker = await store.members.by_id(member_id)
            ask, contact = await self._ask_and_contact(store, asker, ask_ref, contact_ref)
            if await self._is_full(store, contact, asker):
                return await self._places_filled(store, ask, asker, contact)
            return RequestForm(ask.ref, people.person(contact), _code(ask))

    async def request(
        self, member_id: int, ask_ref: str, contact_ref: str, kinds: tuple[str, ...] = (), note: str | None = None
    ) -> Asked | PlacesFilled:
        """Asks this contact person, who is written to in their next open minute (R3).

        A pending request holds one place (R8): of two who ask for the last place, one is asked for. Raises as
        `request_form` does.
        """
        async with self.database.transaction() as store:
            asker = await store.members.by_id(member_id)
            ask, contact = await self._ask_and_contact(store, asker, ask_ref, contact_ref)
            if await self._is_full(store, contact, asker):
                return await self._places_filled(store, ask, asker, contact)
            return await self._ask_contact(store, ask, asker, contact, kinds, note)

    async def request_named(self, member_id: int, ask_ref: str, contact_ref: str) -> Asked | PlacesFilled:
        """Asks the contact person whom the asker named in words, with what they looked for the last time (D2)."""
        async with self.database.reading() as store:
            ask = await store.asks.of_person(member_id, ask_ref)
            kinds = ask.kinds if ask else ()
        return await self.request(member_id, ask_ref, contact_ref, kinds)

    async def cancel(self, member_id: int, introduction_ref: str) -> Withdrawn | None:
        """Takes back a request that has no answer yet, at any time and without a reason (R10).

        None when there is no such request of this person. Raises AlreadyAnswered.
        """
        async with self.database.transaction() as store:
            introduction = await store.introductions.with_person(member_id, introduction_ref)
            if introduction is None or introduction.asker_id != member_id:
                return None
            contact = await store.members.by_id(introduction.contact_id)
            if introduction.state not in (introductions.ASKED, introductions.CANCELLED):
                raise AlreadyAnswered(introduction.answered_at)
            if introduction.state == introductions.ASKED:
                await withdraw(store, introduction, self.clock.now())
            return Withdrawn(people.person(contact))

    async def cancel_pending(self, member_id: int) -> Withdrawn | None:
        """Takes back the latest request that waits for an answer; None when there is none."""
        async with self.database.transaction() as store:
            current = await store.introductions.current_of(member_id)
            pending = [one for one in current if one.asker_id == member_id and one.state == introductions.ASKED]
            if not pending:
                return None
            contact = await store.members.by_id(pending[0].contact_id)
            await withdraw(store, pending[0], self.clock.now())
            return Withdrawn(people.person(contact))

    async def card_stands(self, member_id: int, introduction_ref: str, channel: str, ts: str) -> None:
        """Notes where the asker's card stands, so that it can be updated when the request is settled."""
        async with self.database.transaction() as store:
            introduction = await store.introductions.with_person(member_id, introduction_ref)
            if introduction is None or introduction.asker_id != member_id:
                return
            introduction.card_channel, introduction.card_ts = channel, ts
            if introduction.state != introductions.ASKED:
                # The contact person was faster than this note.
                await settle_cards(store, introduction, self.clock.now())

    async def tell_coordinator(self, member_id: int, ask_ref: str) -> WithCoordinator:
        """Brings the ask before a human, with the asker's name because they pressed for it. Raises UnknownReference."""
        async with self.database.transaction() as store:
            ask = await store.asks.of_person(member_id, ask_ref)
            if ask is None:
                raise UnknownReference
            asker, now = await store.members.by_id(member_id), self.clock.now()
            coordinator = await a_coordinator(store, self.programme, asker, now)
            if coordinator is None:
                return WithCoordinator(None)
            ask.state = asks.WITH_COORDINATOR
            await store.outbox.put(about(ask, "introductions.needs_coordinator", coordinator, Priority.ANSWER, now))
            return WithCoordinator(people.person(coordinator))

    async def _ask_and_contact(
        self, store: Store, asker: MemberRow, ask_ref: str, contact_ref: str
    ) -> tuple[AskRow, MemberRow]:
        ask = await store.asks.of_person(asker.id, ask_ref)
        found = await store.members.by_ref(asker.workspace, contact_ref)
        if ask is None or ask.code is None or found is None or found.id == asker.id:
            raise UnknownReference
        for member_id in sorted((asker.id, found.id)):
            await store.members.locked(member_id)
        await self.search.check_may_see_people(store, asker, self.clock.now())
        pending = await store.introductions.pending_in_field(asker.id, self.search.fields.same_field(ask.code))
        if pending is not None:
            raise AlreadyAsking((await store.members.by_id(pending.contact_id)).name, pending.ref)
        if not can_be_asked(found, self.programme) or found.id in await store.introductions.in_contact_with(asker.id):
            raise NotAskable(found.name)
        if await store.avoids.between(asker.id, found.id):
            raise NotAskable(found.name)
        limits, now = self.programme.limits, self.clock.now()
        await check_pair(store, limits, asker, found, now)
        await check_asker(store, limits, asker, now)
        return ask, found

    async def _is_full(self, store: Store, contact: MemberRow, asker: MemberRow) -> bool:
        return await is_full(store, self.programme.limits, contact, asker, self.clock.now())

    async def _places_filled(self, store: Store, ask: AskRow, asker: MemberRow, contact: MemberRow) -> PlacesFilled:
        others = await self.search.for_ask(store, ask, asker, self.clock.now())
        return PlacesFilled(ask.ref, people.person(contact), others)

    async def _ask_contact(
        self,
        store: Store,
        ask: AskRow,
        asker: MemberRow,
        contact: MemberRow,
        kinds: tuple[str, ...],
        note: str | None,
    ) -> Asked:
        now = self.clock.now()
        ask.state = asks.OPEN
        ask.kinds = tuple(kind for kind in kinds if kind in KINDS)
        for wait in await store.waits.of_ask(ask.id):
            wait.state = waits.TAKEN
        introduction = IntroductionRow(
            workspace=ask.workspace,
            ask_id=ask.id,
            asker_id=asker.id,
            contact_id=contact.id,
            code=_code(ask),
            kinds=ask.kinds,
            note=(note or "").strip()[:NOTE_AT_MOST] or None,
            requested_at=now,
        )
        store.introductions.add(introduction)
        await store.flush()
        await store.outbox.put(about(introduction, "introductions.request", contact, Priority.ANSWER, now))
        return self._asked(introduction, asker, contact, now)

    def _asked(self, introduction: IntroductionRow, asker: MemberRow, contact: MemberRow, now: datetime) -> Asked:
        calendar = people.calendar(contact, self.programme)
        reached_at = next_open(calendar, now)
        reply = people.settings(contact, self.programme).reply
        clock = start_reply_clock(calendar, reached_at, reply.remind_on_open_day, reply.release_on_open_day, reply.at)
        return Asked(
            introduction_ref=introduction.ref,
            contact=people.person(contact),
            code=introduction.code,
            kinds=introduction.kinds,
            reached_at=reached_at,
            at_once=is_open(calendar, now),
            answer_by=clock.release_at.astimezone(people.zone(asker)).date(),
        )


def _code(ask: AskRow) -> str:
    if ask.code is None:
        raise UnknownReference
    return ask.code
