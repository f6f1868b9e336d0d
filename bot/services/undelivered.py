"""When a message cannot reach its person, whoever waits for its effect is told: no ask ends in silence."""

from datetime import datetime

from bot.services.endings import turn_down
from bot.services.intents import about
from storage import events, introductions, meetups, questions
from storage.outbox import UNKNOWN, Priority
from storage.questions import KIND
from storage.store import Store


async def settle(store: Store, kind: str, subject: str, state: str, now: datetime) -> None:
    """Draws the consequence for this kind of message, in the transaction that records why it did not arrive."""
    if kind == "introductions.request" and state != UNKNOWN:
        await _request(store, subject, now)
    elif kind == "introductions.introduce":
        await _introduction(store, subject, now)
    elif kind == "meetups.group":
        await _meetup(store, subject, now)
    elif kind == KIND and state != UNKNOWN:
        await _question(store, subject, now)
    elif kind == events.POST:
        await _post(store, subject, now)


async def _request(store: Store, subject: str, now: datetime) -> None:
    """The contact person cannot be reached: "not available right now", and who else fits (R7).

    A request that may have arrived is not touched: its reply clock runs, and ends in the same words.
    """
    found = await store.introductions.by_ref(subject)
    if found is None:
        return
    # People are held before introductions, as everywhere: an answer or another replica may be at it now.
    contact = await store.members.locked(found.contact_id)
    introduction = await store.introductions.held(found.id)
    if introduction.state == introductions.ASKED:
        asker = await store.members.by_id(introduction.asker_id)
        await turn_down(store, introduction, contact, asker, introductions.UNAVAILABLE, now)


async def _introduction(store: Store, subject: str, now: datetime) -> None:
    """Nobody knows of a conversation that opened. Both said yes, so each is told who the other is."""
    introduction = await store.introductions.by_ref(subject)
    if introduction is not None and introduction.state == introductions.OPEN:
        for member_id in (introduction.asker_id, introduction.contact_id):
            member = await store.members.by_id(member_id)
            await store.outbox.put(
                about(introduction, "introductions.meet_directly", member, Priority.INTRODUCTION, now)
            )


async def _meetup(store: Store, subject: str, now: datetime) -> None:
    """The group conversation did not open, so each of the group is told who they meet and when."""
    meetup = await store.meetups.by_ref(subject)
    if meetup is not None and meetup.state == meetups.PLANNED and meetup.starts_at > now:
        for member in await store.meetups.people(meetup.id):
            await store.outbox.put(
                about(meetup, "meetups.gather", member, Priority.INTRODUCTION, now, expires_at=meetup.starts_at)
            )


async def _question(store: Store, subject: str, now: datetime) -> None:
    """Whoever was asked cannot be reached: the question goes on at the next tick."""
    question = await store.questions.by_ref(subject)
    if question is not None and question.state == questions.ASKED:
        question.move_on_at = now


async def _post(store: Store, subject: str, now: datetime) -> None:
    """A channel did not take the post, so whoever announced the event is told which."""
    row = await store.outbox.about(events.POST, subject)
    speaker = await store.members.by_id(row.recipient_id) if row is not None else None
    post = await store.events.post_by_ref(speaker.workspace, subject) if speaker else None
    event = await store.events.by_id(post.event_id) if post else None
    if speaker and post and event and event.takes_place:
        await store.outbox.put(
            about(post, "events.not_posted", speaker, Priority.ANSWER, now, expires_at=event.starts_at)
        )
