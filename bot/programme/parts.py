"""The parts of a programme file: numbers of the rules, each with the default of its rule (R2-R12)."""

from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

Count = Annotated[int, Field(ge=1, le=366)]
CountryCode = Annotated[str, Field(pattern="^[A-Z]{2}$")]
"""ISO 3166-1 alpha-2."""
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
_TEN = time(10)
LONGEST_BREAK = timedelta(days=200)
"""A longer one is a slip of the year; it would keep an institution closed for good."""


class Part(BaseModel):
    """Frozen, and every key is known: a slip of the pen is an error and not a setting that nobody reads."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Hours(Part):
    """Daily hours in a person's own zone (R2)."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _closes_after_it_opens(self) -> "Hours":
        if self.closes <= self.opens:
            raise ValueError("closes must be later than opens")
        return self


class OpenTime(Part):
    """When the bot may start a conversation itself, Monday to Friday (R2)."""

    students: Hours = Hours(opens=time(8), closes=time(20))
    others: Hours = Hours(opens=time(8), closes=time(16))


class Reply(Part):
    """The reply clock of a request, in the contact person's open days (R6, R7)."""

    remind_on_open_day: Count = 3
    release_on_open_day: Count = 5
    at: time = _TEN
    releases_before_resting: Count = 2


class CheckIns(Part):
    """When both sides are asked how it went (R12)."""

    first_after_open_days: Count = 7
    every_weeks: Count = 4
    quiet_weeks: Count = 12
    fade_after_open_days: Count = 10
    at: time = _TEN


class Candidates(Part):
    """How many contact persons are proposed at once (R9)."""

    at_most: Annotated[int, Field(ge=1, le=3)] = 3


class Capacity(Part):
    """Open contacts a contact person has places for unless they say otherwise (R8)."""

    default: Annotated[int, Field(ge=0, le=50)] = 2


class Limits(Part):
    """How much one person may ask, and how often one contact person is asked, so that nobody is flooded (R8, R10)."""

    open_requests: Annotated[int, Field(ge=1, le=50)] = 3
    requests_per_day: Annotated[int, Field(ge=1, le=100)] = 5
    cool_down_days: Annotated[int, Field(ge=0, le=366)] = 90
    requests_per_contact_and_week: Annotated[int, Field(ge=1, le=100)] = 3


class Waiting(Part):
    """How long a free place is kept for the person who waited for it, in their open days."""

    offer_open_days: Count = 3


class Nudges(Part):
    """The one slot a week in which a contact person may be nudged, and how often unless they choose (R3, R4)."""

    weekday: Weekday = "tuesday"
    at: time = _TEN
    slot_hours: Annotated[int, Field(ge=1, le=8)] = 2
    rhythm: Literal["weekly", "fortnightly", "monthly", "when_needed"] = "weekly"


class Delivery(Part):
    """How fast Slack lets this app write: what it allows in the workspace, and in one conversation (delivery.md)."""

    posts_per_minute: Annotated[int, Field(ge=1, le=100_000)] = 300
    burst: Annotated[int, Field(ge=1, le=1_000)] = 20
    seconds_between_in_channel: Annotated[float, Field(ge=0, le=60)] = 1.0


class FieldWords(Part):
    """The network's own words for fields: a folder with files such as `fi.ini`, laid over Silta's lists."""

    word_lists: Path | None = None


class Meetups(Part):
    """How circles are asked, unless their members decide otherwise (R13, S38)."""

    poll_weekday: Weekday = "monday"
    at: time = _TEN
    smallest_circle: Annotated[int, Field(ge=2, le=50)] = 3
    slots: Annotated[int, Field(ge=1, le=5)] = 3
    minutes: Annotated[int, Field(ge=15, le=240)] = 45
    poll_open_days: Count = 4
    vote_open_days: Count = 5
    proposals_apart_days: Count = 14


class Questions(Part):
    """Questions that go to a person, in the open days of whoever has them (R6, R14)."""

    without_name: bool = False
    remind_on_open_day: Count = 3
    move_on_open_day: Count = 5
    at: time = _TEN


class WeeklyList(Part):
    """When coordinators get the list of what nobody could answer."""

    weekday: Weekday = "monday"
    at: time = _TEN


class Handover(Part):
    """Who answers questions of these topics in these fields; no topics, or no fields, means all of them.

    `person` and `deputy` are Slack user ids.
    """

    topics: tuple[Annotated[str, Field(pattern="^[a-z_]{1,40}$")], ...] = ()
    fields: tuple[Annotated[str, Field(pattern=r"^\d{2,4}$")], ...] = ()
    person: Annotated[str, Field(min_length=1)]
    deputy: str | None = None


class Events(Part):
    """How events are announced (R19): `channels` are Slack ids of channels, by the name of their region."""

    channels: dict[str, Annotated[str, Field(pattern="^[CG][A-Z0-9]{2,30}$")]] = Field(default_factory=dict)
    confirm_above: Annotated[int, Field(ge=1, le=1_000_000)] = 200
    at: time = _TEN


class Break(Part):
    """Days on which an institution is closed, both ends included; `source` says where the dates come from."""

    starts_on: date
    ends_on: date
    source: str

    @model_validator(mode="after")
    def _ends_after_it_starts(self) -> "Break":
        if self.ends_on < self.starts_on:
            raise ValueError("ends_on must not be before starts_on")
        if self.ends_on - self.starts_on > LONGEST_BREAK:
            raise ValueError("a break cannot be longer than 200 days")
        return self


class PublicHolidays(Part):
    """Which public holidays count, as the `holidays` library names them.

    Without a country and region they are the person's own. `categories` are days beside the public ones: "catholic"
    for Assumption Day in a part of Bavaria.
    """

    country: CountryCode | None = None
    region: str | None = None
    categories: tuple[str, ...] = ()


class Task(Part):
    """What one of the eight mentor tasks is here: whether it is done, what it needs, who decides (domain.md 2.2)."""

    status: Literal["in_use", "occasional", "possible", "not_in_use", "unset"] = "unset"
    needs_resources: Literal["yes", "no", "might", "unknown"] = "unknown"
    mandatory: bool = False
    note: str = ""
    who_decides: str = ""


class Tasks(Part):
    """The eight tasks. What is not set is the joint status that the seed gives all countries."""

    T1: Task = Task(status="possible")
    T2: Task = Task(status="in_use")
    T3: Task = Task(status="occasional")
    T4: Task = Task(status="occasional", needs_resources="might")
    # What the seed notes beside them: T5 not in systematic use, T6 a natural part of the role, T7 taken seriously with
    # its potential unused, T8 semi-structured. A note is shown to people, so it has to be in the words of the place.
    T5: Task = Task(status="possible", needs_resources="might")
    T6: Task = Task(status="possible", needs_resources="might")
    T7: Task = Task(status="occasional")
    T8: Task = Task(status="occasional")


class Reachable(Part):
    """Somebody to turn to. At least one way to reach them."""

    name: str
    phone: str | None = None
    email: str | None = None
    url: str | None = None

    @model_validator(mode="after")
    def _can_be_reached(self) -> "Reachable":
        if not (self.phone or self.email or self.url):
            raise ValueError("phone, email or url is needed")
        return self
