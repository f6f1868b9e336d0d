"""Small groups: nobody twice, nobody forgotten, everybody can come, and pairs are repeated as little as possible."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.rules.groups import Grouping, Met, Seat, arrange, cost, cost_of_pair

ROLES = ("student", "mentor", "leader")
SLOTS = st.frozensets(st.integers(0, 2), max_size=3)
PEOPLE = st.lists(st.tuples(SLOTS, st.integers(0, 3), st.sampled_from(ROLES)), max_size=26)
HISTORY = st.dictionaries(
    st.tuples(st.integers(0, 25), st.integers(0, 25)).filter(lambda pair: pair[0] < pair[1]), st.integers(1, 12)
)


PAIRS = st.frozensets(st.tuples(st.integers(0, 25), st.integers(0, 25)).filter(lambda pair: pair[0] < pair[1]))


def seats(people: list[tuple[frozenset[int], int, str]]) -> list[Seat]:
    return [
        Seat(person, slots, f"school {school}", frozenset({role}))
        for person, (slots, school, role) in enumerate(people)
    ]


def everybody_free(number: int) -> list[Seat]:
    return [Seat(person, frozenset({0, 1, 2})) for person in range(number)]


def sizes(grouping: Grouping) -> list[int]:
    return sorted(len(group.people) for group in grouping.groups)


@given(PEOPLE, HISTORY)
@settings(max_examples=150, deadline=None)
def test_everybody_who_said_yes_is_in_one_group_or_named_as_alone(
    people: list[tuple[frozenset[int], int, str]], met: Met
) -> None:
    asked = seats(people)

    grouping = arrange(asked, met, seed=1)

    placed = [person for group in grouping.groups for person in group.people]
    assert sorted([*placed, *grouping.alone]) == [seat.person for seat in asked if seat.slots]
    assert all(2 <= len(group.people) <= 5 for group in grouping.groups)
    for group in grouping.groups:
        assert all(group.slot in asked[person].slots for person in group.people)


@given(PEOPLE, HISTORY)
@settings(max_examples=150, deadline=None)
def test_nobody_is_alone_or_in_a_pair_who_could_be_in_a_group(
    people: list[tuple[frozenset[int], int, str]], met: Met
) -> None:
    asked = seats(people)

    grouping = arrange(asked, met, seed=1)

    alone = [asked[person] for person in grouping.alone]
    assert not any(one.slots & other.slots for one, other in combinations(alone, 2))
    few = [*alone, *(asked[person] for group in grouping.groups if len(group.people) == 2 for person in group.people)]
    for slot in range(3):
        assert sum(slot in seat.slots for seat in few) < 3
    large = {group.slot for group in grouping.groups if len(group.people) >= 3}
    assert not any(seat.slots & large for seat in few)


@given(PEOPLE, HISTORY)
@settings(max_examples=80, deadline=None)
def test_no_swap_of_two_people_would_be_cheaper(people: list[tuple[frozenset[int], int, str]], met: Met) -> None:
    asked = seats(people)
    grouping = arrange(asked, met, seed=1)
    groups = [group for group in grouping.groups if len(group.people) >= 3]

    def near(person: int, others: tuple[int, ...], but: int) -> int:
        return sum(cost_of_pair(asked[person], asked[one], met) for one in others if one not in (person, but))

    for here, there in combinations(groups, 2):
        for one in here.people:
            for other in there.people:
                if there.slot in asked[one].slots and here.slot in asked[other].slots:
                    before = near(one, here.people, one) + near(other, there.people, other)
                    after = near(one, there.people, other) + near(other, here.people, one)
                    assert before <= after


@given(PEOPLE, HISTORY, st.integers(0, 1000))
@settings(max_examples=40, deadline=None)
def test_the_same_round_gives_the_same_groups(
    people: list[tuple[frozenset[int], int, str]], met: Met, seed: int
) -> None:
    assert arrange(seats(people), met, seed) == arrange(list(reversed(seats(people))), met, seed)


@given(PEOPLE, HISTORY, PAIRS, st.integers(0, 12))
@settings(max_examples=150, deadline=None)
def test_two_who_are_kept_apart_never_sit_together_and_nobody_is_forgotten(
    people: list[tuple[frozenset[int], int, str]], met: Met, apart: frozenset[tuple[int, int]], seed: int
) -> None:
    asked = seats(people)

    grouping = arrange(asked, met, seed, apart=apart)

    placed = [person for group in grouping.groups for person in group.people]
    assert sorted([*placed, *grouping.alone]) == [seat.person for seat in asked if seat.slots]
    for group in grouping.groups:
        assert 2 <= len(group.people) <= 5
        assert not apart.intersection(combinations(sorted(group.people), 2))
        assert all(group.slot in asked[person].slots for person in group.people)


def test_two_who_are_kept_apart_cost_nobody_their_group_where_that_can_be() -> None:
    assert sizes(arrange(everybody_free(7), {}, 1, apart={(0, 1)})) == [3, 4]
    assert sizes(arrange(everybody_free(5), {}, 1, apart={(0, 1)})) == [2, 3]
    assert sizes(arrange(everybody_free(4), {}, 1, apart={(0, 1)})) == [2, 2]


def test_of_three_with_two_who_are_kept_apart_it_is_not_always_the_same_one_who_is_alone() -> None:
    alone = {arrange(everybody_free(3), {}, seed, apart={(0, 1)}).alone for seed in range(3)}

    assert alone == {(0,), (1,)}


def test_groups_are_of_three_to_five_people() -> None:
    wanted = {1: [], 2: [2], 3: [3], 4: [4], 5: [5], 6: [3, 3], 7: [3, 4], 8: [4, 4], 9: [3, 3, 3], 10: [3, 3, 4]}

    assert {number: sizes(arrange(everybody_free(number), {}, 1)) for number in wanted} == wanted


def test_one_yes_is_alone_and_is_named() -> None:
    assert arrange(everybody_free(1), {}, 1) == Grouping((), (0,))


def test_a_pair_who_met_before_sits_apart_even_if_that_unites_a_school() -> None:
    people = [Seat(person, frozenset({0}), "one school") for person in range(6)]
    met: Met = {(0, 1): 12, (2, 3): 1}

    grouping = arrange(people, met, 1)

    assert not [pair for group in grouping.groups for pair in combinations(sorted(group.people), 2) if pair in met]


def test_schools_and_roles_are_mixed_where_nothing_is_repeated() -> None:
    people = [
        Seat(person, frozenset({0}), f"school {person % 3}", frozenset({ROLES[person // 3]})) for person in range(9)
    ]

    assert cost(arrange(people, {}, 1), people, {}) == 0


def test_somebody_who_can_come_at_two_times_fills_the_group_that_needs_them() -> None:
    slots = ({0}, {0}, {0, 1}, {0}, {1}, {1})
    people = [Seat(person, frozenset(some)) for person, some in enumerate(slots)]

    assert sizes(arrange(people, {}, 1)) == [3, 3]


def test_the_more_recent_a_pair_the_dearer() -> None:
    one, other = Seat(1, frozenset({0})), Seat(2, frozenset({0}))

    prices = [cost_of_pair(other, one, {(1, 2): ago}) for ago in (1, 2, 12)]

    assert prices == sorted(prices, reverse=True)
    assert cost_of_pair(one, other, {}) == 0


@given(PEOPLE, HISTORY, st.frozensets(st.sampled_from(list(combinations(range(26), 2))), max_size=60))
@settings(max_examples=150, deadline=None)
def test_two_who_are_kept_apart_never_sit_together_and_nobody_is_dropped_for_it(
    people: list[tuple[frozenset[int], int, str]], met: Met, apart: frozenset[tuple[int, int]]
) -> None:
    asked = seats(people)

    grouping = arrange(asked, met, seed=1, apart=apart)

    together = {tuple(sorted(pair)) for group in grouping.groups for pair in combinations(group.people, 2)}
    assert together & apart == set()
    placed = [person for group in grouping.groups for person in group.people]
    assert sorted([*placed, *grouping.alone]) == [seat.person for seat in asked if seat.slots]
    assert all(2 <= len(group.people) <= 5 for group in grouping.groups)
    for group in grouping.groups:
        assert all(group.slot in asked[person].slots for person in group.people)


def test_a_place_is_changed_rather_than_lost_where_two_are_kept_apart() -> None:
    for seed in range(20):
        grouping = arrange(everybody_free(7), {}, seed, apart=frozenset({(0, 1), (2, 3)}))

        assert sizes(grouping) == [3, 4]
        assert grouping.alone == ()


def test_it_is_not_always_the_same_one_who_stands_up() -> None:
    alone = {arrange(everybody_free(3), {}, seed, apart=frozenset({(0, 1)})).alone for seed in range(20)}

    assert alone == {(0,), (1,)}
