"""From one line or a form to a preview: what would go out, to whom, and what is still missing (R19)."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.events import (
    KINDS,
    Draft,
    EventForm,
    EventPreview,
    EventsShown,
    EventUnclear,
    LocalTime,
    Mistake,
    Reach,
)
from bot.programme import Programme
from bot.rules import events as rules
from bot.services import event_steps as steps
from bot.services import people
from bot.services.event_facts import counts_of, shown
from bot.services.roles import coordinator
from bot.understanding.events import read_event, words_of_a_field
from bot.understanding.fields import FieldRecogniser
from bot.understanding.regions import RegionRecogniser
from storage.database import Database
from storage.events import PUBLISHED, EventDraftRow, EventRow
from storage.members import MemberRow
from storage.rows import new_ref
from storage.store import Store

SURE_OF_FIELD: Final = 0.4
"""A title is taken to be for one field only when it names it plainly; otherwise the event is for everybody."""
READ_BELOW: Final = ("kind", "regions", "fields", "institutions")
"""What a form says in words of its own, which are read before they count."""
KEPT_FOR: Final = timedelta(days=30)
"""A draft that nobody touches for so long is forgotten."""


@dataclass(frozen=True)
class EventDrafts:
    """What a coordinator does before anything goes out."""

    database: Database
    clock: Clock
    programme: Programme
    regions: RegionRecogniser
    recogniser: FieldRecogniser
    ahead: Callable[[int], Awaitable[EventsShown]]

    async def hear(self, member_id: int, text: str) -> EventPreview | EventUnclear | EventsShown:
        """Free text about events: of a coordinator a line with a day in it is a draft; for the rest, what is ahead."""
        async with self.database.reading() as store:
            me = await store.members.by_id(member_id)
        if me.is_coordinator and self._read(me, text).on is not None:
            return await self.draft(member_id, text)
        return await self.ahead(member_id)

    async def draft(self, member_id: int, line: str) -> EventPreview | EventUnclear:
        """Drafts from one line and answers with the preview. Raises OnlyCoordinators."""
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            row = await self._keep(store, me, self._read(me, line))
        return await self.preview(member_id, row.ref)

    async def start(self, member_id: int) -> EventForm:
        """An empty form. Raises OnlyCoordinators."""
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            row = await self._keep(store, me, Draft(zone=people.zone(me).key))
            return EventForm(row.ref, draft_in(row))

    async def form(self, member_id: int, ref: str) -> EventForm:
        """The form for a draft, or for an announced event that is to change.

        Raises OnlyCoordinators, or UnknownReference for what is nothing of this workspace.
        """
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            row = await store.events.held_draft(me.workspace, ref)
            if row is None or row.is_published:
                event = await self._event(store, me, ref, row)
                row = await self._keep(store, me, draft_of(event), event)
            return EventForm(row.ref, draft_in(row), is_change=row.event_id is not None)

    async def mistakes(self, member_id: int, ref: str, filled: Mapping[str, Any]) -> tuple[Mistake, ...]:
        """What is wrong in a form that comes back; the draft is kept as it is. Raises as `form` does."""
        async with self.database.transaction() as store:
            me = await coordinator(store, member_id)
            row = await self._mine(store, me, ref)
            draft = self._understood(draft_in(row), filled)
            row.content, row.changed_at = content_of(draft), self.clock.now()
            return await mistakes_in(store, row, draft, self.clock.now())

    async def preview(self, member_id: int, ref: str) -> EventPreview | EventUnclear:
        """What would go out. Everybody of a large audience is looked at, so nothing is held. Raises as `form` does."""
        async with self.database.reading() as store:
            me = await coordinator(store, member_id)
            row = await store.events.draft(me.workspace, ref)
            if row is None or row.is_published:
                raise UnknownReference
            return await self._preview(store, row, me)

    async def forget_old(self) -> None:
        """Drops drafts that nobody has touched for a month."""
        async with self.database.transaction() as store:
            await store.events.forget_drafts_before(self.clock.now() - KEPT_FOR)

    async def _keep(self, store: Store, me: MemberRow, draft: Draft, changes: EventRow | None = None) -> EventDraftRow:
        row = EventDraftRow(
            ref=new_ref(),
            workspace=me.workspace,
            author_id=me.id,
            event_id=changes.id if changes else None,
            content=content_of(draft),
            changed_at=self.clock.now(),
        )
        store.events.add(row)
        await store.flush()
        return row

    async def _mine(self, store: Store, me: MemberRow, ref: str) -> EventDraftRow:
        row = await store.events.held_draft(me.workspace, ref)
        if row is None or row.is_published:
            raise UnknownReference
        return row

    async def _event(self, store: Store, me: MemberRow, ref: str, row: EventDraftRow | None) -> EventRow:
        if row is not None and row.event_id is not None:
            return await store.events.by_id(row.event_id)
        event = await store.events.by_ref(me.workspace, ref)
        if event is None:
            raise UnknownReference
        return event

    async def _preview(self, store: Store, row: EventDraftRow, me: MemberRow) -> EventPreview | EventUnclear:
        now, draft = self.clock.now(), draft_in(row)
        if found := await mistakes_in(store, row, draft, now):
            return EventUnclear(row.ref, draft, found)
        before = await store.events.by_id(row.event_id) if row.event_id else None
        event = made(draft, me, now, before)
        changes = changes_between(before, event) if before else None
        audience = await store.events.audience(event)
        calendars = [people.calendar(one, self.programme) for one in audience]
        reaches_more = changes is None or "audience" in changes
        return EventPreview(
            draft_ref=row.ref,
            event=shown(event, await self._organiser(store, me, before)),
            times=self._times(audience),
            reach=self._reach(event, audience),
            people=len(audience),
            invited=await _newly_invited(store, event, audience) if reaches_more else 0,
            too_late=rules.too_late(calendars, now, event.replies_close_at),
            better_close_on=rules.better_close_on(
                calendars, now, event.starts_at, event.replies_close_at, ZoneInfo(event.zone)
            ),
            is_wide=reaches_more and len(audience) > self.programme.events.confirm_above,
            changes=changes,
            institutions=event.institutions,
            roles=event.roles,
            languages=event.languages,
        )

    async def _organiser(self, store: Store, me: MemberRow, before: EventRow | None) -> MemberRow | None:
        """Whoever announced it first stays its organiser, also when somebody else changes it."""
        if before is None:
            return me
        return await store.members.by_id(before.organiser_id) if before.organiser_id else None

    def _times(self, audience: Sequence[MemberRow]) -> tuple[LocalTime, ...]:
        """The clock of each country from which people are told."""
        zones = {country: people.zone(one) for one in audience if (country := people.country(one, self.programme))}
        return tuple(LocalTime(country, zone) for country, zone in sorted(zones.items()))

    def _reach(self, event: EventRow, audience: Sequence[MemberRow]) -> tuple[Reach, ...]:
        channels = self.programme.events.channels
        regions = event.regions or tuple(channels)
        return tuple(
            Reach(region, sum(one.region == region for one in audience), region in channels) for region in regions
        )

    def _read(self, me: MemberRow, line: str) -> Draft:
        zone, language = people.zone(me), people.language(me)
        institutions = [one.name for one in self.programme.institutions]
        read = read_event(line, self.clock.now().astimezone(zone).date(), language, self.regions, institutions)
        reading = self.recogniser.read(words_of_a_field(read.title))
        named = {one.name: getattr(read, one.name) for one in fields(read)}
        is_sure = reading.clear and not reading.guessed and reading.matches[0].score >= SURE_OF_FIELD
        codes = (reading.matches[0].code,) if is_sure else ()
        return Draft(zone=zone.key, fields=codes, **named)

    def _understood(self, before: Draft, filled: Mapping[str, Any]) -> Draft:
        """What the form says, with regions, fields and institutions in the programme's own words."""
        known = {fold: name for one in self.programme.institutions for fold, name in [(one.name.casefold(), one.name)]}
        regions = {part: self.regions.read(part) for part in filled.get("regions", ())}
        codes = {part: self.recogniser.code_of(part) for part in filled.get("fields", ())}
        houses = {part: known.get(part.casefold()) for part in filled.get("institutions", ())}
        return replace(
            before,
            **{name: value for name, value in filled.items() if name not in READ_BELOW},
            kind=kind if (kind := str(filled.get("kind"))) in KINDS else "other",
            weekday=None,
            unreadable_day="",
            regions=tuple(dict.fromkeys(found.region for found in regions.values() if found)),
            unknown_regions=tuple(part for part, found in regions.items() if not found),
            fields=tuple(dict.fromkeys(code for code in codes.values() if code)),
            unknown_fields=tuple(part for part, code in codes.items() if not code),
            institutions=tuple(dict.fromkeys(name for name in houses.values() if name)),
            unknown_institutions=tuple(part for part, name in houses.items() if not name) if known else (),
        )


