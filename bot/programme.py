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

    delivery: Delivery = Delivery()
