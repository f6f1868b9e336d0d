"""What people can do, noun by noun. A public method is one use case and one transaction."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.programme import Programme
from bot.services.agenda import Agenda
from bot.services.answers import Answers
from bot.services.apologies import Apologies
from bot.services.avoids import Avoids
from bot.services.check_ins import CheckIns
from bot.services.conversation import Conversation
from bot.services.fields import Fields
from bot.services.inbox import Inbox
from bot.services.introductions import Introductions
from bot.services.members import Members
from bot.services.nudges import Nudges
from bot.services.outgoing import Outgoing
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
    fields: Fields
    introductions: Introductions
    answers: Answers
    waits: Waits
    avoids: Avoids
    check_ins: CheckIns
    nudges: Nudges
    reply_clock: ReplyClock
    conversation: Conversation
    outgoing: Outgoing
    agenda: Agenda
    inbox: Inbox
    apologies: Apologies


def build(database: Database, clock: Clock, programme: Programme) -> Services:
    """Puts the services together."""
    fields = FieldRecogniser.load()
    search = Search(programme, fields, RegionRecogniser.load())
    finding = Fields(database, clock, search)
    introductions = Introductions(database, clock, programme, search)
    waits = Waits(database, clock, programme, search, introductions)
    return Services(
        members=Members(database, clock, programme, fields),
        fields=finding,
        introductions=introductions,
        answers=Answers(database, clock, programme, search),
        waits=waits,
        avoids=Avoids(database, clock),
        check_ins=CheckIns(database, clock, programme),
        nudges=Nudges(database, clock, programme),
        reply_clock=ReplyClock(database, clock, programme),
        conversation=Conversation(database, finding, introductions, waits),
        outgoing=Outgoing(programme, search),
        agenda=Agenda(database, clock),
        inbox=Inbox(database, clock),
        apologies=Apologies(database, clock),
    )
