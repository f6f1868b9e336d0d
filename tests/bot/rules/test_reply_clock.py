"""R6: a request waits in the contact person's own open days."""

from datetime import UTC, date, datetime, time
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.open_time import Calendar, DayRange, is_open
from bot.rules.reply_clock import start

HELSINKI = ZoneInfo("Europe/Helsinki")
TEN = time(10)


def mentor(*closed: DayRange) -> Calendar:
    return Calendar(HELSINKI, time(8), time(16), "FI", None, closed)


def test_reminder_comes_on_the_third_and_release_on_the_fifth_open_day() -> None:
    # D2: delivered Wednesday 3.2.2027 09:30.
    clock = start(mentor(), datetime(2027, 2, 3, 9, 30, tzinfo=HELSINKI), 3, 5, TEN)
    assert clock.remind_at == datetime(2027, 2, 8, 10, tzinfo=HELSINKI)
    assert clock.release_at == datetime(2027, 2, 10, 10, tzinfo=HELSINKI)


def test_clock_starts_at_delivery_after_the_break() -> None:
    # D5: delivered Monday 1.3.2027 08:00; day 3 is Thursday 4.3.
    clock = start(mentor(), datetime(2027, 3, 1, 8, tzinfo=HELSINKI), 3, 5, TEN)
    assert clock.remind_at == datetime(2027, 3, 4, 10, tzinfo=HELSINKI)
    assert clock.release_at == datetime(2027, 3, 8, 10, tzinfo=HELSINKI)


def test_clock_stands_still_while_the_contact_person_is_away() -> None:
    winter_break = DayRange(date(2027, 2, 22), date(2027, 2, 26))
    clock = start(mentor(winter_break), datetime(2027, 2, 18, 12, tzinfo=HELSINKI), 3, 5, TEN)
    assert clock.remind_at == datetime(2027, 3, 2, 10, tzinfo=HELSINKI)
    assert clock.release_at == datetime(2027, 3, 4, 10, tzinfo=HELSINKI)


def test_clock_keeps_ten_o_clock_over_the_change_to_summer_time() -> None:
    # Delivered Thursday 25.3.2027; Easter closes 26.-29.3., the clock changes on 28.3.
    clock = start(mentor(), datetime(2027, 3, 25, 9, tzinfo=HELSINKI), 3, 5, TEN)
    assert clock.remind_at == datetime(2027, 4, 1, 7, tzinfo=UTC)
    assert clock.remind_at.tzinfo is UTC


def test_programme_may_set_other_days() -> None:
    clock = start(mentor(), datetime(2027, 1, 19, 10, 12, tzinfo=HELSINKI), 1, 2, time(9, 30))
    assert clock.remind_at == datetime(2027, 1, 20, 9, 30, tzinfo=HELSINKI)
    assert clock.release_at == datetime(2027, 1, 21, 9, 30, tzinfo=HELSINKI)


@given(st.datetimes(datetime(2027, 1, 1), datetime(2028, 12, 31), timezones=st.just(HELSINKI)))  # noqa: DTZ001
def test_reminder_and_release_are_open_and_in_order(delivered_at: datetime) -> None:
    clock = start(mentor(), delivered_at, 3, 5, TEN)
    assert delivered_at < clock.remind_at < clock.release_at
    assert is_open(mentor(), clock.remind_at)
    assert is_open(mentor(), clock.release_at)
