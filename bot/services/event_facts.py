"""Events as messages tell them: rows made into facts."""

from collections import defaultdict
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.facts.events import Counts, Event, EventEntry, EventPosted, EventRuns, FanOut
from bot.language import language_of
from bot.programme import Programme
from bot.rules.places import Places
from bot.services import people
from bot.services.addresses import Addresses
from bot.understanding.regions import RegionRecogniser
from storage import events, outbox
from storage.events import EventPostRow, EventRow
from storage.members import MemberRow
from storage.store import Store

_MOMENT: Final = timedelta(seconds=1)
NOT_POSTED: Final = (outbox.FAILED, outbox.UNKNOWN, outbox.CANCELLED)
NOT_TOLD: Final = (*NOT_POSTED, outbox.EXPIRED)


async def event_of(store: Store, event: EventRow, addresses: Addresses | None = None) -> Event:
    """An event with everything that everybody may see; with addresses, it says where calendars find it."""
    organiser = await store.members.by_id(event.organiser_id) if event.organiser_id else None
    found = shown(event, organiser)
    return replace(found, calendars=addresses.of_event(event)) if addresses else found


def shown(event: EventRow, organiser: MemberRow | None) -> Event:
    """An event with its organiser, if there still is one."""
    zone = ZoneInfo(event.zone)
    return Event(
        ref=event.ref,
        uid=event.uid,
        sequence=event.sequence,
        title=event.title,
        kind=event.kind,
        starts_at=event.starts_at,
        ends_at=event.ends_at,
        zone=zone,
        place=event.place,
        link=event.link,
        regions=event.regions,
        fields=event.fields,
        officiality=event.officiality,
        planned_role=event.planned_role,
        time_covered_by=event.time_covered_by,
        capacity=event.capacity,
        is_per_region=event.is_per_region,
        # Answers close at midnight, so the last day is the one before that.
        closes_on=(event.replies_close_at - _MOMENT).astimezone(zone).date(),
        organiser=people.person(organiser) if organiser and organiser.deactivated_at is None else None,
        is_cancelled=event.state == events.CANCELLED,
    )


def places_of(event: EventRow) -> Places:
    """How many places there are, and whether each region has its own."""
    return Places(event.capacity, event.is_per_region)


async def entry_of(
    store: Store, event: EventRow, language: str | None = None, *, is_certain: bool = True
) -> EventEntry:
    """An event as a calendar keeps it, in that language or its organiser's. Nobody's name is in it."""
    found = await event_of(store, event)
    organiser = await store.members.by_id(event.organiser_id) if event.organiser_id else None
    spoken = language or (people.language(organiser) if organiser else "en")
    return EventEntry(found, event.changed_at, spoken, is_certain)


async def counts_of(store: Store, event: EventRow) -> tuple[Counts, dict[str, Counts]]:
    """How many come, may come and wait: in all, and by the region they count in."""
    by_region: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for (region, answer, has_place), count in (await store.events.counts(event.id)).items():
        if answer != events.NO:
            by_region[region][1 if answer == events.MAYBE else 0 if has_place else 2] += count
    regions = {region: Counts(*numbers) for region, numbers in by_region.items()}
    total = [sum(numbers) for numbers in zip(*by_region.values(), strict=True)] or [0, 0, 0]
    return Counts(*total), regions


async def posted(
    store: Store, post: EventPostRow, programme: Programme, regions: RegionRecogniser, now: datetime
) -> EventPosted:
    """The post of a region as its channel sees it, in the language and by the clock of that region."""
    event = await store.events.by_id(post.event_id)
    counts, by_region = await counts_of(store, event)
    country = regions.country_of(post.region)
    local = programme.for_member(country, None, post.region)
    organiser = await store.members.by_id(event.organiser_id) if event.organiser_id else None
    languages = [known for code in local.languages if (known := language_of(code))]
    return EventPosted(
        post_ref=post.ref,
        channel=post.channel,
        event=shown(event, organiser),
        counts=counts,
        of_region=by_region.get(post.region, Counts()),
        region=post.region,
        language=next(iter(languages), people.language(organiser) if organiser else "en"),
        zone=ZoneInfo(local.timezone or event.zone),
        is_open=event.takes_place and now < event.starts_at,
    )


async def runs(store: Store, event: EventRow) -> EventRuns:
    """An announced event as coordinators see it: who comes, how far invitations are, what could not be posted."""
    counts, by_region = await counts_of(store, event)
    told = await store.events.told(event)
    missed = []
    for post in await store.events.posts(event.id):
        row = await store.outbox.about(events.POST, post.ref)
        if row is not None and row.state in NOT_POSTED:
            missed.append(post.region)
    return EventRuns(
        event=await event_of(store, event),
        state=event.state,
        publish_at=event.publish_at,
        fan_out=FanOut(
            state=event.fan_out,
            invited=sum(told.values()),
            told=sum(count for (state, _), count in told.items() if state == outbox.SENT),
            not_told=sum(count for (state, _), count in told.items() if state in NOT_TOLD),
        ),
        counts=counts,
        regions=tuple(sorted(by_region.items())) if event.is_per_region else (),
        not_posted=tuple(missed),
    )
