"""Asking for a contact in a field: from somebody's own words to candidates."""

from dataclasses import dataclass
from typing import Final, TypeAlias

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.fields import CandidatesFound, FieldInferred, FieldMenu, FieldUnclear, NobodyOpen
from bot.services.bare_answers import await_answer
from bot.services.search import Search
from bot.understanding.fields import FieldReading, FieldRecogniser
from bot.understanding.regions import RegionMatch
from bot.understanding.wishes import asks_for_contact
from storage.asks import AskRow
from storage.database import Database
from storage.members import MemberRow
from storage.store import Store

FieldFact: TypeAlias = CandidatesFound | NobodyOpen | FieldInferred | FieldUnclear | FieldMenu

READ_AT_MOST: Final = 2_000
"""Characters of a message that are read for meaning; nobody describes a field in more."""

SURE_FROM: Final = 0.8
"""A field read with less certainty is shown for confirmation first: one press, instead of three wrong people."""

WORTH_OFFERING_FROM: Final = 0.05
"""What may be meant with at least this certainty is offered beside the field that is confirmed."""


@dataclass(frozen=True)
class Fields:
    """What a person asks for, and whom Silta found."""

    database: Database
    clock: Clock
    search: Search
    recogniser: FieldRecogniser

    async def find(self, member_id: int, text: str) -> FieldFact | None:
        """Reads field and region from the person's words and answers with the next step.

        None when the words name no field and do not ask for a contact. The words themselves are not kept.
        Raises MembersOnly.
        """
        text = text[:READ_AT_MOST]
        reading = self.recogniser.read(text)
        region = self.search.regions.read(text)
        if (reading.guessed or not reading.matches) and not asks_for_contact(text):
            return None
        async with self.database.transaction() as store:
            asker = await self._asker(store, member_id)
            return await self._next_step(store, asker, reading, region)

    async def start(self, member_id: int) -> FieldInferred | FieldMenu:
        """Somebody pressed "find a contact": their own field is suggested, or all fields are shown."""
        async with self.database.transaction() as store:
            asker = await self._asker(store, member_id)
            return await self._own_field_or_menu(store, asker, None)

    async def confirm(self, member_id: int, ask_ref: str) -> CandidatesFound | NobodyOpen:
        """The field was read rightly: shows the candidates. Raises UnknownReference."""
        async with self.database.transaction() as store:
            ask = await self._ask(store, member_id, ask_ref)
            asker = await self._asker(store, member_id)
            return await self.search.for_ask(store, ask, asker, self.clock.now())

    async def change(self, member_id: int, ask_ref: str) -> FieldMenu:
        """Another field is meant: shows them all. Raises UnknownReference."""
        async with self.database.reading() as store:
            ask = await store.asks.of_person(member_id, ask_ref)
            if ask is None:
                raise UnknownReference
            return FieldMenu(ask.ref, self._all_codes())

    async def pick(self, member_id: int, ask_ref: str, code: str) -> CandidatesFound | NobodyOpen:
        """One field was chosen: shows the candidates. Raises UnknownReference, also for a code that is no field."""
        if code not in self.search.fields.known:
            raise UnknownReference
        async with self.database.transaction() as store:
            ask = await self._ask(store, member_id, ask_ref, may_lack_field=True)
            ask.code = code
            asker = await self._asker(store, member_id)
            return await self.search.for_ask(store, ask, asker, self.clock.now())

    async def _next_step(
        self, store: Store, asker: MemberRow, reading: FieldReading, region: RegionMatch | None
    ) -> FieldFact:
        if not reading.matches:
            return await self._own_field_or_menu(store, asker, region)
        codes = tuple(match.code for match in reading.matches)
        ask = await self._new_ask(store, asker, codes[0] if reading.clear else None, region)
        if not reading.clear:
            return FieldUnclear(ask.ref, codes)
        unsure = reading.matches[0].score < SURE_FROM
        if unsure or (region is not None and region.inferred):
            others = tuple(match.code for match in reading.matches[1:] if match.score >= WORTH_OFFERING_FROM)
            await await_answer(store, ask, ask.asked_at)
            return FieldInferred(ask.ref, codes[0], region.region if region else None, others)
        return await self.search.for_ask(store, ask, asker, self.clock.now())

    async def _own_field_or_menu(
        self, store: Store, asker: MemberRow, region: RegionMatch | None
    ) -> FieldInferred | FieldMenu:
        own = (await store.members.fields_of([asker.id]))[asker.id]
        code = own[0] if own else None
        ask = await self._new_ask(store, asker, code, region)
        if code is None:
            return FieldMenu(ask.ref, self._all_codes())
        await await_answer(store, ask, ask.asked_at)
        return FieldInferred(ask.ref, code, ask.region)

    async def _new_ask(self, store: Store, asker: MemberRow, code: str | None, region: RegionMatch | None) -> AskRow:
        ask = AskRow(
            workspace=asker.workspace,
            asker_id=asker.id,
            code=code,
            region=region.region if region else None,
            asked_at=self.clock.now(),
        )
        store.asks.add(ask)
        await store.flush()
        return ask

    async def _asker(self, store: Store, member_id: int) -> MemberRow:
        asker = await store.members.asker(member_id)
        await self.search.check_may_see_people(store, asker, self.clock.now())
        return asker

    async def _ask(self, store: Store, member_id: int, ask_ref: str, *, may_lack_field: bool = False) -> AskRow:
        ask = await store.asks.of_person(member_id, ask_ref)
        if ask is None or (ask.code is None and not may_lack_field):
            raise UnknownReference
        return ask

    def _all_codes(self) -> tuple[str, ...]:
        return self.search.fields.codes
