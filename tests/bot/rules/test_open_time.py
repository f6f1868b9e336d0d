"""R2: when a person may be written to, over breaks, public holidays, clock changes and the turn of the year."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.open_time import (
    Calendar,
    DayRange,
    NeverOpen,
    back_on,
    is_open,
    is_open_day,
    moment,
    next_open,
    nth_open_day,
    on_nth_open_day,
    subdivision_of,
)

HELSINKI = ZoneInfo("Europe/Helsinki")
ZONES = {
    "FI": HELSINKI,
    "DE": ZoneInfo("Europe/Berlin"),
    "NO": ZoneInfo("Europe/Oslo"),
    "TR": ZoneInfo("Europe/Istanbul"),
}
WINTER_BREAK = DayRange(date(2027, 2, 22), date(2027, 2, 26))


def mentor(
    country: str = "FI",
    *,
    opens: time = time(8),
    closes: time = time(16),
    subdivision: str | None = None,
    closed: tuple[DayRange, ...] = (),
) -> Calendar:
    return Calendar(ZONES[country], opens, closes, country, subdivision, closed)


def helsinki(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=HELSINKI)  # type: ignore[misc,arg-type]


@pytest.mark.parametrize(
    ("at", "opened"),
    [
        (helsinki(2027, 1, 19, 7, 59, 59), False),
        (helsinki(2027, 1, 19, 8), True),
        (helsinki(2027, 1, 19, 15, 59, 59), True),
        (helsinki(2027, 1, 19, 16), False),
        (helsinki(2027, 1, 23, 10), False),  # a Saturday
        (helsinki(2027, 1, 24, 10), False),  # a Sunday
    ],
)
def test_time_is_open_on_working_days_from_opening_until_just_before_closing(at: datetime, opened: bool) -> None:
    assert is_open(mentor(), at) is opened


def test_student_is_still_open_in_the_evening_when_a_mentor_is_not() -> None:
    at = helsinki(2027, 1, 19, 19)
    assert is_open(mentor(closes=time(20)), at)
    assert not is_open(mentor(), at)


def test_instant_is_read_in_the_persons_own_zone() -> None:
    # 14:30 UTC is 16:30 in Helsinki and 15:30 in Berlin in winter.
    at = datetime(2027, 1, 19, 14, 30, tzinfo=UTC)
    assert not is_open(mentor("FI"), at)
    assert is_open(mentor("DE"), at)


def test_instant_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="no time zone"):
        is_open(mentor(), datetime(2027, 1, 19, 10))  # noqa: DTZ001 - this is the mistake that is tested


def test_day_range_holds_both_its_ends() -> None:
    assert WINTER_BREAK.starts_on in WINTER_BREAK
    assert WINTER_BREAK.ends_on in WINTER_BREAK
    assert date(2027, 2, 21) not in WINTER_BREAK
    assert date(2027, 2, 27) not in WINTER_BREAK


@pytest.mark.parametrize(
    ("country", "subdivision", "day"),
    [
        ("FI", None, date(2027, 6, 25)),  # Midsummer Eve
        ("FI", None, date(2027, 12, 6)),  # Independence Day
        ("FI", None, date(2027, 12, 24)),  # Christmas Eve
        ("DE", "BY", date(2027, 1, 6)),  # Epiphany
        ("DE", "BY", date(2027, 5, 27)),  # Corpus Christi
        ("DE", "BY", date(2027, 11, 1)),  # All Saints
        ("NO", None, date(2027, 3, 25)),  # Maundy Thursday
        ("NO", None, date(2027, 5, 17)),  # Constitution Day
        ("TR", None, date(2027, 3, 9)),  # Ramazan
        ("TR", None, date(2027, 3, 11)),
        ("TR", None, date(2027, 5, 18)),  # Kurban
        ("TR", None, date(2027, 10, 29)),  # Republic Day
    ],
)
def test_public_holidays_of_the_country_are_closed(country: str, subdivision: str | None, day: date) -> None:
    assert not is_open_day(mentor(country, subdivision=subdivision), day)


def test_public_holidays_of_one_land_do_not_close_another() -> None:
    epiphany = date(2027, 1, 6)
    assert not is_open_day(mentor("DE", subdivision=subdivision_of("DE", "Bayern")), epiphany)
    assert is_open_day(mentor("DE", subdivision=subdivision_of("DE", "Hamburg")), epiphany)
    assert is_open_day(mentor("DE"), epiphany)


def test_region_matters_for_public_holidays_only_in_germany() -> None:
    assert subdivision_of("DE", "Thüringen") == "TH"
    assert subdivision_of("FI", "Uusimaa") is None
    assert subdivision_of("DE", "Uusimaa") is None
    assert subdivision_of(None, None) is None


@pytest.mark.parametrize("day", [date(2027, 3, 8), date(2027, 10, 28)])
def test_turkish_half_day_closes_at_one_o_clock(day: date) -> None:
    calendar = mentor("TR")
    assert is_open(calendar, moment(calendar, day, time(12, 59)))
    assert not is_open(calendar, moment(calendar, day, time(13)))
    assert is_open_day(calendar, day)
    assert not is_open_day(mentor("TR", opens=time(13)), day)


def test_half_day_does_not_lengthen_a_short_day() -> None:
    calendar = mentor("TR", closes=time(12))
    assert not is_open(calendar, moment(calendar, date(2027, 10, 28), time(12, 30)))


def test_afternoon_of_a_half_day_before_a_feast_waits_until_after_the_feast() -> None:
    calendar = mentor("TR")
    # Thursday 28.10. is a half day, Friday 29.10. Republic Day, then a weekend.
    waits_until = next_open(calendar, moment(calendar, date(2027, 10, 28), time(13)))
    assert waits_until == moment(calendar, date(2027, 11, 1), time(8))


@pytest.mark.parametrize(("country", "subdivision"), [("XX", None), (None, None), ("DE", "??")])
def test_country_or_part_that_nobody_knows_is_no_error(country: str | None, subdivision: str | None) -> None:
    calendar = Calendar(ZONES["DE"], time(8), time(16), country, subdivision)
    assert is_open_day(calendar, date(2027, 1, 6))
    assert is_open_day(calendar, date(2027, 1, 1)) is (country != "DE")


def test_next_open_of_an_open_instant_is_that_instant_in_utc() -> None:
    at = helsinki(2027, 1, 19, 10, 12)
    assert next_open(mentor(), at) == at
    assert next_open(mentor(), at).tzinfo is UTC


def test_request_of_an_early_morning_waits_for_the_same_days_opening() -> None:
    assert next_open(mentor(), helsinki(2027, 1, 19, 6)) == helsinki(2027, 1, 19, 8)


def test_request_before_a_local_break_is_delivered_on_the_first_morning_after_it() -> None:
    # D5: Friday 19.2.2027 18:40, winter break 22.-26.2.
    waits_until = next_open(mentor(closed=(WINTER_BREAK,)), helsinki(2027, 2, 19, 18, 40))
    assert waits_until == helsinki(2027, 3, 1, 8)


@pytest.mark.parametrize(
    ("country", "friday", "utc_hour_before", "utc_hour_after"),
    [
        ("FI", date(2027, 3, 19), 6, 5),
        ("DE", date(2027, 3, 19), 7, 6),
        ("NO", date(2027, 3, 19), 7, 6),
        ("TR", date(2027, 3, 19), 5, 5),
        ("FI", date(2027, 10, 29), 5, 6),
        ("DE", date(2027, 10, 29), 6, 7),
        ("NO", date(2027, 10, 29), 6, 7),
    ],
)
def test_opening_keeps_its_wall_time_over_a_clock_change(
    country: str, friday: date, utc_hour_before: int, utc_hour_after: int
) -> None:
    # Clocks change on 28.3. and 31.10.2027; Türkiye keeps one time all year.
    calendar = mentor(country)
    after_the_change = nth_open_day(calendar, friday + timedelta(days=9), 1)
    assert moment(calendar, friday, time(8)).hour == utc_hour_before
    assert moment(calendar, after_the_change, time(8)).hour == utc_hour_after


@pytest.mark.parametrize(("country", "utc_hour"), [("FI", 1), ("DE", 1), ("NO", 1)])
def test_hour_skipped_in_spring_becomes_the_first_instant_after_the_gap(country: str, utc_hour: int) -> None:
    # All three change at 01:00 UTC: Helsinki skips 03:00-04:00, Berlin and Oslo 02:00-03:00.
    calendar = mentor(country)
    skipped = time(3, 30) if country == "FI" else time(2, 30)
    assert moment(calendar, date(2027, 3, 28), skipped) == datetime(2027, 3, 28, utc_hour, tzinfo=UTC)


def test_hour_shown_twice_in_autumn_means_the_first() -> None:
    assert moment(mentor("FI"), date(2027, 10, 31), time(3, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)
    assert moment(mentor("DE"), date(2027, 10, 31), time(2, 30)) == datetime(2027, 10, 31, 0, 30, tzinfo=UTC)


def test_gap_is_found_to_the_second_even_for_a_wall_time_with_fractions() -> None:
    skipped = time(3, 30, 12, 345678)
    assert moment(mentor("FI"), date(2027, 3, 28), skipped) == datetime(2027, 3, 28, 1, tzinfo=UTC)


def test_open_days_are_counted_over_the_turn_of_the_year() -> None:
    # Thursday 23.12.2027; 24.12. is Christmas Eve, 25.-26.12. a weekend, 1.1.2028 a Saturday, 6.1.2028 Epiphany.
    days = [nth_open_day(mentor(), date(2027, 12, 23), n) for n in (1, 5, 6, 8, 9)]
    assert days == [
        date(2027, 12, 27),
        date(2027, 12, 31),
        date(2028, 1, 3),
        date(2028, 1, 5),
        date(2028, 1, 7),
    ]


def test_first_check_in_comes_at_ten_after_seven_open_days() -> None:
    # D1: introduced Tuesday 19.1.2027 10:40, check-in Thursday 28.1. 10:00.
    assert on_nth_open_day(mentor(), helsinki(2027, 1, 19, 10, 40), 7, time(10)) == helsinki(2027, 1, 28, 10)


def test_day_of_a_late_evening_is_the_persons_own_day() -> None:
    # 23:30 UTC on Monday is already Tuesday in Helsinki, so Wednesday is the first open day.
    late = datetime(2027, 1, 18, 23, 30, tzinfo=UTC)
    assert on_nth_open_day(mentor(), late, 1, time(10)) == helsinki(2027, 1, 20, 10)


def test_open_days_are_counted_from_one() -> None:
    with pytest.raises(ValueError, match="counted from 1"):
        nth_open_day(mentor(), date(2027, 1, 19), 0)


def test_somebody_away_for_more_than_a_year_is_never_open() -> None:
    calendar = mentor(closed=(DayRange(date(2027, 1, 1), date(2029, 1, 1)),))
    with pytest.raises(NeverOpen):
        next_open(calendar, helsinki(2027, 1, 19, 10))
    with pytest.raises(NeverOpen):
        nth_open_day(calendar, date(2027, 1, 19), 1)
    with pytest.raises(NeverOpen):
        back_on(calendar, helsinki(2027, 1, 19, 10))


def test_opening_hours_that_hold_no_minute_are_never_open() -> None:
    with pytest.raises(NeverOpen):
        next_open(mentor(opens=time(16), closes=time(8)), helsinki(2027, 1, 19, 10))


@pytest.mark.parametrize(
    ("at", "returns_on"),
    [
        (helsinki(2027, 2, 19, 15, 30), None),  # Friday, still open
        (helsinki(2027, 2, 19, 18, 40), date(2027, 3, 1)),  # D5: Friday evening before the break
        (helsinki(2027, 2, 21, 12), date(2027, 3, 1)),  # the Sunday before it
        (helsinki(2027, 2, 24, 12), date(2027, 3, 1)),  # in the middle of it
        (helsinki(2027, 2, 26, 18), date(2027, 3, 1)),  # its last evening
        (helsinki(2027, 2, 27, 12), None),  # an ordinary weekend after it
        (helsinki(2027, 2, 18, 20), None),  # an ordinary evening
        (helsinki(2027, 12, 5, 12), None),  # a Sunday before Independence Day
    ],
)
def test_only_a_break_makes_somebody_away(at: datetime, returns_on: date | None) -> None:
    assert back_on(mentor(closed=(WINTER_BREAK,)), at) == returns_on


def test_break_right_after_public_holidays_counts_from_the_last_working_day_on() -> None:
    # Easter 2027: Good Friday 26.3. to Easter Monday 29.3.; this institution stays closed until 2.4.
    calendar = mentor(closed=(DayRange(date(2027, 3, 30), date(2027, 4, 2)),))
    assert back_on(calendar, helsinki(2027, 3, 25, 17)) == date(2027, 4, 5)


def test_two_breaks_in_a_row_are_one_absence() -> None:
    away = DayRange(date(2027, 3, 1), date(2027, 3, 3))
    assert back_on(mentor(closed=(WINTER_BREAK, away)), helsinki(2027, 2, 24, 9)) == date(2027, 3, 4)


days_2027 = st.dates(date(2026, 12, 1), date(2028, 1, 31))
breaks = st.lists(st.tuples(days_2027, st.integers(0, 21)), max_size=3).map(
    lambda spans: tuple(DayRange(first, first + timedelta(days=length)) for first, length in spans)
)
calendars = st.builds(
    lambda country, closes, closed: Calendar(ZONES[country], time(8), time(closes), country, None, closed),
    st.sampled_from(sorted(ZONES)),
    st.sampled_from([16, 20]),
    breaks,
)
instants = st.datetimes(datetime(2026, 12, 1), datetime(2028, 1, 31), timezones=st.just(UTC))  # noqa: DTZ001


@given(calendars, instants)
def test_next_open_is_open_and_never_earlier(calendar: Calendar, at: datetime) -> None:
    opening = next_open(calendar, at)
    assert opening >= at
    assert is_open(calendar, opening)
    assert next_open(calendar, opening) == opening


@given(calendars, instants, st.floats(0, 1, exclude_max=True))
def test_nothing_is_open_before_the_next_opening(calendar: Calendar, at: datetime, share: float) -> None:
    opening = next_open(calendar, at)
    between = at + (opening - at) * share
    assert between == opening or not is_open(calendar, between)


@given(calendars, days_2027, st.integers(1, 12))
def test_nth_open_day_has_exactly_n_open_days_up_to_it(calendar: Calendar, day: date, n: int) -> None:
    found = nth_open_day(calendar, day, n)
    days_after = (day + timedelta(days=ahead) for ahead in range(1, (found - day).days + 1))
    assert sum(is_open_day(calendar, each) for each in days_after) == n
    assert is_open_day(calendar, found)


@given(calendars, instants)
def test_somebody_away_returns_on_an_open_day_to_come(calendar: Calendar, at: datetime) -> None:
    returns_on = back_on(calendar, at)
    if returns_on is not None:
        assert returns_on > at.astimezone(calendar.zone).date()
        assert is_open_day(calendar, returns_on)
        assert next_open(calendar, at) == moment(calendar, returns_on, calendar.opens)


@given(st.sampled_from(sorted(ZONES)), days_2027, st.times())
def test_moment_shows_the_wall_time_asked_for_unless_the_clock_skips_it(country: str, day: date, at: time) -> None:
    shown = moment(mentor(country), day, at).astimezone(ZONES[country])
    assert shown.date() == day
    assert shown.time() == at or (day == date(2027, 3, 28) and shown.time().minute == 0 and shown.time() > at)
