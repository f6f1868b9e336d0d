"""Words for events: what, when by the reader's own clock, where, and three answers that are all good ones."""

from dataclasses import replace
from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject

from bot.facts.events import (
    Counts,
    Event,
    EventCancelled,
    EventChanged,
    EventInvited,
    EventPosted,
    EventPromoted,
    EventReminder,
    LessonShared,
    PresenceCounted,
    WereYouThere,
)
from bot.language import Translator
from bot.messages import ids, parts
from bot.messages.parts import Message

_ANSWERS: Final = {"yes": ids.EVENTS_YES, "maybe": ids.EVENTS_MAYBE, "no": ids.EVENTS_NO}


def posted(t: Translator, fact: EventPosted) -> Message:
    """The one post in a channel, in the channel's own language; counts are there for everybody, answers are not."""
    t = Translator(fact.language, fact.zone)
    message = Message(headline(t, fact.event), (*card(t, fact.event), parts.remarks(_counted(t, fact.event, fact))))
    if fact.event.is_cancelled:
        lead = t.markup("Cancelled: *{title}*", title=fact.event.title)
        return Message(lead, (parts.says(lead), parts.says(_moment(t, fact.event))))
    if not fact.is_open:
        return message
    return Message(message.text, (*message.blocks, parts.buttons(*_answers(t, fact.post_ref, fact.event.link))))


def invited(t: Translator, fact: EventInvited) -> Message:
    """An event to one person, with what they said so far; every answer can be changed. Who may come may note it."""
    lead = headline(t, fact.event) if fact.answer is None else _answered(t, fact)
    blocks: list[Block] = [] if fact.answer is None else [parts.says(lead)]
    blocks += [*card(t, fact.event), parts.remarks(total(t, fact.event, fact.counts))]
    calendars = take_along(t, fact.event) if fact.answer in ("yes", "maybe") else ()
    answers = _answers(t, fact.event.ref, fact.event.link, fact.answer)
    return Message(lead, (*blocks, parts.buttons(*answers, *calendars)))


def promoted(t: Translator, fact: EventPromoted) -> Message:
    """Good news for somebody who waited."""
    lead = t.markup("A place is free, and it is yours: *{title}*.", title=fact.event.title)
    return Message(lead, (parts.says(lead), *card(t, fact.event), _change_of_mind(t, fact.event)))


def changed(t: Translator, fact: EventChanged) -> Message:
    """What is different, and the event as it is now."""
    what = t.all_of([change(t, one) for one in fact.changes])
    lead = t.markup("*{title}* has changed: {what}.", title=fact.event.title, what=what)
    return Message(lead, (parts.says(lead), *card(t, fact.event), _change_of_mind(t, fact.event, is_news=True)))


def cancelled(t: Translator, fact: EventCancelled) -> Message:
    """It does not take place."""
    lead = t.markup(
        "*{title}* on {day} does not take place. Sorry for the change.",
        title=fact.event.title,
        day=t.day(t.local_day(fact.event.starts_at)),
    )
    # What does not take place is added nowhere.
    files = tuple(one for one in fact.event.calendars if not one[0])
    update = take_along(t, replace(fact.event, calendars=files), is_news=True)
    return Message(lead, (parts.says(lead), *([parts.buttons(*update)] if update else [])))


def reminder(t: Translator, fact: EventReminder) -> Message:
    """One reminder, to those who come and those who may."""
    at = fact.event.starts_at
    lead = t.markup(
        "A reminder: *{title}*, {day} at {time}.",
        title=fact.event.title,
        day=t.day(t.local_day(at)),
        time=t.time(at),
    )
    blocks: list[Block] = [parts.says(lead), *card(t, fact.event)[1:]]
    if fact.answer == "maybe":
        blocks.append(parts.says(t.markup("You said maybe. One press helps the organiser to plan.")))
    buttons = [*_answers(t, fact.event.ref, fact.event.link, fact.answer), *take_along(t, fact.event)]
    return Message(lead, (*blocks, parts.buttons(*buttons)))


