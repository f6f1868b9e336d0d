"""R8 and R9: who is proposed, in which order, and why."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rules.candidates import Contact, Reason, Wanted, rank

NOW = datetime(2027, 1, 19, 8, tzinfo=UTC)
ELECTRICAL = frozenset({"0713", "0714"})

LEENA = Contact(1, frozenset({"0713", "0716"}), ("fi", "en"), "FI", "Uusimaa", "Koulu A", 2, 0, None)
MARKO = Contact(2, frozenset({"0713"}), ("fi",), "FI", "Pirkanmaa", "Koulu B", 1, 0, None)
SANNA_WANTS = Wanted(ELECTRICAL, ("fi", "en"), "FI", "Uusimaa", None)


def ids(contacts: list[Contact], wanted: Wanted = SANNA_WANTS, at_most: int = 3) -> list[int]:
    return [candidate.member_id for candidate in rank(contacts, wanted, at_most)]


def test_contact_of_the_region_comes_before_one_elsewhere() -> None:
    # D1: two cards, Leena first.
    first, second = rank([MARKO, LEENA], SANNA_WANTS, 3)
    assert (first.member_id, second.member_id) == (1, 2)
    assert first.reasons == (Reason.SAME_FIELD, Reason.SHARED_LANGUAGE, Reason.SAME_REGION)
    assert second.reasons == (Reason.SAME_FIELD, Reason.SHARED_LANGUAGE, Reason.SAME_COUNTRY)


def test_contact_of_another_field_is_not_proposed() -> None:
    assert ids([replace(LEENA, fields=frozenset({"0913"}))]) == []


def test_any_code_of_the_field_fits() -> None:
    assert ids([replace(LEENA, fields=("0714",))]) == [1]


@pytest.mark.parametrize(("capacity", "load"), [(0, 0), (1, 1), (2, 2), (2, 3)])
def test_contact_without_a_free_place_is_not_proposed(capacity: int, load: int) -> None:
    assert ids([replace(LEENA, capacity=capacity, load=load)]) == []


def test_contact_who_was_ruled_out_is_not_proposed_again() -> None:
    assert ids([LEENA, MARKO], replace(SANNA_WANTS, not_these=frozenset({1}))) == [2]


def test_contact_without_a_shared_language_is_not_proposed() -> None:
    assert ids([replace(LEENA, languages=("tr",)), MARKO]) == [2]


def test_contact_whose_languages_are_unknown_comes_after_those_who_share_one() -> None:
    silent = replace(LEENA, languages=())
    assert ids([silent, MARKO]) == [2, 1]
    assert Reason.SHARED_LANGUAGE not in rank([silent], SANNA_WANTS, 3)[0].reasons
    assert ids([LEENA, MARKO], replace(SANNA_WANTS, languages=())) == [1, 2]


def test_neighbouring_field_is_proposed_only_when_asked_for_and_after_the_field_itself() -> None:
    near = replace(LEENA, member_id=3, fields=frozenset({"0715"}))
    assert ids([near, MARKO]) == [2]
    wanted = replace(SANNA_WANTS, neighbouring=frozenset({"0715"}))
    assert ids([near, MARKO], wanted) == [2, 3]
    assert rank([near], wanted, 3)[0].reasons[0] is Reason.NEIGHBOURING_FIELD


def test_other_country_comes_after_the_own_and_says_so() -> None:
    abroad = replace(LEENA, member_id=3, country="NO", region="Uusimaa")
    assert ids([abroad, MARKO]) == [2, 3]
    assert rank([abroad], SANNA_WANTS, 3)[0].reasons[-1] is Reason.OTHER_COUNTRY


def test_unknown_country_gives_no_reason_of_place() -> None:
    nowhere = replace(LEENA, country=None)
    assert rank([nowhere], SANNA_WANTS, 3)[0].reasons == (Reason.SAME_FIELD, Reason.SHARED_LANGUAGE)


def test_least_loaded_comes_first_among_contacts_of_one_region() -> None:
    half_full = replace(LEENA, load=1)
    empty = replace(LEENA, member_id=9)
    a_third_full = replace(LEENA, member_id=5, capacity=3, load=1)
    assert ids([half_full, a_third_full, empty]) == [9, 5, 1]


def test_region_weighs_more_than_load() -> None:
    assert ids([MARKO, replace(LEENA, load=1)]) == [1, 2]


def test_longest_since_last_contact_comes_first_and_never_before_that() -> None:
    lately = replace(LEENA, member_id=1, last_contact_at=NOW - timedelta(days=1))
    long_ago = replace(LEENA, member_id=2, last_contact_at=NOW - timedelta(days=90))
    never = replace(LEENA, member_id=3)
    assert ids([lately, long_ago, never]) == [3, 2, 1]


def test_own_institution_comes_last_among_equals_only() -> None:
    wanted = replace(SANNA_WANTS, institution="Koulu A")
    elsewhere = replace(LEENA, member_id=9, institution="Koulu C")
    assert ids([LEENA, elsewhere], wanted) == [9, 1]
    assert ids([LEENA, replace(elsewhere, load=1)], wanted) == [1, 9]


def test_no_more_than_asked_for_are_proposed() -> None:
    many = [replace(LEENA, member_id=number) for number in range(20, 10, -1)]
    assert ids(many, at_most=3) == [11, 12, 13]


contacts = st.builds(
    Contact,
    member_id=st.integers(1, 10_000),
    fields=st.frozensets(st.sampled_from(["0713", "0714", "0715", "0913"]), max_size=3),
    languages=st.lists(st.sampled_from(["fi", "en", "de", "tr"]), unique=True, max_size=3).map(tuple),
    country=st.sampled_from(["FI", "DE", None]),
    region=st.sampled_from(["Uusimaa", "Pirkanmaa", None]),
    institution=st.sampled_from(["Koulu A", "Koulu B", None]),
    capacity=st.integers(0, 4),
    load=st.integers(0, 5),
    last_contact_at=st.none() | st.integers(0, 400).map(lambda days: NOW - timedelta(days=days)),
)
networks = st.lists(contacts, max_size=30, unique_by=lambda contact: contact.member_id)
wishes = st.builds(
    Wanted,
    codes=st.just(ELECTRICAL),
    languages=st.sampled_from([("fi", "en"), ("tr",), ()]),
    country=st.sampled_from(["FI", None]),
    region=st.sampled_from(["Uusimaa", None]),
    institution=st.sampled_from(["Koulu A", None]),
    not_these=st.frozensets(st.integers(1, 10_000), max_size=3),
    neighbouring=st.sampled_from([frozenset(), frozenset({"0715"})]),
)


@given(networks, wishes, st.integers(1, 5), st.randoms(use_true_random=False))
def test_order_of_the_rows_changes_nothing(
    network: list[Contact], wanted: Wanted, at_most: int, chance: object
) -> None:
    shuffled = list(network)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    assert rank(shuffled, wanted, at_most) == rank(network, wanted, at_most)


@given(networks, wishes, st.integers(1, 5))
def test_everybody_proposed_has_a_free_place_a_fitting_field_and_reasons(
    network: list[Contact], wanted: Wanted, at_most: int
) -> None:
    by_id = {contact.member_id: contact for contact in network}
    proposed = rank(network, wanted, at_most)
    assert len(proposed) <= at_most
    assert len({candidate.member_id for candidate in proposed}) == len(proposed)
    for candidate in proposed:
        contact = by_id[candidate.member_id]
        assert contact.load < contact.capacity
        assert contact.member_id not in wanted.not_these
        assert set(contact.fields) & (wanted.codes | wanted.neighbouring)
        assert candidate.reasons[0] in (Reason.SAME_FIELD, Reason.NEIGHBOURING_FIELD)


@given(networks, wishes, st.integers(1, 4))
def test_asking_for_one_more_only_adds_at_the_end(network: list[Contact], wanted: Wanted, at_most: int) -> None:
    assert rank(network, wanted, at_most + 1)[:at_most] == rank(network, wanted, at_most)
