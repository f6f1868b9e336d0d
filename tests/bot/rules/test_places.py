"""Places are never more than there are, go to the first in order, and nobody is lost (R19)."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from bot.rules.places import Places, Waiting, promoted

REGIONS = st.sampled_from(["Uusimaa", "Pirkanmaa", "Lappi"])
QUEUES = st.lists(REGIONS, max_size=12).map(lambda regions: [Waiting(n, one) for n, one in enumerate(regions, 1)])


def test_the_first_who_waits_gets_the_place_that_is_free() -> None:
    queue = [Waiting(7, "Uusimaa"), Waiting(3, "Uusimaa")]

    assert promoted(Places(12, is_per_region=True), {"Uusimaa": 11}, queue) == [Waiting(3, "Uusimaa")]


def test_a_free_place_in_one_region_is_none_in_another() -> None:
    queue = [Waiting(1, "Uusimaa"), Waiting(2, "Lappi")]

    assert promoted(Places(2, is_per_region=True), {"Uusimaa": 2}, queue) == [Waiting(2, "Lappi")]


def test_without_a_number_of_places_everybody_has_one() -> None:
    assert len(promoted(Places(None, is_per_region=False), {"": 500}, [Waiting(1, ""), Waiting(2, "")])) == 2


@given(QUEUES, st.integers(1, 6), st.booleans(), st.dictionaries(REGIONS, st.integers(0, 6), max_size=3))
def test_places_last_as_long_as_they_last_and_go_in_order(
    queue: list[Waiting], capacity: int, per_region: bool, given_out: dict[str, int]
) -> None:
    places = Places(capacity, is_per_region=per_region)

    lucky = promoted(places, given_out, queue)

    def pool(region: str) -> str:
        return region if per_region else ""

    before: Counter[str] = Counter()
    for region, count in given_out.items():
        before[pool(region)] += count
    after = before + Counter(pool(one.region) for one in lucky)
    assert all(after[one] <= max(capacity, before[one]) for one in after), "never more than there are"
    for one in queue:
        if one not in lucky:
            assert after[pool(one.region)] >= capacity, "nobody waits while a place is free"
            behind = [other for other in lucky if pool(other.region) == pool(one.region) and other.number > one.number]
            assert behind == [], "nobody overtakes"
