"""The programme file: every number of the rules, and what a country or an institution decides for itself.

TOML, named by `SILTA_PROGRAMME`, described in docs/programme.md. Each number has the default of its rule (R2-R12); a
programme changes what it wants and leaves out the rest.
"""

import tomllib
from pathlib import Path

from pydantic import Field, PrivateAttr, ValidationError

from bot.errors import ProgrammeProblem
from bot.programme import breaks_file
from bot.programme.breaks_file import PlacedBreak
from bot.programme.checks import mistakes
from bot.programme.lines import Path as KeyPath
from bot.programme.lines import line_of
from bot.programme.local import EMERGENCY, OF_COUNTRY, Institution, Local, together
from bot.programme.parts import (
    Break,
    Candidates,
    Capacity,
    CheckIns,
    CountryCode,
    Delivery,
    Events,
    FieldWords,
    Handover,
    Hours,
    Limits,
    Meetups,
    Nudges,
    OpenTime,
    Part,
    PublicHolidays,
    Questions,
    Reachable,
    Reply,
    Task,
    Tasks,
    Waiting,
    WeeklyList,
)

__all__ = [
    "Break", "Candidates", "Capacity", "CheckIns", "Delivery", "Events", "FieldWords", "Handover", "Hours", "Identity",
    "Institution", "Limits", "Local", "Meetups", "Nudges", "OpenTime", "PlacedBreak", "Programme", "PublicHolidays",
    "Questions", "Reachable", "Reply", "Task", "Tasks", "Waiting", "WeeklyList", "load",
]  # fmt: skip


class Identity(Part):
    """Who runs this network."""

    name: str = "Silta"
    coordinators: tuple[str, ...] = ()


class Programme(Local):
    """Everything one network decides for itself. What it sets at the top holds wherever nobody says otherwise."""

    programme: Identity = Identity()
    check_ins: CheckIns = CheckIns()
    candidates: Candidates = Candidates()
    limits: Limits = Limits()
    waiting: Waiting = Waiting()
    delivery: Delivery = Delivery()
    meetups: Meetups = Meetups()
    events: Events = Events()
    fields: FieldWords = FieldWords()
    weekly_list: WeeklyList = WeeklyList()
    breaks_file: str | None = None
    countries: dict[CountryCode, Local] = Field(default_factory=dict)
    institutions: tuple[Institution, ...] = ()

    _placed_breaks: tuple[PlacedBreak, ...] = PrivateAttr(default=())
    _settled: dict[tuple[str | None, str | None, str | None], Local] = PrivateAttr(default_factory=dict)

    def for_member(self, country: str | None, institution: str | None, region: str | None = None) -> Local:
        """The settings that hold for somebody in that country, institution and region; unknown ones add nothing."""
        place = (country, institution, region)
        if place not in self._settled:
            self._settled[place] = self._settle(country, institution, region)
        return self._settled[place]

    def institution(self, name: str | None) -> Institution | None:
        """The institution with that name, if the file has it."""
        return next((one for one in self.institutions if one.name == name), None)

    def with_placed_breaks(self, breaks: tuple[PlacedBreak, ...]) -> "Programme":
        """The same programme with the breaks of its breaks file."""
        made = self.model_copy()
        made._placed_breaks, made._settled = breaks, {}
        return made

    def _settle(self, country: str | None, name: str | None, region: str | None) -> Local:
        institution = self.institution(name)
        country = country or (institution.country if institution else None)
        region = region or (institution.region if institution else None)
        placed = [one for one in self._placed_breaks if one.holds_for(country, region, name)]
        layers = [self, OF_COUNTRY.get(country or ""), self.countries.get(country or ""), institution]
        settled = together([*(layer for layer in layers if layer is not None), Local(breaks=tuple(placed))])
        holidays = settled.public_holidays
        where = {"country": holidays.country or country, "region": holidays.region or region}
        # A programme that names its own crisis contacts anywhere has decided; only a silent one gets the known number.
        crisis = settled.crisis_contacts or ((EMERGENCY,) if country in OF_COUNTRY else ())
        changes = {"public_holidays": holidays.model_copy(update=where), "crisis_contacts": crisis}
        return settled.model_copy(update=changes)


def load(path: Path | None) -> Programme:
    """The programme in that file, or the defaults without one; raises ProgrammeProblem naming line and key."""
    if path is None:
        return Programme()
    try:
        text = path.read_text(encoding="utf-8-sig")
        programme = Programme.model_validate(tomllib.loads(text))
    except OSError as problem:
        raise _problem(path, f"cannot be read ({problem.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise _problem(path, f"is not valid TOML: {problem}") from None
    except ValidationError as problem:
        first = problem.errors(include_input=False, include_url=False)[0]
        raise _problem(path, _where_and_why(text, first["loc"], first["msg"])) from None
    for where, why in mistakes(programme):
        raise _problem(path, _where_and_why(text, where, why))
    programme = _beside(path, programme)
    if programme.breaks_file is None:
        return programme
    return programme.with_placed_breaks(breaks_file.read(path.parent / programme.breaks_file))


def _beside(path: Path, programme: Programme) -> Programme:
    """The same programme, with the folder it names counted from where its file lies."""
    folder = programme.fields.word_lists
    if folder is None:
        return programme
    return programme.model_copy(update={"fields": FieldWords(word_lists=path.parent / folder)})


def _where_and_why(text: str, where: KeyPath, why: str) -> str:
    line = line_of(text, where)
    key = ".".join(str(part) for part in where)
    return f"line {line}, {key}: {why.removeprefix('Value error, ')}"


def _problem(path: Path, reason: str) -> ProgrammeProblem:
    return ProgrammeProblem(f"SILTA_PROGRAMME: {path}, {reason}; .env.example says what this file is for.")
