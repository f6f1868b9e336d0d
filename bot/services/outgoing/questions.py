"""What messages about questions, and about the answers Silta gives, tell."""

from collections import Counter
from datetime import timedelta
from typing import Final

from bot.facts.knowledge import Draft, WeeklyList
from bot.facts.nudges import Settled
from bot.facts.questions import (
    AnswerArrived,
    NobodyKnew,
    Question,
    QuestionElsewhere,
    QuestionReminder,
    QuestionWithdrawn,
    Replied,
    WentOn,
)
from bot.services import people
from bot.services.entries_known import known_in, old_titles
from bot.services.nudge_items import content
from bot.services.outgoing.look import Look, Lookup
from bot.services.question_clock import WORDS_KEPT_FOR
from bot.services.question_facts import draft_of, own_entry_id, question_of, replied_of
from bot.services.settling import QUESTION_KIND
from bot.services.weekly_lists import WEEKLY_LIST
from storage import questions
from storage.knowledge import DRAFT, DRAFT_KIND
from storage.questions import QuestionRow

LATE: Final = timedelta(minutes=1)
"""What was told just before the last list left may have been written down just after it: rather twice than never."""


async def question(look: Look) -> Question | None:
    """The question, while it waits with this person."""
    found = await _waits_with(look)
    return await question_of(look.store, found) if found else None


async def reminder(look: Look) -> QuestionReminder | None:
    """The one reminder, while the question waits with this person."""
    found = await _waits_with(look)
    if found is None or found.move_on_at is None:
        return None
    move_on = found.move_on_at.astimezone(people.zone(look.recipient)).date()
    return QuestionReminder(await question_of(look.store, found), move_on)


async def settled(look: Look) -> Settled | None:
    """What a receiver's card says once the question has ended, and what is still open of the nudge it came with."""
    outcome = await _outcome(look)
    if outcome is None or look.place is None:
        return None
    nudge = await look.store.nudges.standing_at(look.recipient.id, *look.place)
    return Settled(outcome, await content(look.store, nudge, look.recipient, look.programme) if nudge else None)


async def _outcome(look: Look) -> QuestionWithdrawn | QuestionElsewhere | Replied | None:
    """Taken back, with somebody else, or answered.

    None while it waits with this person, and for an answer that was suggested for everybody: its card says that.
    """
    found = await look.store.questions.by_ref(look.subject)
    if found is None:
        return None
    if found.state == questions.WITHDRAWN:
        return QuestionWithdrawn()
    if found.receiver_id is not None and found.receiver_id != look.recipient.id:
        return QuestionElsewhere(people.person(await look.store.members.by_id(found.receiver_id)))
    suggested = await look.store.knowledge.has_entry(found.workspace, own_entry_id(found))
    return None if found.state != questions.ANSWERED or suggested else await replied_of(look.store, found)


async def answer(look: Look) -> AnswerArrived | None:
    """The answer, with the name of whoever gave it."""
    found = await look.store.questions.by_ref(look.subject)
    if found is None or found.receiver_id is None or found.words is None or found.answer is None:
        return None
    receiver = await look.store.members.by_id(found.receiver_id)
    return AnswerArrived(people.person(receiver), found.words, found.answer)


async def went_on(look: Look) -> WentOn | None:
    """That the question has gone on, while it waits for an answer."""
    found = await look.store.questions.by_ref(look.subject)
    if found is None or found.state != questions.ASKED or found.receiver_id is None:
        return None
    return WentOn(people.person(await look.store.members.by_id(found.receiver_id)))


async def nobody_knew(look: Look) -> NobodyKnew | None:
    """That nobody could answer in time, unless somebody has meanwhile."""
    found = await look.store.questions.by_ref(look.subject)
    return NobodyKnew() if found is not None and found.state == questions.UNANSWERED else None


async def draft(look: Look) -> Draft | None:
    """A suggested answer, while it waits for a coordinator."""
    row = await look.store.knowledge.draft(look.recipient.workspace, look.subject)
    return await draft_of(look.store, row) if row is not None and look.recipient.is_coordinator else None


async def weekly_list(look: Look) -> WeeklyList | None:
    """What nobody could answer since the last list and what is to be looked after; None when there is nothing.

    Without a list before it, it goes back as far as words are kept.
    """
    if not look.recipient.is_coordinator:
        return None
    store, workspace = look.store, look.recipient.workspace
    last_at = await store.outbox.last_left(WEEKLY_LIST, look.subject, look.recipient)
    told = await store.questions.unanswered_since(workspace, last_at - LATE if last_at else look.now - WORDS_KEPT_FOR)
    today = look.now.astimezone(people.zone(look.recipient)).date()
    made = WeeklyList(
        unanswered=tuple(Counter(one.topic for one in told).most_common()),
        words=tuple(one.words for one in told if one.words),
        open_questions=await store.questions.count_open(workspace),
        old=old_titles(await known_in(store, workspace), people.language(look.recipient), today),
        drafts=len(await store.knowledge.entries(workspace, DRAFT)),
    )
    return made if made.unanswered or made.open_questions or made.old or made.drafts else None


async def _waits_with(look: Look) -> QuestionRow | None:
    found = await look.store.questions.by_ref(look.subject)
    if found is None or found.state != questions.ASKED or found.receiver_id != look.recipient.id:
        return None
    apart = await look.store.avoids.between(found.asker_id, look.recipient.id)
    return None if apart else found


LOOKUPS: Final[dict[str, Lookup]] = {
    questions.KIND: question,
    questions.REMINDER: reminder,
    QUESTION_KIND: settled,
    "questions.answer": answer,
    "questions.went_on": went_on,
    "questions.nobody_knew": nobody_knew,
    DRAFT_KIND: draft,
    WEEKLY_LIST: weekly_list,
}
