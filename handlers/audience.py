"""Who may use each listener, and what its value names. docs/listeners.md is made of it (`docs/make_listeners.py`).

A listener lets nobody in by itself: the service asks at the moment of acting, inside the transaction. This list says
what it must find, and the tests play every listener with forged values against it.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Who(StrEnum):
    """Who may use a listener; the words are those of docs/listeners.md."""

    ANYBODY = "anybody here, about themselves"
    ASKER = "whoever asked"
    CONTACT = "the contact person who was asked"
    ONE_OF_TWO = "one of the two"
    OWNER = "the one it was sent to or who wrote it"
    CIRCLE = "members of the circle"
    GROUP = "the people of the meetup"
    CONFIRMER = "a coordinator or a leader of the same institution, never about themselves"
    INVITED = "anybody whom the event is for"
    COORDINATOR = "coordinators"
    SLACK = "nobody; Slack tells it about somebody"


class Names(StrEnum):
    """What the value of a button, menu or form names."""

    NOTHING = "nothing"
    CHOICE = "a choice"
    PERSON = "a person"
    ASK = "an ask"
    ASK_AND_PERSON = "an ask and a person"
    ASK_AND_FIELD = "an ask and a field"
    REQUEST = "a request or contact"
    WAIT = "a request, or a place in a waiting list"
    CHECK_IN = "a check-in"
    CHECK_IN_OR_CONTACT = "a check-in, or a contact"
    BENEFIT = "a check-in and a choice"
    NUDGE = "a nudge"
    PROMISE = "a promise"
    PROMPT = "a light question"
    DAYS = "days, or a period away"
    CIRCLE = "a circle"
    CIRCLE_CHANGE = "a wish for a circle"
    SLOT = "a time of a poll"
    ROUND = "a poll"
    MEETUP = "a meetup"
    QUESTION = "a question to a person"
    ENTRY = "an answer in preparation"
    EVENT = "an event"
    EVENT_DRAFT = "an event in preparation"
    GUEST = "a guest of an event"


@dataclass(frozen=True)
class Use:
    """Who may use one listener, and what its value names."""

    who: Who
    names: Names = Names.NOTHING


_MYSELF: Final = Use(Who.ANYBODY)

AUDIENCE: Final[dict[str, Use]] = {
    "conversation.message": _MYSELF,
    "conversation.ignore": _MYSELF,
    "conversation.mention": _MYSELF,
    "command.command": _MYSELF,
    "home.opened": _MYSELF,
    "members.changed": Use(Who.SLACK),
    "fields.start": _MYSELF,
    "fields.confirm": Use(Who.ASKER, Names.ASK),
    "fields.change": Use(Who.ASKER, Names.ASK),
    "fields.pick": Use(Who.ASKER, Names.ASK_AND_FIELD),
    "introductions.request": Use(Who.ASKER, Names.ASK_AND_PERSON),
    "introductions.submit_request": Use(Who.ASKER, Names.ASK_AND_PERSON),
    "introductions.wait": Use(Who.ASKER, Names.ASK_AND_PERSON),
    "introductions.watch": Use(Who.ASKER, Names.ASK),
    "introductions.cancel": Use(Who.ASKER, Names.WAIT),
    "introductions.tell_coordinator": Use(Who.ASKER, Names.ASK),
    "introductions.accept": Use(Who.CONTACT, Names.REQUEST),
    "introductions.decline": Use(Who.CONTACT, Names.REQUEST),
    "introductions.pass_on": Use(Who.CONTACT, Names.REQUEST),
    "introductions.submit_colleague": Use(Who.CONTACT, Names.REQUEST),
    "check_ins.in_touch": Use(Who.OWNER, Names.CHECK_IN),
    "check_ins.not_yet": Use(Who.OWNER, Names.CHECK_IN),
    "check_ins.no_longer_needed": Use(Who.OWNER, Names.CHECK_IN),
    "check_ins.benefit": Use(Who.OWNER, Names.BENEFIT),
    "check_ins.keep": Use(Who.OWNER, Names.CHECK_IN),
    "check_ins.close": Use(Who.ONE_OF_TWO, Names.CHECK_IN_OR_CONTACT),
    "nudges.less_often": _MYSELF,
    "nudges.snooze": _MYSELF,
    "nudges.when_needed": _MYSELF,
    "nudges.weekly": _MYSELF,
    "nudges.rhythm": Use(Who.ANYBODY, Names.CHOICE),
    "promises.note": _MYSELF,
    "promises.submit": _MYSELF,
    "promises.done": Use(Who.OWNER, Names.PROMISE),
    "promises.drop": Use(Who.OWNER, Names.PROMISE),
    "prompts.offer": Use(Who.OWNER, Names.PROMPT),
    "prompts.decline": Use(Who.OWNER, Names.PROMPT),
    "prompts.later": Use(Who.OWNER, Names.PROMPT),
    "prompts.take_back": Use(Who.OWNER, Names.PROMPT),
    "away.confirm": Use(Who.ANYBODY, Names.DAYS),
    "away.change": Use(Who.ANYBODY, Names.DAYS),
    "away.save": Use(Who.ANYBODY, Names.DAYS),
    "away.end": Use(Who.OWNER, Names.DAYS),
    "meetups.join": Use(Who.ANYBODY, Names.CHOICE),
    "meetups.leave": Use(Who.CIRCLE, Names.CIRCLE),
    "meetups.propose": Use(Who.CIRCLE),
    "meetups.submit": Use(Who.CIRCLE, Names.CIRCLE),
    "meetups.vote": Use(Who.CIRCLE, Names.SLOT),
    "meetups.unvote": Use(Who.CIRCLE, Names.SLOT),
    "meetups.not_this_time": Use(Who.CIRCLE, Names.ROUND),
    "meetups.agenda": Use(Who.GROUP, Names.MEETUP),
    "meetups.submit_agenda": Use(Who.GROUP, Names.MEETUP),
    "meetups.met": Use(Who.GROUP, Names.MEETUP),
    "meetups.not_met": Use(Who.GROUP, Names.MEETUP),
    "meetups.not_yet": Use(Who.GROUP, Names.MEETUP),
    "meetups.calendar": _MYSELF,
    "meetups.outlook": _MYSELF,
    "meetups.visit": _MYSELF,
    "circles.show": _MYSELF,
    "circles.change": Use(Who.CIRCLE, Names.CIRCLE),
    "circles.submit_change": Use(Who.CIRCLE, Names.CIRCLE),
    "circles.agree": Use(Who.CIRCLE, Names.CIRCLE_CHANGE),
    "circles.disagree": Use(Who.CIRCLE, Names.CIRCLE_CHANGE),
    "members.pause": _MYSELF,
    "members.resume": _MYSELF,
    "members.confirm": _MYSELF,
    "members.language": Use(Who.ANYBODY, Names.CHOICE),
    "members.avoid": Use(Who.ANYBODY, Names.PERSON),
    "members.unavoid": Use(Who.ANYBODY, Names.PERSON),
    "members.capacity": Use(Who.ANYBODY, Names.CHOICE),
    "members.edit": _MYSELF,
    "members.save": _MYSELF,
    "members.confirm_contact": Use(Who.CONFIRMER, Names.PERSON),
    "members.leave_unconfirmed": Use(Who.CONFIRMER, Names.PERSON),
    "members.export": _MYSELF,
    "members.copy": _MYSELF,
    "members.forget": _MYSELF,
    "members.confirm_forget": Use(Who.ANYBODY, Names.PERSON),
    "reports.begin": Use(Who.ONE_OF_TWO, Names.REQUEST),
    "reports.submit": Use(Who.ONE_OF_TWO, Names.REQUEST),
    "reports.part": Use(Who.ONE_OF_TWO, Names.REQUEST),
    "questions.pick": Use(Who.ANYBODY, Names.CHOICE),
    "questions.helpful": Use(Who.ANYBODY, Names.CHOICE),
    "questions.not_helpful": Use(Who.ANYBODY, Names.CHOICE),
    "questions.tell_coordinator": Use(Who.ANYBODY, Names.CHOICE),
    "questions.ask_person": Use(Who.ANYBODY, Names.CHOICE),
    "questions.submit_question": Use(Who.ANYBODY, Names.CHOICE),
    "questions.pass_words_on": Use(Who.ANYBODY, Names.CHOICE),
    "questions.take_back": Use(Who.ASKER, Names.QUESTION),
    "questions.reply": Use(Who.OWNER, Names.QUESTION),
    "questions.submit_reply": Use(Who.OWNER, Names.QUESTION),
    "questions.save_answer": Use(Who.OWNER, Names.QUESTION),
    "questions.submit_draft": Use(Who.OWNER, Names.QUESTION),
    "knowledge.show": Use(Who.COORDINATOR, Names.CHOICE),
    "knowledge.language": Use(Who.COORDINATOR, Names.CHOICE),
    "knowledge.edit": Use(Who.COORDINATOR, Names.CHOICE),
    "knowledge.preview": Use(Who.COORDINATOR, Names.CHOICE),
    "knowledge.save": Use(Who.COORDINATOR, Names.ENTRY),
    "knowledge.drop": Use(Who.COORDINATOR, Names.ENTRY),
    "knowledge.retire": Use(Who.COORDINATOR, Names.CHOICE),
    "knowledge.bring_back": Use(Who.COORDINATOR, Names.CHOICE),
    "events.draft": Use(Who.COORDINATOR),
    "events.edit": Use(Who.COORDINATOR, Names.EVENT_DRAFT),
    "events.preview": Use(Who.COORDINATOR, Names.EVENT_DRAFT),
    "events.publish": Use(Who.COORDINATOR, Names.EVENT_DRAFT),
    "events.schedule": Use(Who.COORDINATOR, Names.EVENT_DRAFT),
    "events.submit_schedule": Use(Who.COORDINATOR, Names.EVENT_DRAFT),
    "events.cancel": Use(Who.COORDINATOR, Names.EVENT),
    "events.stop": Use(Who.COORDINATOR, Names.EVENT),
    "events.show": Use(Who.COORDINATOR, Names.EVENT),
    "events.attendance": Use(Who.COORDINATOR, Names.EVENT),
    "events.export": Use(Who.COORDINATOR, Names.EVENT),
    "events.told": Use(Who.COORDINATOR, Names.EVENT),
    "events.yes": Use(Who.INVITED, Names.EVENT),
    "events.maybe": Use(Who.INVITED, Names.EVENT),
    "events.no": Use(Who.INVITED, Names.EVENT),
    "events.was_there": Use(Who.INVITED, Names.EVENT),
    "events.was_not_there": Use(Who.INVITED, Names.EVENT),
    "events.learn": Use(Who.INVITED, Names.EVENT),
    "events.submit_lesson": Use(Who.INVITED, Names.EVENT),
    "events.visit": _MYSELF,
    "events.calendar": _MYSELF,
    "events.outlook": _MYSELF,
    "guests.show": Use(Who.COORDINATOR, Names.EVENT),
    "guests.invite": Use(Who.COORDINATOR, Names.EVENT),
    "guests.submit": Use(Who.COORDINATOR, Names.EVENT),
    "guests.withdraw": Use(Who.COORDINATOR, Names.GUEST),
    "feeds.subscribe": _MYSELF,
    "feeds.renew": _MYSELF,
    "feeds.stop": _MYSELF,
    "roles.appoint": Use(Who.COORDINATOR, Names.PERSON),
    "roles.withdraw": Use(Who.COORDINATOR, Names.PERSON),
}
"""Every listener as file.function. One that is registered and not here fails the build."""
