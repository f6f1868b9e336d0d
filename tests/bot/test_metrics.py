"""What an operator sees: numbers of what is going on, no names; and a program that is stuck says so."""

import asyncio
from dataclasses import replace
from datetime import timedelta
from typing import cast

import httpx
import pytest

from bot import timetable as timetables
from bot.metrics import Metrics
from bot.services.waits import Waits
from bot.timetable import Timetable
from handlers.http import web_app
from storage.database import Database
from tests.bot.delivery.stage import Post, post_office
from tests.storage.rows import WORKSPACE


class StuckWaits:
    """A job that never comes to its end."""

    async def offer_places(self) -> None:
        await asyncio.Event().wait()

    async def tell_watchers(self) -> None:
        pass


def _timetable(post: Post, waits: object = None) -> Timetable:
    async def refresh_people() -> None:
        pass

    services = replace(post.services, waits=cast(Waits, waits)) if waits else post.services
    return Timetable(services, post.sender, refresh_people, refresh_people)


def _measured(text: str) -> dict[str, float]:
    lines = (line.rpartition(" ") for line in text.splitlines() if not line.startswith("#"))
    return {name: float(value) for name, _, value in lines}


async def test_the_numbers_tell_what_is_due_sent_and_refused(database: Database) -> None:
    async with post_office(database) as post:
        clockwork = _timetable(post)
        metrics = Metrics(WORKSPACE, database, post.clock, clockwork, post.sender.counters)
        for number in range(3):
            await post.is_resting(f"rested:{number}")
        post.goes_wrong("chat.postMessage", "error", error="user_not_found")
        post.goes_wrong("chat.postMessage", "rate_limited", retry_after=60)
        await post.passes(timedelta(seconds=30))
        before = _measured(await metrics.text())

        await clockwork.tick()
        after = _measured(await metrics.text())

    assert before['silta_outbox_messages{state="pending"}'] == 3
    assert before["silta_outbox_lateness_seconds"] >= 30
    assert before["silta_tick_age_seconds"] == float("inf")
    assert after['silta_outbox_messages{state="failed"}'] == 1
    assert after["silta_attempts_total"] == 3
    assert (after["silta_refused_total"], after["silta_rate_limited_total"]) == (1, 1)
    assert after["silta_tick_age_seconds"] < 30
    assert after["silta_workspace_rests"] == 0


async def test_names_and_words_are_not_among_the_numbers(database: Database) -> None:
    async with post_office(database) as post:
        await post.is_resting()
        text = await Metrics(WORKSPACE, database, post.clock, _timetable(post), post.sender.counters).text()

    assert not {"Leena", "U0LEENA", "rested", WORKSPACE} & set(text.replace("{", " ").split())
    assert "LEENA" not in text.upper()


async def test_a_stuck_job_turns_healthz_to_503_and_metrics_are_served(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(timetables, "STALE_AFTER_SECONDS", 0.2)
    async with post_office(database) as post:
        clockwork = _timetable(post)
        await clockwork.tick()
        stuck = _timetable(post, StuckWaits())
        stuck._ticked_at = clockwork._ticked_at

        async def healthy() -> bool:
            return stuck.ticked_lately and await database.answers()

        metrics = Metrics(WORKSPACE, database, post.clock, stuck, post.sender.counters)
        transport = httpx.ASGITransport(web_app(healthy, None, None, metrics.text))
        async with httpx.AsyncClient(transport=transport, base_url="http://silta") as client:
            await clockwork.tick()
            stuck._ticked_at = clockwork._ticked_at
            assert (await client.get("/healthz")).status_code == 200

            await post.is_resting()
            ticking = asyncio.create_task(stuck.tick())
            await asyncio.sleep(0.4)

            assert (await client.get("/healthz")).status_code == 503
            answer = await client.get("/metrics")
            assert answer.headers["content-type"].startswith("text/plain; version=0.0.4")
            assert _measured(answer.text)["silta_tick_age_seconds"] > 0.2
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
