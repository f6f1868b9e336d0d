"""What each message from the outbox says, looked up at the moment it leaves: None when it has lost its point."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.facts.check_ins import CheckIn, KeepOrClose
from bot.facts.fields import CandidatesFound
from bot.facts.introductions import (
    Faded,
    Introduction,
    MeetDirectly,
    NeedsCoordinator,
    NotAvailable,
    Reminder,
    Request,
    SomeoneOpened,
    StillInterested,
    TakenBack,
    Thanked,
)
from bot.facts.members import Person, Rested, Sorry
from bot.facts.nudges import Nudge
from bot.programme import Programme
from bot.services import people
from bot.services.search import Search
from storage import introductions, members, waits
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.store import Store

NUDGE_ITEMS: Final = 3
"""At most this many items in a nudge (R4)."""

_Lookup = Callable[["Outgoing", Store, str, MemberRow, datetime], Awaitable[object | None]]


@dataclass(frozen=True)
class Outgoing:
    """Looks up the fact that a message of the outbox is to tell, inside the sender's transaction."""

    programme: Programme
    search: Search

    async def fact(self, store: Store, kind: str, subject: str, recipient: MemberRow, now: datetime) -> object | None:
        """The fact to word for this recipient; None when there is no point in it any more."""
        return await _LOOKUPS[kind](self, store, subject, recipient, now)

    async def request(self, store: Store, subject: str, _recipient: MemberRow, _now: datetime) -> Request | None:
        """The request, while it waits for an answer."""
        introduction = await _in_state(store, subject, introductions.ASKED)
        return await self._request(store, introduction) if introduction else None

    async def reminder(self, store: Store, subject: str, recipient: MemberRow, _now: datetime) -> Reminder | None:
        """The reminder, while the request waits for an answer."""
        introduction = await _in_state(store, subject, introductions.ASKED)
        if introduction is None or introduction.release_at is None:
            return None
        release_on = introduction.release_at.astimezone(people.zone(recipient)).date()
        return Reminder(await self._request(store, introduction), release_on)

    async def not_available(self, store: Store, subject: str, asker: MemberRow, now: datetime) -> NotAvailable | None:
        """The kind word after "not now" or silence, with who else fits; a suggested colleague comes first."""
        introduction = await store.introductions.by_ref(subject)
        if introduction is None:
            return None
        contact = await store.members.by_id(introduction.contact_id)
        ask = await store.asks.by_id(introduction.ask_id)
        found = await self.search.for_ask(store, ask, asker, now, first=introduction.suggested_id)
        suggested = introduction.suggested_id is not None and introduction.state == introductions.PASSED_ON
        return NotAvailable(people.person(contact), suggested, found)

    async def introduce(self, store: Store, subject: str, asker: MemberRow, _now: datetime) -> Introduction | None:
        """The text of the group conversation, in the languages of both where they differ (R11)."""
        introduction = await _in_state(store, subject, introductions.OPEN)
        if introduction is None:
            return None
        contact = await store.members.by_id(introduction.contact_id)
        languages = tuple(dict.fromkeys((people.language(asker), people.language(contact))))
        return Introduction(
            people.person(asker), people.person(contact), introduction.code, introduction.kinds, languages
        )

    async def meet_directly(
        self, store: Store, subject: str, recipient: MemberRow, _now: datetime
    ) -> MeetDirectly | None:
        """Who the other one is, when their conversation could not be opened."""
        introduction = await _in_state(store, subject, introductions.OPEN)
        if introduction is None:
            return None
        return MeetDirectly(people.person(await _other(store, introduction, recipient)), introduction.code)

    async def taken_back(self, store: Store, subject: str, _recipient: MemberRow, _now: datetime) -> TakenBack | None:
        """That the asker withdrew, if the request had arrived at all."""
        introduction = await _in_state(store, subject, introductions.CANCELLED)
        arrived = await store.outbox.sent_about("introductions.request", subject)
        if introduction is None or arrived is None:
            return None
        return TakenBack(people.person(await store.members.by_id(introduction.asker_id)))

    async def rested(self, _store: Store, _subject: str, recipient: MemberRow, _now: datetime) -> Rested | None:
        """The kind note about resting, while the person rests."""
        return Rested() if recipient.availability == members.RESTING else None

    async def needs_coordinator(
        self, store: Store, subject: str, _recipient: MemberRow, _now: datetime
    ) -> NeedsCoordinator | None:
        """Who looks for a contact and found nobody, by their own wish."""
        ask = await store.asks.by_ref(subject)
        if ask is None or ask.code is None:
            return None
        return NeedsCoordinator(people.person(await store.members.by_id(ask.asker_id)), ask.code, ask.region)

    async def still_interested(
        self, store: Store, subject: str, recipient: MemberRow, _now: datetime
    ) -> StillInterested | None:
        """That a place has opened, while it is kept for this person."""
        entry = await store.waits.by_ref(subject)
        if entry is None or entry.state != waits.OFFERED or entry.contact_id is None or entry.offer_ends_at is None:
            return None
        ask = await store.asks.by_id(entry.ask_id)
        contact = await store.members.by_id(entry.contact_id)
        kept_until = entry.offer_ends_at.astimezone(people.zone(recipient)).date()
        return StillInterested(ask.ref, entry.ref, people.person(contact), ask.code or "", kept_until)

    async def someone_opened(self, store: Store, subject: str, asker: MemberRow, now: datetime) -> SomeoneOpened | None:
        """Who can be asked now, if somebody still can."""
        entry = await store.waits.by_ref(subject)
        if entry is None or entry.state != waits.TAKEN:
            return None
        found = await self.search.for_ask(store, await store.asks.by_id(entry.ask_id), asker, now)
        if not isinstance(found, CandidatesFound):
            # Somebody else was faster: this person goes on waiting, and hears of the next one.
            entry.state = waits.WAITING
            return None
        return SomeoneOpened(found)

    async def check_in(self, store: Store, subject: str, recipient: MemberRow, _now: datetime) -> CheckIn | None:
        """The question whether they were in touch, while the contact is open and the answer is not known."""
        found = await self._check_in(store, subject, recipient)
        return CheckIn(subject, *found) if found else None

    async def keep_or_close(
        self, store: Store, subject: str, recipient: MemberRow, _now: datetime
    ) -> KeepOrClose | None:
        """The question after many quiet weeks, while the contact is open and the answer is not known."""
        found = await self._check_in(store, subject, recipient)
        return KeepOrClose(subject, *found, self.programme.check_ins.quiet_weeks) if found else None

    async def thanked(self, store: Store, subject: str, recipient: MemberRow, _now: datetime) -> Thanked | None:
        """That the other one has thanked and closed the contact."""
        introduction = await _in_state(store, subject, introductions.CLOSED)
        return (
            Thanked(people.person(await _other(store, introduction, recipient)), by_me=False) if introduction else None
        )

    async def faded(self, store: Store, subject: str, recipient: MemberRow, _now: datetime) -> Faded | None:
        """That the contact was closed after a quiet time."""
        introduction = await _in_state(store, subject, introductions.FADED)
        return Faded(people.person(await _other(store, introduction, recipient))) if introduction else None

    async def nudge(self, store: Store, _subject: str, recipient: MemberRow, _now: datetime) -> Nudge | None:
        """Who waits for this person; None when nobody does any more: an empty nudge is not sent (R4)."""
        waiting = await store.introductions.waiting_without_reminder(recipient.id)
        requests = [await self._request(store, introduction) for introduction, _ in waiting[:NUDGE_ITEMS]]
        return Nudge(tuple(requests)) if requests else None

    async def sorry(self, store: Store, subject: str, recipient: MemberRow, _now: datetime) -> Sorry:
        """That something went wrong, with a reference for the log and somebody to tell."""
        coordinators = await store.members.coordinators(recipient.workspace)
        return Sorry(subject, people.person(coordinators[0]) if coordinators else None)

    async def _request(self, store: Store, introduction: IntroductionRow) -> Request:
        asker = await store.members.by_id(introduction.asker_id)
        return Request(
            introduction_ref=introduction.ref,
            asker=people.person(asker),
            code=introduction.code,
            kinds=introduction.kinds,
            note=introduction.note,
            asker_region=asker.region,
            asker_languages=asker.languages,
        )

    async def _check_in(self, store: Store, subject: str, recipient: MemberRow) -> tuple[Person, str] | None:
        check_in = await store.check_ins.by_ref(subject)
        if check_in is None or check_in.answer is not None:
            return None
        introduction = await store.introductions.by_id(check_in.introduction_id)
        if introduction.state != introductions.OPEN:
            return None
        return people.person(await _other(store, introduction, recipient)), introduction.code


