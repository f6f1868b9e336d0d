"""Finding contact persons for an ask: those near, then contacts of institutions, then those further away."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final, NamedTuple

from bot.errors import MembersOnly
from bot.facts.fields import CandidatesFound, Card, NobodyOpen, Reach
from bot.programme import Programme
from bot.rules.candidates import Candidate, Contact, Reason, Wanted, rank, rank_unit_contacts
from bot.rules.open_time import back_on, is_open, next_open
from bot.services import people
from bot.services.bare_answers import await_answer, end
from bot.services.freshness import is_fresh
from bot.services.limits import asked_by_many, refused_since, spared
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


class _Look(NamedTuple):
    """One look through the directory: for whom, and what they want."""

    store: Store
    asker: MemberRow
    wanted: Wanted
    now: datetime


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
        look = await self._look(store, ask, asker, now)
        if not self.may_see_people(asker):
            return await self._nobody(look, ask, [])
        full: list[Candidate] = []
        best, reach = await self._near(look, self.programme.candidates.at_most), Reach.NEARBY
        if not best:
            best, reach = await self._units(look), Reach.UNIT_CONTACTS
        if not best:
            (best, full), reach = await self._further(look, code), Reach.NEIGHBOURING_OR_ABROAD
        if first is not None and await self._can_be_asked(look, first):
            rest = [candidate for candidate in best if candidate.member_id != first]
            best = [Candidate(first, (Reason.SUGGESTED,)), *rest][: self.programme.candidates.at_most]
        if not best:
            ask.shown = ()
            await end(store, ask)
            return await self._nobody(look, ask, full)
        cards = await self.cards(store, best, now)
        ask.shown = tuple(card.person.ref for card in cards)
        await await_answer(store, ask, now)
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
        look = await self._look(store, ask, asker, now)
        return self.may_see_people(asker) and bool(await self._near(look, at_most=1))

    async def colleagues(
        self, store: Store, introduction: IntroductionRow, contact: MemberRow, now: datetime
    ) -> list[MemberRow]:
        """Whom a contact person may suggest to the one who asks them: people of the field with a free place.

        Those of the contact person's own country come first, then by name.
        """
        if not self.may_see_people(contact):
            return []
        ask = await store.asks.by_id(introduction.ask_id)
        limits = self.programme.limits
        ruled_out = {contact.id, *await store.candidates.ruled_out(ask, refused_since(limits, now))}
        anybody = Asker(contact.workspace, (), None, ruled_out, spared(limits, now))
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

    async def _look(self, store: Store, ask: AskRow, asker: MemberRow, now: datetime) -> _Look:
        wanted = Wanted(
            codes=self.fields.same_field(self._code(ask)),
            languages=asker.languages,
            country=(self.regions.country_of(ask.region) if ask.region else None) or asker.country,
            region=ask.region or asker.region,
            institution=asker.institution,
            not_these=await store.candidates.ruled_out(ask, refused_since(self.programme.limits, now)),
        )
        return _Look(store, asker, wanted, now)

    async def _near(self, look: _Look, at_most: int) -> list[Candidate]:
        """The best in the country wanted, where those of the region come first."""
        around = _around(look.wanted.codes, look.wanted, at_most)
        return rank(await self._contacts(look, around), look.wanted, at_most)

    async def _units(self, look: _Look) -> list[Candidate]:
        """Contacts of institutions in the country wanted that have nobody of the field in the network."""
        workspace, wanted = look.asker.workspace, look.wanted
        found = await unit_contacts(look.store, workspace, self.programme, wanted.country, wanted.codes)
        since, at_most = spared(self.programme.limits, look.now)
        busy = await look.store.introductions.reached_by_many({one.member_id for one in found}, since, at_most)
        free = [one for one in found if one.member_id not in busy]
        return rank_unit_contacts(free, wanted, self.programme.candidates.at_most)

    async def _further(self, look: _Look, code: str) -> tuple[list[Candidate], list[Candidate]]:
        """The best of neighbouring fields and from abroad; and those near who would come first if they had a place."""
        neighbours = frozenset(self.fields.neighbours(code))
        wanted, at_most = look.wanted, self.programme.candidates.at_most
        # A neighbouring field helps in one's own country; from abroad only the field itself is worth the distance.
        around = [Around(tuple(sorted(wanted.codes)), None, at_most), *_around(neighbours, wanted, at_most)]
        full = [one._replace(full=True) for one in _around(wanted.codes, wanted, at_most)]
        found = await self._contacts(look, [*around, *full])
        as_if_free = [replace(contact, load=0) for contact in found if contact.load >= contact.capacity]
        return rank(found, replace(wanted, neighbouring=neighbours), at_most), rank(as_if_free, wanted, at_most)

    async def _can_be_asked(self, look: _Look, member_id: int) -> bool:
        member = await look.store.members.by_id(member_id)
        if not member.can_be_asked or member_id in look.wanted.not_these:
            return False
        is_free = await look.store.candidates.load_of(member_id) < member.capacity
        return is_free and not await asked_by_many(look.store, self.programme.limits, member, look.now)

    async def _nobody(self, look: _Look, ask: AskRow, full: Sequence[Candidate]) -> NobodyOpen:
        members = await look.store.members.by_ids([candidate.member_id for candidate in full]) if full else {}
        coordinator = await a_coordinator(look.store, self.programme, look.asker, look.now)
        return NobodyOpen(
            ask_ref=ask.ref,
            code=self._code(ask),
            region=ask.region,
            full=tuple(people.person(members[candidate.member_id]) for candidate in full),
            coordinator=people.person(coordinator) if coordinator else None,
        )

    async def _contacts(self, look: _Look, around: Sequence[Around]) -> list[Contact]:
        """Everybody who could be among the first there, whatever else speaks for or against them."""
        asker, wanted = look.asker, look.wanted
        reached = spared(self.programme.limits, look.now)
        who = Asker(asker.workspace, wanted.languages, wanted.institution, wanted.not_these, reached)
        return _each_once(await look.store.listings.foremost(who, around))

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
