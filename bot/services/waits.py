"""Waiting for one contact person, or for anybody to open: nobody is asked before the one who waits says yes again."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.errors import NotAskable, UnknownReference
from bot.facts.introductions import Asked, OnWaitingList, PlacesFilled, Watching, Withdrawn
from bot.programme import Programme
from bot.rules.open_time import on_nth_open_day
from bot.services import people
from bot.services.intents import about
from bot.services.introductions import Introductions
from bot.services.limits import asked_by_many, check_pair, is_full
from bot.services.search import Search
from bot.services.units import can_be_asked, is_found
from storage import waits
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store
from storage.waits import WaitRow


@dataclass(frozen=True)
class Waits:
    """Waiting lists, and offering a place when one opens."""

    database: Database
    clock: Clock
    programme: Programme
    search: Search
    introductions: Introductions

    async def wait(self, member_id: int, ask_ref: str, contact_ref: str) -> OnWaitingList | Asked | PlacesFilled:
        """Waits for this contact person: with a free place they are asked in their next open minute (D5), otherwise
        the asker joins the waiting list (D3). Raises UnknownReference, AlreadyAsking, NotAskable,
        TooManyOpen, EnoughForToday or MembersOnly.
        """
        async with self.database.transaction() as store:
            ask = await store.asks.of_person(member_id, ask_ref)
            asker = await store.members.by_id(member_id)
            contact = await store.members.by_ref(asker.workspace, contact_ref)
            if ask is None or ask.code is None or contact is None or contact.id == member_id:
                raise UnknownReference
            apart = await store.avoids.between(member_id, contact.id)
            if apart or not is_found(contact, self.programme) or contact.deactivated_at is not None:
                raise NotAskable(contact.name)
            await self.search.check_may_see_people(store, asker, self.clock.now())
            await check_pair(store, self.programme.limits, asker, contact, self.clock.now())
            if await self._is_full(store, contact, asker) or not can_be_asked(contact, self.programme):
                entry = await self._entry(store, ask.id, asker, contact.id)
                return OnWaitingList(entry.ref, people.person(contact))
        return await self.introductions.request_named(member_id, ask_ref, contact_ref)

    async def watch(self, member_id: int, ask_ref: str) -> Watching:
        """Tells the asker when anybody opens in the field. Raises UnknownReference or MembersOnly."""
        async with self.database.transaction() as store:
            ask = await store.asks.of_person(member_id, ask_ref)
            if ask is None or ask.code is None:
                raise UnknownReference
            asker = await store.members.by_id(member_id)
            await self.search.check_may_see_people(store, asker, self.clock.now())
            entry = await self._entry(store, ask.id, asker, None)
            return Watching(entry.ref, ask.code)

    async def leave(self, member_id: int, wait_ref: str) -> Withdrawn:
        """Stops waiting, at any time and without a reason. Raises UnknownReference."""
        async with self.database.transaction() as store:
            entry = await store.waits.of_person(member_id, wait_ref)
            if entry is None:
                raise UnknownReference
            return await self._leave(store, entry)

    async def leave_latest(self, member_id: int) -> Withdrawn | None:
        """Stops waiting where this person began to wait last; None when they wait for nobody."""
        async with self.database.transaction() as store:
            entry = await store.waits.latest_of(member_id)
            return await self._leave(store, entry) if entry else None

    async def offer_places(self) -> None:
        """Keeps every free place for the person who has waited longest for it, and asks whether they still want it."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for entry in await store.waits.offers_that_ended(now):
                entry.state = waits.GONE
            await store.flush()
            for entry in await store.waits.first_for_each_contact():
                contact = await store.members.locked(entry.contact_id or 0)
                # Another replica may have offered the place while this one waited for the contact person.
                if (await store.waits.held(entry.id)).state != waits.WAITING:
                    continue
                if await self._has_a_place(store, contact, now):
                    await self._offer(store, entry, now)

    async def tell_watchers(self) -> None:
        """Tells those who wait for anybody in a field that somebody near can be asked now."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for entry in await store.waits.for_anybody():
                ask = await store.asks.by_id(entry.ask_id)
                asker = await store.members.by_id(entry.asker_id)
                if await self.search.has_somebody_near(store, ask, asker, now):
                    entry.state = waits.TAKEN
                    await store.outbox.put(about(entry, "waits.someone_opened", asker, Priority.ANSWER, now))

    async def _has_a_place(self, store: Store, contact: MemberRow, now: datetime) -> bool:
        if not can_be_asked(contact, self.programme) or await asked_by_many(store, self.programme.limits, contact, now):
            return False
        return await store.candidates.load_of(contact.id) < contact.capacity

    async def _offer(self, store: Store, entry: WaitRow, now: datetime) -> None:
        asker = await store.members.by_id(entry.asker_id)
        calendar = people.calendar(asker, self.programme)
        days = self.programme.waiting.offer_open_days
        entry.state = waits.OFFERED
        # Kept until the evening of that day: the asker is told a day, not a minute.
        entry.offer_ends_at = on_nth_open_day(calendar, now, days, calendar.closes)
        await store.outbox.put(
            about(entry, "waits.still_interested", asker, Priority.ANSWER, now, expires_at=entry.offer_ends_at)
        )

    async def _leave(self, store: Store, entry: WaitRow) -> Withdrawn:
        if entry.state in (waits.WAITING, waits.OFFERED):
            entry.state = waits.GONE
            await store.outbox.cancel(entry.ref, self.clock.now(), "withdrawn")
        contact = await store.members.by_id(entry.contact_id) if entry.contact_id else None
        return Withdrawn(people.person(contact) if contact else None)

    async def _entry(self, store: Store, ask_id: int, asker: MemberRow, contact_id: int | None) -> WaitRow:
        entry = await store.waits.alive(asker.id, ask_id, contact_id)
        if entry is None:
            entry = WaitRow(
                workspace=asker.workspace,
                ask_id=ask_id,
                asker_id=asker.id,
                contact_id=contact_id,
                since=self.clock.now(),
            )
            store.waits.add(entry)
            await store.flush()
        return entry

    async def _is_full(self, store: Store, contact: MemberRow, asker: MemberRow) -> bool:
        return await is_full(store, self.programme.limits, contact, asker, self.clock.now())
