"""People as services see them: their calendar, their language, and how others name them."""

from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.facts.members import Me, Person
from bot.language import Translator, language_of
from bot.programme import Programme
from bot.rules.open_time import Calendar, DayRange, subdivision_of
from storage.members import MemberRow

ZONES: Final = {"FI": "Europe/Helsinki", "DE": "Europe/Berlin", "NO": "Europe/Oslo", "TR": "Europe/Istanbul"}
"""Where a person's clock stands when neither Slack nor the import says so."""


def person(member: MemberRow) -> Person:
    """How others name this person."""
    return Person(member.ref, member.name, member.external_id)


def me(member: MemberRow) -> Me:
    """How Silta sees the person it is talking to."""
    return Me(
        id=member.id,
        person=person(member),
        workspace=member.workspace,
        language=language(member),
        zone=zone(member),
        is_contact=member.is_contact,
        is_coordinator=member.is_coordinator,
        availability=member.availability,
    )


def language(member: MemberRow) -> str:
    """The person's own choice, else what Slack suggests, else the first language they speak that Silta speaks too."""
    spoken = (language_of(code) for code in member.languages)
    known = (member.chosen_language, member.suggested_language, *spoken)
    return next((code for code in known if code is not None), "en")


def translator(member: MemberRow) -> Translator:
    """Speaks this person's language in this person's time zone."""
    return Translator(language(member), zone(member))


def zone(member: MemberRow) -> ZoneInfo:
    """The person's time zone, else their country's, else UTC."""
    try:
        return ZoneInfo(member.timezone or ZONES.get(member.country or "", "UTC"))
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def calendar(member: MemberRow, programme: Programme) -> Calendar:
    """When this person may be written to (R2): role hours, public holidays, breaks of their institution, days away."""
    hours = programme.open_time.students if _only_studies(member) else programme.open_time.others
    breaks = programme.breaks_of(member.institution)
    return Calendar(
        zone=zone(member),
        opens=hours.opens,
        closes=hours.closes,
        country=member.country,
        subdivision=subdivision_of(member.country, member.region),
        closed=(
            *(DayRange(closed.starts_on, closed.ends_on) for closed in breaks),
            *(DayRange(away.starts_on, away.ends_on) for away in member.away_periods),
        ),
    )


def _only_studies(member: MemberRow) -> bool:
    return set(member.roles) <= {"student"}
