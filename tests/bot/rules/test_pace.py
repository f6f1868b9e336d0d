"""The pace: never faster than allowed, no burst after a refusal, and a crowd spread evenly and always alike."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.rules import pace

NOW = datetime(2027, 1, 19, 8, 0, tzinfo=UTC)
A_MINUTE = timedelta(minutes=1)
waits = st.lists(st.integers(0, 3_000), max_size=200)


@given(waits_ms=waits, per_minute=st.integers(10, 600), burst=st.integers(1, 40))
def test_no_minute_holds_more_calls_than_are_allowed(waits_ms: list[int], per_minute: int, burst: int) -> None:
    allowed, arrival_at, now, made = pace.allowance(per_minute, burst), None, NOW, []
    for wait_ms in waits_ms:
        now += timedelta(milliseconds=wait_ms)
        if not pace.wait(allowed, arrival_at, now):
            arrival_at = pace.after_a_call(allowed, arrival_at, now)
            made.append(now)

    for begins in made:
        assert sum(begins <= call < begins + A_MINUTE for call in made) <= per_minute + burst


@given(per_minute=st.integers(10, 600), burst=st.integers(1, 40))
def test_as_many_calls_fit_now_as_can_be_made_now(per_minute: int, burst: int) -> None:
    allowed = pace.allowance(per_minute, burst)
    promised, arrival_at, made = pace.calls_now(allowed, None, NOW), None, 0
    while not pace.wait(allowed, arrival_at, NOW):
        arrival_at, made = pace.after_a_call(allowed, arrival_at, NOW), made + 1

    assert made == promised == allowed.burst
    assert pace.calls_now(allowed, arrival_at, NOW) == 0


def test_silta_stays_a_little_below_what_is_allowed() -> None:
    allowed = pace.allowance(300, 20)

    assert timedelta(milliseconds=200) < allowed.interval < timedelta(milliseconds=210)
    assert allowed.burst == 10


def test_after_a_refusal_calls_go_one_by_one() -> None:
    allowed = pace.allowance(300, 20)
    until = NOW + timedelta(seconds=30)
    arrival_at = pace.after_a_refusal(allowed, until)

    assert pace.calls_now(allowed, arrival_at, until - timedelta(milliseconds=1)) == 0
    assert pace.calls_now(allowed, arrival_at, until) == 1


def test_every_lesson_makes_it_slower_down_to_a_quarter() -> None:
    shares = [100]
    for _ in range(8):
        shares.append(pace.slower(shares[-1]))

    assert shares[:3] == [100, 75, 56]
    assert shares[-1] == pace.SLOWEST_SHARE


@given(key=st.text(), room=st.timedeltas(timedelta(hours=-2), timedelta(hours=3)))
def test_a_place_in_the_hour_is_within_the_room_and_always_the_same(key: str, room: timedelta) -> None:
    place = pace.spread(key, room)

    assert timedelta() <= place <= max(timedelta(), min(room, timedelta(hours=1)))
    assert place == pace.spread(key, room)


def test_a_crowd_fills_the_hour_evenly() -> None:
    places = [pace.spread(f"T0SILTA:{number}", timedelta(hours=1)) for number in range(6_000)]

    for minute in range(60):
        there = sum(minute * A_MINUTE <= place < (minute + 1) * A_MINUTE for place in places)
        assert 50 <= there <= 155, f"minute {minute} holds {there} of 6,000"
