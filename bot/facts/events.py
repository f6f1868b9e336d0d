"""Facts about events: what a coordinator drafts and announces, who answers what, and what came of it (R19)."""

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final
from zoneinfo import ZoneInfo

from bot.facts.members import Person

KINDS: Final = (
    "study_visit",
    "joint_training",
    "in_service_training",
    "guest_talk",
    "curriculum_workshop",
    "morning_coffee",
    "other",
)
NEED_A_ROLE: Final = ("study_visit", "guest_talk")
"""Here the card says what the guest or host does, and who covers the time (S49, S50)."""
OFFICIALITIES: Final = ("official", "set", "semi_official", "informal")
"""How official something is (S17)."""


@dataclass(frozen=True)
class Draft:
    """An event as far as a coordinator has said it. Days and times are by the clock of `zone`.

    `capacity` is as it was typed, so that what cannot be read is shown back; so are `regions` and `field_words` that
    nobody knows. `weekday` is the one that was named beside the day (0 is Monday).
    """

    zone: str
    title: str = ""
    kind: str = "other"
    on: date | None = None
    weekday: int | None = None
    begins: time | None = None
    ends: time | None = None
    place: str = ""
    link: str = ""
    regions: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    institutions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    unknown_regions: tuple[str, ...] = ()
    unknown_fields: tuple[str, ...] = ()
    unknown_institutions: tuple[str, ...] = ()
    unreadable_day: str = ""
    capacity: str = ""
    is_per_region: bool = False
    reply_by: date | None = None
    officiality: str = "semi_official"
    planned_role: str = ""
    time_covered_by: str = ""


@dataclass(frozen=True)
class Mistake:
    """One thing that is wrong: the field of the form it belongs to, its name, and what it is about.

    `about` is somebody's own words or a number; `on` a day.
    """

    field: str
    name: str
    about: str = ""
    on: date | None = None


@dataclass(frozen=True)
class Event:
    """An event as everybody may see it. `zone` is the organiser's; `closes_on` is the last day to answer, by it.

    `calendars` are pairs of a name (empty for a calendar file) and an address, where the reader may take it along.
    """

    ref: str
    uid: str
    sequence: int
    title: str
    kind: str
    starts_at: datetime
    ends_at: datetime
    zone: ZoneInfo
    place: str
    link: str
    regions: tuple[str, ...]
    fields: tuple[str, ...]
    officiality: str
    planned_role: str
    time_covered_by: str
    capacity: int | None
    is_per_region: bool
    closes_on: date
    organiser: Person | None
    is_cancelled: bool = False
    calendars: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class EventEntry:
    """An event as a calendar keeps it (RFC 5545); `is_certain` unless its reader only may come."""

    event: Event
    changed_at: datetime
    language: str
    is_certain: bool = True


@dataclass(frozen=True)
class Counts:
    """How many come, may come and wait for a place."""

    yes: int = 0
    maybe: int = 0
    waiting: int = 0


@dataclass(frozen=True)
class LocalTime:
    """When it begins in one country of the audience, which is a two-letter code."""

    country: str
    zone: ZoneInfo


@dataclass(frozen=True)
class Reach:
    """How many people of a region it is for, and whether the region has a channel."""

    region: str
    people: int
    has_channel: bool


@dataclass(frozen=True)
class EventForm:
    """The form in which an event is drafted or changed, with what is known so far."""

    draft_ref: str
    draft: Draft
    is_change: bool = False


@dataclass(frozen=True)
class EventUnclear:
    """What was understood of a draft, and what is missing or wrong in it. Nothing goes out."""

    draft_ref: str
    draft: Draft
    mistakes: tuple[Mistake, ...]