def were_you_there(t: Translator, fact: WereYouThere) -> Message:
    """The one question."""
    lead = t.markup("*{title}*, {day}: were you there?", title=fact.title, day=t.day(t.local_day(fact.held_at)))
    yes = parts.button(t.text("Yes"), ids.EVENTS_WAS_THERE, fact.event_ref, style="primary")
    no = parts.button(t.text("No"), ids.EVENTS_WAS_NOT_THERE, fact.event_ref)
    remark = t.text("Answers are only counted. Nobody sees who said what, and I ask no more.")
    return Message(lead, (parts.says(lead), parts.remarks(remark), parts.buttons(yes, no)))


def presence_counted(t: Translator, fact: PresenceCounted) -> Message:
    """Thanks, and room for one line."""
    if not fact.was_there:
        lead = t.markup("That happens. Thank you for telling me.")
        return Message(lead, (parts.says(lead),))
    lead = t.markup("Thank you. Did you take something home that others could use?")
    share = parts.button(t.text("Share one line"), ids.EVENTS_LEARN, fact.event_ref)
    return Message(lead, (parts.says(lead), parts.buttons(share)))


def lesson_shared(t: Translator, fact: LessonShared) -> Message:
    """What became of the line."""
    if fact.is_kept:
        lead = t.markup("Thank you. Your line is shared with the organisers, without your name.")
    else:
        lead = t.markup("All right. Nothing was kept.")
    return Message(lead, (parts.says(lead),))


def headline(t: Translator, event: Event) -> str:
    """What it is, when, by the reader's clock."""
    at = event.starts_at
    return t.markup("*{title}*: {day} at {time}", title=event.title, day=t.day(t.local_day(at)), time=t.time(at))


def card(t: Translator, event: Event) -> list[Block]:
    """The event as everybody may see it; the first block names it."""
    name = t.markup(
        "*{title}*\n{kind}, {officiality}",
        title=event.title,
        kind=kind(t, event.kind),
        officiality=officiality(t, event.officiality),
    )
    when = [_moment(t, event)]
    if event.place:
        when.append(t.markup("Place: {place}", place=event.place))
    when.append(t.markup("Please answer by {day}.", day=t.day(event.closes_on)))
    blocks: list[Block] = [parts.says(name), parts.says("\n".join(when))]
    # Other people's long words are kept apart, so that together they stay within Slack's 3,000 characters.
    if event.planned_role:
        blocks.append(parts.says(t.markup("What you do there: {role}", role=event.planned_role)))
    if event.time_covered_by:
        blocks.append(parts.says(t.markup("Who covers the time: {who}", who=event.time_covered_by)))
    if event.organiser:
        blocks.append(parts.remarks(t.text("Organiser: {name}", name=event.organiser.name)))
    return blocks


def kind(t: Translator, name: str) -> str:
    """What this language calls a kind of event."""
    return {
        "study_visit": t.text("Study visit"),
        "joint_training": t.text("Joint training"),
        "in_service_training": t.text("In-service training"),
        "guest_talk": t.text("Guest talk"),
        "curriculum_workshop": t.text("Curriculum workshop"),
        "morning_coffee": t.text("Morning coffee"),
        "other": t.text("Event"),
    }[name]


def officiality(t: Translator, name: str) -> str:
    """How official it is (S17)."""
    return {
        "official": t.text("official"),
        "set": t.text("set"),
        "semi_official": t.text("semi-official"),
        "informal": t.text("informal"),
    }[name]


def change(t: Translator, name: str) -> str:
    """What this language calls a part of an event that has changed."""
    return {
        "title": t.text("the title"),
        "time": t.text("the time"),
        "place": t.text("the place"),
        "role": t.text("what it is about"),
        "capacity": t.text("the number of places"),
        "reply_by": t.text("the last day to answer"),
        "audience": t.text("whom it is for"),
    }[name]


