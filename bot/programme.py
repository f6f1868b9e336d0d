"""The programme file: every number of the rules, and what an institution decides for itself (TOML, `SILTA_PROGRAMME`).

Each number has the default of its rule (R2-R12); a programme changes what it wants and leaves out the rest.
"""

import tomllib
from datetime import date, time, timedelta
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from bot.errors import ProgrammeProblem

Count = Annotated[int, Field(ge=1, le=366)]
Weekday = Literal["monday", "tuesday", "wednesday", "thursday", "friday"]
_TEN = time(10)
LONGEST_BREAK = timedelta(days=200)
"""A longer one is a slip of the year; it would keep an institution closed for good."""


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Hours(_Part):
    """Daily hours in a person's own zone (R2)."""

    opens: time
    closes: time

    @model_validator(mode="after")
    def _closes_after_it_opens(self) -> "Hours":
        if self.closes <= self.opens:
            raise ValueError("closes must be later than opens")
        return self


class OpenTime(_Part):
    """When the bot may start a conversation itself, Monday to Friday (R2)."""

    students: Hours = Hours(opens=time(8), closes=time(20))
    others: Hours = Hours(opens=time(8), closes=time(16))


class Reply(_Part):
    """The reply clock of a request, in the contact person's open days (R6, R7)."""

    remind_on_open_day: Count = 3
    release_on_open_day: Count = 5
    at: time = _TEN
    releases_before_resting: Count = 2


class CheckIns(_Part):
    """When both sides are asked how it went (R12)."""

    first_after_open_days: Count = 7
    every_weeks: Count = 4
    quiet_weeks: Count = 12
    fade_after_open_days: Count = 10
    at: time = _TEN


class Candidates(_Part):
    """How many contact persons are proposed at once (R9)."""

    at_most: Annotated[int, Field(ge=1, le=3)] = 3


class Capacity(_Part):
    """Open contacts a contact person has places for unless they say otherwise (R8)."""

    default: Annotated[int, Field(ge=0, le=50)] = 2


class Waiting(_Part):
    """How long a free place is kept for the person who waited for it, in their open days."""

    offer_open_days: Count = 3


class Nudges(_Part):
    """The one slot a week in which a contact person may be nudged (R3, R4)."""

    weekday: Weekday = "tuesday"
    at: time = _TEN
    slot_hours: Annotated[int, Field(ge=1, le=8)] = 2


class Meetups(_Part):
    """How circles are asked, unless their members decide otherwise (R13, S38)."""

    poll_weekday: Weekday = "monday"
    at: time = _TEN
    smallest_circle: Annotated[int, Field(ge=2, le=50)] = 3
    slots: Annotated[int, Field(ge=1, le=5)] = 3
    minutes: Annotated[int, Field(ge=15, le=240)] = 45
    poll_open_days: Count = 4
    vote_open_days: Count = 5
    proposals_apart_days: Count = 14


class Break(_Part):
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


class Institution(_Part):
    """A school or a teacher education unit, with its breaks."""

    name: str
    country: str | None = None
    region: str | None = None
    timezone: str | None = None
    breaks: tuple[Break, ...] = ()


class Identity(_Part):
    """Who runs this network."""

    name: str = "Silta"
    coordinators: tuple[str, ...] = ()


class Programme(_Part):
    """Everything one network decides for itself."""

    programme: Identity = Identity()
    open_time: OpenTime = OpenTime()
    reply: Reply = Reply()
    check_ins: CheckIns = CheckIns()
    candidates: Candidates = Candidates()
    capacity: Capacity = Capacity()
    waiting: Waiting = Waiting()
    nudges: Nudges = Nudges()
    meetups: Meetups = Meetups()
    institutions: tuple[Institution, ...] = ()

    def breaks_of(self, institution: str | None) -> tuple[Break, ...]:
        """The breaks of the institution with that name; none when it is unknown."""
        return next((known.breaks for known in self.institutions if known.name == institution), ())


def load(path: Path | None) -> Programme:
    """The programme in that file, or the defaults without one; raises ProgrammeProblem naming line or key."""
    if path is None:
        return Programme()
    try:
        return Programme.model_validate(tomllib.loads(path.read_text(encoding="utf-8-sig")))
    except OSError as problem:
        raise _problem(path, f"cannot be read ({problem.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _problem(path, f"is not valid TOML: {problem}") from None
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        key = ".".join(str(part) for part in first["loc"])
        raise _problem(path, f"{key}: {first['msg'].removeprefix('Value error, ')}") from None


def _problem(path: Path, reason: str) -> ProgrammeProblem:
    return ProgrammeProblem(f"SILTA_PROGRAMME: {path}, {reason}; .env.example says what this file is for.")
