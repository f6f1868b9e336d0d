"""A question goes to one responsible person, when its asker sends it."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.errors import AlreadyAnswered, NotAskable, UnknownReference
from bot.facts.questions import WORDS_AT_MOST, AskForm, HandedOver, NowWithAnother, QuestionTakenBack, Subject
from bot.programme import Programme
from bot.rules.open_time import is_open, next_open
from bot.rules.reply_clock import ReplyClock
from bot.rules.reply_clock import start as start_reply_clock
from bot.services import people
from bot.services.intents import about
from bot.services.questions import Questions
from bot.services.responsible import responsible
from bot.services.settling import settle_question
from storage import questions
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import Priority
from storage.questions import QuestionRow
from storage.store import Store


@dataclass(frozen=True)
class Handover:
    """What the asker of a question can do. The words are kept from the moment their asker sends them."""

    database: Database
    clock: Clock
    programme: Programme
    questions: Questions

    async def form(self, member_id: int, entry_id: str, words: str) -> AskForm:
        """The form with the words in it, for its asker to change and send. Raises UnknownReference, NotAskable."""
        async with self.database.reading() as store:
            asker, receiver, _ = await self._between(store, member_id, entry_id)
            may_be_nameless = people.settings(asker, self.programme).questions.without_name
            return AskForm(Subject(entry_id, words), people.person(receiver), may_be_nameless)

    async def ask_person(
        self, member_id: int, entry_id: str, named_ref: str, words: str, *, without_name: bool = False
    ) -> HandedOver | NowWithAnother:
        """Sends the question to the responsible person, in their open time, if it is the one whom the asker was named.

        Raises UnknownReference for no words or for no name where the programme wants one, AlreadyAnswered when these
        words are with somebody already, NotAskable when there is nobody.
        """
        words = words.strip()[:WORDS_AT_MOST]
        async with self.database.transaction() as store:
            await store.members.locked(member_id)
            asker, receiver, topic = await self._between(store, member_id, entry_id)
            if not words or (without_name and not people.settings(asker, self.programme).questions.without_name):
                raise UnknownReference
            if await store.questions.waits_with_words(asker.id, words):
                raise AlreadyAnswered
            if receiver.ref != named_ref:
                # Whom to trust with one's words is the asker's to say, and they were told another name.
                return NowWithAnother(Subject(entry_id, words), people.person(receiver), not without_name)
            now = self.clock.now()
            question = QuestionRow(workspace=asker.workspace, asker_id=asker.id, receiver_id=receiver.id, topic=topic)
            question.words, question.without_name, question.asked_at = words, without_name, now
            store.questions.add(question)
            await store.flush()
            await store.outbox.put(about(question, questions.KIND, receiver, Priority.ANSWER, now))
            return self._handed_over(question, asker, receiver)

    async def take_back(self, member_id: int, question_ref: str) -> QuestionTakenBack:
        """The asker does not need it any more: the words go at once. Raises UnknownReference, AlreadyAnswered."""
        async with self.database.transaction() as store:
            me = await store.members.by_id(member_id)
            question = await store.questions.held(me.workspace, question_ref)
            if question is None or question.asker_id != member_id:
                raise UnknownReference
            if question.state == questions.ANSWERED:
                raise AlreadyAnswered(question.ended_at)
            question.state, question.ended_at, question.words = questions.WITHDRAWN, self.clock.now(), None
            await store.outbox.cancel(question.ref, self.clock.now(), "withdrawn")
            await settle_question(store, question, self.clock.now())
            return QuestionTakenBack()

    async def _between(self, store: Store, member_id: int, entry_id: str) -> tuple[MemberRow, MemberRow, str | None]:
        """The asker, whoever is responsible now, and the topic."""
        asker = await store.members.by_id(member_id)
        topic = await self.questions.topic_of(asker, entry_id)
        receiver = await responsible(store, self.programme, asker, topic, self.clock.now())
        if receiver is None:
            raise NotAskable(self.programme.programme.name)
        return asker, receiver, topic

    def _handed_over(self, question: QuestionRow, asker: MemberRow, receiver: MemberRow) -> HandedOver:
        calendar, now = people.calendar(receiver, self.programme), self.clock.now()
        reached_at = next_open(calendar, now)
        clock = clock_of(receiver, self.programme, reached_at)
        return HandedOver(
            question_ref=question.ref,
            receiver=people.person(receiver),
            reached_at=reached_at,
            at_once=is_open(calendar, now),
            answer_by=clock.release_at.astimezone(people.zone(asker)).date(),
        )


def clock_of(receiver: MemberRow, programme: Programme, reached_at: datetime) -> ReplyClock:
    """When the receiver is reminded and when the question goes on, in their open days (R6, R14)."""
    rule = people.settings(receiver, programme).questions
    calendar = people.calendar(receiver, programme)
    return start_reply_clock(calendar, reached_at, rule.remind_on_open_day, rule.move_on_open_day, rule.at)
