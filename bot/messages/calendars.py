"""Meetups and events as calendar files (RFC 5545), in the first language of their group. Nobody's name is in them."""

from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Calendar, vText
from icalendar import Event as Entry

from bot.facts.events import EventEntry
from bot.facts.guests import Feed
from bot.facts.meetups import Invitation
from bot.language import Translator, on_one_line, without_invisible_characters
from bot.messages import circles, events

PRODUCT: Final = "-//Silta//meetups and events//EN"


def calendar_file(fact: Invitation | EventEntry) -> bytes:
    """One entry under a stable UID; SEQUENCE grows with every change, and a cancelled one says so."""
    is_cancelled = fact.is_cancelled if isinstance(fact, Invitation) else fact.event.is_cancelled
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if is_cancelled else "PUBLISH")
    calendar.add_component(_meetup(fact) if isinstance(fact, Invitation) else _event(fact))
    return _written(calendar)


def feed(fact: Feed) -> bytes:
    """Everything a member goes to, as a calendar that is asked for again every hour."""
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", "Silta")
    calendar.add("refresh-interval", timedelta(hours=1), parameters={"VALUE": "DURATION"})
    for entry in (*map(_meetup, fact.meetups), *map(_event, fact.events)):
        calendar.add_component(entry)
    return _written(calendar)


def _meetup(fact: Invitation) -> Entry:
    """A meetup, in UTC: its people may live by several clocks."""
    entry = _entry(fact.uid, fact.sequence, fact.changed_at, _status(fact.is_cancelled))
    _takes_place(entry, fact.starts_at, fact.ends_at, fact.place, fact.link)
    circle = circles.name(Translator(fact.language), fact.circle)
    entry.add("summary", Translator(fact.language).text("Meetup: {circle} (semi-official)", circle=circle))
    return entry


def _event(fact: EventEntry) -> Entry:
    """An event, by the organiser's clock: where a zone changes its rules, the event stays at its hour there."""
    event, t = fact.event, Translator(fact.language)
    entry = _entry(event.uid, event.sequence, fact.changed_at, _status(event.is_cancelled, is_certain=fact.is_certain))
    begins, ends = event.starts_at.astimezone(event.zone), event.ends_at.astimezone(event.zone)
    _takes_place(entry, begins, ends, event.place, event.link)
    entry.add("summary", on_one_line(event.title))
    entry.add("description", f"{events.kind(t, event.kind)}, {events.officiality(t, event.officiality)}")
    return entry


def _entry(uid: str, sequence: int, changed_at: datetime, status: str) -> Entry:
    entry = Entry()
    entry.add("uid", uid)
    entry.add("sequence", sequence)
    entry.add("dtstamp", changed_at.replace(microsecond=0))
    entry.add("last-modified", changed_at.replace(microsecond=0))
    entry.add("status", status)
    return entry


def _takes_place(entry: Entry, starts_at: datetime, ends_at: datetime, place: str, link: str) -> None:
    entry.add("dtstart", starts_at.replace(microsecond=0))
    entry.add("dtend", ends_at.replace(microsecond=0))
    if place:
        entry["location"] = vText(without_invisible_characters(place))
    if link:
        entry.add("url", link)


def _status(is_cancelled: bool, *, is_certain: bool = True) -> str:
    if is_cancelled:
        return "CANCELLED"
    return "CONFIRMED" if is_certain else "TENTATIVE"


def _written(calendar: Calendar) -> bytes:
    """With a VTIMEZONE for each zone that an entry names, for the years around the entries: a file stays small."""
    years = [entry.start.year for entry in calendar.events]
    if years:
        calendar.add_missing_timezones(date(min(years) - 1, 1, 1), date(max(years) + 2, 1, 1))
    written: bytes = calendar.to_ical()
    return written