def visit(t: Translator, link: str) -> tuple[ButtonElement, ...]:
    """The way to the page of an event, if it has one."""
    if not link:
        return ()
    label = parts.plain(t.text("Open the link"), parts.BUTTON_AT_MOST)
    return (ButtonElement(text=label, action_id=ids.EVENTS_VISIT, url=link),)


def take_along(t: Translator, event: Event, *, is_news: bool = False) -> tuple[ButtonElement, ...]:
    """The way into the reader's calendar, which may know the event as it was before.

    Only a file of our own changes an entry that is there; pages elsewhere can only add one.
    """
    add, update = t.text("Add to calendar"), t.text("Update my calendar")
    places = (ids.EVENTS_CALENDAR, ids.EVENTS_OUTLOOK)
    return tuple(
        ButtonElement(
            text=parts.plain(f"{add}: {calendar}" if calendar else update if is_news else add, parts.BUTTON_AT_MOST),
            action_id=place,
            url=url,
        )
        for place, (calendar, url) in zip(places, event.calendars, strict=False)
    )


def asked_back(t: Translator, title: str, question: str, sure: str) -> ConfirmObject:
    """Asked back once, because it reaches many or cannot be undone."""
    return ConfirmObject(
        title=parts.plain(title, 100),
        text=parts.plain(question, 300),
        confirm=parts.plain(sure, 30),
        deny=parts.plain(t.text("Back"), 30),
    )


def _moment(t: Translator, event: Event) -> str:
    begins, ends = t.local_day(event.starts_at), t.local_day(event.ends_at)
    until = t.time(event.ends_at) if begins == ends else f"{t.day(ends)} {t.time(event.ends_at)}"
    return t.markup("{day} at {time} – {until}", day=t.day(begins), time=t.time(event.starts_at), until=until)


def _answered(t: Translator, fact: EventInvited) -> str:
    if fact.waits_as is not None:
        return t.markup(
            "All places are taken just now. You are number {place} on the waiting list; I tell you when one is free.",
            place=fact.waits_as,
        )
    return {
        "yes": t.markup("Good, you are coming."),
        "maybe": t.markup("Noted: maybe."),
        "no": t.markup("Noted: you are not coming. That is fine."),
    }[fact.answer or "no"]


def _counted(t: Translator, event: Event, fact: EventPosted) -> str:
    if not event.is_per_region:
        return total(t, event, fact.counts)
    return f"{fact.region}: {numbers(t, fact.of_region, event.capacity)}"


def total(t: Translator, event: Event, counts: Counts) -> str:
    """How many come, of how many places there are in all."""
    return numbers(t, counts, None if event.is_per_region else event.capacity)


def numbers(t: Translator, counts: Counts, capacity: int | None) -> str:
    """How many come, may come and wait."""
    yes = str(counts.yes) if capacity is None else f"{counts.yes}/{capacity}"
    said = [t.text("Yes: {yes} · maybe: {maybe}", yes=yes, maybe=counts.maybe)]
    if counts.waiting:
        said.append(t.text("waiting: {count}", count=counts.waiting))
    return " · ".join(said)


def _answers(t: Translator, ref: str, link: str, answer: str | None = None) -> list[ButtonElement]:
    """Every answer that differs from the one that was given."""
    labels = {"yes": t.text("I'm coming"), "maybe": t.text("Maybe"), "no": t.text("Not this time")}
    buttons = [
        parts.button(labels[one], _ANSWERS[one], ref, style="primary" if one == "yes" else None)
        for one in _ANSWERS
        if one != answer
    ]
    return [*buttons, *visit(t, link)]


def _change_of_mind(t: Translator, event: Event, *, is_news: bool = False) -> Block:
    no = parts.button(t.text("I can't come after all"), ids.EVENTS_NO, event.ref)
    return parts.buttons(no, *visit(t, event.link), *take_along(t, event, is_news=is_news))
