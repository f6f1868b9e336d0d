"""Facts about requests to a contact person and what becomes of them."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Final

from bot.facts.away import AwayDays
from bot.facts.fields import CandidatesFound, NobodyOpen
from bot.facts.members import Person

KINDS: Final = ("sounding_board", "see_the_work", "solve_a_problem", "role_model", "just_ask")
"""What an asker may look for (S11, Kram)."""


@dataclass(frozen=True)
class RequestForm:
    """The short form before a request: what I look for, and a note. Both may stay empty."""

    ask_ref: str
    contact: Person
    code: str


@dataclass(frozen=True)
class Asked:
    """The contact person is being asked. `reached_at` is when: now, or their next open minute (R3).

    `answer_by` is the day on which the asker hears from Silta at the latest.
    """

    introduction_ref: str
    contact: Person
    code: str
    kinds: tuple[str, ...]
    reached_at: datetime
    at_once: bool
    answer_by: date


@dataclass(frozen=True)
class PlacesFilled:
    """Somebody was faster: no place is free. The others who can be asked, if any."""

    ask_ref: str
    contact: Person
    others: CandidatesFound | NobodyOpen


@dataclass(frozen=True)
class OnWaitingList:
    """The asker waits for this contact person, and will be asked before a request goes out."""

    wait_ref: str
    contact: Person


@dataclass(frozen=True)
class Watching:
    """The asker will be told when anybody opens in the field."""

    wait_ref: str
    code: str


@dataclass(frozen=True)
class WithCoordinator:
    """A coordinator has been told, by name, that this asker looks for a contact."""

    coordinator: Person | None


@dataclass(frozen=True)
class Withdrawn:
    """The asker took back a request or stopped waiting; nobody asks why (R10). `contact` is unknown for an ask."""

    contact: Person | None


@dataclass(frozen=True)
class Request:
    """What the contact person sees: who asks, about what, and what they look for.

    `for_unit` when they are asked because they know who teaches this at their institution.
    """

    introduction_ref: str
    asker: Person
    code: str
    kinds: tuple[str, ...]
    note: str | None
    asker_region: str | None
    asker_languages: tuple[str, ...]
    for_unit: bool = False


@dataclass(frozen=True)
class Reminder:
    """The one reminder about a request (R6). `release_on` is when it goes on to somebody else."""

    request: Request
    release_on: date


@dataclass(frozen=True)
class Accepted:
    """The contact person said yes; `opens_at` is when the conversation opens for both."""

    introduction_ref: str
    asker: Person
    opens_at: datetime
    at_once: bool


@dataclass(frozen=True)
class Declined:
    """The contact person said not now; the asker is told kindly and without a reason (R7)."""

    asker: Person


@dataclass(frozen=True)
class Colleague:
    """Somebody whom a contact person may suggest instead."""

    person: Person
    institution: str | None


@dataclass(frozen=True)
class PassOnForm:
    """Colleagues of the same field to choose from; nobody is asked before the asker says so."""

    introduction_ref: str
    asker: Person
    colleagues: tuple[Colleague, ...]


@dataclass(frozen=True)
class PassedOn:
    """The contact person suggested a colleague instead."""

    asker: Person
    colleague: Person


@dataclass(frozen=True)
class NotAvailable:
    """For the asker: not available right now, the same after "not now" and after silence (R7), and what next."""

    contact: Person
    suggested_by_contact: bool
    next: CandidatesFound | NobodyOpen


@dataclass(frozen=True)
class Introduction:
    """The text of the group conversation: who, why, and one small first step, in the languages of both (R11).

    `called` is what a contact person is called where they work, by language, if the programme has words of its own.
    """

    asker: Person
    contact: Person
    code: str
    kinds: tuple[str, ...]
    languages: tuple[str, ...]
    called: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class MeetDirectly:
    """Both said yes but their conversation could not be opened: the other one, to write to directly."""

    other: Person
    code: str


@dataclass(frozen=True)
class TakenBack:
    """For the contact person: this request was withdrawn, nothing to do."""

    asker: Person


@dataclass(frozen=True)
class MovedOn:
    """In place of the contact person's card: the request went on to somebody else by itself (R6)."""

    asker: Person


@dataclass(frozen=True)
class SaidYes:
    """In place of the asker's card: the contact person said yes."""

    contact: Person


@dataclass(frozen=True)
class NoLongerAsked:
    """In place of the asker's card: this contact person is not available right now, whatever the reason (R7)."""

    contact: Person


@dataclass(frozen=True)
class ContactAway:
    """For an asker: the contact person whose answer they wait for will be away for a while (K13)."""

    introduction_ref: str
    contact: Person
    days: AwayDays


@dataclass(frozen=True)
class StillInterested:
    """A place has opened for somebody who waited; it is kept for them until the end of `kept_until`."""

    ask_ref: str
    wait_ref: str
    contact: Person
    code: str
    kept_until: date


@dataclass(frozen=True)
class SomeoneOpened:
    """Somebody has opened in the field that the asker was watching."""

    found: CandidatesFound


@dataclass(frozen=True)
class NeedsCoordinator:
    """For a coordinator: this asker found nobody and asked for a human."""

    asker: Person
    code: str
    region: str | None


@dataclass(frozen=True)
class Thanked:
    """A contact was closed with thanks, by oneself or by the other."""

    other: Person
    by_me: bool


@dataclass(frozen=True)
class Faded:
    """A contact was closed after a long quiet time; nobody did anything wrong (R12)."""

    other: Person
