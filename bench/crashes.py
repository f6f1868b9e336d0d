"""Senders are killed (SIGKILL) at every labelled step, a thousand times; nothing is lost, doubled or disturbing.

Real processes over a real database, against the practice workspace. One replica on SQLite, one and three on
PostgreSQL. With --whole it is `silta run` that dies, from migrating to ticking. Every run can be repeated: the same
count gives the same series. Run: uv run python -m bench.crashes [crashes] [database] [--whole]
"""

import asyncio
import random
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import cycle

from sqlalchemy import select

from bench.databases import BOTH
from bench.practice_slack import PracticeSlack, practice_slack
from bench.senders import Post, dies_at, fork, outgoing, wait_for, warm, work
from bench.tables import show
from bench.whole import fork_whole
from bot.delivery.steps import Step, walk_on
from bot.programme import Delivery, Programme
from sandbox import Person
from storage import members
from storage.database import Database
from storage.members import MemberRow
from storage.outbox import SENT, OutboxRow
from storage.schema import migrate
from tests.storage.rows import WORKSPACE, intent, member, time_passes

TUESDAY = datetime(2027, 1, 19, 8, 12, tzinfo=UTC)
"""10:12 in Helsinki, 17:12 in Tokyo, where the day is over."""
WEDNESDAY_IN_TOKYO = datetime(2027, 1, 20, 1, 0, tzinfo=UTC)
IN_HELSINKI, IN_TOKYO = 8, 2
AT_A_TIME = 3
PROGRAMME = Programme(delivery=Delivery(posts_per_minute=60_000, burst=1_000, seconds_between_in_channel=0))


Start = Callable[[Post, Callable[[Step], None]], int]
"""Starts a process that dies when it passes a step; answers its id."""
SEED = 2027


@dataclass
class SetClock:
    """Stands still until it is set."""

    moment: datetime = TUESDAY

    def now(self) -> datetime:
        """The moment it was set to."""
        return self.moment


@dataclass
class Tally:
    """What a series of crashes came to."""

    crashes: int = 0
    at: Counter[str] = field(default_factory=Counter)
    intents: int = 0
    lost: int = 0
    doubled: int = 0
    in_closed_time: int = 0
    seconds: float = 0.0


def people() -> list[Person]:
    """Eight in Helsinki and two in Tokyo."""
    return [Person(f"U{number:06}", f"Person {number}") for number in range(IN_HELSINKI + IN_TOKYO)]


def series(url: str, slack: PracticeSlack, replicas: int, crashes: int, seed: int, start: Start) -> Tally:
    """Kills senders until so many have died, then lets them finish, and counts."""
    tally, chance, began_at = Tally(), random.Random(seed), time.monotonic()
    clock = SetClock()
    post = Post(WORKSPACE, url, slack.api_url, PROGRAMME, clock, outgoing(PROGRAMME))
    asyncio.run(_open(url))
    tally.intents += asyncio.run(_fill(url, chance, tally.intents))
    # Once in this process, which compiles every statement before others are forked from it.
    asyncio.run(work(post, walk_on))
    # A whole Silta looks for lost answers every half minute only, and dies before.
    steps = cycle(Step if start is fork else list(Step)[: list(Step).index(Step.TAKEN_OVER)])
    while tally.crashes < crashes:
        tally.intents += asyncio.run(_fill(url, chance, tally.intents))
        chosen = [(next(steps), chance.randint(1, 3)) for _ in range(replicas)]
        killed = wait_for(*(start(post, dies_at(step, passes)) for step, passes in chosen))
        tally.crashes += killed
        tally.at.update(step for step, _ in chosen[:killed])
    tokyo = {one.id for one in people()[IN_HELSINKI:]}
    tally.in_closed_time = sum(call["arguments"]["channel"] in tokyo for call in slack.posts())
    for clock.moment in (TUESDAY, WEDNESDAY_IN_TOKYO):
        for _ in range(4):
            wait_for(fork(post, walk_on))
            asyncio.run(_time_passes(url))
    arrived, states = slack.times_posted(), asyncio.run(_states(url))
    tally.lost = sum(delivery_id not in arrived or state != SENT for delivery_id, state in states.items())
    tally.lost += tally.intents - len(states)
    tally.doubled = sum(times > 1 for times in arrived.values())
    tally.seconds = time.monotonic() - began_at
    return tally


async def _open(url: str) -> None:
    async with database_at(url) as database:
        await migrate(database)
        async with database.transaction() as store:
            for number, person in enumerate(people()):
                zone = "Europe/Helsinki" if number < IN_HELSINKI else "Asia/Tokyo"
                country = "FI" if number < IN_HELSINKI else None
                store.members.add(
                    member(external_id=person.id, availability=members.RESTING, timezone=zone, country=country)
                )


async def _fill(url: str, chance: random.Random, begins: int) -> int:
    """A hundred seconds later there is something new to send."""
    async with database_at(url) as database:
        await time_passes(database, timedelta(seconds=100))
        await _fill_now(database, chance, begins)
    return AT_A_TIME


async def _fill_now(database: Database, chance: random.Random, begins: int) -> None:
    async with database.transaction() as store:
        everybody = (await store.members._session.scalars(select(MemberRow).order_by(MemberRow.id))).all()
        for number in range(AT_A_TIME):
            recipient = chance.choice(everybody)
            await store.outbox.put(intent(recipient, f"rested:{begins + number}", not_before=TUESDAY))


async def _time_passes(url: str) -> None:
    async with database_at(url) as database:
        await time_passes(database, timedelta(seconds=100))


async def _states(url: str) -> dict[str, str]:
    async with database_at(url) as database, database.reading() as store:
        rows = await store.members._session.execute(select(OutboxRow.delivery_id, OutboxRow.state))
        return {str(delivery_id): str(state) for delivery_id, state in rows}


@asynccontextmanager
async def database_at(url: str) -> AsyncIterator[Database]:
    """The database, for a moment: what is open must not be open when a process forks."""
    database = warm(Database(url))
    try:
        yield database
    finally:
        await database.close()


def main() -> None:
    """Kills and prints."""
    given = [word for word in sys.argv[1:] if word != "--whole"]
    start: Start = fork_whole if "--whole" in sys.argv else fork
    crashes, chosen = int([*given, "1000"][0]), given[1:] or list(BOTH)
    rows, at = [], Counter[str]()
    for name, replicas, share in (("SQLite", 1, 1.0), ("PostgreSQL", 1, 0.5), ("PostgreSQL", 3, 0.5)):
        if name not in chosen:
            continue
        with BOTH[name]() as url, practice_slack(people(), TUESDAY) as slack:
            tally = series(url, slack, replicas, int(crashes * share), SEED, start)
        rows.append(
            (
                name,
                replicas,
                tally.crashes,
                tally.intents,
                tally.lost,
                tally.doubled,
                tally.in_closed_time,
                tally.seconds,
            )
        )
        at += tally.at
        print(rows[-1], flush=True)
    header = ("database", "replicas", "crashes", "messages", "lost", "doubled", "in closed time", "s")
    show("Senders killed by SIGKILL", header, rows)
    show("Killed while", ("step", "times"), at.most_common())


if __name__ == "__main__":
    main()
