"""People as services see them: their calendar, their language, and how others name them."""

from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.facts.members import Me, Person
from bot.language import Translator, language_of
from bot.programme import Local, Programme
from bot.programme.local import OF_COUNTRY
from bot.rules.open_time import Calendar, DayRange, subdivision_of
from bot.rules.permissions import Standing
from storage.members import MemberRow


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


def standing(member: MemberRow) -> Standing:
    """Who this person is in the network at this moment."""
    return Standing(
        id=member.id,
        workspace=member.workspace,
        is_here=member.deactivated_at is None,
        is_guest=member.is_guest,
        coordinates=member.is_coordinator,
        institution=member.institution,
        leads=member.institution if member.leads else None,
    )


def language(member: MemberRow) -> str:
    """The person's own choice, else what Slack suggests, else the first language they speak that Silta speaks too."""
    spoken = (language_of(code) for code in member.languages)
    known = (member.chosen_language, member.suggested_language, *spoken)
    return next((code for code in known if code is not None), "en")


def translator(member: MemberRow) -> Translator:
    """Speaks this person's language in this person's time zone."""
    return Translator(language(member), zone(member))


def settings(member: MemberRow, programme: Programme) -> Local:
    """What the programme says for this person's country, region and institution."""
    return programme.for_member(member.country, member.institution, member.region)


def country(member: MemberRow, programme: Programme) -> str | None:
    """The person's country, else that of their institution, where anybody knows it."""
    institution = programme.institution(member.institution)
    return member.country or (institution.country if institution else None)


def zone(member: MemberRow, otherwise: str | None = None) -> ZoneInfo:
    """The person's time zone, else this one, else their country's, else UTC."""
    of_country = OF_COUNTRY.get(member.country or "", Local()).timezone
    try:
        return ZoneInfo(member.timezone or otherwise or of_country or "UTC")
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def calendar(member: MemberRow, programme: Programme) -> Calendar:
    """When this person may be written to (R2): role hours, public holidays, breaks where they work, days away."""
    local = settings(member, programme)
    hours = local.open_time.students if _only_studies(member) else local.open_time.others
    holidays = local.public_holidays
    return Calendar(
        zone=zone(member, local.timezone),
        opens=hours.opens,
        closes=hours.closes,
        country=holidays.country,
        subdivision=subdivision_of(holidays.country, holidays.region),
        closed=(*(DayRange(one.starts_on, one.ends_on) for one in local.breaks), *_away_periods(member)),
        categories=holidays.categories,
    )


def _away_periods(member: MemberRow) -> tuple[DayRange, ...]:
    return tuple(DayRange(one.starts_on, one.ends_on) for one in member.away_periods)


def _only_studies(member: MemberRow) -> bool:
    return set(member.roles) <= {"student"}
