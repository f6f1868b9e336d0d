"""What leaders, educators and coordinators see of the network at home; people are only counted from five on (R15)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.facts.home import EventAhead, Gap, Network, Undelivered, Unmet
from bot.facts.profiles import ContactToConfirm
from bot.programme import Programme
from bot.rules.permissions import may_look_after_network
from bot.services import people
from bot.services.confirmations import may_confirm
from bot.services.event_facts import counts_of
from storage.asks import AskRow
from storage.members import MemberRow
from storage.outbox import FAILED
from storage.store import Store

LOOKS_BACK: Final = timedelta(weeks=12)
"""So long an ask that was given to a coordinator counts as waiting (S6)."""
UNDELIVERED_FOR: Final = timedelta(days=14)
UNDELIVERED_AT_MOST: Final = 3
EVENTS_FOR: Final = timedelta(days=14)
EVENTS_AT_MOST: Final = 5
GAPS_AT_MOST: Final = 8
UNMET_AT_MOST: Final = 5
SHORTAGES_AT_MOST: Final = 6
TO_CONFIRM_AT_MOST: Final = 4
LOOKS_AHEAD: Final = frozenset({"leader", "educator"})
"""Who plans where people are needed, so they see in which fields nobody can be asked; no person is counted in it."""


@dataclass(frozen=True)
class Overview:
    """The network as this person may see it."""

    to_confirm: tuple[ContactToConfirm, ...] = ()
    shortages: tuple[str, ...] = ()
    network: Network | None = None


async def overview(store: Store, me: MemberRow, programme: Programme, now: datetime) -> Overview:
    """Everything of the network that this person may see now."""
    shortages = await _shortages(store, me, now)
    if not may_look_after_network(people.standing(me)):
        return Overview(await _to_confirm(store, me) if me.leads else (), shortages)
    return Overview(await _to_confirm(store, me), shortages, await _network(store, me, programme, now))


async def _to_confirm(store: Store, me: MemberRow) -> tuple[ContactToConfirm, ...]:
    institution = None if me.is_coordinator else me.institution
    found = await store.network.to_confirm(me.workspace, institution, TO_CONFIRM_AT_MOST + 1)
    waiting = [one for one in found if may_confirm(me, one)][:TO_CONFIRM_AT_MOST]
    codes = await store.members.fields_of([one.id for one in waiting])
    return tuple(ContactToConfirm(people.person(one), codes[one.id], one.institution, one.offer) for one in waiting)


async def _shortages(store: Store, me: MemberRow, now: datetime) -> tuple[str, ...]:
    if not LOOKS_AHEAD & set(me.vouched_roles) & set(me.roles):
        return ()
    return tuple(await store.network.fields_without_anybody(me.workspace, now - LOOKS_BACK, SHORTAGES_AT_MOST))


async def _network(store: Store, me: MemberRow, programme: Programme, now: datetime) -> Network:
    since, too_few = now - LOOKS_BACK, people.settings(me, programme).minimum_cell_size
    cells = await store.network.waiting_by_field(me.workspace, since)
    waiting = await store.network.people_waiting(me.workspace, since)
    is_hidden = any(one.people < too_few for one in cells)
    unmet = await store.network.unmet(me.workspace, since, UNMET_AT_MOST)
    askers = await store.members.by_ids({one.asker_id for one in unmet})
    return Network(
        # With a cell hidden, the sum of all would give it away: it is what the others leave (R15).
        waiting=None if is_hidden and waiting >= too_few else waiting,
        gaps=tuple(
            Gap(one.code or None, one.region or None, one.people if one.people >= too_few else None)
            for one in cells[:GAPS_AT_MOST]
        ),
        unmet=tuple(_unmet(one, askers[one.asker_id]) for one in unmet),
        undelivered=await store.network.undelivered(me.workspace, now - UNDELIVERED_FOR),
        coordinators=tuple(people.person(one) for one in await store.members.coordinators(me.workspace)),
        too_few=too_few,
        latest=await _latest_undelivered(store, me, now),
        open_questions=await store.questions.count_open(me.workspace),
        events=await _events(store, me, now),
    )


async def _latest_undelivered(store: Store, me: MemberRow, now: datetime) -> tuple[Undelivered, ...]:
    """Without what it was about: who could not be reached, when, and why."""
    rows = await store.network.latest_undelivered(me.workspace, now - UNDELIVERED_FOR, UNDELIVERED_AT_MOST)
    recipients = await store.members.by_ids({row.recipient_id for row in rows})
    return tuple(
        Undelivered(
            recipient=people.person(recipients[row.recipient_id]),
            on=(row.finished_at or now).astimezone(people.zone(me)).date(),
            reason=row.reason if row.state == FAILED else None,
        )
        for row in rows
    )


async def _events(store: Store, me: MemberRow, now: datetime) -> tuple[EventAhead, ...]:
    """Events that are announced and begin soon. How many come is counted whenever the home is drawn."""
    found = await store.events.beginning(me.workspace, now, now + EVENTS_FOR, EVENTS_AT_MOST)
    return tuple([EventAhead(one.title, one.starts_at, (await counts_of(store, one))[0].yes) for one in found])


def _unmet(ask: AskRow, asker: MemberRow) -> Unmet:
    return Unmet(people.person(asker), ask.code, ask.region or asker.region)
