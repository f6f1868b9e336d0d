"""Slack talks to us. Each listener: ack, read, call one service, show one message."""

from slack_bolt.async_app import AsyncApp

from bot.messages import ids
from bot.services import Services
from handlers import check_ins, conversation, fields, introductions, members, nudges
from handlers.context import know_the_person, receive_once
from handlers.errors import tell_the_person


def register(app: AsyncApp, services: Services) -> None:
    """Everything the bot listens to."""
    app.middleware(receive_once(services))
    app.middleware(know_the_person(services))
    app.error(tell_the_person())

    app.event({"type": "message", "subtype": None})(conversation.message)
    app.event("message")(conversation.ignore)
    app.event("app_mention")(conversation.mention)
    app.event("app_home_opened")(members.home_opened)
    app.event("user_change")(members.changed)
    app.command("/silta")(conversation.command)

    app.action(ids.FIELDS_START)(fields.start)
    app.action(ids.FIELDS_CONFIRM)(fields.confirm)
    app.action(ids.FIELDS_CHANGE)(fields.change)
    app.action(ids.FIELDS_PICK)(fields.pick)

    app.action(ids.INTRODUCTIONS_REQUEST)(introductions.request)
    app.view(ids.INTRODUCTIONS_SUBMIT_REQUEST)(introductions.submit_request)
    app.action(ids.INTRODUCTIONS_WAIT)(introductions.wait)
    app.action(ids.INTRODUCTIONS_WATCH)(introductions.watch)
    app.action(ids.INTRODUCTIONS_CANCEL)(introductions.cancel)
    app.action(ids.INTRODUCTIONS_TELL_COORDINATOR)(introductions.tell_coordinator)
    app.action(ids.INTRODUCTIONS_ACCEPT)(introductions.accept)
    app.action(ids.INTRODUCTIONS_DECLINE)(introductions.decline)
    app.action(ids.INTRODUCTIONS_PASS_ON)(introductions.pass_on)
    app.view(ids.INTRODUCTIONS_SUBMIT_COLLEAGUE)(introductions.submit_colleague)

    app.action(ids.CHECK_INS_IN_TOUCH)(check_ins.in_touch)
    app.action(ids.CHECK_INS_NOT_YET)(check_ins.not_yet)
    app.action(ids.CHECK_INS_NO_LONGER_NEEDED)(check_ins.no_longer_needed)
    app.action(ids.CHECK_INS_BENEFIT)(check_ins.benefit)
    app.action(ids.CHECK_INS_KEEP)(check_ins.keep)
    app.action(ids.CHECK_INS_CLOSE)(check_ins.close)

    app.action(ids.NUDGES_LESS_OFTEN)(nudges.less_often)
    app.action(ids.NUDGES_SNOOZE)(nudges.snooze)

    app.action(ids.MEMBERS_PAUSE)(members.pause)
    app.action(ids.MEMBERS_RESUME)(members.resume)
    app.action(ids.MEMBERS_LANGUAGE)(members.language)
