"""Questions and drafts as those see them who answer."""

from bot.facts.knowledge import Draft
from bot.facts.questions import Question, Replied
from bot.services import people
from bot.services.entries_known import entry_of, fact_of, in_language, known_in
from storage.knowledge import KnowledgeEntryRow
from storage.questions import QuestionRow
from storage.store import Store


async def question_of(store: Store, question: QuestionRow) -> Question:
    """A question as its receiver sees it."""
    asker = None if question.without_name else people.person(await store.members.by_id(question.asker_id))
    return Question(question.ref, asker, question.words or "", question.earlier_id is not None)


async def replied_of(store: Store, question: QuestionRow) -> Replied:
    """A question as its receiver sees it once they have answered."""
    asker = None if question.without_name else people.person(await store.members.by_id(question.asker_id))
    return Replied(question.ref, asker)


def own_entry_id(question: QuestionRow) -> str:
    """The id of the entry that may come of this question."""
    return f"own-{question.ref}"


async def draft_of(store: Store, row: KnowledgeEntryRow) -> Draft:
    """A draft as a coordinator sees it before it is saved."""
    by = await store.members.by_id(row.drafted_by_id) if row.drafted_by_id else None
    known = await known_in(store, row.workspace)
    is_new = in_language(known, row.entry_id, row.language) is None
    return Draft(row.ref, fact_of(entry_of(row), row.language), is_new, people.person(by) if by else None)
