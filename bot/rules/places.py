"""Who gets a place: never more than there are, always in the order of the last "yes", and nobody is lost (R19)."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Yes:
    """Somebody who said yes: their number in the order of all, the region they count in, whether they have a place."""

    number: int
    region: str
    has_place: bool


@dataclass(frozen=True)
class Places:
    """So many places, in total or in each region; None is room for everybody."""

    capacity: int | None
    is_per_region: bool

    def pool(self, region: str) -> str:
        """The places that a region draws from: its own, or those of all."""
        return region if self.is_per_region else ""


def promoted(places: Places, everyone: Iterable[Yes]) -> Sequence[Yes]:
    """Those who wait and get a place now: the first in order, as long as their places last."""
    ordered = sorted(everyone, key=lambda one: one.number)
    taken = Counter(places.pool(one.region) for one in ordered if one.has_place)
    lucky = []
    for one in ordered:
        pool = places.pool(one.region)
        if not one.has_place and (places.capacity is None or taken[pool] < places.capacity):
            taken[pool] += 1
            lucky.append(one)
    return lucky
