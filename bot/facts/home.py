"""Facts about what matters to one person now: the home view."""

from dataclasses import dataclass
from datetime import date

from bot.facts.away import AwayPeriod
from bot.facts.meetups import CircleCard
from bot.facts.members import Me, Person
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
class Home:
    """What matters to this person now: who waits for them first, then their contacts and promises.

    `rhythm` is None for somebody who does not want nudges. `confirmed_by` is whom a contact person waits for before
    they are proposed to others; `avoided` is with whom this person does not want to be brought together.
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
