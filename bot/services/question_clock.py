"""Time passes for questions: one reminder, then a coordinator, then the truth; no word of blame (R6, R14)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.programme import Programme
from bot.services.handover import clock_of
from bot.services.intents import about
from bot.services.responsible import a_coordinator
from bot.services.settling import settle_question
from storage import questions
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import Priority
from storage.questions import QuestionRow, UnansweredRow
from storage.store import Store

WORDS_KEPT_FOR: Final = timedelta(days=90)
"""After the end of a question, or after the coordinators were told."""


@dataclass(frozen=True)
class QuestionClock:
    """What happens to a question that waits for its answer."""

    database: Database
    clock: Clock
    programme: Programme

    async def start_clocks(self) -> None:
        """Starts the clock of every question that has been delivered."""
        async with self.database.transaction() as store:
            for question, delivered_at in await store.questions.delivered_without_clock():
                if question.receiver_id is not None:
                    receiver = await store.members.by_id(question.receiver_id)
                    clock = clock_of(receiver, self.programme, delivered_at)
                    question.remind_at, question.move_on_at = clock.remind_at, clock.release_at

    async def remind(self) -> None:
        """Plans the one reminder of every question whose third open day has come."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for question in await store.questions.to_remind(now):
                if question.receiver_id is None:
                    continue
                receiver = await store.members.by_id(question.receiver_id)
                question.remind_at = None
                await store.outbox.put(
                    about(
                        question,
                        questions.REMINDER,
                        receiver,
                        Priority.REMINDER,
                        now,
                        expires_at=question.move_on_at,
                    )
                )

    async def move_on(self) -> None:
        """Hands on every question whose fifth open day has come, or whose receiver is not there any more."""
        async with self.database.transaction() as store:
            for question in await store.questions.to_move_on(self.clock.now()):
                asker = await store.members.by_id(question.asker_id)
                coordinator = await self._next(store, question, asker)
                if coordinator is None:
                    await self._end(store, question, asker)
                else:
                    await self._hand_on(store, question, asker, coordinator)

    async def forget_words(self) -> None:
        """Removes the words of questions ninety days after their end, and what coordinators were told."""
        before = self.clock.now() - WORDS_KEPT_FOR
        async with self.database.reading() as store:
            if not await store.questions.has_words_before(before):
                return
        async with self.database.transaction() as store:
            await store.questions.forget_words_before(before)

    async def _next(self, store: Store, question: QuestionRow, asker: MemberRow) -> MemberRow | None:
        """A coordinator who has not had it; one is enough, then it ends."""
        receiver = await store.members.by_id(question.receiver_id) if question.receiver_id else None
        if question.earlier_id is not None or (receiver is not None and receiver.is_coordinator):
            return None
        return await a_coordinator(store, self.programme, asker, self.clock.now(), {question.receiver_id})

    async def _hand_on(self, store: Store, question: QuestionRow, asker: MemberRow, coordinator: MemberRow) -> None:
        now = self.clock.now()
        await store.outbox.cancel(question.ref, now, "released")
        question.earlier_id, question.receiver_id = question.receiver_id, coordinator.id
        question.remind_at = question.move_on_at = None
        await settle_question(store, question, now)
        await store.outbox.put(about(question, questions.KIND, coordinator, Priority.ANSWER, now))
        await store.outbox.put(about(question, "questions.went_on", asker, Priority.ANSWER, now))

    async def _end(self, store: Store, question: QuestionRow, asker: MemberRow) -> None:
        """Nobody had an answer: the asker is told, and the coordinators' list counts it, without its words."""
        now = self.clock.now()
        question.state, question.ended_at = questions.UNANSWERED, now
        await store.outbox.cancel(question.ref, now, "released")
        store.questions.add(UnansweredRow(workspace=question.workspace, topic=question.topic, told_at=now))
        await store.outbox.put(about(question, "questions.nobody_knew", asker, Priority.ANSWER, now))
