"""The addresses at which calendars, feeds and guests find us, or pages elsewhere that fill in a calendar entry."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlencode

from storage.events import EventRow
from storage.meetups import MeetupRow

_GOOGLE: Final = "https://calendar.google.com/calendar/render"
_OUTLOOK: Final = "https://outlook.office.com/calendar/0/deeplink/compose"
_TITLE: Final = "Silta"
"""All that a calendar page elsewhere learns of a meetup beside its time: no names, no field, no place."""

Calendars = tuple[tuple[str, str], ...]
"""Pairs of a calendar's name (empty for a file of our own) and an address."""


@dataclass(frozen=True)
class Addresses:
    """Where calendars find a meetup or event: our own file with a public address, else pages that fill in an entry."""

    public_url: str | None = None

    def of(self, meetup: MeetupRow) -> Calendars:
        """Where calendars find a meetup."""
        return self._calendars(meetup.calendar_key, _TITLE, meetup.starts_at, meetup.ends_at)

    def of_event(self, event: EventRow) -> Calendars:
        """Where calendars find an event; its title is announced to many, so it may go along."""
        return self._calendars(event.calendar_key, event.title, event.starts_at, event.ends_at)

    def of_guest(self, key: str) -> str | None:
        """The page of a guest; None without a public address."""
        return f"{self.public_url}/events/{key}" if self.public_url else None

    def of_feed(self, key: str) -> str | None:
        """The calendar of a member; None without a public address."""
        return f"{self.public_url}/calendar/feed/{key}.ics" if self.public_url else None

    def _calendars(self, key: str, title: str, starts_at: datetime, ends_at: datetime) -> Calendars:
        if self.public_url:
            return (("", f"{self.public_url}/calendar/{key}.ics"),)
        begins, ends = (f"{at:%Y%m%dT%H%M%SZ}" for at in (starts_at, ends_at))
        google = {"action": "TEMPLATE", "text": title, "dates": f"{begins}/{ends}"}
        times = {"startdt": starts_at.isoformat(), "enddt": ends_at.isoformat()}
        outlook = {"rru": "addevent", "subject": title} | times
        return (("Google", f"{_GOOGLE}?{urlencode(google)}"), ("Outlook", f"{_OUTLOOK}?{urlencode(outlook)}"))
