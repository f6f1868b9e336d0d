"""What people can do, noun by noun. A public method is one use case and one transaction."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.programme import Programme
from bot.services.addresses import Addresses
from bot.services.agenda import Agenda
from bot.services.answers import Answers
from bot.services.apologies import Apologies
from bot.services.avoids import Avoids
from bot.services.away import Away
from bot.services.check_ins import CheckIns
from bot.services.circles import Circles
from bot.services.conversation import Conversation
from bot.services.crowds import Crowds
from bot.services.event_drafts import EventDrafts
from bot.services.event_replies import EventReplies
from bot.services.events import Events
from bot.services.feeds import Feeds
from bot.services.fields import Fields
from bot.services.guests import Guests
from bot.services.inbox import Inbox
from bot.services.introductions import Introductions
from bot.services.meetups import Meetups
from bot.services.members import Members
from bot.services.nudges import Nudges
from bot.services.outgoing import Outgoing
from bot.services.promises import Promises
from bot.services.prompts import Prompts
from bot.services.reply_clock import ReplyClock
from bot.services.search import Search
from bot.services.waits import Waits
from bot.understanding.fields import FieldRecogniser
from bot.understanding.regions import RegionRecogniser
from storage.database import Database


@dataclass(frozen=True)
class Services:
    """Every service over one database, one clock and one programme."""

    members: Members
    away: Away
    fields: Fields
    introductions: Introductions
    answers: Answers
    waits: Waits
    avoids: Avoids
    check_ins: CheckIns
    nudges: Nudges
    promises: Promises
    prompts: Prompts
    circles: Circles
    meetups: Meetups
    events: Events
    event_drafts: EventDrafts
    event_replies: EventReplies
    guests: Guests
    feeds: Feeds
    reply_clock: ReplyClock
    conversation: Conversation
    crowds: Crowds
    outgoing: Outgoing
    agenda: Agenda
    inbox: Inbox
    apologies: Apologies


def build(database: Database, clock: Clock, programme: Programme, public_url: str | None = None) -> Services:
    """Puts the services together; with a public address, calendars can follow a meetup."""
    regions = RegionRecogniser.load()
    recogniser = FieldRecogniser.load(programme.fields.word_lists, regions)
    search = Search(programme, recogniser.catalogue, regions)
    finding = Fields(database, clock, search, recogniser)
    addresses = Addresses(public_url)
    circles = Circles(database, clock, programme)
    introductions = Introductions(database, clock, programme, search)
    members = Members(database, clock, programme)
    away = Away(database, clock, programme, members)
    promises = Promises(database, clock, programme)
    event_replies = EventReplies(database, clock, programme, addresses)
    waits = Waits(database, clock, programme, search, introductions)
    return Services(
        members=members,
        away=away,
        fields=finding,
        introductions=introductions,
        answers=Answers(database, clock, programme, search),
        waits=waits,
        avoids=Avoids(database, clock),
        check_ins=CheckIns(database, clock, programme),
        nudges=Nudges(database, clock, programme),
        promises=promises,
        prompts=Prompts(database),
        circles=circles,
        meetups=Meetups(database, clock, programme, circles, addresses),
        events=Events(database, clock, programme),
        event_drafts=EventDrafts(database, clock, programme, regions, recogniser),
        event_replies=event_replies,
        guests=Guests(database, clock, addresses, event_replies),
        feeds=Feeds(database, clock, addresses),
        reply_clock=ReplyClock(database, clock, programme),
        conversation=Conversation(database, finding, introductions, waits, away, promises),
        crowds=Crowds(database, clock, programme),
        outgoing=Outgoing(programme, search, addresses, regions),
        agenda=Agenda(database, clock),
        inbox=Inbox(database, clock),
        apologies=Apologies(database, clock),
    )
