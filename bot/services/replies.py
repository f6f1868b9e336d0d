"""Whoever is asked answers in their own words; the asker gets them with the name, and others may profit, too."""

from dataclasses import dataclass
from typing import Final

from bot.clock import Clock
from bot.errors import AlreadyAnswered, QuestionMovedOn, RequestWithdrawn, UnknownReference
from bot.facts.knowledge import DraftForm, DraftKept
from bot.facts.questions import ANSWER_AT_MOST, Replied, ReplyForm
from bot.language import on_one_line, without_invisible_characters
from bot.programme import Programme
from bot.services import people
from bot.services.intents import about
from bot.services.question_facts import own_entry_id, question_of, replied_of
from bot.services.responsible import a_coordinator
from bot.services.settling import settle_question
from storage import questions
from storage.database import Database
from storage.knowledge import DRAFT_KIND, KnowledgeEntryRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.questions import QuestionRow
from storage.store import Store

TITLE_AT_MOST: Final = 75
ASKED_AT_MOST: Final = 300


@dataclass(frozen=True)
class Replies:
    """What the receiver of a question can do. Whether it is theirs is looked at again in every transaction."""

    database: Database
    clock: Clock
    programme: Programme

    async def reply_form(self, member_id: int, question_ref: str) -> ReplyForm:
        """The form for an answer. Raises the situations of `reply`."""
        async with self.database.reading() as store:
            question = await self._to_answer(store, member_id, question_ref)
            return ReplyForm(await question_of(store, question))

    async def reply(self, member_id: int, question_ref: str, answer: str) -> Replied:
        """The answer goes to the asker, with the name of whoever gives it.

        Raises UnknownReference for somebody else's question or an empty answer, AlreadyAnswered, RequestWithdrawn,
        QuestionMovedOn.
        """
        async with self.database.transaction() as store:
            question = await self._to_answer(store, member_id, question_ref)
            now = self.clock.now()
            question.answer, question.state, question.ended_at = _said(answer), questions.ANSWERED, now
            asker = await store.members.by_id(question.asker_id)
            await store.outbox.cancel(question.ref, now, "answered")
            await settle_question(store, question, now)
            await store.outbox.put(about(question, "questions.answer", asker, Priority.ANSWER, now))
            return await replied_of(store, question)

    async def draft_form(self, member_id: int, question_ref: str) -> DraftForm:
        """The form in which an answer is suggested for everybody. Raises UnknownReference, AlreadyAnswered."""
        async with self.database.reading() as store:
            question = await self._answered_by_me(store, member_id, question_ref)
            return DraftForm(question.ref, question.words or "", question.answer or "")

    async def save_answer(self, member_id: int, question_ref: str, asked: str, answer: str) -> DraftKept:
        """Keeps a draft for a coordinator's approval; nobody is answered by it before.

        Raises as `draft_form` does, and UnknownReference when question or answer is empty.
        """
        async with self.database.transaction() as store:
            question = await self._answered_by_me(store, member_id, question_ref)
            me, asker = await store.members.by_id(member_id), await store.members.by_id(question.asker_id)
            draft = self._draft(question, me, asker, asked, answer)
            store.knowledge.add(draft)
            await store.flush()
            coordinator = await a_coordinator(store, self.programme, me, self.clock.now())
            if coordinator is not None:
                now = self.clock.now()
                await store.outbox.put(about(draft, DRAFT_KIND, coordinator, Priority.REMINDER, now))
            return DraftKept(people.person(coordinator) if coordinator else None)

    async def _to_answer(self, store: Store, member_id: int, question_ref: str) -> QuestionRow:
        """The question, if this person has it now and it can be answered."""
        question = await self._mine(store, member_id, question_ref)
        if question.state == questions.WITHDRAWN:
            raise RequestWithdrawn
        if question.state == questions.ANSWERED:
            raise AlreadyAnswered(question.ended_at)
        if question.receiver_id != member_id:
            now_with = await store.members.by_id(question.receiver_id) if question.receiver_id else None
            raise QuestionMovedOn(now_with.name if now_with else self.programme.programme.name)
        if await store.avoids.between(member_id, question.asker_id):
            # It goes on at the next tick; nobody is told that it is because of a wish.
            raise QuestionMovedOn(self.programme.programme.name)
        return question

    async def _mine(self, store: Store, member_id: int, question_ref: str) -> QuestionRow:
        me = await store.members.by_id(member_id)
        question = await store.questions.held(me.workspace, question_ref)
        if question is None or member_id not in (question.receiver_id, question.earlier_id):
            raise UnknownReference
        if question.words is None and question.state != questions.WITHDRAWN:
            raise UnknownReference
        return question

    async def _answered_by_me(self, store: Store, member_id: int, question_ref: str) -> QuestionRow:
        question = await self._mine(store, member_id, question_ref)
        if question.state != questions.ANSWERED or question.receiver_id != member_id:
            raise UnknownReference
        if await store.knowledge.has_entry(question.workspace, own_entry_id(question)):
            raise AlreadyAnswered
        return question

    def _draft(
        self, question: QuestionRow, me: MemberRow, asker: MemberRow, asked: str, answer: str
    ) -> KnowledgeEntryRow:
        country = people.country(asker, self.programme)
        asked = _said(on_one_line(asked))[:ASKED_AT_MOST]
        return KnowledgeEntryRow(
            workspace=question.workspace,
            entry_id=own_entry_id(question),
            language=people.language(asker),
            title=asked[:TITLE_AT_MOST],
            questions=asked,
            answer=_said(answer),
            # Not their name: an answer outlives people, and whoever wants to be forgotten stands nowhere.
            source=me.institution or self.programme.programme.name,
            checked_on=self.clock.now().astimezone(people.zone(me)).date(),
            route="bot+person",
            countries=(country,) if country else (),
            topic=question.topic,
            drafted_by_id=me.id,
        )


def _said(words: str) -> str:
    """What can be seen of the words and kept. Raises UnknownReference when that is nothing."""
    if (seen := without_invisible_characters(words).strip()[:ANSWER_AT_MOST]) == "":
        raise UnknownReference
    return seen
