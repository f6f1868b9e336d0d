"""Facts about circles, their polls and their small meetups. Every one of them is semi-official (S17, S39)."""

from dataclasses import dataclass
from datetime import date, datetime
from zoneinfo import ZoneInfo

from bot.facts.members import Person


@dataclass(frozen=True)
class Circle:
    """A circle as messages name it: an ISCED-F code, or None for the leaders; the region, else the whole country."""

    ref: str
    code: str | None
    region: str


@dataclass(frozen=True)
class Change:
    """Something the members of a circle decided about it (S38); without a weekday, any will do."""

    on: date
    rhythm: str
    weekday: str


@dataclass(frozen=True)
class CircleCard:
    """A circle as its members see it."""

    circle: Circle
    members: int
    rhythm: str
    weekday: str
    next_on: date | None
    meets_at: datetime | None
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class CircleOffer:
    """A circle somebody may join; `choice` names it for the button."""

    choice: str
    circle: Circle
    members: int


@dataclass(frozen=True)
class CirclesShown:
    """My circles, and those I may join."""

    mine: tuple[CircleCard, ...]
    offers: tuple[CircleOffer, ...]


@dataclass(frozen=True)
class Joined:
    """In the circle from now on."""

    card: CircleCard


@dataclass(frozen=True)
class Left:
    """Out of the circle; nobody is told."""

    circle: Circle


@dataclass(frozen=True)
class ProposeForm:
    """The form in which anybody proposes a meetup to one of their circles."""

    circles: tuple[Circle, ...]


@dataclass(frozen=True)
class Proposed:
    """The proposal goes to the circle as a poll."""

    circle: Circle
    members: int


@dataclass(frozen=True)
class Slot:
    """One time of a poll, and whether it suits the reader."""

    ref: str
    starts_at: datetime
    suits: bool


@dataclass(frozen=True)
class Poll:
    """Three times to choose from. `answered` tells "not this time" from no answer; `changes` are news of the circle."""

    round_ref: str
    circle: Circle
    slots: tuple[Slot, ...]
    minutes: int
    answered: bool
    closes_at: datetime
    proposed_by: Person | None
    place: str
    link: str
    changes: tuple[Change, ...]


@dataclass(frozen=True)
class Gathering:
    """What is known of one small meetup. `calendars` are pairs of a name (empty for a calendar file) and an address."""

    meetup_ref: str
    circle: Circle
    people: tuple[Person, ...]
    starts_at: datetime
    minutes: int
    zones: tuple[ZoneInfo, ...]
    languages: tuple[str, ...]
    place: str
    link: str
    agenda: tuple[str, ...]
    calendars: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class GroupOpened:
    """The group conversation of a small meetup opens, once in each language of its people."""

    gathering: Gathering


@dataclass(frozen=True)
class GroupNotOpened:
    """The conversation could not be opened, so each is told who and when."""

    gathering: Gathering


@dataclass(frozen=True)
class MeetupReminder:
    """Tomorrow, or on the next open day."""

    gathering: Gathering


@dataclass(frozen=True)
class MeetupCancelled:
    """Too few are left to meet."""

    circle: Circle
    starts_at: datetime


@dataclass(frozen=True)
class AloneThisTime:
    """Nobody else could come at this person's times; the circle is asked again on that day."""

    circle: Circle
    next_on: date | None


@dataclass(frozen=True)
class DidYouMeet:
    """The one question after a meetup; answers are counted, never by whom."""

    meetup_ref: str
    circle: Circle
    held_at: datetime


@dataclass(frozen=True)
class MeetingCounted:
    """Whether they met was counted."""

    answer: str


@dataclass(frozen=True)
class AgendaForm:
    """What is on the agenda so far, and room for one more line."""

    meetup_ref: str
    agenda: tuple[str, ...]


@dataclass(frozen=True)
class ChangeForm:
    """How the circle works now, to wish for something else."""

    card: CircleCard


@dataclass(frozen=True)
class ChangeVote:
    """A wish to change how the circle works; `agrees` is what the reader has voted so far."""

    change_ref: str
    circle: Circle
    rhythm: str
    weekday: str
    closes_at: datetime
    agrees: bool | None


@dataclass(frozen=True)
class Invitation:
    """A meetup as a calendar keeps it (RFC 5545)."""

    uid: str
    circle: Circle
    starts_at: datetime
    ends_at: datetime
    changed_at: datetime
    sequence: int
    is_cancelled: bool
    place: str
    link: str
    language: str