async def mistakes_in(store: Store, row: EventDraftRow, draft: Draft, now: datetime) -> tuple[Mistake, ...]:
    """What keeps this draft from going out; places that were given out already count."""
    if row.event_id is None:
        return rules.mistakes(draft, now)
    event = await store.events.by_id(row.event_id)
    _, by_region = await counts_of(store, event)
    return rules.mistakes(draft, now, {region: counts.yes for region, counts in by_region.items()})


def made(draft: Draft, me: MemberRow, now: datetime, before: EventRow | None = None) -> EventRow:
    """A sound draft as an event that is not kept yet."""
    times = rules.when(draft)
    if times is None:
        raise ValueError("a draft without a day is no event")
    return EventRow(
        ref=before.ref if before else new_ref(),
        workspace=me.workspace,
        organiser_id=before.organiser_id if before else me.id,
        state=before.state if before else PUBLISHED,
        kind=draft.kind,
        title=draft.title.strip(),
        starts_at=times.starts_at,
        ends_at=times.ends_at,
        zone=draft.zone,
        place=draft.place,
        link=draft.link,
        officiality=draft.officiality,
        planned_role=draft.planned_role,
        time_covered_by=draft.time_covered_by,
        regions=draft.regions,
        fields=draft.fields,
        institutions=draft.institutions,
        roles=draft.roles,
        languages=draft.languages,
        capacity=rules.capacity_of(draft),
        is_per_region=draft.is_per_region,
        replies_close_at=times.closes_at,
        publish_at=now,
        changed_at=now,
        sequence=before.sequence if before else 0,
        version=before.version if before else 0,
    )


