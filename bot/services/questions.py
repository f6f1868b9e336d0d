"""Questions: answered with source and date, left to a named person, or plainly not known (R14-R16)."""

import hashlib
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.errors import AlreadyAnswered, UnknownReference
from bot.facts.members import NotUnderstood
from bot.facts.questions import (
    IDEA,
    NOTHING,
    SERIOUS,
    WORDS_AT_MOST,
    Answered,
    CoordinatorTold,
    DidYouMean,
    Help,
    IdeaHeard,
    KnownElsewhere,
    LeftToPerson,
    NotKnown,
    NotWhatWasNeeded,
    PerhapsSerious,
    Serious,
    Subject,
    Title,
)
from bot.programme import Programme
from bot.services import people
from bot.services.entries_known import may_be_old
from bot.services.knowledge import Found, Knowledge, holds_in
from bot.services.responsible import help_for, help_of, responsible
from bot.understanding.answers import KnowledgeEntry
from storage.database import Database
from storage.members import MemberRow
from storage.questions import HandoverRow, UnansweredRow

TOPIC_AT_MOST: Final = 40
PERSON: Final = "person"

Outcome = Answered | DidYouMean | NotKnown | KnownElsewhere | LeftToPerson | Serious | NotUnderstood


@dataclass(frozen=True)
class Questions:
    """Answers what Silta knows and says where it ends. A question is not kept; `Handover` keeps what is handed over."""

    database: Database
    clock: Clock
    programme: Programme
    knowledge: Knowledge

    async def ask(self, member_id: int, text: str) -> Outcome:
        """What is known of this question, for this person's country and in their language."""
        words = text.strip()[:WORDS_AT_MOST]
        member = await self._member(member_id)
        country, language = people.country(member, self.programme), people.language(member)
        found = await self.knowledge.read(member.workspace, words, country, language)
        if found.answer is not None:
            return await self._answer(member, found.answer, words)
        return await self._without_answer(member, found, words)

    async def pick(self, member_id: int, entry_id: str, words: str) -> Outcome:
        """One of the questions that were proposed. Raises UnknownReference."""
        member = await self._member(member_id)
        return await self._answer(member, await self._entry(member, entry_id), words)

    async def helpful(self, member_id: int, entry_id: str, words: str) -> Answered:
        """The answer was what was needed; it stays where it is. Raises UnknownReference."""
        member = await self._member(member_id)
        entry = await self._entry(member, entry_id)
        if entry.route == PERSON or not holds_in(entry, people.country(member, self.programme)):
            raise UnknownReference
        return replace(await self._answered(member, entry, words), was_helpful=True)

    async def not_helpful(self, member_id: int, entry_id: str, words: str) -> NotWhatWasNeeded:
        """It was not: a person is offered at once. Raises UnknownReference."""
        member = await self._member(member_id)
        topic = await self.topic_of(member, entry_id)
        return NotWhatWasNeeded(Subject(entry_id, words), await self._help(member, topic))

    async def ask_for_person(self, member_id: int, words: str) -> NotWhatWasNeeded:
        """Somebody would rather talk to a human being: one is offered, and nothing is passed on."""
        return await self.not_helpful(member_id, NOTHING, words.strip()[:WORDS_AT_MOST])

    async def hear_idea(self, member_id: int, words: str) -> IdeaHeard:
        """A suggestion: whoever is responsible for ideas is offered, and nothing is passed on."""
        member = await self._member(member_id)
        return IdeaHeard(Subject(IDEA, words.strip()[:WORDS_AT_MOST]), await self._help(member, IDEA))

    async def tell_coordinator(self, member_id: int, entry_id: str, words: str) -> CoordinatorTold:
        """Puts it on the coordinators' weekly list: topic and words, never who. Raises UnknownReference."""
        member = await self._member(member_id)
        topic = await self.topic_of(member, entry_id)
        now = self.clock.now()
        async with self.database.transaction() as store:
            # Who told is not kept, so the memory of what was received says whether it was told before.
            pressed = hashlib.sha256(f"{member.ref} {entry_id} {words}".encode()).hexdigest()
            if not await store.inbox.is_new(member.workspace, f"told:{pressed}", now):
                raise AlreadyAnswered
            kept = words.strip()[:WORDS_AT_MOST] or None
            store.questions.add(UnansweredRow(workspace=member.workspace, topic=topic, words=kept, told_at=now))
            return CoordinatorTold()

    async def take_seriously(self, member_id: int) -> Serious:
        """Whom to turn to now. Takes no words, so none can be kept: only that, when, and who was named (R14)."""
        member = await self._member(member_id)
        async with self.database.transaction() as store:
            now = self.clock.now()
            receiver = await responsible(store, self.programme, member, SERIOUS, now)
            store.questions.add(_handover(member, SERIOUS, receiver, now))
            contacts = people.settings(member, self.programme).crisis_contacts
            return Serious(contacts, help_of(receiver, self.programme, member, SERIOUS))

    async def in_case_of_need(self, member_id: int) -> PerhapsSerious:
        """Whom to turn to if something serious was meant; nothing is kept, not even that it was said."""
        member = await self._member(member_id)
        return PerhapsSerious(people.settings(member, self.programme).crisis_contacts)

    async def topic_of(self, member: MemberRow, entry_id: str) -> str | None:
        """What a card was about, as a topic of the pack. Raises UnknownReference."""
        if entry_id in (NOTHING, SERIOUS, IDEA):
            return None if entry_id == NOTHING else entry_id
        topic = await self.knowledge.topic(member.workspace, entry_id)
        return topic[:TOPIC_AT_MOST] if topic else None

    async def _answer(self, member: MemberRow, entry: KnowledgeEntry, words: str) -> Outcome:
        if entry.topic == SERIOUS:
            # "I cannot any more" is not a matter of knowledge (K47).
            return await self.take_seriously(member.id)
        if entry.route == PERSON:
            return await self._leave(member, entry, words)
        if not holds_in(entry, people.country(member, self.programme)):
            help_ = await self._help(member, entry.topic)
            return KnownElsewhere(Subject(entry.id, words), entry.countries, help_)
        return await self._answered(member, entry, words)

    async def _answered(self, member: MemberRow, entry: KnowledgeEntry, words: str) -> Answered:
        return Answered(
            subject=Subject(entry.id, words),
            answer=entry.answer,
            source=entry.source,
            checked_on=entry.checked_on,
            may_be_old=may_be_old(entry, self.clock.now().date()),
            with_person=entry.route == "bot+person",
            help=await self._help(member, entry.topic),
        )

    async def _leave(self, member: MemberRow, entry: KnowledgeEntry, words: str) -> LeftToPerson:
        """Never decided here (R14): what is kept is category, receiver and time."""
        category, now = (entry.topic or entry.id)[:TOPIC_AT_MOST], self.clock.now()
        async with self.database.transaction() as store:
            receiver = await responsible(store, self.programme, member, entry.topic, now)
            store.questions.add(_handover(member, category, receiver, now))
            help_ = help_of(receiver, self.programme, member, entry.topic)
            return LeftToPerson(Subject(entry.id, words), entry.answer, help_)

    async def _without_answer(self, member: MemberRow, found: Found, words: str) -> Outcome:
        if not (words and found.is_readable):
            return NotUnderstood(words)
        help_ = await self._help(member, found.elsewhere.topic if found.elsewhere else None)
        if found.elsewhere is not None:
            return KnownElsewhere(Subject(found.elsewhere.id, words), found.elsewhere.countries, help_)
        if found.near:
            return DidYouMean(words, tuple(Title(one.id, one.title) for one in found.near), help_)
        return NotKnown(Subject(NOTHING, words), help_)

    async def _help(self, member: MemberRow, topic: str | None) -> Help:
        async with self.database.reading() as store:
            return await help_for(store, self.programme, member, topic, self.clock.now())

    async def _member(self, member_id: int) -> MemberRow:
        async with self.database.reading() as store:
            return await store.members.by_id(member_id)

    async def _entry(self, member: MemberRow, entry_id: str) -> KnowledgeEntry:
        entry = await self.knowledge.entry(member.workspace, entry_id, people.language(member))
        if entry is None:
            raise UnknownReference
        return entry


def _handover(member: MemberRow, category: str, receiver: MemberRow | None, now: datetime) -> HandoverRow:
    receiver_id = receiver.id if receiver else None
    return HandoverRow(workspace=member.workspace, category=category, receiver_id=receiver_id, handed_at=now)
