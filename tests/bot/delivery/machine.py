"""The state machine: anything may happen in any order, and I1 to I5 hold all the same."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from bot.delivery.steps import Step
from storage import members
from tests.bot.delivery.wire import LAG_AT_MOST, Fate, Look
from tests.bot.delivery.world import START, World

ZONES = ("Europe/Helsinki", "Europe/Istanbul", "America/New_York", "Asia/Tokyo")
PASSING = (1, 5, 20, 31, 61, 95, 600, 3 * 3600, 14 * 3600)
"""Seconds: within a request, between two looks, beyond every lease, over closing time, over night."""
contact = st.integers(0, 1)
replica = st.integers(0, 1)
step = st.none() | st.sampled_from(Step)


class Machine(RuleBasedStateMachine):
    """What people, time, Slack and two replicas can do to each other."""

    def __init__(self, world: World) -> None:
        super().__init__()
        self.world = world

    @initialize()
    def begins(self) -> None:
        self.world.begin()

    @rule(contact=contact, subject=st.sampled_from("ab"), occurrence=st.integers(1, 3))
    def is_owed(self, contact: int, subject: str, occurrence: int) -> None:
        self.world.owe(contact, subject, occurrence)

    @rule(contact=contact)
    def asks(self, contact: int) -> None:
        self.world.request(contact)

    @rule()
    def takes_back(self) -> None:
        self.world.do(self.world.withdraw_everything())

    @rule(contact=contact, rests=st.booleans())
    def opts(self, contact: int, rests: bool) -> None:
        availability = members.RESTING if rests else members.OPEN
        self.world.do(self.world.change(contact, availability=availability))

    @rule(contact=contact, gone=st.booleans())
    def leaves(self, contact: int, gone: bool) -> None:
        self.world.do(self.world.change(contact, deactivated_at=START if gone else None))

    @rule(contact=contact, zone=st.sampled_from(ZONES))
    def moves(self, contact: int, zone: str) -> None:
        self.world.do(self.world.change(contact, timezone=zone))

    @rule(seconds=st.sampled_from(PASSING))
    def time_passes(self, seconds: int) -> None:
        self.world.do(self.world.pass_time(timedelta(seconds=seconds)))

    @rule(which=replica, minutes=st.sampled_from((-4, 0, 4, 60)))
    def clock_is_wrong(self, which: int, minutes: int) -> None:
        self.world.replicas[which].clock.ahead = timedelta(minutes=minutes)

    @rule(seconds=st.integers(0, int(LAG_AT_MOST.total_seconds())))
    def history_lags(self, seconds: int) -> None:
        self.world.wire.lag = timedelta(seconds=seconds)

    @rule(which=replica, fates=st.lists(st.sampled_from(Fate), max_size=3), dies_at=step)
    def delivers(self, which: int, fates: list[Fate], dies_at: Step | None) -> None:
        self.world.wire.fates.extend(fates)
        self.world.works(which, dies_at, looks=False)
        self.world.wire.fates.clear()

    @rule(which=replica, looks=st.lists(st.sampled_from(Look), max_size=2), dies_at=step)
    def looks_up(self, which: int, looks: list[Look], dies_at: Step | None) -> None:
        self.world.wire.looks.extend(looks)
        self.world.works(which, dies_at, looks=True)
        self.world.wire.looks.clear()

    @precondition(lambda self: self.world.wire.on_its_way)
    @rule(answered=st.booleans())
    def lands(self, answered: bool) -> None:
        self.world.lands(answered=answered)

    @invariant()
    def nothing_is_wrong(self) -> None:
        self.world.nothing_is_wrong()

    def teardown(self) -> None:
        self.world.settles()
        self.world.nothing_is_wrong()
        self.world.everything_ended()


def play(world: World, examples: int, *, shrinks: bool = True) -> None:
    """Plays so many stories; the same ones every time. Raises what hypothesis raises when one of them goes wrong."""
    phases = tuple(Phase) if shrinks else (Phase.generate,)
    rules = settings(
        max_examples=examples,
        stateful_step_count=30,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[phase for phase in phases if phase is not Phase.explain],
        suppress_health_check=list(HealthCheck),
        print_blob=False,
    )
    machine: Any = lambda: Machine(world)  # noqa: E731 - hypothesis wants something to call, for each story anew
    run_state_machine_as_test(machine, settings=rules)
