"""The timetable: a job that fails keeps nobody waiting, and shows."""

from dataclasses import replace
from typing import Any, cast

from bot.services.waits import Waits
from bot.timetable import Timetable
from storage import outbox
from storage.database import Database
from tests.bot.delivery.stage import Post, post_office


class BrokenWaits:
    """Waiting lists that cannot be looked through, until they are mended."""

    def __init__(self) -> None:
        self.is_broken = True

    async def offer_places(self) -> None:
        if self.is_broken:
            raise RuntimeError("broken")

    async def tell_watchers(self) -> None:
        pass


def timetable(post: Post, **services: Any) -> Timetable:
    async def refresh_people() -> None:
        pass

    return Timetable(replace(post.services, **services), post.sender, refresh_people, refresh_people)


async def test_one_failing_job_does_not_stop_the_others_and_shows(database: Database) -> None:
    async with post_office(database) as post:
        waits = BrokenWaits()
        clockwork = timetable(post, waits=cast(Waits, waits))
        row_id = await post.is_resting()

        await clockwork.tick()
        assert (await post.row(row_id)).state == outbox.SENT
        assert not clockwork.ticked_lately

        waits.is_broken = False
        await post.is_resting("rested:2")
        await clockwork.tick()
        assert clockwork.ticked_lately


async def test_a_tick_with_nothing_due_counts(database: Database) -> None:
    async with post_office(database) as post:
        clockwork = timetable(post)
        assert not clockwork.ticked_lately

        await clockwork.tick()

        assert clockwork.ticked_lately


async def test_a_request_is_followed_from_press_to_reminder_by_ticks_alone(database: Database) -> None:
    async with post_office(database) as post:
        clockwork = timetable(post)
        post.clock.on_move(clockwork.tick)
        await post.requests()
        await clockwork.tick()
        async with database.reading() as store:
            (asked,) = await store.introductions.pending_to(post.leena.id)
        assert asked.remind_at is not None

        await post.clock.travel(asked.remind_at)

        (reminder,) = [row for row in await post.rows() if row.kind == "introductions.reminder"]
        assert reminder.state == outbox.SENT


async def test_stopping_a_timetable_that_never_started_is_harmless(database: Database) -> None:
    async with post_office(database) as post:
        clockwork = timetable(post)

        await clockwork.stop()
        clockwork.start()
        await clockwork.stop()
