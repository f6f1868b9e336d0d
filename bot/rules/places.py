"""Who gets a place: never more than there are, always in the order of the last "yes", and nobody is lost (R19)."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """Somebody who said yes and waits: their number in the order of all, and the region they count in."""

    number: int
    region: str


@dataclass(frozen=True)
class Places:
    """So many places, in total or in each region; None is room for everybody."""

    capacity: int | None
    is_per_region: bool


def promoted(places: Places, taken: Mapping[str, int], waiting: Iterable[Waiting]) -> Sequence[Waiting]:
    """Those who get a place now: the first in order, as long as their places last.

    `taken` are the places given out, by the region they count in.
    """
    if places.capacity is None:
        return sorted(waiting, key=lambda one: one.number)
    filled = Counter(taken) if places.is_per_region else Counter({"": sum(taken.values())})
    lucky = []
    for one in sorted(waiting, key=lambda one: one.number):
        pool = one.region if places.is_per_region else ""
        if filled[pool] < places.capacity:
            filled[pool] += 1
            lucky.append(one)
    return lucky
