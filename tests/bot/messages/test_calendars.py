"""Meetups and events as calendars keep them: RFC 5545, a stable UID, a sequence that grows, and nobody's name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from ical.calendar_stream import IcsCalendarStream
from ical.event import Event as ReadEvent
from ical.event import EventStatus
from icalendar import Calendar

from bot.facts.events import Event, EventEntry
from bot.facts.meetups import Circle, Invitation
from bot.facts.members import Person
from bot.messages.calendars import calendar_file

STARTS = datetime(2027, 2, 16, 8, 0, tzinfo=UTC)
INVITATION = Invitation(
    uid="meetup-abc@silta",
    circle=Circle("abc", "0713", "Uusimaa"),
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=45),
    changed_at=STARTS - timedelta(days=14),
    sequence=0,
    is_cancelled=False,
    place="Kahvila; 2. kerros, ovi \n\u202eA",
    link="https://example.org/room?a=1",
    language="fi",
)


def test_an_invitation_reads_back_as_one_event_in_utc() -> None:
    event = _event(INVITATION)

    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("meetup-abc@silta", 0, "CONFIRMED")
    assert (event["DTSTART"].dt, event["DTEND"].dt) == (STARTS, STARTS + timedelta(minutes=45))
    assert "puolivirallinen" in event["SUMMARY"]
    assert "\u202e" not in event["LOCATION"]
    assert event["URL"] == "https://example.org/room?a=1"


def test_a_cancelled_one_says_so_under_the_same_uid_and_a_higher_sequence() -> None:
    cancelled = replace(INVITATION, is_cancelled=True, sequence=3)

    event = _event(cancelled)

    assert b"METHOD:CANCEL" in calendar_file(cancelled)
    assert (event["UID"], event["SEQUENCE"], event["STATUS"]) == ("meetup-abc@silta", 3, "CANCELLED")


def test_every_line_ends_and_folds_as_rfc_5545_says() -> None:
    lines = calendar_file(replace(INVITATION, place="ä" * 190)).split(b"\r\n")

    assert all(len(line) <= 75 for line in lines)
    assert not any(b"\n" in line for line in lines)


EVENT = Event(
    ref="abc",
    uid="event-abc@silta",
    sequence=2,
    title="Aamukahvit; sähkö, ja \nmuuta",
    kind="morning_coffee",
    starts_at=STARTS,
    ends_at=STARTS + timedelta(minutes=45),
    zone=ZoneInfo("Europe/Helsinki"),
    place="Kahvila; 2. kerros, ovi \n\u202eA",
    link="https://example.org/room?a=1",
    regions=(),
    fields=(),
    officiality="semi_official",
    planned_role="",
    time_covered_by="",
    capacity=12,
    is_per_region=False,
    closes_on=STARTS.date(),
    organiser=Person("tainaRef0009", "Taina Koskivuo", "U0TAINA"),
)


@pytest.mark.parametrize("zone", ["Europe/Helsinki", "Europe/Berlin", "Europe/Oslo", "Europe/Istanbul"])
@pytest.mark.parametrize("month", [2, 6, 12])
def test_another_parser_reads_an_event_at_the_same_moment(zone: str, month: int) -> None:
    starts_at = STARTS.replace(month=month)
    event = replace(EVENT, zone=ZoneInfo(zone), starts_at=starts_at, ends_at=starts_at + timedelta(hours=1))
    written = calendar_file(EventEntry(event, STARTS, "fi"))

    read = _read(written)

    assert (read.uid, read.sequence, read.status) == ("event-abc@silta", 2, EventStatus.CONFIRMED)
    assert (read.dtstart, read.dtend) == (event.starts_at, event.ends_at)
    assert f"TZID:{zone}".encode() in written
    assert _hour_by_the_zone_in_the_file(written) == starts_at, "the VTIMEZONE alone says when it is"
    assert read.location == "Kahvila; 2. kerros, ovi \nA"
    assert read.summary == "Aamukahvit; sähkö, ja muuta"
    assert "puolivirallinen" in str(read.description)
    assert b"Taina" not in written


def test_a_cancelled_event_and_one_that_is_not_certain_say_so() -> None:
    cancelled = calendar_file(EventEntry(replace(EVENT, is_cancelled=True, sequence=3), STARTS, "de"))
    maybe = _read(calendar_file(EventEntry(EVENT, STARTS, "tr", is_certain=False)))

    assert b"METHOD:CANCEL" in cancelled
    assert (_read(cancelled).uid, _read(cancelled).sequence) == ("event-abc@silta", 3)
    assert _read(cancelled).status == EventStatus.CANCELLED
    assert maybe.status == EventStatus.TENTATIVE


def _read(written: bytes) -> ReadEvent:
    """The one event in the file, as a parser reads it that is not the one that wrote it."""
    (event,) = IcsCalendarStream.calendar_from_ics(written.decode()).events
    return event


def _hour_by_the_zone_in_the_file(written: bytes) -> datetime:
    """The beginning, by the VTIMEZONE of the file instead of what this computer knows of the zone."""
    calendar = Calendar.from_ical(written.decode())
    (zone,), (event,) = calendar.timezones, calendar.events
    hour: Any = event.start
    begins: datetime = hour.replace(tzinfo=zone.to_tz(lookup_tzid=False))
    return begins.astimezone(UTC)


def _event(invitation: Invitation) -> Any:
    """The one event in the file."""
    (event,) = Calendar.from_ical(calendar_file(invitation).decode()).walk("VEVENT")
    return event
