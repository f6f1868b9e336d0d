"""Small groups for 2,000 members in 100 circles over 12 rounds: seconds a round, and how many pairs are repeated.

uv run python -m bench.meetup_groups
"""

import statistics
import time
from collections.abc import Callable
from itertools import combinations
from random import Random

from bench.tables import show
from bot.rules.groups import KICKS, Grouping, Met, Seat, _divided, arrange

CIRCLES, MEMBERS, ROUNDS, SLOTS = 100, 20, 12, 3
LONG = 10 * KICKS
ROLES = ("student", "mentor", "mentor", "mentor", "leader", "educator")

Arrange = Callable[[list[Seat], Met, int], Grouping]


def members(circle: int) -> list[tuple[int, str, str]]:
    """Twenty people of about six institutions."""
    chance = Random(circle)
    return [(person, f"school {chance.randrange(6)}", chance.choice(ROLES)) for person in range(MEMBERS)]


def seats(circle: int, number: int, *, all_slots: bool) -> list[Seat]:
    """Who can come to which slots of this round; nine in ten can come at all where slots matter."""
    chance = Random(f"{circle}:{number}")
    made = []
    for person, school, role in members(circle):
        slots = frozenset(range(SLOTS)) if all_slots else _some_slots(chance)
        made.append(Seat(person, slots, school, frozenset({role})))
    return made


def _some_slots(chance: Random) -> frozenset[int]:
    return frozenset(slot for slot in range(SLOTS) if chance.random() < 0.55)


def shuffled(people: list[Seat], _met: Met, seed: int) -> Grouping:
    """Beside it: the same slots and sizes, but who sits with whom is left to chance."""
    found = arrange(people, {}, seed, kicks=0)
    by_slot: dict[int, list[int]] = {}
    for group in found.groups:
        by_slot.setdefault(group.slot, []).extend(group.people)
    chance, groups = Random(f"shuffle {seed}"), []
    for slot, together in by_slot.items():
        chance.shuffle(together)
        groups += [type(found.groups[0])(slot, tuple(part)) for part in _divided(together)]
    return Grouping(tuple(groups), found.alone)


def pairs(grouping: Grouping) -> list[tuple[int, int]]:
    """Everybody who sits with somebody."""
    return [pair for group in grouping.groups for pair in combinations(sorted(group.people), 2)]


def play(how: Arrange, *, all_slots: bool, beside: Arrange | None = None) -> tuple[list[float], int, int, int]:
    """Twelve rounds: seconds of each, pairs, repeated pairs, and those `beside` repeats given the same history."""
    last: list[dict[tuple[int, int], int]] = [{} for _ in range(CIRCLES)]
    seconds, together, repeated, repeated_beside = [], 0, 0, 0
    for number in range(1, ROUNDS + 1):
        spent = 0.0
        for circle in range(CIRCLES):
            people = seats(circle, number, all_slots=all_slots)
            met = {pair: number - earlier for pair, earlier in last[circle].items()}
            began = time.process_time()
            grouping = how(people, met, number)
            spent += time.process_time() - began
            together += len(pairs(grouping))
            repeated += sum(pair in met for pair in pairs(grouping))
            if beside is not None:
                repeated_beside += sum(pair in met for pair in pairs(beside(people, met, number)))
            last[circle] |= dict.fromkeys(pairs(grouping), number)
        seconds.append(spent)
    return seconds, together, repeated, repeated_beside


def long_search(people: list[Seat], met: Met, seed: int) -> Grouping:
    """The same search, ten times as long and from another seed."""
    return arrange(people, met, seed + 1000, kicks=LONG)


def main() -> None:
    rows = []
    for name, all_slots in (("everybody can come to all three", True), ("each slot suits about half", False)):
        seconds, together, repeated, best = play(arrange, all_slots=all_slots, beside=long_search)
        _, _, by_chance, _ = play(shuffled, all_slots=all_slots)
        more = 100 * (repeated - best) / best if best else 0.0
        rows.append(
            (name, max(seconds), statistics.median(seconds), together, repeated, best, f"{more:.2f} %", by_chance)
        )
    show(
        f"{CIRCLES * MEMBERS} members in {CIRCLES} circles, {ROUNDS} rounds",
        ("answers", "slowest round, s", "median, s", "pairs", "repeated", "long search", "more than it", "shuffled"),
        rows,
    )


if __name__ == "__main__":
    main()
