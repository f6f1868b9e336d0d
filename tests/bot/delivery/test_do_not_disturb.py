"""Slack's "do not disturb" holds back what Silta starts itself, and nothing else (R1, R2)."""

from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.delivery.do_not_disturb import KNOWN_FOR, DoNotDisturb
from storage.outbox import EXPIRED, PENDING, SENT
from tests.bot.delivery.stage import Post
from tests.storage.rows import NOW, intent, put

UNTIL = NOW + timedelta(hours=2)


def is_quiet(post: Post, begins: datetime = NOW, ends: datetime = UNTIL) -> None:
    post.sandbox.workspace.do_not_disturb["U0LEENA"] = (int(begins.timestamp()), int(ends.timestamp()))


def asked(post: Post) -> int:
    return len(post.sandbox.log.since(0, "dnd.teamInfo"))


async def test_a_message_waits_until_the_quiet_time_is_over(post: Post) -> None:
    is_quiet(post)
    row_id = await post.requests()

    row = await post.deliver(row_id)
    assert (row.state, row.not_before, row.reason) == (PENDING, UNTIL, "do_not_disturb")

    await post.clock.travel(UNTIL)
    assert (await post.deliver(row_id)).state == SENT


async def test_a_quiet_time_to_come_changes_nothing(post: Post) -> None:
    is_quiet(post, NOW + timedelta(minutes=5))
    assert (await post.deliver(await post.requests())).state == SENT


async def test_an_apology_is_a_reply_and_does_not_wait(post: Post) -> None:
    is_quiet(post)
    await put(post.database, intent(post.leena, "sorry:1", kind="errors.sorry"))
    assert (await post.deliver(await post.number_of("sorry"))).state == SENT
    assert asked(post) == 0


async def test_what_loses_its_point_meanwhile_is_recorded_as_expired(post: Post) -> None:
    is_quiet(post)
    row_id = await post.is_resting(expires_at=NOW + timedelta(hours=1))
    await post.deliver(row_id)
    await post.clock.travel(UNTIL)
    assert (await post.deliver(row_id)).state == EXPIRED


@pytest.mark.parametrize("kind", ["error", "rate_limited"])
async def test_a_failure_holds_nothing_back(post: Post, kind: str) -> None:
    is_quiet(post)
    post.goes_wrong("dnd.teamInfo", kind)
    assert (await post.deliver(await post.requests())).state == SENT


async def test_a_missing_permission_holds_nothing_back(post: Post) -> None:
    is_quiet(post)
    post.goes_wrong("dnd.teamInfo", "error", error="missing_scope")
    assert (await post.deliver(await post.requests())).state == SENT


async def test_one_question_is_asked_for_many_messages_and_remembered(post: Post) -> None:
    for number in range(5):
        await put(post.database, intent(post.leena, f"rested:{number}"))
    await post.sender.deliver_due()
    assert asked(post) == 1
    await put(post.database, intent(post.leena, "rested:again"))
    await post.sender.deliver_due()
    assert asked(post) == 1


async def test_nobody_is_asked_about_in_closed_time(post: Post) -> None:
    row_id = await post.requests()
    await post.clock.travel(datetime(2027, 1, 19, 20, tzinfo=UTC))
    assert (await post.deliver(row_id)).reason == "closed_time"
    assert asked(post) == 0


async def test_an_answer_is_believed_for_ten_minutes_and_a_failure_rests(post: Post) -> None:
    quiet = DoNotDisturb(AsyncWebClient(token=post.sandbox.bot_token, base_url=f"{post.sandbox.url}/api/"))
    assert await quiet.until("U0LEENA", NOW) is None
    is_quiet(post, ends=NOW + timedelta(hours=9))
    assert await quiet.until("U0LEENA", NOW + KNOWN_FOR - timedelta(seconds=1)) is None
    assert await quiet.until("U0LEENA", NOW + KNOWN_FOR) == NOW + timedelta(hours=9)

    later = NOW + 3 * KNOWN_FOR
    post.goes_wrong("dnd.teamInfo", "error")
    assert await quiet.until("U0LEENA", later) is None
    before = asked(post)
    assert await quiet.until("U0LEENA", later + timedelta(seconds=30)) is None
    assert asked(post) == before, "Slack is left alone for a minute"
    assert await quiet.until("U0LEENA", later + timedelta(minutes=1)) is not None


async def test_somebody_unknown_to_slack_is_not_quiet(post: Post) -> None:
    quiet = DoNotDisturb(AsyncWebClient(token=post.sandbox.bot_token, base_url=f"{post.sandbox.url}/api/"))
    assert await quiet.until("U0NOBODY", NOW) is None


async def test_one_call_asks_about_everybody_whose_turn_comes_next(post: Post) -> None:
    await post.is_resting()
    await put(post.database, intent(post.sanna, "rested:2"))
    sender = post.another_sender()

    # A process that has just started takes one message first.
    await sender.deliver_due()

    (call,) = post.sandbox.log.since(0, "dnd.teamInfo")
    assert set(str(call.arguments["users"]).split(",")) == {"U0LEENA", "U0SANNA"}
