"""What is settled leaves no live buttons behind: every card about it is updated where it stands (R17)."""

from collections.abc import AsyncIterator, Sequence
from datetime import datetime
from typing import Final

from bot.services import people
from storage import questions
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.nudges import NudgeRow
from storage.outbox import Intent, OutboxRow, Priority
from storage.questions import QuestionRow
from storage.rows import Referred
from storage.store import Store

KIND: Final = "introductions.settled"
WITH_BUTTONS: Final = ("introductions.request", "introductions.reminder", "away.contact_away")
"""Kinds of message about a request whose buttons say nothing any more once it is settled."""
QUESTION_KIND: Final = "questions.settled"
QUESTION_WITH_BUTTONS: Final = (questions.KIND, "questions.reminder")


async def settle_cards(store: Store, introduction: IntroductionRow, now: datetime) -> None:
    """Plans the update of each card about this request, on both sides; it notifies nobody and needs no open time."""
    if introduction.card_channel and introduction.card_ts:
        await put_in_place(
            store, introduction, introduction.asker_id, introduction.card_channel, introduction.card_ts, now
        )
    async for message in _messages(store, introduction):
        if message.channel and message.ts:
            await put_in_place(store, introduction, message.recipient_id, message.channel, message.ts, now)


async def settle_question(store: Store, question: QuestionRow, now: datetime) -> None:
    """The same for a question that was answered, taken back, or has gone on: nobody keeps words they need not have."""
    for message in await store.outbox.standing(question.ref, QUESTION_WITH_BUTTONS):
        if message.channel and message.ts:
            await put_in_place(store, question, message.recipient_id, message.channel, message.ts, now, QUESTION_KIND)


async def _messages(store: Store, introduction: IntroductionRow) -> AsyncIterator[OutboxRow]:
    """What has arrived about this request, and the nudges in which it was one thing among others."""
    about_it = await store.outbox.standing(introduction.ref, WITH_BUTTONS)
    for message in about_it:
        yield message
    contact = await store.members.by_id(introduction.contact_id)
    for nudge, message in await store.nudges.standing(contact.id, introduction.requested_at):
        if message.subject != introduction.ref and _was_in(nudge, contact, about_it):
            yield message


def _was_in(nudge: NudgeRow, contact: MemberRow, about_it: Sequence[OutboxRow]) -> bool:
    """A nudge names requests of an earlier day whose own reminder had not come (see `nudge_items`)."""
    arrived = {message.kind: message.finished_at for message in about_it if message.finished_at}
    delivered_at, reminded_at = arrived.get("introductions.request"), arrived.get("introductions.reminder")
    if delivered_at is None or (reminded_at is not None and reminded_at <= nudge.planned_at):
        return False
    zone = people.zone(contact)
    return delivered_at.astimezone(zone).date() < nudge.planned_at.astimezone(zone).date()


async def put_in_place(
    store: Store,
    subject: Referred,
    recipient_id: int,
    channel: str,
    ts: str,
    now: datetime,
    kind: str = KIND,
) -> None:
    """Plans the update of the message that stands there; once for each kind, subject and place."""
    await store.outbox.put(
        Intent(
            workspace=subject.workspace,
            dedup_key=f"{kind}:{subject.ref}:{recipient_id}:{channel}:{ts}",
            kind=kind,
            subject=subject.ref,
            recipient_id=recipient_id,
            priority=Priority.ANSWER,
            not_before=now,
            channel=channel,
            ts=ts,
        )
    )
