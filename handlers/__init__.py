"""Slack talks to us. Each listener: ack, read, call one service, show one message."""

from collections.abc import Callable

from slack_bolt.async_app import AsyncApp

from bot.messages import ids
from bot.services import Services
from handlers import (
    away,
    check_ins,
    circles,
    command,
    conversation,
    event_forms,
    events,
    feeds,
    fields,
    guests,
    home,
    introductions,
    knowledge,
    meetups,
    members,
    nudges,
    profile_forms,
    promises,
    prompts,
    questions,
    reports,
    roles,
)
from handlers.context import receive
from handlers.errors import tell_the_person
from handlers.lanes import Listener, in_lanes


def register(app: AsyncApp, services: Services) -> None:  # noqa: PLR0915  # one whole list is the point
    """Everything the bot listens to."""
    lane = in_lanes()
    app.middleware(receive(services))
    app.error(tell_the_person())

    app.event({"type": "message", "subtype": None})(lane(conversation.message))
    app.event("message")(lane(conversation.ignore))
    app.event("app_mention")(lane(conversation.mention))
    app.event("app_home_opened")(lane(home.opened))
    app.event("user_change")(lane(members.changed))
    app.command("/silta")(lane(command.command))

    app.action(ids.FIELDS_START)(lane(fields.start))
    app.action(ids.FIELDS_CONFIRM)(lane(fields.confirm))
    app.action(ids.FIELDS_CHANGE)(lane(fields.change))
    app.action(ids.FIELDS_PICK)(lane(fields.pick))

    app.action(ids.INTRODUCTIONS_REQUEST)(lane(introductions.request))
    app.view(ids.INTRODUCTIONS_SUBMIT_REQUEST)(lane(introductions.submit_request))
    app.action(ids.INTRODUCTIONS_WAIT)(lane(introductions.wait))
    app.action(ids.INTRODUCTIONS_WATCH)(lane(introductions.watch))
    app.action(ids.INTRODUCTIONS_CANCEL)(lane(introductions.cancel))
    app.action(ids.INTRODUCTIONS_TELL_COORDINATOR)(lane(introductions.tell_coordinator))
    app.action(ids.INTRODUCTIONS_ACCEPT)(lane(introductions.accept))
    app.action(ids.INTRODUCTIONS_DECLINE)(lane(introductions.decline))
    app.action(ids.INTRODUCTIONS_PASS_ON)(lane(introductions.pass_on))
    app.view(ids.INTRODUCTIONS_SUBMIT_COLLEAGUE)(lane(introductions.submit_colleague))

    app.action(ids.CHECK_INS_IN_TOUCH)(lane(check_ins.in_touch))
    app.action(ids.CHECK_INS_NOT_YET)(lane(check_ins.not_yet))
    app.action(ids.CHECK_INS_NO_LONGER_NEEDED)(lane(check_ins.no_longer_needed))
    app.action(ids.CHECK_INS_BENEFIT)(lane(check_ins.benefit))
    app.action(ids.CHECK_INS_KEEP)(lane(check_ins.keep))
    app.action(ids.CHECK_INS_CLOSE)(lane(check_ins.close))

    app.action(ids.NUDGES_LESS_OFTEN)(lane(nudges.less_often))
    app.action(ids.NUDGES_SNOOZE)(lane(nudges.snooze))
    app.action(ids.NUDGES_WHEN_NEEDED)(lane(nudges.when_needed))
    app.action(ids.NUDGES_WEEKLY)(lane(nudges.weekly))
    app.action(ids.NUDGES_RHYTHM)(lane(nudges.rhythm))

    app.action(ids.PROMISES_NOTE)(lane(promises.note))
    app.view(ids.PROMISES_SUBMIT)(lane(promises.submit))
    app.action(ids.PROMISES_DONE)(lane(promises.done))
    app.action(ids.PROMISES_DROP)(lane(promises.drop))

    app.action(ids.PROMPTS_OFFER)(lane(prompts.offer))
    app.action(ids.PROMPTS_DECLINE)(lane(prompts.decline))
    app.action(ids.PROMPTS_LATER)(lane(prompts.later))
    app.action(ids.PROMPTS_TAKE_BACK)(lane(prompts.take_back))

    app.action(ids.AWAY_CONFIRM)(lane(away.confirm))
    app.action(ids.AWAY_CHANGE)(lane(away.change))
    app.view(ids.AWAY_SAVE)(lane(away.save))
    app.action(ids.AWAY_END)(lane(away.end))

    _register_meetups(app, lane)
    _register_questions(app, lane)
    _register_events(app, lane)

    app.action(ids.MEMBERS_PAUSE)(lane(members.pause))
    app.action(ids.MEMBERS_RESUME)(lane(members.resume))
    app.action(ids.MEMBERS_CONFIRM)(lane(members.confirm))
    app.action(ids.MEMBERS_AVOID)(lane(members.avoid))
    app.action(ids.MEMBERS_UNAVOID)(lane(members.unavoid))
    app.action(ids.MEMBERS_LANGUAGE)(lane(members.language))
    app.action(ids.MEMBERS_CAPACITY)(lane(members.capacity))
    app.action(ids.MEMBERS_EDIT)(lane(members.edit))
    app.view(ids.MEMBERS_SAVE)(lane(members.save, profile_forms.mistakes))
    app.action(ids.MEMBERS_CONFIRM_CONTACT)(lane(members.confirm_contact))
    app.action(ids.MEMBERS_LEAVE_UNCONFIRMED)(lane(members.leave_unconfirmed))
    app.action(ids.MEMBERS_EXPORT)(lane(members.export))
    app.action(ids.MEMBERS_COPY)(lane(members.copy))
    app.action(ids.MEMBERS_FORGET)(lane(members.forget))
    app.action(ids.MEMBERS_CONFIRM_FORGET)(lane(members.confirm_forget))

    app.action(ids.REPORTS_BEGIN)(lane(reports.begin))
    app.view(ids.REPORTS_SUBMIT)(lane(reports.submit))
    app.action(ids.REPORTS_PART)(lane(reports.part))

    app.action(ids.ROLES_APPOINT)(lane(roles.appoint))
    app.action(ids.ROLES_WITHDRAW)(lane(roles.withdraw))