@dataclass(frozen=True)
class EventPreview:
    """What would go out, and to whom. `too_late` people are in closed time until the answers close.

    `invited` get a personal invitation now; `is_wide` when so many are told that it is asked back; `changes` are the
    parts that differ from what is announced already, None for a new event. Beside regions and fields, `institutions`,
    `roles` and `languages` say for whom it is; empty means all.
    """

    draft_ref: str
    event: Event
    times: tuple[LocalTime, ...]
    reach: tuple[Reach, ...]
    people: int
    invited: int
    too_late: int
    better_close_on: date | None
    is_wide: bool
    changes: tuple[str, ...] | None = None
    institutions: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()


@dataclass(frozen=True)
class EventDraftDropped:
    """The draft is gone; nothing went out."""


@dataclass(frozen=True)
class FanOut:
    """How far personal invitations are. `state` is running, stopping, stopped or done: whether all are written down.

    Of those `invited`, `told` have got theirs and `not_told` will not get it; the others are on their way.
    """

    state: str
    invited: int
    told: int
    not_told: int

    @property
    def is_over(self) -> bool:
        """True when nothing is on its way, and nothing will be."""
        return self.state in ("stopped", "done") and self.told + self.not_told == self.invited


@dataclass(frozen=True)
class EventRuns:
    """An announced event as its coordinators see it. `state` is scheduled, published or cancelled.

    `regions` are the answers by region where each has its own places; `not_posted` the regions whose post did not go.
    """

    event: Event
    state: str
    publish_at: datetime
    fan_out: FanOut
    counts: Counts
    regions: tuple[tuple[str, Counts], ...]
    not_posted: tuple[str, ...]


@dataclass(frozen=True)
class EventsShown:
    """What is ahead, and the way to draft one for coordinators."""

    events: tuple[Event, ...]
    may_draft: bool


@dataclass(frozen=True)
class EventPosted:
    """The one post in a channel, in its language and by its clock."""

    post_ref: str
    channel: str
    event: Event
    counts: Counts
    of_region: Counts
    region: str
    language: str
    zone: ZoneInfo
    is_open: bool


@dataclass(frozen=True)
class EventInvited:
    """An event to one person; `answer` is what they said last, `waits_as` their place on the waiting list from 1."""

    event: Event
    counts: Counts
    answer: str | None
    waits_as: int | None = None


@dataclass(frozen=True)
class EventPromoted:
    """A place has become free for somebody who waited."""

    event: Event


@dataclass(frozen=True)
class EventChanged:
    """What has changed for those who said yes: title, time or place."""

    event: Event
    changes: tuple[str, ...]


@dataclass(frozen=True)
class EventCancelled:
    """It does not take place."""

    event: Event


@dataclass(frozen=True)
class EventReminder:
    """Once, one open day before, to those who said yes or maybe."""

    event: Event
    answer: str


@dataclass(frozen=True)
class WereYouThere:
    """The one question afterwards; answers are counted, never by whom."""

    event_ref: str
    title: str
    held_at: datetime


@dataclass(frozen=True)
class PresenceCounted:
    """Whether somebody was there was counted."""

    event_ref: str
    was_there: bool


@dataclass(frozen=True)
class LessonForm:
    """One line on what was learned."""

    event_ref: str
    title: str


@dataclass(frozen=True)
class LessonShared:
    """The line is kept, without a name; or, when nothing was ticked, nothing is."""

    is_kept: bool


@dataclass(frozen=True)
class Attendee:
    """Somebody who answered; `state` is yes, waiting, maybe or no."""

    name: str
    institution: str
    region: str
    state: str
    is_guest: bool
    replied_at: datetime


@dataclass(frozen=True)
class Attendance:
    """Everybody's last answer, for coordinators; and what people took home and shared."""

    event: Event
    people: tuple[Attendee, ...]
    was_there: int
    was_not_there: int
    lessons: tuple[str, ...]


@dataclass(frozen=True)
class PeopleTold:
    """Whom personal invitations have reached, in that order, and how many will not be written to."""

    event: Event
    names: tuple[str, ...]
    not_told: int


@dataclass(frozen=True)
class EventNotPosted:
    """A post could not be made in the channel of that region."""

    event: Event
    region: str
