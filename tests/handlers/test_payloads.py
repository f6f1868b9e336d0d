"""Whatever JSON arrives, the readers answer with a value, with None or with UnknownReference, and never otherwise."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import UnknownReference
from bot.messages.ids import COLLEAGUE, DUE_ON, KINDS, NOTE, PROMISE
from bot.messages.parts import item_id
from handlers import payloads
from handlers.payloads import CardPlace

LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(st.characters(), max_size=12)
ANYTHING = st.recursive(
    LEAVES, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3)
)
NAMES = [
    "type",
    "command",
    "event_id",
    "trigger_id",
    "user",
    "id",
    "actions",
    "action_id",
    "action_ts",
    "value",
    "selected_option",
    "selected_options",
    "container",
    "channel_id",
    "message_ts",
    "is_ephemeral",
    "view",
    "private_metadata",
    "callback_id",
    "hash",
    "state",
    "values",
    "event",
    "ssl_check",
]
KINDS_OF_BODY = st.sampled_from(["event_callback", "block_actions", "view_submission", "message", "view", "U1", "1.2"])
SLACK_LIKE = st.recursive(
    LEAVES | KINDS_OF_BODY,
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(st.sampled_from([*NAMES, KINDS, NOTE, COLLEAGUE]), inner, max_size=6)
    ),
    max_leaves=40,
)
BODIES = st.dictionaries(st.sampled_from(NAMES) | st.text(max_size=4), SLACK_LIKE | ANYTHING, max_size=8)
READERS: list[Callable[[Any], object]] = [
    payloads.value,
    payloads.card_of,
    payloads.remembered,
    payloads.profile,
    payloads.kinds,
    payloads.note,
    payloads.colleague,
    payloads.promise,
    payloads.due_on,
    payloads.event_type,
    payloads.inbox_key,
    payloads.has_the_shape_of_slack,
]


@pytest.mark.parametrize("reader", READERS, ids=lambda reader: reader.__name__)
@given(body=BODIES)
@settings(max_examples=150, deadline=None)
def test_every_reader_withstands_any_json(reader: Callable[[Any], object], body: dict[str, Any]) -> None:
    try:
        answer = reader(body)
    except UnknownReference:
        return
    assert answer is None or isinstance(answer, (str, bool, tuple, date, CardPlace))


@given(element=SLACK_LIKE, state=SLACK_LIKE)
@settings(max_examples=200, deadline=None)
def test_every_reader_withstands_anything_in_the_place_where_it_looks(element: Any, state: Any) -> None:
    values = {name: {name: state} for name in (KINDS, NOTE, COLLEAGUE, PROMISE, DUE_ON)}
    view = {"private_metadata": element, "callback_id": element, "state": {"values": values}}
    for body in ({"actions": [element], "container": element, "user": state}, {"view": view}, {"view": element}):
        for reader in READERS:
            try:
                reader(body)
            except UnknownReference:
                continue


@given(text=st.text(st.characters(), max_size=60))
def test_references_are_plain_ascii_so_that_every_database_takes_them(text: str) -> None:
    try:
        chosen = payloads.value({"actions": [{"value": text}]})
    except UnknownReference:
        assert not (text and text.isascii() and text.isprintable())
    else:
        assert chosen == text
        chosen.encode("ascii")


@given(text=st.text(st.characters(), max_size=60))
def test_a_note_is_kept_without_what_cannot_be_stored(text: str) -> None:
    note = payloads.note({"view": {"state": {"values": {NOTE: {NOTE: {"value": text}}}}}})

    assert note is None or ("\0" not in note and note.encode("utf-8"))


@given(text=st.text(max_size=20))
def test_a_pair_has_two_halves_or_is_unknown(text: str) -> None:
    try:
        first, second = payloads.pair(text)
    except UnknownReference:
        return
    assert first
    assert second
    assert f"{first}.{second}" == text


@pytest.mark.parametrize(
    "card", [None, CardPlace("D0SANNA", "1800000000.000100"), CardPlace("D0SANNA", "1.2", "nudgeRef")]
)
def test_a_form_remembers_what_it_is_about_and_where_its_card_stands(card: CardPlace | None) -> None:
    kept = payloads.remember("ask.contact", card)

    assert payloads.remembered({"view": {"private_metadata": kept}}) == ("ask.contact", card)


@pytest.mark.parametrize(
    ("block_id", "part_of"),
    [
        (item_id("nudgeRef0001", 3, 0), "nudgeRef0001"),
        ("b1", None),
        ("item.x", None),
        ("item..1.2", None),
        (None, None),
    ],
)
def test_a_press_tells_of_which_message_it_is_one_item(block_id: str | None, part_of: str | None) -> None:
    container = {"type": "message", "channel_id": "D0SANNA", "message_ts": "1.2"}

    card = payloads.card_of({"container": container, "actions": [{"action_id": "a", "block_id": block_id}]})

    assert card == CardPlace("D0SANNA", "1.2", part_of)


@pytest.mark.parametrize(
    ("chosen", "day"), [("2027-03-01", date(2027, 3, 1)), ("2027-02-30", None), ("soon", None), (None, None), (7, None)]
)
def test_a_day_is_read_only_where_there_is_one(chosen: object, day: date | None) -> None:
    assert payloads.due_on({"view": {"state": {"values": {DUE_ON: {DUE_ON: {"selected_date": chosen}}}}}}) == day


def test_a_press_and_its_repetition_have_the_same_key_and_the_next_press_another() -> None:
    def press(ts: str) -> dict[str, Any]:
        action = {"action_id": "fields.start", "action_ts": ts}
        return {"type": "block_actions", "user": {"id": "U1"}, "actions": [action]}

    assert payloads.inbox_key(press("1.1")) == payloads.inbox_key(press("1.1")) != payloads.inbox_key(press("1.2"))


@pytest.mark.parametrize(
    "body",
    [
        {"type": "url_verification"},
        {"type": "block_actions", "actions": [{"action_id": "fields.start"}]},
        {"type": "view_submission", "view": {"id": "V1"}},
        {"command": "/silta"},
    ],
)
def test_what_cannot_be_told_apart_is_not_remembered(body: dict[str, Any]) -> None:
    assert payloads.inbox_key(body) is None
