"""R3 and R4: one slot a week on the person's own clock, and less often by itself when nothing comes back."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.nudges import RHYTHMS, Slot, is_due, next_slot, rhythm_after, slot_of, slower
from bot.rules.open_time import Calendar, DayRange

TUESDAY_TEN = Slot(1, time(10), 2)
ZONES = ("Europe/Helsinki", "Europe/Berlin", "Europe/Oslo", "Europe/Istanbul", "Pacific/Auckland", "America/Lima")
MOMENTS = st.datetimes(datetime(2026, 11, 1), datetime(2033, 1, 1)).map(lambda at: at.replace(tzinfo=UTC))  # noqa: DTZ001


def mentor(zone: str = "Europe/Helsinki", *closed: DayRange, country: str | None = None) -> Calendar:
    return Calendar(ZoneInfo(zone), time(8), time(16), country, None, closed)


def helsinki(day: date, at: time) -> datetime:
    return datetime.combine(day, at, ZoneInfo("Europe/Helsinki"))


@given(after=MOMENTS, zone=st.sampled_from(ZONES))
def test_the_next_slot_is_ten_on_a_tuesday_of_the_person_and_at_most_a_week_away(after: datetime, zone: str) -> None:
    slot = next_slot(mentor(zone), TUESDAY_TEN, after)

    local = slot.astimezone(ZoneInfo(zone))
    assert (local.weekday(), local.time()) == (1, time(10))
    assert timedelta(0) < slot - after <= timedelta(days=7, hours=1), "a week with the clock's change is an hour longer"


@pytest.mark.parametrize(
    ("zone", "before"),
    [
        *((zone, date(2027, 3, 23)) for zone in ("Europe/Helsinki", "Europe/Berlin", "Europe/Oslo")),
        *((zone, date(2027, 10, 26)) for zone in ("Europe/Helsinki", "Europe/Berlin", "Europe/Oslo")),
        ("Europe/Istanbul", date(2027, 3, 23)),
        ("Europe/Istanbul", date(2027, 10, 26)),
    ],
)
def test_the_slot_stays_at_ten_over_both_changes_of_the_clock(zone: str, before: date) -> None:
    calendar = mentor(zone)
    first = datetime.combine(before, time(10), ZoneInfo(zone))

    second = next_slot(calendar, TUESDAY_TEN, first).astimezone(ZoneInfo(zone))

    assert (second.date(), second.time()) == (before + timedelta(weeks=1), time(10))
    assert slot_of(calendar, TUESDAY_TEN, second)
    assert is_due("weekly", before, second.date()), "a week is a week, though it had an hour less or more"


def test_after_week_53_comes_week_1() -> None:
    # 2026 has 53 weeks: the Tuesdays are 29.12.2026 (week 53) and 5.1.2027 (week 1).
    last = helsinki(date(2026, 12, 29), time(10))

    first = next_slot(mentor(), TUESDAY_TEN, last)

    assert [f"{at.astimezone(ZoneInfo('Europe/Helsinki')):%G-W%V}" for at in (last, first)] == ["2026-W53", "2027-W01"]


@pytest.mark.parametrize(
    ("at", "in_slot"),
    [(time(9, 59, 59), False), (time(10), True), (time(11, 59, 59), True), (time(12), False), (time(20), False)],
)
def test_the_slot_is_two_hours_long(at: time, in_slot: bool) -> None:
    assert (slot_of(mentor(), TUESDAY_TEN, helsinki(date(2027, 1, 19), at)) is not None) == in_slot


@pytest.mark.parametrize("day", [date(2027, 1, 18), date(2027, 1, 20), date(2027, 1, 24)])
def test_there_is_one_slot_a_week(day: date) -> None:
    assert slot_of(mentor(), TUESDAY_TEN, helsinki(day, time(10, 30))) is None


def test_a_slot_in_closed_time_is_none() -> None:
    away = mentor("Europe/Helsinki", DayRange(date(2027, 2, 22), date(2027, 2, 26)))

    assert slot_of(away, TUESDAY_TEN, helsinki(date(2027, 2, 23), time(10))) is None
    assert slot_of(away, TUESDAY_TEN, helsinki(date(2027, 3, 2), time(10))) is not None


def test_a_public_holiday_has_no_slot() -> None:
    # 6.1.2026 was a Tuesday and Epiphany.
    assert slot_of(mentor(country="FI"), TUESDAY_TEN, helsinki(date(2026, 1, 6), time(10))) is None


@given(
    rhythm=st.sampled_from(list(RHYTHMS)),
    days=st.lists(st.integers(0, 9), min_size=1, max_size=120),
)
def test_never_two_within_seven_days_whatever_the_rhythm(rhythm: str, days: list[int]) -> None:
    today, given_on = date(2027, 1, 1), list[date]()
    for later in days:
        today += timedelta(days=later)
        if is_due(rhythm, given_on[-1] if given_on else None, today):
            given_on.append(today)

    gaps = [after - before for before, after in pairwise(given_on)]
    assert all(gap >= timedelta(weeks=RHYTHMS[rhythm]) >= timedelta(days=7) for gap in gaps)


@given(rhythm=st.sampled_from(list(RHYTHMS)), answered=st.lists(st.booleans(), max_size=8))
def test_two_in_a_row_without_reaction_make_it_fortnightly_and_four_only_when_needed(
    rhythm: str, answered: list[bool]
) -> None:
    in_a_row = len(answered) if True not in answered else answered.index(True)

    after = rhythm_after(rhythm, answered)

    if in_a_row >= 4:
        assert after == "when_needed"
    elif in_a_row >= 2 and rhythm == "weekly":
        assert after == "fortnightly"
    else:
        assert after == rhythm


@given(rhythm=st.sampled_from(list(RHYTHMS)), answered=st.lists(st.booleans(), max_size=8))
def test_nobodys_rhythm_becomes_faster_by_itself(rhythm: str, answered: list[bool]) -> None:
    order = list(RHYTHMS)

    assert order.index(rhythm_after(rhythm, answered)) >= order.index(rhythm)


def test_less_often_goes_down_step_by_step_and_stays_there() -> None:
    steps = ["weekly"]
    for _ in range(4):
        steps.append(slower(steps[-1]))

    assert steps == ["weekly", "fortnightly", "monthly", "when_needed", "when_needed"]
