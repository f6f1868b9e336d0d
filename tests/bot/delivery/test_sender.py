"""What is delivered is what was due: in open time, once, and with a reason wherever it was not (I1-I5)."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from slack_sdk.errors import SlackObjectFormationError
from sqlalchemy import delete

from bot.delivery import last_look
from bot.delivery.slack import EVENT_TYPE, Receipt, Slack, Target, ToPerson
from bot.language import Translator
from bot.messages import word
from bot.messages.parts import Message
from storage import members, outbox
from storage.members import MemberRow
from storage.network import End
from tests.bot.delivery.stage import Post
from tests.storage.rows import NOW, WORKSPACE, add_member, intent, put

SATURDAY = datetime(2027, 1, 23, 9, 0, tzinfo=UTC)
MONDAY_EIGHT = datetime(2027, 1, 25, 6, 0, tzinfo=UTC)
NIGHT = datetime(2027, 1, 19, 22, 0, tzinfo=UTC)


class Crash(BaseException):
    """The process dies; nothing of its own code runs any more."""


class DiesAfterPosting(Slack):
    """Posts, and dies before it can tell anybody."""

    async def deliver(self, target: Target, message: Message, delivery_id: str) -> Receipt:
        await super().deliver(target, message, delivery_id)
        raise Crash


class DiesBeforePosting(Slack):
    """Dies when everything is written down but nothing has left."""

    async def deliver(self, target: Target, message: Message, delivery_id: str) -> Receipt:
        # Not before `deliver_due` waits for what is under way, so that the test hears of it.
        await asyncio.sleep(0.3)
        raise Crash


class LaggingHistory(Slack):
    """Does not show yet what was posted a moment ago."""

    async def find(self, target: ToPerson, delivery_id: str, since: datetime) -> Receipt | None:
        return None


async def test_what_is_due_in_open_time_is_sent_with_its_evidence(post: Post) -> None:
    row = await post.deliver(await post.is_resting())

    (call,) = post.posted()
    assert (row.state, row.attempts) == (outbox.SENT, 1)
    assert (row.channel, row.ts) == (call.response["channel"], call.response["ts"])
    assert row.finished_at is not None


async def test_a_message_speaks_to_screen_readers_and_its_metadata_says_nothing(post: Post) -> None:
    row = await post.deliver(await post.is_resting())

    (call,) = post.posted()
    assert any(letter.isalpha() for letter in call.response["message"]["text"])
    assert call.response["message"]["metadata"] == {
        "event_type": EVENT_TYPE,
        "event_payload": {"delivery_id": row.delivery_id},
    }


async def test_closed_time_waits_for_the_next_open_minute(post: Post) -> None:
    await post.clock.travel(SATURDAY)
    row_id = await post.is_resting()

    waiting = await post.deliver(row_id)
    assert (waiting.state, waiting.not_before, waiting.reason) == (outbox.PENDING, MONDAY_EIGHT, "closed_time")
    assert post.posted() == []

    await post.clock.travel(MONDAY_EIGHT)
    assert (await post.deliver(row_id)).state == outbox.SENT


async def test_a_reply_to_what_the_person_just_did_goes_at_any_hour(post: Post) -> None:
    await post.clock.travel(NIGHT)
    await post.services.apologies.owe(post.leena.id, "7F3A")

    row = await post.deliver(await post.number_of("errors.sorry"))

    assert row.state == outbox.SENT


async def test_what_has_lost_its_point_is_expired(post: Post) -> None:
    row = await post.deliver(await post.is_resting(expires_at=NOW))

    assert (row.state, row.reason) == (outbox.EXPIRED, "lost_its_point")
    assert post.posted() == []


async def test_what_would_lose_its_point_before_the_next_open_minute_is_expired(post: Post) -> None:
    await post.clock.travel(SATURDAY)

    row = await post.deliver(await post.is_resting(expires_at=MONDAY_EIGHT))

    assert (row.state, row.reason) == (outbox.EXPIRED, "closed_time")


async def test_what_is_no_longer_so_is_not_told(post: Post) -> None:
    row_id = await post.is_resting()
    async with post.database.transaction() as store:
        (await store.members.locked(post.leena.id)).availability = members.OPEN

    row = await post.deliver(row_id)

    assert (row.state, row.reason) == (outbox.CANCELLED, "lost_its_point")
    assert post.posted() == []


@pytest.mark.parametrize("gone", [{"deactivated_at": NOW}, {"external_id": None}])
async def test_whoever_left_is_not_written_to(post: Post, gone: dict[str, object]) -> None:
    row_id = await post.is_resting()
    async with post.database.transaction() as store:
        leena = await store.members.locked(post.leena.id)
        for name, value in gone.items():
            setattr(leena, name, value)

    row = await post.deliver(row_id)

    assert (row.state, row.reason) == (outbox.CANCELLED, "recipient_left")
    assert post.posted() == []


async def test_a_withdrawn_request_is_never_sent(post: Post) -> None:
    row_id = await post.requests()
    await post.services.introductions.cancel_pending(post.sanna.id)

    row = await post.deliver(row_id)

    assert (row.state, row.reason) == (outbox.CANCELLED, "withdrawn")
    assert post.posted() == []


async def test_a_request_that_was_delivered_is_taken_back_where_it_stands(post: Post) -> None:
    sent = await post.deliver(await post.requests())
    await post.services.introductions.cancel_pending(post.sanna.id)

    row = await post.deliver(await post.number_of("introductions.settled"))

    (update,) = post.posted("chat.update")
    assert (update.arguments["channel"], update.arguments["ts"]) == (sent.channel, sent.ts)
    assert row.state == outbox.SENT
    assert len(post.posted()) == 1


@pytest.mark.parametrize("error", ["channel_not_found", "user_not_found", "is_archived", "cannot_dm_bot"])
async def test_a_refusal_ends_as_failed_with_slacks_own_reason(post: Post, error: str) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "error", error=error)

    row = await post.deliver(row_id)

    assert (row.state, row.reason) == (outbox.FAILED, error)
    await post.sender.deliver_due()
    assert post.posted() == []


async def test_too_fast_waits_as_long_as_slack_says(post: Post) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "rate_limited", retry_after=45)

    waiting = await post.deliver(row_id)
    assert (waiting.state, waiting.reason) == (outbox.PENDING, "rate_limited")
    await post.passes(timedelta(seconds=40))
    assert (await post.deliver(row_id)).state == outbox.PENDING

    await post.passes(timedelta(seconds=6))
    assert (await post.deliver(row_id)).state == outbox.SENT
    assert len(post.posted()) == 1


async def test_too_fast_for_one_is_too_fast_for_every_replica(post: Post) -> None:
    await post.is_resting("rested:1")
    post.goes_wrong("chat.postMessage", "rate_limited", retry_after=45)
    await post.sender.deliver_due()
    row_id = await post.is_resting("rested:2")

    await post.another_sender().deliver_due()
    assert (await post.row(row_id)).state == outbox.PENDING
    assert post.posted() == []

    await post.passes(timedelta(seconds=46))
    await post.another_sender().deliver_due()
    assert (await post.row(row_id)).state == outbox.SENT


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "account_inactive"])
async def test_a_workspace_that_does_not_know_our_token_rests_until_it_does(post: Post, error: str) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "error", error=error)
    waiting = await post.deliver(row_id)
    assert (waiting.state, waiting.reason) == (outbox.PENDING, error)

    # Nothing is tried while it rests, by nobody, and asking once a minute costs no attempt.
    post.goes_wrong("auth.test", "error", error=error)
    for _ in range(3):
        await post.another_sender().deliver_due()
        await post.passes(timedelta(seconds=25))
    assert (await post.deliver(row_id)).attempts == 1
    assert len(post.sandbox.log.since(0, "auth.test")) == 1

    await post.passes(timedelta(minutes=2))
    row = await post.deliver(row_id)
    assert (row.state, row.attempts) == (outbox.SENT, 2)


async def test_the_log_says_once_that_the_workspace_rests(post: Post, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5):
        await post.is_resting(f"rested:{number}")
    post.goes_wrong("chat.postMessage", "error", error="token_revoked", times=5)
    post.goes_wrong("auth.test", "error", error="token_revoked")

    await post.sender.deliver_due()
    await post.passes(timedelta(minutes=2))
    await post.sender.deliver_due()

    assert capsys.readouterr().out.count("token_revoked") == 1
    assert {row.state for row in await post.rows()} == {outbox.PENDING}


@pytest.mark.parametrize("lost", [{"kind": "drop_after"}, {"kind": "drop_before"}, {"kind": "error"}])
async def test_a_lost_answer_leaves_the_attempt_open_until_it_is_looked_up(post: Post, lost: dict[str, str]) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", **lost)

    assert (await post.deliver(row_id)).state == outbox.ATTEMPTING
    await post.sender.look_up_lost()
    assert (await post.deliver(row_id)).state == outbox.ATTEMPTING


async def test_a_message_that_had_arrived_is_found_and_not_sent_again(post: Post) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "drop_after")
    await post.deliver(row_id)

    row = await post.look_up(row_id)

    await post.sender.deliver_due()
    (call,) = post.posted()
    assert (row.state, row.channel, row.ts) == (outbox.SENT, call.response["channel"], call.response["ts"])


@pytest.mark.parametrize("kind", ["drop_before", "error"])
async def test_a_message_that_had_not_arrived_is_sent_once(post: Post, kind: str) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", kind)
    await post.deliver(row_id)

    looked_once = await post.look_up(row_id)
    assert looked_once.state == outbox.ATTEMPTING
    assert looked_once.looked_up_at is not None
    looked_twice = await post.look_up(row_id)
    assert (looked_twice.state, looked_twice.reason) == (outbox.PENDING, "looked_up_not_posted")

    row = await post.deliver(row_id)
    assert (row.state, row.attempts) == (outbox.SENT, 2)
    assert len(post.posted()) == 1


async def test_two_looks_lie_half_a_minute_apart(post: Post) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "drop_before")
    await post.deliver(row_id)
    await post.look_up(row_id)

    await post.passes(timedelta(seconds=28))
    await post.sender.look_up_lost()
    assert (await post.row(row_id)).state == outbox.ATTEMPTING
    assert len(post.sandbox.log.since(0, "conversations.history")) == 1

    await post.passes(timedelta(seconds=3))
    await post.sender.look_up_lost()
    assert (await post.row(row_id)).state == outbox.PENDING


async def test_a_history_that_lags_behind_is_looked_at_again(post: Post) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "drop_after")
    await post.deliver(row_id)

    lagging = post.another_sender(LaggingHistory(post.client()))
    assert (await post.look_up(row_id, lagging)).state == outbox.ATTEMPTING
    row = await post.look_up(row_id)

    assert (row.state, row.reason) == (outbox.SENT, "looked_up_posted")
    assert len(post.posted()) == 1


async def test_somebody_who_is_forgotten_meanwhile_holds_up_no_other_look(post: Post) -> None:
    row_id = await post.is_resting()
    row = await post.row(row_id)
    async with post.database.transaction() as store:
        await store.members._session.execute(delete(MemberRow).where(MemberRow.id == post.leena.id))

    await post.sender._lost_answers._look_up(row)

    assert post.posted("conversations.history") == []


async def test_an_attempt_is_looked_up_by_the_databases_clock(post: Post) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "drop_after")
    await post.deliver(row_id)

    # Somebody's own clock runs two hours ahead; the request may still be on its way.
    await post.clock.travel(NOW + timedelta(hours=2))
    await post.another_sender().look_up_lost()

    assert (await post.row(row_id)).looked_up_at is None
    assert post.sandbox.log.since(0, "conversations.history") == []


async def test_a_look_up_that_slack_puts_off_is_tried_again(post: Post) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "drop_after")
    await post.deliver(row_id)
    post.goes_wrong("conversations.history", "rate_limited")

    assert (await post.look_up(row_id)).state == outbox.ATTEMPTING
    assert (await post.look_up(row_id)).state == outbox.SENT
    assert len(post.posted()) == 1


async def test_a_request_for_consent_is_not_repeated_on_a_guess(post: Post) -> None:
    row_id = await post.requests()
    post.goes_wrong("chat.postMessage", "drop_after")
    await post.deliver(row_id)
    post.goes_wrong("conversations.history", "error", error="missing_scope")

    row = await post.look_up(row_id)

    await post.sender.deliver_due()
    assert (row.state, row.reason) == (outbox.UNKNOWN, "missing_scope")
    assert len(post.posted()) == 1


async def test_a_coordinator_reads_at_home_whom_a_message_did_not_reach_and_why(post: Post) -> None:
    taina = await add_member(post.database, roles=("coordinator",))
    row_id = await post.requests()
    post.goes_wrong("chat.postMessage", "drop_after")
    await post.deliver(row_id)
    post.goes_wrong("conversations.history", "error", error="missing_scope")
    await post.look_up(row_id)
    post.goes_wrong("chat.postMessage", "error", error="user_not_found")
    await post.deliver(await post.is_resting())

    home = await post.services.homes.open(taina.id)
    async with post.database.reading() as store:
        ends = await store.network.ends(WORKSPACE, NOW - timedelta(days=1))

    assert home.network is not None
    latest = [(one.recipient.name, one.reason) for one in home.network.latest]
    assert latest == [("Leena Harjula", "user_not_found"), ("Leena Harjula", None)]
    assert ends == [
        End(outbox.FAILED, "user_not_found", "introductions.rested", 1),
        End(outbox.UNKNOWN, "missing_scope", "introductions.request", 1),
    ]


async def test_a_message_that_may_come_twice_is_repeated_when_nobody_can_look(post: Post) -> None:
    row_id = await post.is_resting()
    post.goes_wrong("chat.postMessage", "drop_before")
    await post.deliver(row_id)
    post.goes_wrong("conversations.history", "error", error="missing_scope")

    assert (await post.look_up(row_id)).state == outbox.PENDING
    assert (await post.deliver(row_id)).state == outbox.SENT


async def test_a_group_that_may_have_opened_is_not_opened_twice_and_both_are_told(post: Post) -> None:
    await post.deliver(await post.requests())
    async with post.database.reading() as store:
        (asked,) = await store.introductions.pending_to(post.leena.id)
    await post.services.answers.accept(post.leena.id, asked.ref)
    post.goes_wrong("chat.postMessage", "drop_after")
    row_id = await post.number_of("introductions.introduce")
    await post.deliver(row_id)

    row = await post.look_up(row_id)

    await post.sender.deliver_due()
    assert (row.state, row.reason) == (outbox.UNKNOWN, "no_evidence")
    told = [one for one in await post.rows() if one.kind == "introductions.meet_directly"]
    assert {one.recipient_id for one in told} == {post.leena.id, post.sanna.id}
    assert {one.state for one in told} == {outbox.SENT}


async def test_a_crash_after_posting_is_found_by_the_next_process(post: Post) -> None:
    row_id = await post.is_resting()
    with pytest.raises(Crash):
        await post.another_sender(DiesAfterPosting(post.client())).deliver_due()
    assert (await post.row(row_id)).state == outbox.ATTEMPTING

    row = await post.look_up(row_id)

    await post.sender.deliver_due()
    assert row.state == outbox.SENT
    assert len(post.posted()) == 1


async def test_a_crash_before_posting_is_made_good_once(post: Post) -> None:
    row_id = await post.is_resting()
    with pytest.raises(Crash):
        await post.another_sender(DiesBeforePosting(post.client())).deliver_due()

    await post.look_up(row_id)
    await post.look_up(row_id)

    assert (await post.deliver(row_id)).state == outbox.SENT
    assert len(post.posted()) == 1


async def test_two_senders_send_everything_once(post: Post) -> None:
    for number in range(12):
        await post.is_resting(f"rested:{number}")

    await asyncio.gather(post.sender.deliver_due(), post.another_sender().deliver_due())

    assert [row.state for row in await post.rows()] == [outbox.SENT] * 12
    assert len(post.posted()) == 12


async def test_a_message_without_words_does_not_hold_up_the_others(post: Post) -> None:
    await put(post.database, intent(post.leena, "unheard of:1", kind="nobody.knows"))
    row_id = await post.is_resting()

    assert (await post.deliver(row_id)).state == outbox.SENT
    wordless = await post.row(await post.number_of("unheard of"))
    assert (wordless.state, wordless.reason) == (outbox.FAILED, "KeyError")


async def test_a_message_that_breaks_slacks_limits_does_not_hold_up_the_others(
    post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    await post.is_resting("rested:1")
    await post.is_resting("rested:2")

    def breaks_once(t: Translator, fact: object) -> Message:
        monkeypatch.setattr(last_look, "word", word)
        raise SlackObjectFormationError("text attribute cannot exceed 3000 characters")

    monkeypatch.setattr(last_look, "word", breaks_once)
    await post.sender.deliver_due()

    assert sorted(row.state for row in await post.rows()) == [outbox.FAILED, outbox.SENT]


async def test_everything_that_was_due_ends_in_a_final_state_with_its_reason(post: Post) -> None:
    await post.is_resting("rested:1")
    await post.is_resting("rested:2", expires_at=NOW)
    await post.is_resting("rested:3", kind="nobody.knows")
    post.goes_wrong("chat.postMessage", "error", error="user_not_found")

    await post.sender.deliver_due()

    rows = await post.rows()
    assert {row.state for row in rows} <= {outbox.FAILED, outbox.EXPIRED}
    assert all(row.reason and row.finished_at for row in rows)


async def test_the_sender_sends_as_soon_as_something_is_written(post: Post) -> None:
    running = asyncio.create_task(post.sender.run())
    row_id = await post.is_resting()

    async with asyncio.timeout(20):
        while (await post.row(row_id)).state != outbox.SENT:  # noqa: ASYNC110 - a state in a table has no event
            await asyncio.sleep(0.02)
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running
