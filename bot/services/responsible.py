"""Who answers for a topic: the person the programme names, their deputy while they are away, else a coordinator."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from bot.facts.questions import Help
from bot.programme import Handover, Programme, Reachable
from bot.services import people
from bot.services.absences import returns_on
from storage.members import MemberRow
from storage.store import Store

OFFICIAL: Final = frozenset({"practicum", "contract", "pay", "assessment", "hiring", "eligibility"})
"""Topics in which somebody decides officially, who is never Silta (R14, S17)."""


async def responsible(
    store: Store, programme: Programme, asker: MemberRow, topic: str | None, now: datetime
) -> MemberRow | None:
    """The one person to ask: the first line of the programme that fits topic and field, nearest place first."""
    fields = (await store.members.fields_of([asker.id]))[asker.id]
    lines = [one for one in people.settings(asker, programme).handover if _fits(one, topic, fields)]
    for member in await _named(store, asker.workspace, lines):
        if await _can_take(store, programme, asker, member, now):
            return member
    return await a_coordinator(store, programme, asker, now)


async def a_coordinator(
    store: Store, programme: Programme, asker: MemberRow, now: datetime, apart_from: Collection[int | None] = ()
) -> MemberRow | None:
    """A coordinator who is not away, else any who can be reached; never the asker, nor anybody kept apart from them."""
    never = {asker.id, *apart_from, *await store.avoids.apart_from(asker.id)}
    reachable = [one for one in await store.members.coordinators(asker.workspace) if one.id not in never]
    here = [one for one in reachable if await _can_take(store, programme, asker, one, now)]
    return next(iter([*here, *(one for one in reachable if one.external_id is not None)]), None)


async def help_for(store: Store, programme: Programme, asker: MemberRow, topic: str | None, now: datetime) -> Help:
    """Who can help with this topic: a person of the network, and the office in charge of it."""
    return help_of(await responsible(store, programme, asker, topic, now), programme, asker, topic)


def help_of(receiver: MemberRow | None, programme: Programme, asker: MemberRow, topic: str | None) -> Help:
    """The same for whoever has been found responsible already."""
    bodies = people.settings(asker, programme).official_bodies if topic in OFFICIAL else ()
    return Help(people.person(receiver) if receiver else None, _office(asker, programme, topic), bodies)


async def _named(store: Store, workspace: str, lines: list[Handover]) -> list[MemberRow]:
    external_ids = [name for line in lines for name in (line.person, line.deputy) if name]
    known = await store.members.by_external_ids(workspace, external_ids)
    return [known[one] for one in external_ids if one in known]


async def _can_take(store: Store, programme: Programme, asker: MemberRow, member: MemberRow, now: datetime) -> bool:
    """Whether this person is here, reachable, not the asker, and not kept apart from them."""
    if member.id == asker.id or member.external_id is None or not _is_there(member, programme, now):
        return False
    return not await store.avoids.between(asker.id, member.id)


def _is_there(member: MemberRow, programme: Programme, now: datetime) -> bool:
    return member.is_here and returns_on(member, programme, now) is None


def _fits(line: Handover, topic: str | None, fields: Collection[str]) -> bool:
    of_topic = not line.topics or topic in line.topics
    return of_topic and (not line.fields or any(code.startswith(line.fields) for code in fields))


def _office(asker: MemberRow, programme: Programme, topic: str | None) -> Reachable | None:
    local = people.settings(asker, programme)
    return {"practicum": local.practicum_handover, "data": local.data_officer}.get(topic or "")
