"""Facts about what matters to one person now: the home view."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from bot.facts.away import AwayPeriod
from bot.facts.meetups import CircleCard
from bot.facts.members import Me, Person
from bot.facts.profiles import ContactToConfirm
from bot.facts.promises import Promise


@dataclass(frozen=True)
class Contact:
    """A pending request or an open contact, as one of its two sees it.

    `back_on` is when the other one returns, if they are away now.
    """

    ref: str
    other: Person
    code: str
    is_open: bool
    i_asked: bool
    back_on: date | None = None


@dataclass(frozen=True)
class Coming:
    """An event ahead to which this person said yes or maybe; `has_place` is False for a yes that still waits."""

    title: str
    starts_at: datetime
    answer: str
    has_place: bool = True


@dataclass(frozen=True)
class Gap:
    """People who wait in one field and region, either of which may be unknown; None when they are too few to say."""

    code: str | None
    region: str | None
    people: int | None


@dataclass(frozen=True)
class Unmet:
    """Somebody for whom nobody was found, and who asked a coordinator for help."""

    asker: Person
    code: str | None
    region: str | None


@dataclass(frozen=True)
class Undelivered:
    """To whom a message did not arrive, and Slack's word why; without one it may have arrived and was not repeated."""

    recipient: Person
    on: date
    reason: str | None


@dataclass(frozen=True)
class EventAhead:
    """An event of the next days, and how many have a place in it so far."""

    title: str
    starts_at: datetime
    yes: int


@dataclass(frozen=True)
class Network:
    """What a coordinator sees of the network. `too_few` is the number below which people are not counted (R15).

    `waiting` is how many people wait for a contact, None for "too_few or more" where the number itself would tell how
    many wait in a place that is hidden. `undelivered` is how many messages of the last days did not arrive, and
    `latest` are the last of those; `open_questions` how many questions wait for a person's answer. `events` are
    those of the next days, soonest first.
    """

    waiting: int | None
    gaps: tuple[Gap, ...]
    unmet: tuple[Unmet, ...]
    undelivered: int
    coordinators: tuple[Person, ...]
    too_few: int = 5
    latest: tuple[Undelivered, ...] = ()
    open_questions: int = 0
    events: tuple[EventAhead, ...] = ()


@dataclass(frozen=True)
class Home:
    """What matters to this person now: who waits for them first, then their contacts and promises.

    `rhythm` is None for somebody who does not want nudges. `confirmed_by` is whom a contact person waits for before
    they are proposed to others; `avoided` is with whom this person does not want to be brought together.
    `events` are those ahead that this person said yes or maybe to, soonest first.
    `to_confirm` are contact persons whom a leader or coordinator may confirm; `shortages` are fields in which nobody
    can be asked, for leaders and educators; `network` is there for coordinators. `official_bodies` are those who
    decide officially where this person is, `called` what a contact person is called there, by language, if the
    programme has words of its own.
    """

    me: Me
    waiting_for_me: tuple[Contact, ...]
    contacts: tuple[Contact, ...]
    requests: tuple[Contact, ...]
    coordinator: Person | None
    away: tuple[AwayPeriod, ...] = ()
    promises: tuple[Promise, ...] = ()
    rhythm: str | None = "weekly"
    circles: tuple[CircleCard, ...] = ()
    capacity: int = 2
    has_profile: bool = True
    waits_for_confirmation: bool = False
    confirmed_by: Person | None = None
    avoided: tuple[Person, ...] = ()
    roles: tuple[str, ...] = ()
    next_meeting: CircleCard | None = None
    events: tuple[Coming, ...] = ()
    to_confirm: tuple[ContactToConfirm, ...] = ()
    shortages: tuple[str, ...] = ()
    network: Network | None = None
    official_bodies: tuple[str, ...] = ()
    called: Mapping[str, str] = field(default_factory=dict)