def changes_between(before: EventRow, after: EventRow) -> tuple[str, ...]:
    """Which parts of an announced event become different, in the words of `EventChanged`."""
    parts = {
        "title": ("title",),
        "time": ("starts_at", "ends_at"),
        "place": ("place", "link"),
        "role": ("kind", "officiality", "planned_role", "time_covered_by"),
        "capacity": ("capacity", "is_per_region"),
        "reply_by": ("replies_close_at",),
        "audience": ("regions", "fields", "institutions", "roles", "languages"),
    }
    return tuple(
        part for part, names in parts.items() if any(getattr(before, one) != getattr(after, one) for one in names)
    )


def draft_of(event: EventRow) -> Draft:
    """An announced event as a draft, so that it can be changed."""
    zone = ZoneInfo(event.zone)
    starts_at, ends_at = event.starts_at.astimezone(zone), event.ends_at.astimezone(zone)
    closes_on = (event.replies_close_at - timedelta(seconds=1)).astimezone(zone).date()
    return Draft(
        zone=event.zone,
        title=event.title,
        kind=event.kind,
        on=starts_at.date(),
        begins=starts_at.time(),
        ends=ends_at.time(),
        place=event.place,
        link=event.link,
        regions=event.regions,
        fields=event.fields,
        institutions=event.institutions,
        roles=event.roles,
        languages=event.languages,
        capacity=str(event.capacity or ""),
        is_per_region=event.is_per_region,
        reply_by=closes_on if event.replies_close_at < event.starts_at else None,
        officiality=event.officiality,
        planned_role=event.planned_role,
        time_covered_by=event.time_covered_by,
    )


def content_of(draft: Draft) -> dict[str, Any]:
    """A draft as JSON has it."""
    return {
        name: value.isoformat() if isinstance(value, date | time) else value for name, value in asdict(draft).items()
    }


def draft_in(row: EventDraftRow) -> Draft:
    """The draft that was kept."""
    kept: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in row.content.items()
    }
    for name in ("on", "reply_by"):
        kept[name] = date.fromisoformat(kept[name]) if kept[name] else None
    for name in ("begins", "ends"):
        kept[name] = time.fromisoformat(kept[name]) if kept[name] else None
    return Draft(**kept)


async def _newly_invited(store: Store, event: EventRow, audience: Sequence[MemberRow]) -> int:
    """How many would get a personal invitation who have got none yet."""
    invited = await store.events.invited(event)
    return sum(steps.wants_invitation(event, one) and one.id not in invited for one in audience)
