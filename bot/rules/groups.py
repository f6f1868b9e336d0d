"""Small groups of a round: three to five people who can come at the same time and have met as little as possible (R13).

The objective is a sum over all pairs that sit together, and the smallest sum wins:

- a pair that sat together before costs REPEATED, and up to RECENTLY more the more recent that was: one repeated pair
  weighs more than everything else that a whole group of five can cost;
- a pair of one institution costs SAME_INSTITUTION, a pair that shares a role SAME_ROLE: groups are to cross both.

Nobody is in two groups, everybody in a group can come at its time, and whoever has no group is named, never dropped.
Two who are to be kept apart never sit together, whatever it costs.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from random import Random
from typing import Final

REPEATED: Final = 1000
RECENTLY: Final = 200
SAME_INSTITUTION: Final = 20
SAME_ROLE: Final = 5
APART: Final = 1_000_000
"""More than everything else together: the search lets two sit together who are kept apart only if it cannot help it."""

SMALLEST: Final = 3
LARGEST: Final = 5
KICKS: Final = 60
FEW_KICKS: Final = 10
"""How often the search leaves a good arrangement to look for a better one; few are enough when no pair is repeated."""

Met = Mapping[tuple[int, int], int]
"""Pairs who sat together before (lower number first), and how many rounds ago: 1 is the round before this one."""
Apart = Collection[tuple[int, int]]
"""Pairs who are to be kept apart (lower number first)."""


@dataclass(frozen=True)
class Seat:
    """Somebody who said yes, and to which slots (by number)."""

    person: int
    slots: frozenset[int]
    institution: str | None = None
    roles: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Group:
    """People who meet at one of the slots."""

    slot: int
    people: tuple[int, ...]


@dataclass(frozen=True)
class Grouping:
    """Every group of a round; `alone` are those whose times nobody else shares."""

    groups: tuple[Group, ...]
    alone: tuple[int, ...]


def cost_of_pair(one: Seat, other: Seat, met: Met) -> int:
    """What it costs to let these two sit together."""
    ago = met.get(_pair(one.person, other.person))
    repeated = 0 if ago is None else REPEATED + RECENTLY // max(ago, 1)
    same_house = one.institution is not None and one.institution == other.institution
    return repeated + SAME_INSTITUTION * same_house + SAME_ROLE * bool(one.roles & other.roles)


def cost(grouping: Grouping, seats: Sequence[Seat], met: Met) -> int:
    """The objective: what all pairs that sit together cost."""
    by_person = {seat.person: seat for seat in seats}
    return sum(
        cost_of_pair(by_person[one], by_person[other], met)
        for group in grouping.groups
        for one, other in combinations(group.people, 2)
    )


def arrange(seats: Sequence[Seat], met: Met, seed: int, kicks: int = KICKS, apart: Apart = frozenset()) -> Grouping:
    """The groups of a round; the same people, history and seed give the same groups.

    As many people as possible come into groups of three to five; whoever is left over and shares a slot with one
    other person is in a pair, and the rest is `alone`. Six are 3 + 3, seven are 3 + 4, five are one group. A group
    that two cannot share who are kept `apart` becomes smaller ones.
    """
    seats = sorted((seat for seat in seats if seat.slots), key=lambda seat: seat.person)
    used = _slots_for_most(seats)
    placed = [seat for seat in seats if seat.slots & used]
    chance = Random(seed)  # noqa: S311 - a reproducible shuffle, no secret
    table = _Table(placed, met, apart, _share_out(placed, used), chance)
    table.improve(kicks)
    together, without = _parted(table.groups(), apart, seed)
    pairs, alone = _pairs([seat for seat in seats if not seat.slots & used or seat.person in without], apart)
    return Grouping((*together, *pairs), alone)


def _pair(one: int, other: int) -> tuple[int, int]:
    return min(one, other), max(one, other)


def _fit(people: Sequence[int], apart: Apart) -> bool:
    return not any(_pair(one, other) in apart for one, other in combinations(people, 2))


def _parted(groups: Iterable[Group], apart: Apart, seed: int) -> tuple[list[Group], set[int]]:
    """The same groups, those with a pair to be kept apart in parts without one; and who is left over by that.

    As few as possible are left over, and not always the same ones: the round decides who is thought of first.
    """
    together: list[Group] = []
    without: set[int] = set()
    for group in groups:
        if _fit(group.people, apart):
            together.append(group)
            continue
        first = seed % len(group.people)
        ways = _divisions((*group.people[first:], *group.people[:first]))
        parts = min(
            (parts for parts in ways if all(_fit(part, apart) for part in parts)),
            key=lambda parts: (sum(len(part) == 1 for part in parts), len(parts)),
        )
        together += [Group(group.slot, tuple(sorted(part))) for part in parts if len(part) > 1]
        without.update(part[0] for part in parts if len(part) == 1)
    return together, without


def _divisions(people: Sequence[int]) -> Iterator[list[tuple[int, ...]]]:
    """Every way to divide these few people into parts, large parts first."""
    if not people:
        yield []
        return
    first, rest = people[0], people[1:]
    for number in range(len(rest), -1, -1):
        for others in combinations(rest, number):
            for parts in _divisions([one for one in rest if one not in others]):
                yield [(first, *others), *parts]


def _slots_for_most(seats: Sequence[Seat]) -> frozenset[int]:
    """The slots in which groups are made: the most people placed, then the fewest slots, so that they mix best.

    A set of slots can be filled with three people each exactly if every part of it has that many who can come to it
    (Hall's theorem).
    """
    slots = sorted({slot for seat in seats for slot in seat.slots})
    best: tuple[tuple[int, ...], frozenset[int]] = ((0,), frozenset())
    for number in range(1, len(slots) + 1):
        for some in map(frozenset, combinations(slots, number)):
            if all(_can_come(seats, part) >= SMALLEST * len(part) for part in _parts(some)):
                yes = sum(len(seat.slots & some) for seat in seats)
                best = max(best, ((_can_come(seats, some), -number, yes), some), key=lambda found: found[0])
    return best[1]


def _parts(some: frozenset[int]) -> Iterator[frozenset[int]]:
    return (frozenset(part) for size in range(1, len(some) + 1) for part in combinations(sorted(some), size))


def _can_come(seats: Sequence[Seat], slots: frozenset[int]) -> int:
    return sum(bool(seat.slots & slots) for seat in seats)


def _share_out(seats: Sequence[Seat], used: frozenset[int]) -> list[tuple[int, list[int]]]:
    """Groups as (slot, places in `seats`): first three people for each slot, then everybody else where they can."""
    taken = _first_three(seats, used)
    at: dict[int, list[int]] = {slot: [] for slot in sorted(used)}
    for place, slot in taken.items():
        at[slot].append(place)
    for place, seat in enumerate(seats):
        if place not in taken:
            at[min(seat.slots & used, key=lambda slot: (len(at[slot]), slot))].append(place)
    return [(slot, part) for slot, places in at.items() for part in _divided(sorted(places))]


def _first_three(seats: Sequence[Seat], used: frozenset[int]) -> dict[int, int]:
    """Three people for each slot, found by letting earlier ones move over where they can (augmenting paths)."""
    taken: dict[int, int] = {}
    count = dict.fromkeys(used, 0)

    def find(slot: int, tried: set[int]) -> bool:
        for place, seat in enumerate(seats):
            if slot not in seat.slots or place in tried:
                continue
            tried.add(place)
            before = taken.get(place)
            if before is None or (before != slot and find(before, tried)):
                taken[place] = slot
                return True
        return False

    for slot in sorted(used):
        while count[slot] < SMALLEST and find(slot, set()):
            count[slot] += 1
    return taken


def _divided(places: list[int]) -> list[list[int]]:
    """So many groups of at least three as there can be, as equal as they can be."""
    number = max(1, len(places) // SMALLEST)
    return [places[first::number] for first in range(number)]


def _pairs(left: Sequence[Seat], apart: Apart) -> tuple[tuple[Group, ...], tuple[int, ...]]:
    """Two who share a slot and are not kept apart are a pair; the rest is alone."""
    waiting, pairs = list(left), []
    for one in left:
        fitting = (two for two in waiting if two is not one and one.slots & two.slots)
        other = next((two for two in fitting if _fit((one.person, two.person), apart)), None)
        if one in waiting and other is not None:
            pairs.append(Group(min(one.slots & other.slots), (one.person, other.person)))
            waiting = [seat for seat in waiting if seat not in (one, other)]
    return tuple(pairs), tuple(seat.person for seat in waiting)


class _Table:
    """People at their groups, and what it costs: swaps and moves until none helps, then a kick and again."""

    def __init__(
        self, seats: Sequence[Seat], met: Met, apart: Apart, groups: list[tuple[int, list[int]]], chance: Random
    ) -> None:
        self._seats = seats
        self._chance = chance
        self._cost = [[cost_of_pair(one, other, met) if one is not other else 0 for other in seats] for one in seats]
        place_of = {seat.person: place for place, seat in enumerate(seats)}
        for one, other in apart:
            if one in place_of and other in place_of:
                for here, there in ((place_of[one], place_of[other]), (place_of[other], place_of[one])):
                    self._cost[here][there] += APART
        self._slot = [slot for slot, _ in groups]
        self._size = [len(places) for _, places in groups]
        self._group = [0] * len(seats)
        for number, (_, places) in enumerate(groups):
            for place in places:
                self._group[place] = number
        self._may = [[slot in seat.slots for slot in self._slot] for seat in seats]
        self._near = [[0] * len(groups) for _ in seats]
        """What each person would cost in each group as it is: the sum over the people in it."""

    def improve(self, kicks: int) -> None:
        """Searches for the cheapest arrangement; ends early where nothing could be better."""
        if len(self._slot) < 2:
            return
        self._count_anew()
        self._descend()
        best, lowest = list(self._group), self._total()
        for kick in range(kicks):
            if lowest == 0 or (lowest < REPEATED and kick >= FEW_KICKS):
                break
            self._kick()
            self._descend()
            if (total := self._total()) <= lowest:
                best, lowest = list(self._group), total
            else:
                self._group = list(best)
                self._count_anew()
        self._group = best

    def groups(self) -> Iterator[Group]:
        """The arrangement as it stands."""
        for number, slot in enumerate(self._slot):
            people = [seat.person for place, seat in enumerate(self._seats) if self._group[place] == number]
            yield Group(slot, tuple(people))

    def _count_anew(self) -> None:
        self._size = [self._group.count(number) for number in range(len(self._slot))]
        self._near = [[0] * len(self._slot) for _ in self._seats]
        for near, costs in zip(self._near, self._cost, strict=True):
            for number, price in zip(self._group, costs, strict=True):
                near[number] += price

    def _total(self) -> int:
        return sum(near[number] for near, number in zip(self._near, self._group, strict=True)) // 2

    def _descend(self) -> None:
        while self._move_one() or self._swap_two():
            pass

    def _move_one(self) -> bool:
        """Lets one person go from a group that stays large enough to one that has room, if that is cheaper."""
        for place, here in enumerate(self._group):
            if self._size[here] <= SMALLEST:
                continue
            near, may = self._near[place], self._may[place]
            for there, size in enumerate(self._size):
                # An even split stays even: nobody moves from four to four.
                if size < self._size[here] and size < LARGEST and may[there] and near[there] < near[here]:
                    self._put(place, there)
                    return True
        return False

    def _swap_two(self) -> bool:
        """Lets two people change places wherever that is cheaper; False when no such pair is left."""
        swapped = False
        for one in range(len(self._seats)):
            near, may, costs = self._near[one], self._may[one], self._cost[one]
            for other in range(one + 1, len(self._seats)):
                here, there = self._group[one], self._group[other]
                if here == there or not may[there]:
                    continue
                theirs = self._near[other]
                gain = near[there] + theirs[here] - near[here] - theirs[there] - 2 * costs[other]
                if gain < 0 and self._may[other][here]:
                    self._put(one, there)
                    self._put(other, here)
                    swapped = True
        return swapped

    def _kick(self) -> None:
        """Swaps a few people at random, where they can come."""
        for _ in range(3):
            one, other = self._chance.randrange(len(self._seats)), self._chance.randrange(len(self._seats))
            here, there = self._group[one], self._group[other]
            if here != there and self._may[one][there] and self._may[other][here]:
                self._put(one, there)
                self._put(other, here)

    def _put(self, place: int, there: int) -> None:
        here = self._group[place]
        self._group[place] = there
        self._size[here] -= 1
        self._size[there] += 1
        for near, price in zip(self._near, self._cost[place], strict=True):
            near[here] -= price
            near[there] += price
