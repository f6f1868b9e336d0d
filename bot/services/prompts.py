"""What people answer to a light prompt: an offer of one task, "not for me", or nothing (S37, S54)."""

from dataclasses import dataclass

from bot.errors import UnknownReference
from bot.facts.prompts import AskedAnotherTime, OfferTakenBack, TaskDeclined, TaskOffered
from bot.rules.prompts import task_of
from storage.database import Database
from storage.members import MemberRow
from storage.prompts import DECLINED, LATER, OFFERED, PromptGivenRow
from storage.store import Store


@dataclass(frozen=True)
class Prompts:
    """Keeps what somebody offers. The last answer wins (R17)."""

    database: Database

    async def offer(self, member_id: int, prompt_ref: str) -> TaskOffered:
        """They could offer the task that the prompt asks about. Raises UnknownReference."""
        async with self.database.transaction() as store:
            given, member, task = await self._given(store, member_id, prompt_ref)
            given.answer, member.tasks = OFFERED, tuple(sorted({*member.tasks, task}))
            return TaskOffered(given.ref, task)

    async def decline(self, member_id: int, prompt_ref: str) -> TaskDeclined:
        """The task is not for them; they are not asked about it again. Raises UnknownReference."""
        async with self.database.transaction() as store:
            given, member, task = await self._given(store, member_id, prompt_ref)
            given.answer, member.tasks = DECLINED, _without(member, task)
            return TaskDeclined(given.ref, task)

    async def later(self, member_id: int, prompt_ref: str) -> AskedAnotherTime:
        """Another time: nothing is noted but that they answered. Raises UnknownReference."""
        async with self.database.transaction() as store:
            given, _, _ = await self._given(store, member_id, prompt_ref)
            given.answer = given.answer or LATER
            return AskedAnotherTime()

    async def take_back(self, member_id: int, prompt_ref: str) -> OfferTakenBack:
        """The offer is taken back, without a reason. Raises UnknownReference."""
        async with self.database.transaction() as store:
            given, member, task = await self._given(store, member_id, prompt_ref)
            given.answer, member.tasks = LATER, _without(member, task)
            return OfferTakenBack(task)

    async def _given(self, store: Store, member_id: int, prompt_ref: str) -> tuple[PromptGivenRow, MemberRow, str]:
        member = await store.members.locked(member_id)
        given = await store.prompts.of_person(member_id, prompt_ref)
        if given is None:
            raise UnknownReference
        return given, member, task_of(given.prompt)


def _without(member: MemberRow, task: str) -> tuple[str, ...]:
    return tuple(one for one in member.tasks if one != task)
