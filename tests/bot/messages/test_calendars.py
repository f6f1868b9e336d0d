"""A meetup as a calendar keeps it: RFC 5545, a stable UID, a sequence that grows, and nobody's name."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from icalendar import Calendar

from bot.facts.meetups import Circle, Invitation
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


def _event(invitation: Invitation) -> Any:
    """The one event in the file."""
    (event,) = Calendar.from_ical(calendar_file(invitation).decode()).walk("VEVENT")
    return event
