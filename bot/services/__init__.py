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
from bot.services.confirmations import Confirmations
from bot.services.conversation import Conversation
from bot.services.crowds import Crowds
from bot.services.elsewhere import Elsewhere
from bot.services.entries import Entries
from bot.services.event_drafts import EventDrafts
from bot.services.event_progress import EventProgress
from bot.services.event_replies import EventReplies
from bot.services.events import Events
from bot.services.feeds import Feeds
from bot.services.fields import Fields
from bot.services.freshness import Freshness
from bot.services.guests import Guests
from bot.services.handover import Handover
from bot.services.home import Homes
from bot.services.inbox import Inbox
from bot.services.introductions import Introductions
from bot.services.knowledge import Knowledge
from bot.services.leaving import Leaving
from bot.services.meetups import Meetups
from bot.services.members import Members
from bot.services.nudges import Nudges
from bot.services.outgoing import Outgoing
from bot.services.own_data import OwnData
from bot.services.profiles import Profiles
from bot.services.promises import Promises
from bot.services.prompts import Prompts
from bot.services.question_clock import QuestionClock
from bot.services.questions import Questions
from bot.services.replies import Replies
from bot.services.reply_clock import ReplyClock
from bot.services.reports import Reports
from bot.services.retention import Retention
from bot.services.roles import Roles
from bot.services.search import Search
from bot.services.waits import Waits
from bot.services.weekly_lists import WeeklyLists
from bot.understanding.fields import FieldRecogniser
from bot.understanding.intents import IntentRecogniser
from bot.understanding.regions import RegionRecogniser
from storage.database import Database


@dataclass(frozen=True)
class Services:
    """Every service over one database, one clock and one programme."""

    members: Members
    homes: Homes
    profiles: Profiles
    confirmations: Confirmations
    own_data: OwnData
    leaving: Leaving
    retention: Retention
    reports: Reports
    away: Away
    fields: Fields
    freshness: Freshness
    introductions: Introductions
    answers: Answers
    waits: Waits
    avoids: Avoids
    check_ins: CheckIns
    nudges: Nudges
    promises: Promises
    prompts: Prompts
    knowledge: Knowledge
    entries: Entries
    questions: Questions
    handover: Handover
    replies: Replies
    question_clock: QuestionClock
    weekly_lists: WeeklyLists
    circles: Circles
    meetups: Meetups
    events: Events
    event_drafts: EventDrafts
    event_progress: EventProgress
    event_replies: EventReplies
    guests: Guests
    feeds: Feeds
    reply_clock: ReplyClock
    roles: Roles
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
    nudges = Nudges(database, clock, programme)
    leaving = Leaving(database, clock)
    own_data = OwnData(database, clock, public_url)
    promises = Promises(database, clock, programme)
    knowledge = Knowledge(database)
    questions = Questions(database, clock, programme, knowledge)
    event_replies = EventReplies(database, clock, programme, addresses)
    waits = Waits(database, clock, programme, search, introductions)
    events = Events(database, clock, programme)
    event_drafts = EventDrafts(database, clock, programme, regions, recogniser, events.ahead)
    return Services(
        members=members,
        homes=Homes(database, clock, programme),
        profiles=Profiles(database, clock, programme, recogniser, regions),
        confirmations=Confirmations(database, clock),
        own_data=own_data,
        leaving=leaving,
        retention=Retention(database, clock, leaving),
        reports=Reports(database, clock),
        away=away,
        fields=finding,
        freshness=Freshness(database, clock, programme),
        introductions=introductions,
        answers=Answers(database, clock, programme, search),
        waits=waits,
        avoids=Avoids(database, clock),
        check_ins=CheckIns(database, clock, programme),
        nudges=nudges,
        promises=promises,
        prompts=Prompts(database),
        knowledge=knowledge,
        entries=Entries(database, clock, knowledge),
        questions=questions,
        handover=Handover(database, clock, programme, questions),
        replies=Replies(database, clock, programme),
        question_clock=QuestionClock(database, clock, programme),
        weekly_lists=WeeklyLists(database, clock, programme),
        circles=circles,
        meetups=Meetups(database, clock, programme, circles, addresses),
        events=events,
        event_drafts=event_drafts,
        event_progress=EventProgress(database, clock, programme),
        event_replies=event_replies,
        guests=Guests(database, clock, addresses, event_replies),
        feeds=Feeds(database, clock, addresses),
        reply_clock=ReplyClock(database, clock, programme),
        roles=Roles(database, clock),
        conversation=Conversation(
            database,
            clock,
            IntentRecogniser.load(),
            finding,
            introductions,
            waits,
            away,
            nudges,
            promises,
            # Here other services are plugged into the conversation, by the kind of sentence that leads to them.
            Elsewhere(
                question=questions.ask,
                serious=questions.take_seriously,
                in_case_of_need=questions.in_case_of_need,
                person=questions.ask_for_person,
                idea=questions.hear_idea,
                gatherings=circles.shown,
                settings=members.settings,
                event=event_drafts.hear,
                my_data=own_data.hear,
                forget_me=leaving.hear,
            ),
        ),
        crowds=Crowds(database, clock, programme),
        outgoing=Outgoing(programme, search, addresses, regions),
        agenda=Agenda(database, clock),
        inbox=Inbox(database, clock),
        apologies=Apologies(database, clock),
    )
