"""A thousand messages against a workspace that allows 300 a minute and a burst of 20, by one and by four replicas.

Real processes, PostgreSQL, and Slack's limits in the practice workspace, which answers in about a fifth of a second
as Slack does. Time is scaled: with 4 everything may go four times as fast. Run: uv run python -m bench.pace [scale]
"""

import asyncio
import sys
from datetime import datetime

from bench.crashes import TUESDAY, SetClock, database_at
from bench.databases import postgresql
from bench.practice_slack import PracticeSlack, practice_slack
from bench.senders import Post, fork, outgoing, wait_for
from bench.tables import show
from bot.delivery.steps import walk_on
from bot.programme import Delivery, Programme
from sandbox import Fault, Person, Sandbox
from storage import members
from storage.schema import migrate
from tests.storage.rows import WORKSPACE, intent, member

MESSAGES, PER_MINUTE, BURST = 1_000, 300, 20
ANSWERS_AFTER_SECONDS, FOR_EVER = 0.2, 1_000_000


def measured(replicas: int, scale: int) -> tuple[object, ...]:
    """Sends everything; answers what was reached of what is allowed."""
    people = [Person(f"U{number:06}", f"Person {number}") for number in range(MESSAGES)]
    programme = Programme(delivery=Delivery(posts_per_minute=PER_MINUTE * scale, burst=BURST))
    allowed_seconds = (MESSAGES - BURST) / (PER_MINUTE * scale / 60)

    def arrange(sandbox: Sandbox) -> None:
        sandbox.limit("chat.postMessage", PER_MINUTE * scale, burst=BURST)
        sandbox.faults.add(Fault("chat.postMessage", "slow", times=FOR_EVER, seconds=ANSWERS_AFTER_SECONDS))

    with postgresql() as url, practice_slack(people, TUESDAY, arrange) as slack:
        post = Post(WORKSPACE, url, slack.api_url, programme, SetClock(), outgoing(programme))
        asyncio.run(_fill(url, people))
        wait_for(*(fork(post, walk_on, seconds=allowed_seconds * 1.1 + 5) for _ in range(replicas)))
        return _result(slack, replicas, scale)


def _result(slack: PracticeSlack, replicas: int, scale: int) -> tuple[object, ...]:
    calls = slack.calls("chat.postMessage")
    moments = sorted(datetime.fromisoformat(call["at"]) for call in calls if call["ok"])
    took = (moments[-1] - moments[0]).total_seconds()
    refused = sum(call["status"] == 429 for call in calls)
    times = slack.times_posted()
    doubled = sum(times.values()) - len(times)
    allowed_seconds = (len(moments) - BURST) / (PER_MINUTE * scale / 60)
    return replicas, len(times), doubled, took, allowed_seconds, allowed_seconds / took, 100 * refused / len(calls)


async def _fill(url: str, people: list[Person]) -> None:
    async with database_at(url) as database:
        await migrate(database)
        async with database.transaction() as store:
            everybody = [member(external_id=one.id, availability=members.RESTING) for one in people]
            store.members._session.add_all(everybody)
            await store.flush()
            for number, one in enumerate(everybody):
                await store.outbox.put(intent(one, f"rested:{number}", not_before=TUESDAY))


def main() -> None:
    """Measures and prints."""
    scale = int([*sys.argv, "4"][1])
    rows = [measured(replicas, scale) for replicas in (1, 4)]
    header = ("replicas", "messages", "doubled", "s", "s allowed at best", "reached / allowed", "429, %")
    show(f"{MESSAGES} messages at {PER_MINUTE}/min, burst {BURST}, time scaled by {scale}", header, rows)


if __name__ == "__main__":
    main()
