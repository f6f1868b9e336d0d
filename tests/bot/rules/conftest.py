"""Shared ground of the tests of the rules."""

from datetime import date, time
from zoneinfo import ZoneInfo

import pytest

from bot.rules.open_time import Calendar, is_open_day


@pytest.fixture(scope="session", autouse=True)
def public_holidays_are_loaded() -> None:
    """Load the holiday library once, so that no property test counts it against its time for one example."""
    is_open_day(Calendar(ZoneInfo("Europe/Helsinki"), time(8), time(16), "FI"), date(2027, 1, 19))
