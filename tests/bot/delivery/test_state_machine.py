"""I1 to I5 over crashes, lost answers, leases, lagging history, opt-outs, zones, clocks and 429: on both databases.

A thousand stories per database: `uv run python -m bench.stories`.
"""

from collections.abc import Iterator

import pytest

from tests.bot.delivery.machine import play
from tests.bot.delivery.planted import PLANTED
from tests.bot.delivery.world import World

EXAMPLES = {"sqlite": 100, "postgresql": 30}
ENOUGH_TO_FIND = 300


@pytest.fixture
def world(database_url: str) -> Iterator[World]:
    opened = World(database_url)
    yield opened
    opened.close()


@pytest.fixture
def sqlite_world(sqlite_url: str) -> Iterator[World]:
    opened = World(sqlite_url)
    yield opened
    opened.close()


def test_nothing_is_lost_doubled_or_disturbing_whatever_happens(world: World) -> None:
    play(world, EXAMPLES["sqlite" if world.database.is_sqlite else "postgresql"], shrinks=False)


@pytest.mark.parametrize("mistake", PLANTED)
def test_the_machine_finds_the_planted_mistake_as_what_it_is(sqlite_world: World, mistake: str) -> None:
    planted = PLANTED[mistake]
    with planted.mistake(sqlite_world), pytest.raises(AssertionError, match=planted.found_as):
        play(sqlite_world, ENOUGH_TO_FIND, shrinks=False)
