"""The clock: it flows, stops at full hours on a journey, and message timestamps never repeat."""

from datetime import UTC, datetime, timedelta

import pytest

from sandbox import Clock
from sandbox.errors import UnclearRequest
from sandbox.moments import read_moment, read_span
from sandbox.timestamps import Timestamps

HALF_PAST_NINE = datetime(2027, 2, 1, 9, 30, tzinfo=UTC)


def whole_seconds(moment: datetime) -> datetime:
    return moment.replace(microsecond=0)


async def test_journey_stops_at_every_full_hour_and_at_its_end() -> None:
    clock = Clock(HALF_PAST_NINE)
    stops: list[datetime] = []

    async def note() -> None:
        stops.append(whole_seconds(clock.now()))

    clock.on_move(note)
    await clock.travel(HALF_PAST_NINE + timedelta(hours=2, minutes=15))

    assert [stop.strftime("%H:%M") for stop in stops] == ["10:00", "11:00", "11:45"]


async def test_journey_that_ends_on_a_full_hour_stops_there_once() -> None:
    clock = Clock(HALF_PAST_NINE)
    stops: list[datetime] = []

    async def note() -> None:
        stops.append(whole_seconds(clock.now()))

    clock.on_move(note)
    await clock.travel(HALF_PAST_NINE.replace(hour=10, minute=0))

    assert [stop.strftime("%H:%M") for stop in stops] == ["10:00"]


async def test_journey_backward_is_one_jump() -> None:
    clock = Clock(HALF_PAST_NINE)
    stops: list[datetime] = []

    async def note() -> None:
        stops.append(whole_seconds(clock.now()))

    clock.on_move(note)
    await clock.travel(HALF_PAST_NINE - timedelta(days=3))

    assert stops == [HALF_PAST_NINE - timedelta(days=3)]


async def test_moment_without_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        await Clock().travel(datetime(2027, 2, 1))  # noqa: DTZ001 - the point of the test


async def test_timestamps_increase_even_when_the_clock_goes_back() -> None:
    clock = Clock(HALF_PAST_NINE)
    timestamps = Timestamps(clock)
    issued = [timestamps.next() for _ in range(50)]
    await clock.travel(HALF_PAST_NINE - timedelta(days=1))
    issued += [timestamps.next() for _ in range(50)]

    assert issued == sorted(issued)
    assert len(set(issued)) == 100
    assert issued[0].startswith(f"{int(HALF_PAST_NINE.timestamp())}.")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("3d4h", timedelta(days=3, hours=4)),
        ("1w", timedelta(weeks=1)),
        ("90s", timedelta(seconds=90)),
        ("2h30m", timedelta(hours=2, minutes=30)),
    ],
)
def test_span_is_read(written: str, meant: timedelta) -> None:
    assert read_span(written) == meant


@pytest.mark.parametrize("written", ["", "3", "d", "3 years", "-1h", "999999999999w"])
def test_nonsense_span_is_refused_in_a_sentence(written: str) -> None:
    with pytest.raises(UnclearRequest):
        read_span(written)


def test_moment_without_zone_is_meant_in_helsinki() -> None:
    assert read_moment("2027-02-01T10:00").astimezone(UTC).hour == 8
    assert read_moment("2027-02-01T10:00Z").astimezone(UTC).hour == 10