def _register_meetups(app: AsyncApp, lane: Callable[..., Listener]) -> None:
    """Circles and their meetups."""
    app.action(ids.MEETUPS_JOIN)(lane(meetups.join))
    app.action(ids.MEETUPS_LEAVE)(lane(meetups.leave))
    app.action(ids.MEETUPS_PROPOSE)(lane(meetups.propose))
    app.view(ids.MEETUPS_SUBMIT)(lane(meetups.submit))
    app.action(ids.MEETUPS_VOTE)(lane(meetups.vote))
    app.action(ids.MEETUPS_UNVOTE)(lane(meetups.unvote))
    app.action(ids.MEETUPS_NOT_THIS_TIME)(lane(meetups.not_this_time))
    app.action(ids.MEETUPS_AGENDA)(lane(meetups.agenda))
    app.view(ids.MEETUPS_SUBMIT_AGENDA)(lane(meetups.submit_agenda))
    app.action(ids.MEETUPS_MET)(lane(meetups.met))
    app.action(ids.MEETUPS_NOT_MET)(lane(meetups.not_met))
    app.action(ids.MEETUPS_NOT_YET)(lane(meetups.not_yet))
    app.action(ids.MEETUPS_CALENDAR)(lane(meetups.calendar))
    app.action(ids.MEETUPS_OUTLOOK)(lane(meetups.outlook))
    app.action(ids.MEETUPS_VISIT)(lane(meetups.visit))

    app.action(ids.CIRCLES_SHOW)(lane(circles.show))
    app.action(ids.CIRCLES_CHANGE)(lane(circles.change))
    app.view(ids.CIRCLES_SUBMIT_CHANGE)(lane(circles.submit_change))
    app.action(ids.CIRCLES_AGREE)(lane(circles.agree))
    app.action(ids.CIRCLES_DISAGREE)(lane(circles.disagree))


