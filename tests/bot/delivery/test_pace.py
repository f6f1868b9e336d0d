"""The pace of the workspace: one for all replicas, learned from Slack, and never in anybody's face."""

import asyncio
from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import event
from sqlalchemy.engine import Connection

from bot.delivery.pace import POST, Pace
from bot.delivery.sender import AT_ONCE
from bot.delivery.slack import Receipt, Slack, Target
from bot.messages.parts import Message
from bot.programme import Delivery, Programme
from storage import outbox
from storage.outbox import Priority
from tests.bot.delivery.stage import BRISK, Post
from tests.storage.rows import WORKSPACE

SLOW = Programme(delivery=Delivery(posts_per_minute=2, burst=8, seconds_between_in_channel=0))
"""Two a minute, four at once: slower than any machine is with its tests."""

STATEMENTS_A_MESSAGE = 8
"""Its person, their days away, its place in the conversation, start and end; and its share of the claims."""


async def _sent(post: Post) -> int:
    return sum(row.state == outbox.SENT for row in await post.rows())


async def test_a_burst_goes_at_once_and_the_others_follow_at_the_pace(post: Post) -> None:
    for number in range(12):
        await post.is_resting(f"rested:{number}")
    sender = post.another_sender(programme=SLOW)

    await sender.deliver_due()
    assert await _sent(post) == 4

    await post.passes(timedelta(seconds=62))
    await sender.deliver_due()
    assert await _sent(post) == 6


async def test_two_replicas_share_one_pace(post: Post) -> None:
    for number in range(20):
        await post.is_resting(f"rested:{number}")

    await asyncio.gather(*(post.another_sender(programme=SLOW).deliver_due() for _ in range(2)))

    assert await _sent(post) == 4
    assert {row.state for row in await post.rows()} == {outbox.SENT, outbox.PENDING}


async def test_what_matters_more_goes_first_when_the_pace_binds(post: Post) -> None:
    for number in range(12):
        await post.is_resting(f"nudge:{number}", priority=Priority.NUDGE)
    await post.another_sender(programme=SLOW).deliver_due()
    answer = await post.is_resting("answer", priority=Priority.ANSWER)

    await post.passes(timedelta(seconds=31))
    await post.another_sender(programme=SLOW).deliver_due()

    assert (await post.row(answer)).state == outbox.SENT
    assert await _sent(post) == 5


async def test_one_conversation_gets_one_message_at_a_time(post: Post) -> None:
    calm = Programme(delivery=Delivery(posts_per_minute=60_000, burst=1_000, seconds_between_in_channel=60))
    for number in range(2):
        await post.is_resting(f"rested:{number}")

    await post.another_sender(programme=calm).deliver_due()
    assert await _sent(post) == 1

    await post.passes(timedelta(seconds=61))
    await post.another_sender(programme=calm).deliver_due()
    assert await _sent(post) == 2


async def test_the_rest_goes_by_itself_as_the_pace_has_room(post: Post) -> None:
    quick = Programme(delivery=Delivery(posts_per_minute=1_200, burst=2, seconds_between_in_channel=0))
    for number in range(8):
        await post.is_resting(f"rested:{number}")
    post.database.outbox_filled.set()
    working = asyncio.create_task(post.another_sender(programme=quick).run())

    async with asyncio.timeout(20):
        while await _sent(post) < 8:  # noqa: ASYNC110 - a state in a table has no event
            await asyncio.sleep(0.05)
    working.cancel()
    await asyncio.gather(working, return_exceptions=True)


