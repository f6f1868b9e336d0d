"""Unit-level contacts: somebody at an institution who knows who teaches what there, named in the programme file."""

from bot.programme import Institution, Programme
from bot.rules.candidates import Contact
from storage.members import MemberRow
from storage.store import Store


def is_unit_contact(member: MemberRow, programme: Programme) -> bool:
    """True for somebody whom the programme names as the contact of an institution."""
    named = (one.contact for one in programme.institutions)
    return member.external_id is not None and member.external_id in named


def is_found(member: MemberRow, programme: Programme) -> bool:
    """True for a contact person who agreed to be found, and for the contact whom an institution names."""
    return member.is_found or is_unit_contact(member, programme)


def can_be_asked(member: MemberRow, programme: Programme) -> bool:
    """True for a contact person, of a field or of an institution, who is here and wants contacts at all."""
    is_here = member.is_here and member.capacity > 0
    return member.can_be_asked or (is_here and is_unit_contact(member, programme))


async def unit_contacts(
    store: Store, workspace: str, programme: Programme, country: str | None, codes: frozenset[str]
) -> list[Contact]:
    """The contacts of this country's institutions that have no contact person of these fields.

    Each stands for their institution's place, and once for every institution that names them.
    """
    units = [one for one in programme.institutions if one.contact and country and one.country == country]
    if not units:
        return []
    taught = await store.members.institutions_with_contact(workspace, [one.name for one in units], codes)
    named = await store.members.by_external_ids(workspace, [one.contact for one in units if one.contact])
    pairs = [(one, named[one.contact]) for one in units if one.contact in named and one.name not in taught]
    loads = await store.candidates.loads_of({member.id for _, member in pairs})
    return [
        _as_contact(unit, member, loads.get(member.id, 0)) for unit, member in pairs if can_be_asked(member, programme)
    ]


def _as_contact(unit: Institution, member: MemberRow, load: int) -> Contact:
    return Contact(
        member_id=member.id,
        fields=(),
        languages=member.languages,
        country=unit.country,
        region=unit.region,
        institution=unit.name,
        capacity=member.capacity,
        load=load,
        last_contact_at=member.last_contact_at,
    )
