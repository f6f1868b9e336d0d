"""Which contact persons are proposed to somebody who asks, and why each of them (R8, R9)."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from heapq import nsmallest
from math import inf


class Reason(StrEnum):
    """One thing that speaks for a candidate, or that the asker should know before choosing."""

    SAME_FIELD = "same_field"
    NEIGHBOURING_FIELD = "neighbouring_field"
    SHARED_LANGUAGE = "shared_language"
    SAME_REGION = "same_region"
    SAME_COUNTRY = "same_country"
    OTHER_COUNTRY = "other_country"
    SUGGESTED = "suggested"
    UNIT_CONTACT = "unit_contact"


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact person as ranking sees one: no name, no address.

    `fields` are ISCED-F codes, `languages` and `country` ISO codes. `load` counts open contacts and pending requests,
    since a request that waits for its answer already holds one place (R8).
    """

    member_id: int
    fields: Collection[str]
    languages: tuple[str, ...]
    country: str | None
    region: str | None
    institution: str | None
    capacity: int
    load: int
    last_contact_at: datetime | None


@dataclass(frozen=True)
class Wanted:
    """What the asker looks for, and where and in which languages they live.

    `codes` are all ISCED-F codes of the field, `not_these` everybody who must not be proposed: the asker, and whoever
    said "not now" already. `neighbouring` holds codes of fields close by; leave it empty to propose the field alone.
    """

    codes: frozenset[str]
    languages: tuple[str, ...]
    country: str | None
    region: str | None
    institution: str | None
    not_these: frozenset[int] = frozenset()
    neighbouring: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Candidate:
    """Somebody to propose, with reasons in the order a card names them."""

    member_id: int
    reasons: tuple[Reason, ...]


def rank(contacts: Iterable[Contact], wanted: Wanted, at_most: int) -> list[Candidate]:
    """The best `at_most` contact persons with a free place, best first, whatever order they come in (R8, R9).

    The order is field, shared language, region (then country), least loaded, longest since the last contact with
    "never" first; among equals a person of the asker's own institution comes last. Somebody who shares no language
    with the asker is left out when the languages of both are known.
    """
    fitting = []
    for contact in contacts:
        if contact.load < contact.capacity and contact.member_id not in wanted.not_these:
            reasons = _reasons(contact, wanted)
            if reasons:
                fitting.append((_position(contact, reasons, wanted), contact.member_id, reasons))
    return [Candidate(member_id, reasons) for _, member_id, reasons in nsmallest(at_most, fitting)]


def rank_unit_contacts(contacts: Iterable[Contact], wanted: Wanted, at_most: int) -> list[Candidate]:
    """The best `at_most` contacts of institutions, each person once: those of the asker's region first (R9).

    What they teach themselves does not matter; the asker's own institution comes after all others, because there
    people find each other without Silta.
    """
    best: dict[int, tuple[tuple[float, ...], tuple[Reason, ...]]] = {}
    for contact in contacts:
        is_free = contact.load < contact.capacity and contact.member_id not in wanted.not_these
        if is_free and not _have_no_common_language(contact, wanted):
            reasons = (Reason.UNIT_CONTACT, *_speaks(contact, wanted), *_place(contact, wanted))
            is_own = contact.institution == wanted.institution
            found = ((float(is_own), *_position(contact, reasons, wanted)), reasons)
            best[contact.member_id] = min(found, best.get(contact.member_id, found))
    first = nsmallest(at_most, best, key=lambda member_id: best[member_id][0])
    return [Candidate(member_id, best[member_id][1]) for member_id in first]


def _reasons(contact: Contact, wanted: Wanted) -> tuple[Reason, ...]:
    """Why this person fits, the field always first; nothing when they do not fit at all."""
    field = _field(contact, wanted)
    if field is None or _have_no_common_language(contact, wanted):
        return ()
    return (field, *_speaks(contact, wanted), *_place(contact, wanted))


def _speaks(contact: Contact, wanted: Wanted) -> tuple[Reason, ...]:
    """A shared language, of two who have one if both name theirs."""
    return (Reason.SHARED_LANGUAGE,) if contact.languages and wanted.languages else ()


def _field(contact: Contact, wanted: Wanted) -> Reason | None:
    if not wanted.codes.isdisjoint(contact.fields):
        return Reason.SAME_FIELD
    return None if wanted.neighbouring.isdisjoint(contact.fields) else Reason.NEIGHBOURING_FIELD


def _have_no_common_language(contact: Contact, wanted: Wanted) -> bool:
    """Known only when both name their languages; a profile without any is given the benefit of the doubt."""
    if not contact.languages or not wanted.languages:
        return False
    return set(contact.languages).isdisjoint(wanted.languages)


def _place(contact: Contact, wanted: Wanted) -> tuple[Reason, ...]:
    """How near they are; nothing when the country of either is unknown."""
    if contact.country is None or wanted.country is None:
        return ()
    if contact.country != wanted.country:
        return (Reason.OTHER_COUNTRY,)
    same_region = contact.region is not None and contact.region == wanted.region
    return (Reason.SAME_REGION,) if same_region else (Reason.SAME_COUNTRY,)


def _position(contact: Contact, reasons: tuple[Reason, ...], wanted: Wanted) -> tuple[float, ...]:
    """Where this person stands in the order of R9: the smaller, the earlier. The number at the end makes it stable."""
    return (
        Reason.SAME_FIELD not in reasons,
        Reason.SHARED_LANGUAGE not in reasons,
        Reason.SAME_REGION not in reasons,
        Reason.SAME_COUNTRY not in reasons,
        contact.load / contact.capacity,
        contact.load,
        -inf if contact.last_contact_at is None else contact.last_contact_at.timestamp(),
        contact.institution is not None and contact.institution == wanted.institution,
        contact.member_id,
    )