async def test_a_429_makes_everybody_slower_for_a_while(post: Post) -> None:
    pace = Pace(WORKSPACE, BRISK.delivery)
    async with post.database.transaction() as store:
        before = (await pace.room(store)).messages
        await pace.too_fast(store, POST, 30)
        # The other calls that were on their way are told the same; that is one lesson.
        await pace.too_fast(store, POST, 30)

    async with post.database.transaction() as store:
        blocked = await pace.room(store)
        row, _ = await store.paces.held(WORKSPACE, POST)
    assert (blocked.messages, row.share) == (0, 75)
    assert timedelta(seconds=29) < blocked.wait <= timedelta(seconds=30)

    await post.passes(timedelta(seconds=31))
    async with post.database.transaction() as store:
        assert 1 <= (await pace.room(store)).messages <= before
    await post.passes(timedelta(minutes=11))
    async with post.database.transaction() as store:
        assert (await pace.room(store)).messages == before


async def test_the_pace_of_idle_conversations_is_forgotten(post: Post) -> None:
    calm = Programme(delivery=Delivery(posts_per_minute=60_000, burst=1_000, seconds_between_in_channel=60))
    await post.is_resting()
    sender = post.another_sender(programme=calm)
    await sender.deliver_due()

    await sender.forget_idle_channels()
    assert await _channels(post) == 1
    await post.passes(timedelta(hours=2))
    await sender.forget_idle_channels()
    assert await _channels(post) == 0


async def _channels(post: Post) -> int:
    async with post.database.engine.connect() as connection:
        found = await connection.exec_driver_sql("SELECT count(*) FROM paces WHERE channel <> ''")
        return int(found.scalar_one())


async def test_what_does_not_leave_gives_its_place_back(post: Post) -> None:
    for number in range(12):
        await post.is_resting(f"late:{number}", expires_at=post.clock.now(), priority=Priority.ANSWER)
    for number in range(4):
        await post.is_resting(f"rested:{number}", priority=Priority.NUDGE)

    await post.another_sender(programme=SLOW).deliver_due()

    assert await _sent(post) == 4


async def test_a_place_that_comes_back_does_not_open_what_slack_has_closed(post: Post) -> None:
    pace = Pace(WORKSPACE, SLOW.delivery)
    async with post.database.transaction() as store:
        await pace.too_fast(store, POST, 30)
        await pace.give_back(store, 4)

    async with post.database.transaction() as store:
        room = await pace.room(store)
    assert room.messages == 0 and room.wait > timedelta(seconds=29)


async def test_a_crowd_costs_few_statements_a_message(post: Post) -> None:
    for number in range(48):
        await post.is_resting(f"rested:{number}")
    statements = 0

    def count(_connection: Connection, _cursor: object, statement: str, *_more: object) -> None:
        nonlocal statements
        # On SQLite a transaction begins with a statement of its own.
        statements += not statement.startswith("BEGIN")

    calm = Programme(delivery=Delivery(posts_per_minute=60_000, burst=1_000, seconds_between_in_channel=0.001))
    sender = post.another_sender(programme=calm)
    event.listen(post.database.engine.sync_engine, "before_cursor_execute", count)
    await sender.deliver_due()
    event.remove(post.database.engine.sync_engine, "before_cursor_execute", count)

    assert await _sent(post) == 48
    assert statements / 48 <= STATEMENTS_A_MESSAGE


async def test_eight_posts_are_under_way_at_once_and_no_more(post: Post) -> None:
    for number in range(20):
        await post.is_resting(f"rested:{number}")
    slack = CountingSlack(post.client())

    await post.another_sender(slack).deliver_due()

    assert await _sent(post) == 20
    assert max(slack.seen) == AT_ONCE


@dataclass(frozen=True)
class CountingSlack(Slack):
    """Answers as Slack does, after a while, and knows how many requests were under way together."""

    under_way: list[str] = field(default_factory=list)
    seen: list[int] = field(default_factory=list)

    async def deliver(self, target: Target, message: Message, delivery_id: str) -> Receipt:
        self.under_way.append(delivery_id)
        self.seen.append(len(self.under_way))
        await asyncio.sleep(0.2)
        self.under_way.remove(delivery_id)
        return await super().deliver(target, message, delivery_id)