def _register_questions(app: AsyncApp, lane: Callable[[Listener], Listener]) -> None:
    """Questions, the people who answer them, and what Silta answers itself."""
    app.action(ids.QUESTIONS_PICK)(lane(questions.pick))
    app.action(ids.QUESTIONS_HELPFUL)(lane(questions.helpful))
    app.action(ids.QUESTIONS_NOT_HELPFUL)(lane(questions.not_helpful))
    app.action(ids.QUESTIONS_TELL_COORDINATOR)(lane(questions.tell_coordinator))
    app.action(ids.QUESTIONS_ASK_PERSON)(lane(questions.ask_person))
    app.view(ids.QUESTIONS_SUBMIT_QUESTION)(lane(questions.submit_question))
    app.action(ids.QUESTIONS_PASS_WORDS_ON)(lane(questions.pass_words_on))
    app.action(ids.QUESTIONS_TAKE_BACK)(lane(questions.take_back))
    app.action(ids.QUESTIONS_REPLY)(lane(questions.reply))
    app.view(ids.QUESTIONS_SUBMIT_REPLY)(lane(questions.submit_reply))
    app.action(ids.QUESTIONS_SAVE_ANSWER)(lane(questions.save_answer))
    app.view(ids.QUESTIONS_SUBMIT_DRAFT)(lane(questions.submit_draft))

    app.action(ids.KNOWLEDGE_SHOW)(lane(knowledge.show))
    app.action(ids.KNOWLEDGE_LANGUAGE)(lane(knowledge.language))
    app.action(ids.KNOWLEDGE_EDIT)(lane(knowledge.edit))
    app.view(ids.KNOWLEDGE_PREVIEW)(lane(knowledge.preview))
    app.action(ids.KNOWLEDGE_SAVE)(lane(knowledge.save))
    app.action(ids.KNOWLEDGE_DROP)(lane(knowledge.drop))
    app.action(ids.KNOWLEDGE_RETIRE)(lane(knowledge.retire))
    app.action(ids.KNOWLEDGE_BRING_BACK)(lane(knowledge.bring_back))


def _register_events(app: AsyncApp, lane: Callable[..., Listener]) -> None:
    """Events, the answers to them, their guests, and calendars that follow them."""
    app.action(ids.EVENTS_DRAFT)(lane(events.draft))
    app.action(ids.EVENTS_EDIT)(lane(events.edit))
    app.view(ids.EVENTS_PREVIEW)(lane(events.preview, event_forms.mistakes))
    app.action(ids.EVENTS_PUBLISH)(lane(events.publish))
    app.action(ids.EVENTS_SCHEDULE)(lane(events.schedule))
    app.view(ids.EVENTS_SUBMIT_SCHEDULE)(lane(events.submit_schedule, event_forms.schedule_mistakes))
    app.action(ids.EVENTS_CANCEL)(lane(events.cancel))
    app.action(ids.EVENTS_STOP)(lane(events.stop))
    app.action(ids.EVENTS_SHOW)(lane(events.show))
    app.action(ids.EVENTS_ATTENDANCE)(lane(events.attendance))
    app.action(ids.EVENTS_EXPORT)(lane(events.export))
    app.action(ids.EVENTS_TOLD)(lane(events.told))
    app.action(ids.EVENTS_YES)(lane(events.yes))
    app.action(ids.EVENTS_MAYBE)(lane(events.maybe))
    app.action(ids.EVENTS_NO)(lane(events.no))
    app.action(ids.EVENTS_WAS_THERE)(lane(events.was_there))
    app.action(ids.EVENTS_WAS_NOT_THERE)(lane(events.was_not_there))
    app.action(ids.EVENTS_LEARN)(lane(events.learn))
    app.view(ids.EVENTS_SUBMIT_LESSON)(lane(events.submit_lesson))
    app.action(ids.EVENTS_VISIT)(lane(events.visit))
    app.action(ids.EVENTS_CALENDAR)(lane(events.calendar))
    app.action(ids.EVENTS_OUTLOOK)(lane(events.outlook))

    app.action(ids.GUESTS_SHOW)(lane(guests.show))
    app.action(ids.GUESTS_INVITE)(lane(guests.invite))
    app.view(ids.GUESTS_SUBMIT)(lane(guests.submit))
    app.action(ids.GUESTS_WITHDRAW)(lane(guests.withdraw))

    app.action(ids.FEEDS_SUBSCRIBE)(lane(feeds.subscribe))
    app.action(ids.FEEDS_RENEW)(lane(feeds.renew))
    app.action(ids.FEEDS_STOP)(lane(feeds.stop))
