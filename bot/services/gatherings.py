"""Polls and meetups as messages tell them, and the addresses with which they go into a calendar."""

from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from bot.facts.meetups import Gathering, Poll, Slot
from bot.services import people
from bot.services.circles import change_shown, named
from storage.meetups import MeetupRow, RoundRow
from storage.members import MemberRow
from storage.store import Store

_GOOGLE: Final = "https://calendar.google.com/calendar/render"
_OUTLOOK: Final = "https://outlook.office.com/calendar/0/deeplink/compose"
_TITLE: Final = "Silta"
"""All that a calendar page elsewhere learns beside the time: no names, no field, no place."""


@dataclass(frozen=True)
class Addresses:
    """Where calendars find a meetup: a file of our own with a public address, else pages that fill in an entry."""

    public_url: str | None = None

    def of(self, meetup: MeetupRow) -> tuple[tuple[str, str], ...]:
        """Pairs of a calendar's name (empty for our file) and an address."""
        if self.public_url:
            return (("", f"{self.public_url}/calendar/{meetup.calendar_key}.ics"),)
        begins, ends = (f"{at:%Y%m%dT%H%M%SZ}" for at in (meetup.starts_at, meetup.ends_at))
        google = {"action": "TEMPLATE", "text": _TITLE, "dates": f"{begins}/{ends}"}
        times = {"startdt": meetup.starts_at.isoformat(), "enddt": meetup.ends_at.isoformat()}
        outlook = {"rru": "addevent", "subject": _TITLE} | times
        return (("Google", f"{_GOOGLE}?{urlencode(google)}"), ("Outlook", f"{_OUTLOOK}?{urlencode(outlook)}"))


async def gathering_of(store: Store, meetup: MeetupRow, addresses: Addresses) -> Gathering:
    """One meetup with everything its people are told."""
    held = await store.meetups.round_by_id(meetup.round_id)
    members = await store.meetups.people(meetup.id)
    return Gathering(
        meetup_ref=meetup.ref,
        circle=named(await store.circles.by_id(held.circle_id)),
        people=tuple(people.person(member) for member in members),
        starts_at=meetup.starts_at,
        minutes=held.minutes,
        zones=tuple(dict.fromkeys(people.zone(member) for member in members)),
        languages=tuple(dict.fromkeys(people.language(member) for member in members)),
        place=held.place,
        link=held.link,
        agenda=await store.meetups.agenda(meetup.id),
        calendars=addresses.of(meetup),
    )


async def poll_for(store: Store, held: RoundRow, member: MemberRow) -> Poll:
    """A poll as this member sees it: what suits them so far, and what the circle has changed since the last one."""
    before = await store.meetups.round_before(held)
    changes = await store.circles.accepted_changes(held.circle_id, since=before.begun_at if before else None)
    answer = await store.meetups.vote_of(held.id, member.id)
    slots = await store.meetups.slots(held.id)
    proposer = await store.members.by_id(held.proposed_by) if held.proposed_by else None
    return Poll(
        round_ref=held.ref,
        circle=named(await store.circles.by_id(held.circle_id)),
        slots=tuple(Slot(slot.ref, slot.starts_at, slot.ref in (answer or ())) for slot in slots),
        minutes=held.minutes,
        answered=answer is not None,
        closes_at=held.closes_at,
        proposed_by=people.person(proposer) if proposer else None,
        place=held.place,
        link=held.link,
        changes=tuple(change_shown(change, member) for change in changes[:3]),
    )
