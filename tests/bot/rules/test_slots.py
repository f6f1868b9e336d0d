"""Which times a poll offers, and when a round begins: by people's own clocks, over clock changes and holidays."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.rules.open_time import Calendar, DayRange, is_open
from bot.rules.rounds import first_poll, is_accepted, next_poll
from bot.rules.slots import day_before, open_for_all, propose

HELSINKI, BERLIN, ISTANBUL = map(ZoneInfo, ("Europe/Helsinki", "Europe/Berlin", "Europe/Istanbul"))
TEN = time(10)


def calendar(zone: ZoneInfo = HELSINKI, country: str | None = "FI", *closed: DayRange) -> Calendar:
    return Calendar(zone, time(8), time(16), country, closed=closed)


def local(moment: str, zone: ZoneInfo = HELSINKI) -> datetime:
    return datetime.fromisoformat(moment).replace(tzinfo=zone).astimezone(UTC)


def test_three_times_two_to_three_weeks_ahead_in_everybodys_open_time() -> None:
    people = [calendar(), calendar(BERLIN, "DE"), calendar(ISTANBUL, "TR")]
    now = local("2027-02-01 10:00")

    slots = propose(people, HELSINKI, now, 45, None, 3)

    assert len({slot.astimezone(HELSINKI).date() for slot in slots}) == 3
    for slot in slots:
        assert timedelta(days=13) < slot - now < timedelta(days=22)
        assert all(is_open(one, slot) and is_open(one, slot + timedelta(minutes=44)) for one in people)


def test_nobodys_break_is_chosen_while_there_is_another_day() -> None:
    away = DayRange(date(2027, 2, 15), date(2027, 2, 18))

    slots = propose([calendar(), calendar(HELSINKI, "FI", away)], HELSINKI, local("2027-02-01 10:00"), 45, None, 3)

    assert {slot.astimezone(HELSINKI).date() for slot in slots} == {date(2027, 2, 19), date(2027, 2, 22)}


def test_a_break_that_cannot_be_avoided_does_not_keep_the_others_from_meeting() -> None:
    away = DayRange(date(2027, 2, 1), date(2027, 3, 31))

    slots = propose([calendar(), calendar(HELSINKI, "FI", away)], HELSINKI, local("2027-02-01 10:00"), 45, None, 3)

    assert len(slots) == 3


def test_the_weekday_that_the_circle_chose_comes_first() -> None:
    slots = propose([calendar()], HELSINKI, local("2027-02-01 10:00"), 45, 3, 3)

    assert {slot.astimezone(HELSINKI).weekday() for slot in slots} == {3}
    assert len(set(slots)) == 3


@pytest.mark.parametrize("zone", [HELSINKI, BERLIN])
@pytest.mark.parametrize("change", ["2027-03-28", "2027-10-31"])
def test_times_after_a_clock_change_are_full_hours_by_the_new_clock(zone: ZoneInfo, change: str) -> None:
    now = local(change, zone) - timedelta(days=16)

    slots = propose([calendar(zone, None)], zone, now, 45, None, 3)

    after = [slot.astimezone(zone) for slot in slots]
    assert all((slot.minute, slot.second) == (0, 0) and 8 <= slot.hour < 16 for slot in after)


def test_a_round_begins_on_the_first_open_monday_of_the_month_that_the_rhythm_says() -> None:
    # Easter Monday 2027 is 29 March, and Monday 1 March comes first; 6 December is Finland's Independence Day.
    begun = local("2027-02-01 10:00")

    assert next_poll(calendar(), begun, "monthly", "monday", TEN) == local("2027-03-01 10:00")
    assert next_poll(calendar(), begun, "two_months", "monday", TEN) == local("2027-04-05 10:00")
    assert next_poll(calendar(), begun, "quarterly", "monday", TEN) == local("2027-05-03 10:00")
    assert next_poll(calendar(), begun, "pause", "monday", TEN) is None
    assert next_poll(calendar(), local("2027-11-01 10:00"), "monthly", "monday", TEN) == local("2027-12-13 10:00")
    assert next_poll(calendar(), local("2027-12-13 10:00"), "monthly", "monday", TEN) == local("2028-01-03 10:00")


def test_a_new_circle_is_asked_this_month_if_its_monday_is_still_ahead() -> None:
    assert first_poll(calendar(), local("2027-02-01 09:59"), "monday", TEN) == local("2027-02-01 10:00")
    assert first_poll(calendar(), local("2027-02-01 10:00"), "monday", TEN) == local("2027-03-01 10:00")


def test_the_day_before_is_an_open_one() -> None:
    away = DayRange(date(2027, 2, 11), date(2027, 2, 12))

    assert day_before(calendar(HELSINKI, "FI", away), local("2027-02-15 10:00")) == date(2027, 2, 10)
    assert day_before(calendar(), local("2027-02-16 10:00")) == date(2027, 2, 15)


def test_a_group_hears_together_when_all_of_them_are_open() -> None:
    friday_evening = local("2027-02-05 17:00")

    found = open_for_all([calendar(), calendar(BERLIN, "DE")], friday_evening, friday_evening + timedelta(days=9))

    assert found == local("2027-02-08 09:00")


def test_a_group_that_is_never_open_together_is_noticed() -> None:
    auckland = calendar(ZoneInfo("Pacific/Auckland"), None)
    monday = local("2027-02-08 09:00")

    assert open_for_all([calendar(), auckland], monday, monday + timedelta(days=9)) is None


@pytest.mark.parametrize(
    ("yes", "no", "members", "accepted"),
    [(2, 1, 9, True), (2, 0, 7, False), (1, 1, 3, False), (0, 0, 1, False), (3, 2, 15, True), (1, 0, 3, True)],
)
def test_a_wish_needs_more_yes_than_no_and_a_third_of_the_members(
    yes: int, no: int, members: int, accepted: bool
) -> None:
    assert is_accepted(yes, no, members) is accepted
