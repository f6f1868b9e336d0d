"""Finding contact persons for an ask: those near, then contacts of institutions, then those further away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.errors import MembersOnly
from bot.facts.fields import CandidatesFound, Card, NobodyOpen, Reach
from bot.programme import Programme
from bot.rules.candidates import Candidate, Contact, Reason, Wanted, rank, rank_unit_contacts
from bot.rules.open_time import back_on, is_open, next_open
from bot.services import people
from bot.services.freshness import is_fresh
from bot.services.limits import lately
from bot.services.responsible import a_coordinator
from bot.services.units import unit_contacts
from bot.understanding.fields import FieldCatalogue
from bot.understanding.regions import RegionRecogniser
from storage.asks import AskRow
from storage.introductions import IntroductionRow
from storage.listings import Around, Asker, Listed, Place
from storage.members import MemberRow
from storage.store import Store

COLLEAGUES_AT_MOST: Final = 100
"""As many as a menu of Slack holds."""


@dataclass(frozen=True)
class Search:
    """Looks through the directory inside the caller's transaction."""

    programme: Programme
    fields: FieldCatalogue
    regions: RegionRecogniser

    async def for_ask(
        self, store: Store, ask: AskRow, asker: MemberRow, now: datetime, *, first: int | None = None
    ) -> CandidatesFound | NobodyOpen:
        """The best contact persons for this ask (R9), remembered on the ask as shown last; or nobody, and what then.

        `first` is a colleague whom a contact person suggested: if they can be asked, they come before the others.
        """
        code = self._code(ask)
        wanted = await self._wanted(store, ask, asker, now)
        if not self.may_see_people(asker):
            return await self._nobody(store, ask, asker, now)
        best, reach = await self._near(store, asker, wanted, self.programme.candidates.at_most), Reach.NEARBY
        if not best:
            best, reach = await self._units(store, asker, wanted), Reach.UNIT_CONTACTS
        if not best:
            best, reach = await self._further(store, asker, wanted, code), Reach.NEIGHBOURING_OR_ABROAD
        if first is not None and await self._can_be_asked(store, first, wanted):
            rest = [candidate for candidate in best if candidate.member_id != first]
            best = [Candidate(first, (Reason.SUGGESTED,)), *rest][: self.programme.candidates.at_most]
        if not best:
            ask.shown = ()
            return await self._nobody(store, ask, asker, now, await self._full(store, asker, wanted))
        cards = await self.cards(store, best, now)
        ask.shown = tuple(card.person.ref for card in cards)
        return CandidatesFound(ask.ref, code, ask.region, cards, reach)

    def may_see_people(self, asker: MemberRow) -> bool:
        """False for guests and people of other organisations, unless the programme lets them look (R15)."""
        return not asker.is_guest or people.settings(asker, self.programme).guests_see_people

    async def check_may_see_people(self, store: Store, asker: MemberRow, now: datetime) -> None:
        """Raises MembersOnly for whoever may not, with the name of a human who can help."""
        if not self.may_see_people(asker):
            coordinator = await a_coordinator(store, self.programme, asker, now)
            raise MembersOnly(coordinator.name if coordinator else None)

    async def has_somebody_near(self, store: Store, ask: AskRow, asker: MemberRow, now: datetime) -> bool:
        """True when a contact person of the field itself, in the asker's country, can be asked now."""
        wanted = await self._wanted(store, ask, asker, now)
        return self.may_see_people(asker) and bool(await self._near(store, asker, wanted, at_most=1))

    async def colleagues(
        self, store: Store, introduction: IntroductionRow, contact: MemberRow, now: datetime
    ) -> list[MemberRow]:
        """Whom a contact person may suggest to the one who asks them: people of the field with a free place.

        Those of the contact person's own country come first, then by name.
        """
        if not self.may_see_people(contact):
            return []
        ask = await store.asks.by_id(introduction.ask_id)
        ruled_out = {contact.id, *await store.candidates.ruled_out(ask, lately(self.programme.limits, now))}
        anybody = Asker(contact.workspace, (), None, ruled_out)
        codes = tuple(sorted(self.fields.same_field(introduction.code)))
        around = [Around(codes, place, COLLEAGUES_AT_MOST) for place in (Place(contact.country), None)]
        found = await store.listings.foremost(anybody, around)
        people_found = await store.members.by_ids({one.member_id for one in found})
        in_order = sorted(people_found.values(), key=lambda one: (one.country != contact.country, one.name))
        return in_order[:COLLEAGUES_AT_MOST]

    async def cards(self, store: Store, candidates: Sequence[Candidate], now: datetime) -> tuple[Card, ...]:
        """What the asker may see of these people (R5), in the same order."""
        contacts = await store.members.with_fields([candidate.member_id for candidate in candidates])
        return tuple(self._card(*contacts[candidate.member_id], candidate, now) for candidate in candidates)

    def _card(self, contact: MemberRow, codes: tuple[str, ...], candidate: Candidate, now: datetime) -> Card:
        calendar = people.calendar(contact, self.programme)
        confirmed_on = contact.confirmed_on
        return Card(
            person=people.person(contact),
            codes=codes,
            institution=contact.institution,
            region=contact.region,
            languages=contact.languages,
            offer=contact.offer,
            reasons=tuple(reason.value for reason in candidate.reasons),
            away_until=back_on(calendar, now),
            reached_at=next_open(calendar, now),
            at_once=is_open(calendar, now),
            confirmed_on=confirmed_on,
            is_fresh=confirmed_on is not None and is_fresh(confirmed_on, now),
            called=people.settings(contact, self.programme).contact_words,
        )

    async def _wanted(self, store: Store, ask: AskRow, asker: MemberRow, now: datetime) -> Wanted:
        return Wanted(
            codes=self.fields.same_field(self._code(ask)),
            languages=asker.languages,
            country=(self.regions.country_of(ask.region) if ask.region else None) or asker.country,
            region=ask.region or asker.region,
            institution=asker.institution,
            not_these=await store.candidates.ruled_out(ask, lately(self.programme.limits, now)),
        )

    async def _near(self, store: Store, asker: MemberRow, wanted: Wanted, at_most: int) -> list[Candidate]:
        """The best in the country wanted, where those of the region come first."""
        around = _around(wanted.codes, wanted, at_most)
        return rank(await self._contacts(store, asker, wanted, around), wanted, at_most)

    async def _units(self, store: Store, asker: MemberRow, wanted: Wanted) -> list[Candidate]:
        """Contacts of institutions in the country wanted that have nobody of the field in the network."""
        found = await unit_contacts(store, asker.workspace, self.programme, wanted.country, wanted.codes)
        return rank_unit_contacts(found, wanted, self.programme.candidates.at_most)

    async def _further(self, store: Store, asker: MemberRow, wanted: Wanted, code: str) -> list[Candidate]:
        neighbours = frozenset(self.fields.neighbours(code))
        at_most = self.programme.candidates.at_most
        # A neighbouring field helps in one's own country; from abroad only the field itself is worth the distance.
        around = [Around(tuple(sorted(wanted.codes)), None, at_most), *_around(neighbours, wanted, at_most)]
        widened = replace(wanted, neighbouring=neighbours)
        return rank(await self._contacts(store, asker, wanted, around), widened, at_most)

    async def _can_be_asked(self, store: Store, member_id: int, wanted: Wanted) -> bool:
        member = await store.members.by_id(member_id)
        free = await store.candidates.load_of(member_id) < member.capacity
        return member.can_be_asked and free and member_id not in wanted.not_these

    async def _nobody(
        self, store: Store, ask: AskRow, asker: MemberRow, now: datetime, full: Sequence[MemberRow] = ()
    ) -> NobodyOpen:
        coordinator = await a_coordinator(store, self.programme, asker, now)
        return NobodyOpen(
            ask_ref=ask.ref,
            code=self._code(ask),
            region=ask.region,
            full=tuple(people.person(member) for member in full),
            coordinator=people.person(coordinator) if coordinator else None,
        )

    async def _full(self, store: Store, asker: MemberRow, wanted: Wanted) -> list[MemberRow]:
        """Those whose places are taken and who would come first if they were not."""
        at_most = self.programme.candidates.at_most
        found = await self._contacts(store, asker, wanted, _around(wanted.codes, wanted, at_most), full=True)
        as_if_free = [replace(contact, load=0) for contact in found]
        ids = [candidate.member_id for candidate in rank(as_if_free, wanted, at_most)]
        members = await store.members.by_ids(ids)
        return [members[number] for number in ids]

    async def _contacts(
        self, store: Store, asker: MemberRow, wanted: Wanted, around: Sequence[Around], *, full: bool = False
    ) -> list[Contact]:
        """Everybody who could be among the first there, whatever else speaks for or against them."""
        who = Asker(asker.workspace, wanted.languages, wanted.institution, wanted.not_these)
        return _each_once(await store.listings.foremost(who, around, full=full))

    def _code(self, ask: AskRow) -> str:
        if ask.code is None:
            raise ValueError("an ask without a field has nobody to look for")
        return ask.code


def _around(codes: frozenset[str], wanted: Wanted, at_most: int) -> list[Around]:
    """The region and its country; the first of the country may all live in the region, so twice as many are read."""
    fields, country = tuple(sorted(codes)), Around(tuple(sorted(codes)), Place(wanted.country), 2 * at_most)
    if wanted.region is None:
        return [country]
    return [Around(fields, Place(wanted.country, wanted.region), at_most), country]


def _each_once(found: Iterable[Listed]) -> list[Contact]:
    """People may be listed under several fields and languages."""
    codes: dict[int, set[str]] = {}
    by_id = {one.member_id: one for one in found}
    for one in found:
        codes.setdefault(one.member_id, set()).add(one.code)
    return [
        Contact(
            member_id=one.member_id,
            fields=codes[one.member_id],
            languages=one.languages,
            country=one.country,
            region=one.region,
            institution=one.institution,
            capacity=one.capacity,
            load=one.load,
            last_contact_at=one.last_contact_at,
        )
        for one in by_id.values()
    ]
