"""Slack talks to us. Each listener: ack, read, call one service, show one message."""

from slack_bolt.async_app import AsyncApp

from bot.messages import ids
from bot.services import Services
from handlers import check_ins, conversation, fields, introductions, members, nudges
from handlers.context import receive
from handlers.errors import tell_the_person
from handlers.lanes import in_lanes


def register(app: AsyncApp, services: Services) -> None:
    """Everything the bot listens to."""
    lane = in_lanes()
    app.middleware(receive(services))
    app.error(tell_the_person())

    app.event({"type": "message", "subtype": None})(lane(conversation.message))
    app.event("message")(lane(conversation.ignore))
    app.event("app_mention")(lane(conversation.mention))
    app.event("app_home_opened")(lane(members.home_opened))
    app.event("user_change")(lane(members.changed))
    app.command("/silta")(lane(conversation.command))

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

    app.action(ids.MEMBERS_PAUSE)(lane(members.pause))
    app.action(ids.MEMBERS_RESUME)(lane(members.resume))
    app.action(ids.MEMBERS_AVOID)(lane(members.avoid))
    app.action(ids.MEMBERS_UNAVOID)(lane(members.unavoid))
    app.action(ids.MEMBERS_LANGUAGE)(lane(members.language))
