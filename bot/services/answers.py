"""The contact person's side of a request: yes, not now, or a colleague instead (R5, R7, R17)."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.errors import AlreadyAnswered, FoundSomeone, NotAskable, RequestWithdrawn, UnknownReference
from bot.facts.introductions import Accepted, Colleague, Declined, PassedOn, PassOnForm
from bot.programme import Programme
from bot.rules.open_time import next_open
from bot.services import people
from bot.services.check_ins import plan_first_check_ins
from bot.services.endings import answered, turn_down
from bot.services.freshness import confirmed
from bot.services.intents import about
from bot.services.search import Search
from bot.services.settling import settle_cards
from storage import asks, introductions, members
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store


@dataclass(frozen=True)
class Answers:
    """What a contact person says to a request."""

    database: Database
    clock: Clock
    programme: Programme
    search: Search

    async def accept(self, member_id: int, introduction_ref: str) -> Accepted:
        """The contact person says yes: one group conversation opens, and both are asked later how it goes.

        Their load does not grow by it: the pending request held the place already (R8). Raises UnknownReference,
        AlreadyAnswered, RequestWithdrawn or FoundSomeone.
        """
        async with self.database.transaction() as store:
            introduction, contact, asker = await self._to_answer(store, member_id, introduction_ref)
            now = self.clock.now()
            answered(introduction, contact, introductions.OPEN, now)
            introduction.quiet_since = contact.last_contact_at = now
            confirmed(contact, now)
            (await store.asks.by_id(introduction.ask_id)).state = asks.INTRODUCED
            await store.outbox.cancel(introduction.ref, now, "answered")
            await store.outbox.put(about(introduction, "introductions.introduce", asker, Priority.ANSWER, now))
            await settle_cards(store, introduction, now)
            store.audit.note(
                introduction.workspace, now, "introductions.accept", actor_id=contact.id, about=introduction.ref
            )
            plan_first_check_ins(store, introduction, (asker, contact), self.programme, now)
            opens_at = next_open(people.calendar(asker, self.programme), now)
            return Accepted(introduction.ref, people.person(asker), opens_at, at_once=opens_at == now)

    async def decline(self, member_id: int, introduction_ref: str) -> Declined:
        """The contact person says not now; the asker hears "not available right now" and who else fits (R7).

        Raises UnknownReference, AlreadyAnswered, RequestWithdrawn or FoundSomeone.
        """
        async with self.database.transaction() as store:
            introduction, contact, asker = await self._to_answer(store, member_id, introduction_ref)
            await turn_down(store, introduction, contact, asker, introductions.DECLINED, self.clock.now())
            return Declined(people.person(asker))

    async def pass_on_form(self, member_id: int, introduction_ref: str) -> PassOnForm:
        """Colleagues of the same field whom the contact person may suggest. Raises as `decline` does."""
        async with self.database.transaction() as store:
            introduction, contact, asker = await self._to_answer(store, member_id, introduction_ref)
            colleagues = await self.search.colleagues(store, introduction, contact, self.clock.now())
            return PassOnForm(
                introduction.ref,
                people.person(asker),
                tuple(Colleague(people.person(one), one.institution) for one in colleagues),
            )

    async def pass_on(self, member_id: int, introduction_ref: str, colleague_ref: str) -> PassedOn:
        """The contact person suggests a colleague, who is proposed to the asker and not asked yet.

        Raises as `decline` does, and UnknownReference or NotAskable for the colleague.
        """
        async with self.database.transaction() as store:
            introduction, contact, asker = await self._to_answer(store, member_id, introduction_ref)
            colleague = await store.members.by_ref(contact.workspace, colleague_ref)
            if colleague is None or colleague.id in (contact.id, asker.id):
                raise UnknownReference
            apart = await store.avoids.between(asker.id, colleague.id)
            if apart or not colleague.can_be_asked:
                raise NotAskable(colleague.name)
            introduction.suggested_id = colleague.id
            await turn_down(store, introduction, contact, asker, introductions.PASSED_ON, self.clock.now())
            return PassedOn(people.person(asker), people.person(colleague))

    async def _to_answer(
        self, store: Store, member_id: int, introduction_ref: str
    ) -> tuple[IntroductionRow, MemberRow, MemberRow]:
        contact = await store.members.locked(member_id)
        introduction = await store.introductions.to_contact(member_id, introduction_ref)
        if introduction is None:
            raise UnknownReference
        asker = await store.members.by_id(introduction.asker_id)
        if introduction.state == introductions.CANCELLED:
            raise RequestWithdrawn
        if introduction.state == introductions.RELEASED:
            ask = await store.asks.by_id(introduction.ask_id)
            raise FoundSomeone(
                asker.name,
                found=ask.state == asks.INTRODUCED,
                resting=contact.availability == members.RESTING,
            )
        if introduction.state != introductions.ASKED:
            raise AlreadyAnswered(introduction.answered_at)
        return introduction, contact, asker
