"""A meetup as a calendar file (RFC 5545), in the first language of its group. Nobody's name is in it."""

from icalendar import Calendar, Event, vText

from bot.facts.meetups import Invitation
from bot.language import Translator, without_invisible_characters
from bot.messages import circles


def calendar_file(fact: Invitation) -> bytes:
    """One event in UTC under a stable UID; SEQUENCE grows with every change, and a cancelled one says so."""
    t = Translator(fact.language)
    calendar = Calendar()
    calendar.add("prodid", "-//Silta//meetups//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if fact.is_cancelled else "PUBLISH")
    event = Event()
    event.add("uid", fact.uid)
    event.add("sequence", fact.sequence)
    event.add("dtstamp", fact.changed_at.replace(microsecond=0))
    event.add("dtstart", fact.starts_at.replace(microsecond=0))
    event.add("dtend", fact.ends_at.replace(microsecond=0))
    event.add("status", "CANCELLED" if fact.is_cancelled else "CONFIRMED")
    event.add("summary", t.text("Meetup: {circle} (semi-official)", circle=circles.name(t, fact.circle)))
    if fact.place:
        event["location"] = vText(without_invisible_characters(fact.place))
    if fact.link:
        event.add("url", fact.link)
    calendar.add_component(event)
    written: bytes = calendar.to_ical()
    return written
