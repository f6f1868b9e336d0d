"""Takes what is due from the outbox and sends it: the only way out (docs/promises.md)."""

import asyncio
import secrets
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import structlog

from bot.clock import Clock
from bot.delivery.attempt import Attempt
from bot.delivery.counters import Counters
from bot.delivery.do_not_disturb import DoNotDisturb
from bot.delivery.last_look import LastLook
from bot.delivery.lost_answers import LostAnswers
from bot.delivery.pace import Pace
from bot.delivery.quiet import Quiet
from bot.delivery.slack import Slack
from bot.delivery.steps import Passing, Step, walk_on
from bot.programme import Programme
from bot.services.outgoing import Outgoing
from storage.database import Database
from storage.outbox import OutboxRow

AFTER_A_START: Final = 1
"""The first message of a process takes a second or two: calendars, connections and statements are made ready for it.

Several that late would reach Slack together with those of their own time, and be more than the pace allows.
"""
AT_ONCE: Final = 8
"""Posts under way at once: Slack answers in some 0.2 s, and 8 keep the pace even when it takes 1.5 s."""
TICK_WAITS_SECONDS: Final = 10
"""A tick waits so long for posts under way; a slow Slack must not hold up everything else that is due."""
AFTER_TROUBLE_SECONDS: Final = 2.0
IDLE: Final = timedelta(hours=1)

log = structlog.get_logger()


@dataclass(frozen=True)
class _Claimed:
    rows: list[OutboxRow]
    is_all: bool
    """Nothing more is due, or nothing more may leave for now."""
    pause: float | None
    """Seconds until the pace has room for a few more; None when nothing waits for it."""
    asks: bool


class Sender:
    """The one sender of this process, for one workspace. `passing` is told of every step, for tests that end there."""

    def __init__(
        self,
        workspace: str,
        database: Database,
        clock: Clock,
        programme: Programme,
        outgoing: Outgoing,
        slack: Slack,
        passing: Passing = walk_on,
    ) -> None:
        self.counters = Counters()
        self._workspace = workspace
        self._database = database
        self._clock = clock
        self._slack = slack
        self._passing = passing
        self._name = secrets.token_hex(8)
        self._pace = Pace(workspace, programme.delivery)
        self._quiet = Quiet(database, clock, programme, DoNotDisturb(slack.client), self._pace)
        last_look = LastLook(clock, programme, outgoing, self._pace)
        self._attempt = Attempt(database, clock, slack, self._pace, last_look, self._name, self.counters, passing)
        self._lost_answers = LostAnswers(workspace, database, clock, slack, self._name, passing)
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._claiming = asyncio.Lock()
        self._at_once = AFTER_A_START

    async def run(self) -> None:
        """Sends what is due, as soon as it is written and as fast as the pace allows, until cancelled."""
        pause: float | None = None
        try:
            while True:
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._database.outbox_filled.wait(), pause)
                self._database.outbox_filled.clear()
                try:
                    pause = await self._start_due()
                except Exception:
                    # The rows are kept; nothing else may stop the sender.
                    log.exception("delivery.interrupted")
                    pause = AFTER_TROUBLE_SECONDS
        finally:
            await self._end()

    async def deliver_due(self) -> None:
        """Sends everything that is due now and that the pace has room for; the rest goes as room comes up."""
        while True:
            pause = await self._start_due()
            under_way = list(self._under_way.values())
            if not under_way:
                return
            ended, late = await asyncio.wait(under_way, timeout=TICK_WAITS_SECONDS)
            for one in ended:
                one.result()
            if late or (pause is not None and not self._database.outbox_filled.is_set()):
                return

    async def look_up_lost(self) -> None:
        """Finds out what became of attempts whose answer was lost; never of one of our own that is under way."""
        await self._lost_answers.look_up_all(self._under_way.keys())

    async def forget_idle_channels(self) -> None:
        """Drops what says nothing any more about the pace."""
        async with self._database.transaction() as store:
            await store.paces.forget_idle_channels(IDLE)

    async def _start_due(self) -> float | None:
        """Starts what is due, a few at once; answers the seconds until the pace has room, None if nothing waits."""
        while True:
            async with self._claiming:
                await self._some_room()
                claimed = await self._claim(self._at_once - len(self._under_way))
                for row in await self._quiet.without_those_to_wait(claimed.rows, self._name):
                    self._start(row)
            if claimed.asks:
                await self._ask_whether_it_answers()
            elif claimed.is_all:
                return claimed.pause

    async def _claim(self, at_most: int) -> _Claimed:
        rows: list[OutboxRow] = []

        async with self._database.transaction() as store:

            async def claim(there_is_room_for: int) -> int:
                wanted = min(at_most, there_is_room_for)
                rows.extend(await store.outbox.claim(self._workspace, self._name, self._clock.now(), wanted))
                return len(rows)

            room = await self._pace.take_for(store, claim)
            self._passing(Step.CLAIMING)
        self._passing(Step.CLAIMED)
        binds = not room.messages
        return _Claimed(rows, binds or len(rows) < at_most, room.several.total_seconds() if binds else None, room.asks)

    def _start(self, row: OutboxRow) -> None:
        task = asyncio.create_task(self._attempt.make(row))
        self._under_way[row.id] = task
        task.add_done_callback(lambda _: self._ended(row.id))

    def _ended(self, row_id: int) -> None:
        self._under_way.pop(row_id, None)
        self._at_once = AT_ONCE

    async def _some_room(self) -> None:
        while len(self._under_way) >= self._at_once:
            ended, _ = await asyncio.wait(self._under_way.values(), return_when=asyncio.FIRST_COMPLETED)
            for one in ended:
                # What went wrong with it must not be lost with the task.
                one.result()

    async def _ask_whether_it_answers(self) -> None:
        if await self._slack.answers():
            async with self._database.transaction() as store:
                await self._pace.wake(store)
            log.warning("workspace.answers_again", workspace=self._workspace)

    async def _end(self) -> None:
        """Whatever is under way is broken off; it stays written down as being sent, and will be looked up."""
        for task in list(self._under_way.values()):
            task.cancel()
        await asyncio.gather(*self._under_way.values(), return_exceptions=True)
