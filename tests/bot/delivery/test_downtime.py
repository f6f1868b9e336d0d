"""Down from Friday evening to Monday: what is overdue goes once, what lost its point does not, and never in a burst."""

from datetime import UTC, datetime, timedelta

from bot.programme import Delivery, Programme
from storage import outbox
from tests.bot.delivery.stage import Post
from tests.storage.rows import intent, put

FRIDAY_EVENING = datetime(2027, 1, 22, 16, 0, tzinfo=UTC)
MONDAY_ELEVEN = datetime(2027, 1, 25, 9, 0, tzinfo=UTC)
CAREFUL = Programme(delivery=Delivery(posts_per_minute=6, burst=20, seconds_between_in_channel=0))
"""Slower than any machine is with its tests: fifteen at once, then one every ten seconds."""


async def test_a_weekend_without_silta_ends_without_a_flood(post: Post) -> None:
    await post.clock.travel(FRIDAY_EVENING)
    await post.is_resting("first")
    overdue = [intent(post.leena, f"overdue:{n}", not_before=FRIDAY_EVENING + timedelta(hours=n)) for n in range(40)]
    pointless = [
        intent(post.leena, f"pointless:{n}", not_before=FRIDAY_EVENING, expires_at=MONDAY_ELEVEN - timedelta(hours=n))
        for n in range(10)
    ]
    await put(post.database, *overdue, *pointless)

    await post.clock.travel(MONDAY_ELEVEN)
    sender = post.another_sender(programme=CAREFUL)
    await sender.deliver_due()
    at_once = len(post.posted())
    for _ in range(30):
        await post.passes(timedelta(seconds=11))
        await sender.deliver_due()

    rows = await post.rows()
    expired = [row for row in rows if row.dedup_key.startswith("pointless")]
    assert {(row.state, row.reason) for row in expired} == {(outbox.EXPIRED, "lost_its_point")}
    assert {row.state for row in rows if row not in expired} == {outbox.SENT}
    assert len(post.posted()) == 41, "each once"
    assert at_once <= 20, "no burst above the pace"
