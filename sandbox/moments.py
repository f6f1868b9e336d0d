"""Moments and spans as people write them to the control interface, and as Slack writes them."""

import re
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sandbox.errors import UnclearRequest

HOME_ZONE = ZoneInfo("Europe/Helsinki")
_UNITS = {"w": "weeks", "d": "days", "h": "hours", "m": "minutes", "s": "seconds"}
_SPAN = re.compile(r"(?:\d+[wdhms])+")


def read_moment(text: object) -> datetime:
    """An ISO moment; one without a zone is meant in the programme's home zone, Europe/Helsinki."""
    try:
        moment = datetime.fromisoformat(str(text))
    except ValueError:
        raise UnclearRequest(f"'{text}' is not an ISO moment such as 2027-02-01T10:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=HOME_ZONE)


def read_span(text: object) -> timedelta:
    """A span such as ``3d4h``; the units are w, d, h, m and s."""
    written = str(text).replace(" ", "")
    if not _SPAN.fullmatch(written):
        raise UnclearRequest(f"'{text}' is not a span such as 3d4h (units w d h m s).")
    pieces = re.findall(r"(\d+)([wdhms])", written)
    try:
        return sum((timedelta(**{_UNITS[unit]: int(count)}) for count, unit in pieces), timedelta())
    except OverflowError:
        raise UnclearRequest(f"'{text}' is longer than any calendar.") from None


def micros(ts: object) -> int:
    """A Slack ``ts`` as whole microseconds, so that two of them compare exactly."""
    seconds, _, fraction = str(ts).partition(".")
    return int(seconds or 0) * 1_000_000 + int((fraction + "000000")[:6])