async def _in_state(store: Store, ref: str, state: str) -> IntroductionRow | None:
    introduction = await store.introductions.by_ref(ref)
    return introduction if introduction is not None and introduction.state == state else None


async def _other(store: Store, introduction: IntroductionRow, member: MemberRow) -> MemberRow:
    i_asked = introduction.asker_id == member.id
    return await store.members.by_id(introduction.contact_id if i_asked else introduction.asker_id)


_LOOKUPS: Final[dict[str, _Lookup]] = {
    "introductions.request": Outgoing.request,
    "introductions.reminder": Outgoing.reminder,
    "introductions.not_available": Outgoing.not_available,
    "introductions.introduce": Outgoing.introduce,
    "introductions.meet_directly": Outgoing.meet_directly,
    "introductions.taken_back": Outgoing.taken_back,
    "introductions.rested": Outgoing.rested,
    "introductions.needs_coordinator": Outgoing.needs_coordinator,
    "waits.still_interested": Outgoing.still_interested,
    "waits.someone_opened": Outgoing.someone_opened,
    "check_ins.ask": Outgoing.check_in,
    "check_ins.keep_or_close": Outgoing.keep_or_close,
    "check_ins.thanked": Outgoing.thanked,
    "check_ins.faded": Outgoing.faded,
    "nudges.weekly": Outgoing.nudge,
    "errors.sorry": Outgoing.sorry,
}
"""Every kind of message that Silta starts by itself."""
