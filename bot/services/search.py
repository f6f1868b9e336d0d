"""Finding contact persons for an ask: those near first, then neighbouring fields and other countries, then nobody."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.facts.fields import CandidatesFound, Card, NobodyOpen, Reach
from bot.programme import Programme
from bot.rules.candidates import Candidate, Contact, Reason, Wanted, nobody_elsewhere_is_better, rank
from bot.rules.open_time import back_on, next_open
from bot.services import people
from bot.understanding.fields import FieldCatalogue
from bot.understanding.regions import RegionRecogniser
from storage.asks import AskRow
from storage.candidates import Place
from storage.members import MemberRow
from storage.store import Store


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
        wanted = await self._wanted(store, ask, asker)
        best, reach = await self._near(store, asker, wanted, self.programme.candidates.at_most), Reach.NEARBY
        if not best:
            best, reach = await self._further(store, asker, wanted, code), Reach.NEIGHBOURING_OR_ABROAD
        if first is not None and await self._can_be_asked(store, first, wanted):
            rest = [candidate for candidate in best if candidate.member_id != first]
            best = [Candidate(first, (Reason.SUGGESTED,)), *rest][: self.programme.candidates.at_most]
        if not best:
            ask.shown = ()
            return await self._nobody(store, ask, asker, wanted)
        cards = await self.cards(store, best, now)
        ask.shown = tuple(card.person.ref for card in cards)
        return CandidatesFound(ask.ref, code, ask.region, cards, reach)

    async def has_somebody_near(self, store: Store, ask: AskRow, asker: MemberRow) -> bool:
        """True when a contact person of the field itself, in the asker's country, can be asked now."""
        wanted = await self._wanted(store, ask, asker)
        return bool(await self._near(store, asker, wanted, at_most=1))

    async def cards(self, store: Store, candidates: Sequence[Candidate], now: datetime) -> tuple[Card, ...]:
        """What the asker may see of these people (R5), in the same order."""
        ids = [candidate.member_id for candidate in candidates]
        members, codes = await store.members.by_ids(ids), await store.members.fields_of(ids)
        return tuple(self._card(members[one.member_id], codes[one.member_id], one, now) for one in candidates)

    def _card(self, contact: MemberRow, codes: tuple[str, ...], candidate: Candidate, now: datetime) -> Card:
        calendar = people.calendar(contact, self.programme)
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
        )

    async def _wanted(self, store: Store, ask: AskRow, asker: MemberRow) -> Wanted:
        asked = await store.introductions.asked_already(ask.id)
        in_contact = await store.introductions.in_contact_with(asker.id)
        return Wanted(
            codes=self.fields.same_field(self._code(ask)),
            languages=asker.languages,
            country=(self.regions.country_of(ask.region) if ask.region else None) or asker.country,
            region=ask.region or asker.region,
            institution=asker.institution,
            not_these=frozenset({asker.id, *asked, *in_contact}),
        )

    async def _near(self, store: Store, asker: MemberRow, wanted: Wanted, at_most: int) -> list[Candidate]:
        """The best in the country wanted; mostly the region settles it, with a few to weigh instead of hundreds."""
        if wanted.region is not None:
            region = Place(wanted.country, wanted.region)
            best = rank(await self._contacts(store, asker, wanted.codes, region), wanted, at_most)
            if nobody_elsewhere_is_better(best, wanted, at_most):
                return best
        return rank(await self._contacts(store, asker, wanted.codes, Place(wanted.country)), wanted, at_most)

    async def _further(self, store: Store, asker: MemberRow, wanted: Wanted, code: str) -> list[Candidate]:
        neighbours = frozenset(self.fields.neighbours(code))
        abroad = await self._contacts(store, asker, wanted.codes)
        # A neighbouring field helps in one's own country; from abroad only the field itself is worth the distance.
        nearby = await self._contacts(store, asker, neighbours, Place(wanted.country))
        widened = replace(wanted, neighbouring=neighbours)
        return rank(_each_once([*abroad, *nearby]), widened, self.programme.candidates.at_most)

    async def _can_be_asked(self, store: Store, member_id: int, wanted: Wanted) -> bool:
        member = await store.members.by_id(member_id)
        free = await store.candidates.load_of(member_id) < member.capacity
        return member.can_be_asked and free and member_id not in wanted.not_these

    async def _nobody(self, store: Store, ask: AskRow, asker: MemberRow, wanted: Wanted) -> NobodyOpen:
        here = await self._contacts(store, asker, wanted.codes, Place(wanted.country))
        full_ids = [one.member_id for one in here if one.load >= one.capacity and one.member_id != ask.asker_id]
        full = await store.members.by_ids(full_ids[: self.programme.candidates.at_most])
        coordinators = await store.members.coordinators(ask.workspace)
        return NobodyOpen(
            ask_ref=ask.ref,
            code=self._code(ask),
            region=ask.region,
            full=tuple(people.person(member) for member in full.values()),
            coordinator=people.person(coordinators[0]) if coordinators else None,
        )

    async def _contacts(
        self, store: Store, asker: MemberRow, codes: Collection[str], within: Place | None = None
    ) -> list[Contact]:
        askable = await store.candidates.askable_in(asker.workspace, codes, within)
        return [
            Contact(
                member_id=one.id,
                fields=codes,
                languages=one.languages,
                country=one.country,
                region=one.region,
                institution=one.institution,
                capacity=one.capacity,
                load=one.load,
                last_contact_at=one.last_contact_at,
            )
            for one in askable
        ]

    def _code(self, ask: AskRow) -> str:
        if ask.code is None:
            raise ValueError("an ask without a field has nobody to look for")
        return ask.code


def _each_once(contacts: Sequence[Contact]) -> list[Contact]:
    return list({contact.member_id: contact for contact in reversed(contacts)}.values())
