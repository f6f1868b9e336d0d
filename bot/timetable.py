"""Every recurring job, in one list. Each asks "what is due?"; times of people live in the tables, not here."""

import asyncio
import math
import time
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.delivery.sender import Sender
from bot.services import Services

log = structlog.get_logger()

TICK_SECONDS: Final = 2
LOOK_UP_SECONDS: Final = 30
REFRESH_HOURS: Final = 6
STOPS_WITHIN_SECONDS: Final = 5
STALE_AFTER_SECONDS: Final = 30
"""Without a completed tick for this long, something is stuck and `/healthz` says so."""

# What a scheduler that runs late must do: once, with nothing skipped and nothing piled up.
_HABITS: Final = {"coalesce": True, "max_instances": 1, "misfire_grace_time": None}


class Timetable:
    """One scheduler with a handful of jobs that may run any number of times."""

    def __init__(
        self,
        services: Services,
        sender: Sender,
        refresh_people: Callable[[], Awaitable[None]],
        draw_homes: Callable[[], Awaitable[None]],
    ) -> None:
        self._due: tuple[Callable[[], Awaitable[None]], ...] = (
            services.reply_clock.start_clocks,
            services.reply_clock.remind,
            services.reply_clock.release,
            services.check_ins.ask,
            services.check_ins.fade,
            services.waits.offer_places,
            services.waits.tell_watchers,
            services.nudges.plan,
            services.freshness.ask,
            services.meetups.hold_rounds,
            services.question_clock.start_clocks,
            services.question_clock.remind,
            services.question_clock.move_on,
            services.weekly_lists.plan,
            services.events.hold,
            services.crowds.spread,
            sender.deliver_due,
            services.reply_clock.start_clocks,
            services.question_clock.start_clocks,
            draw_homes,
        )
        self._something_is_due = services.agenda.has_something_due
        self._one_tick = asyncio.Lock()
        self._ticked_at: float | None = None
        self._scheduler = AsyncIOScheduler(timezone="UTC", job_defaults=_HABITS)
        self._scheduler.add_job(self.tick, "interval", seconds=TICK_SECONDS, id="tick")
        self._scheduler.add_job(sender.look_up_lost, "interval", seconds=LOOK_UP_SECONDS, id="look_up_lost")
        self._scheduler.add_job(services.inbox.forget_old, "interval", hours=1, id="forget_old")
        self._scheduler.add_job(sender.forget_idle_channels, "interval", hours=1, id="forget_idle_channels")
        self._scheduler.add_job(services.away.forget_old, "interval", hours=1, id="forget_days_away")
        self._scheduler.add_job(services.promises.forget_old, "interval", hours=6, id="forget_promises")
        self._scheduler.add_job(services.question_clock.forget_words, "interval", hours=6, id="forget_question_words")
        self._scheduler.add_job(services.event_drafts.forget_old, "interval", hours=6, id="forget_event_drafts")
        self._scheduler.add_job(services.guests.forget_old, "interval", hours=6, id="forget_guests")
        self._scheduler.add_job(services.nudges.forget_old, "interval", hours=24, id="forget_nudges")
        self._scheduler.add_job(services.retention.apply, "interval", hours=1, id="forget_what_has_had_its_time")
        self._scheduler.add_job(refresh_people, "interval", hours=REFRESH_HOURS, id="refresh_people")

    async def tick(self) -> None:
        """Does what is due, in order, and notes that it was done."""
        async with self._one_tick:
            if not await self._something_is_due() or await self._do_what_is_due():
                self._ticked_at = time.monotonic()

    async def _do_what_is_due(self) -> bool:
        all_done = True
        for do in self._due:
            try:
                await do()
            except Exception:
                # One job that fails must not keep the others waiting; the missing tick shows in /healthz.
                log.exception("timetable.failed", job=do.__qualname__)
                all_done = False
        return all_done

    @property
    def tick_age_seconds(self) -> float:
        """Since the last whole tick was completed; infinite before the first."""
        return math.inf if self._ticked_at is None else time.monotonic() - self._ticked_at

    @property
    def ticked_lately(self) -> bool:
        """True when a whole tick was completed lately."""
        return self.tick_age_seconds < STALE_AFTER_SECONDS

    def start(self) -> None:
        """Starts the jobs in the running loop."""
        self._scheduler.start()

    async def stop(self) -> None:
        """Stops the jobs, a running tick at its end if it is near; what is due stays in the tables."""
        if not self._scheduler.running:
            return
        self._scheduler.pause()
        with suppress(TimeoutError):
            async with asyncio.timeout(STOPS_WITHIN_SECONDS), self._one_tick:
                pass
        self._scheduler.shutdown(wait=False)
