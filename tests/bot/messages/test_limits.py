"""Every message and view, in five languages and with the worst words of people, is one that Slack accepts."""

import json
import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import pairwise
from typing import Any

import pytest

from bot import errors, messages
from bot.language import LANGUAGES, Translator
from bot.messages import word
from bot.messages.parts import Message
from bot.messages.situations import _WORDS as SITUATION_WORDS
from tests.bot.messages import opinions
from tests.bot.messages.flavours import HOSTILE, ORDINARY, PLAUSIBLE
from tests.bot.messages.opinions import Json
from tests.bot.messages.variants import HELSINKI, facts, views

FLAVOURS = {"ordinary": ORDINARY, "plausible": PLAUSIBLE, **HOSTILE}
OUR_MENTIONS = ("<@U0LEENA>", "<@U0SANNA>")
VIEW_BYTES_AT_MOST = 250_000
INVISIBLE = re.compile("[\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\x00-\x09\x0b-\x1f]")

in_every_language = pytest.mark.parametrize("language", LANGUAGES)
with_every_flavour = pytest.mark.parametrize("flavour", FLAVOURS)


def payload(message: Message) -> list[Json]:
    """The blocks as they go to Slack; slack_sdk checks its limits on the way."""
    return [block.to_dict() for block in message.blocks]


@cache
def worded(language: str, flavour: str) -> list[tuple[str, str, list[Json]]]:
    """Name, text and blocks of every message."""
    t = Translator(language, HELSINKI)
    messages = {name: word(t, fact) for name, fact in facts(FLAVOURS[flavour]).items()}
    return [(name, message.text, payload(message)) for name, message in messages.items()]


@cache
def drawn(language: str, flavour: str) -> list[tuple[str, Json]]:
    """Name and payload of every view."""
    t = Translator(language, HELSINKI)
    return [(name, draw(t).to_dict()) for name, draw in views(FLAVOURS[flavour]).items()]


def everything(language: str, flavour: str) -> Iterator[tuple[str, list[Json]]]:
    """Name and blocks of every message and view."""
    yield from ((name, blocks) for name, _, blocks in worded(language, flavour))
    yield from ((name, view["blocks"]) for name, view in drawn(language, flavour))


def objects(payload: Any, wanted: Callable[[Json], bool]) -> Iterator[Json]:
    """Every object anywhere in a payload that is wanted."""
    if isinstance(payload, dict):
        if wanted(payload):
            yield payload
        payload = list(payload.values())
    if isinstance(payload, list):
        for inner in payload:
            yield from objects(inner, wanted)


def texts(payload: Any, *types: str) -> Iterator[str]:
    """Every text of these types anywhere in a payload."""
    return (one["text"] for one in objects(payload, lambda one: one.get("type") in types and "text" in one))


def test_every_fact_that_can_be_worded_has_a_variant() -> None:
    assert {type(fact) for fact in facts().values()} >= {*messages._WORDS, *SITUATION_WORDS}


def test_every_situation_of_the_error_tree_has_a_variant() -> None:
    assert {type(fact) for fact in facts().values()} >= set(errors.Situation.__subclasses__())


@in_every_language
@with_every_flavour
def test_every_message_is_within_the_limits(language: str, flavour: str) -> None:
    refused = {
        name: said for name, text, blocks in worded(language, flavour) if (said := opinions.on_message(text, blocks))
    }

    assert refused == {}


@in_every_language
@with_every_flavour
def test_every_view_is_within_the_limits(language: str, flavour: str) -> None:
    refused = {name: said for name, view in drawn(language, flavour) if (said := opinions.on_view(view))}

    assert refused == {}


@in_every_language
@with_every_flavour
def test_no_view_is_too_large(language: str, flavour: str) -> None:
    sizes = {name: len(json.dumps(view).encode()) for name, view in drawn(language, flavour)}

    assert {name: size for name, size in sizes.items() if size > VIEW_BYTES_AT_MOST} == {}


@in_every_language
@with_every_flavour
def test_peoples_words_are_shown_and_never_act(language: str, flavour: str) -> None:
    for name, text, blocks in worded(language, flavour):
        for markup in (text, *texts(blocks, "mrkdwn")):
            assert "<" not in _without(markup, OUR_MENTIONS), name
            assert ">" not in _without(markup, OUR_MENTIONS), name
    for name, view in drawn(language, flavour):
        assert not [markup for markup in texts(view, "mrkdwn") if set(markup) & set("<>")], name


@in_every_language
@with_every_flavour
def test_nothing_invisible_disguises_what_is_said(language: str, flavour: str) -> None:
    for name, blocks in everything(language, flavour):
        assert not [text for text in texts(blocks, "mrkdwn", "plain_text") if INVISIBLE.search(text)], name


@in_every_language
@with_every_flavour
def test_names_cannot_flood_a_message_with_lines(language: str, flavour: str) -> None:
    for name, blocks in everything(language, flavour):
        assert not [text for text in texts(blocks, "mrkdwn", "plain_text") if "\n\n\n" in text], name
        for element in objects(blocks, lambda one: one.get("type") == "button" or "value" in one):
            assert "\n" not in element["text"]["text"], name


@in_every_language
@with_every_flavour
def test_every_button_and_option_has_a_label(language: str, flavour: str) -> None:
    for name, blocks in everything(language, flavour):
        for pressed in objects(blocks, lambda one: "value" in one):
            assert pressed["text"]["text"].strip(), name


@in_every_language
@with_every_flavour
def test_emphasis_in_peoples_words_does_not_spill_over(language: str, flavour: str) -> None:
    # Every mark that stands free is ours, so they come in pairs; people's marks are kept apart by word joiners.
    for name, blocks in everything(language, flavour):
        for markup in texts(blocks, "mrkdwn"):
            free = re.sub("\u2060[*_~`]\u2060", "", _without(markup, OUR_MENTIONS))
            assert all(free.count(mark) % 2 == 0 for mark in "*_~`"), (name, markup)


@in_every_language
@with_every_flavour
def test_no_sentence_is_cut_in_the_middle_of_its_markup(language: str, flavour: str) -> None:
    for name, blocks in everything(language, flavour):
        assert not [markup for markup in texts(blocks, "mrkdwn") if markup.endswith("…")], name


@in_every_language
def test_labels_have_room_for_the_longest_plausible_names(language: str) -> None:
    for name, blocks in everything(language, "plausible"):
        buttons = objects(blocks, lambda one: one.get("type") == "button")
        assert not [button["text"]["text"] for button in buttons if button["text"]["text"].endswith("…")], name


@in_every_language
def test_titles_and_buttons_of_forms_have_room_for_an_ordinary_name(language: str) -> None:
    for name, view in drawn(language, "ordinary"):
        shown = [view[part]["text"] for part in ("title", "submit", "close") if view.get(part)]
        assert not [text for text in shown if text.endswith("…")], name


@in_every_language
def test_words_of_our_own_are_never_cut(language: str) -> None:
    for name, blocks in everything(language, "ordinary"):
        assert not [text for text in texts(blocks, "mrkdwn", "plain_text") if text.endswith("…")], name


@in_every_language
def test_no_fact_is_left_unfilled(language: str) -> None:
    for name, blocks in everything(language, "ordinary"):
        assert not [text for text in texts(blocks, "mrkdwn", "plain_text") if set(text) & set("{}")], name


@in_every_language
def test_at_most_one_button_stands_out(language: str) -> None:
    for name, blocks in everything(language, "ordinary"):
        assert len(list(objects(blocks, lambda one: one.get("style") == "primary"))) <= 1, name


@in_every_language
def test_a_button_of_danger_asks_once_more(language: str) -> None:
    for name, blocks in everything(language, "ordinary"):
        assert not list(objects(blocks, lambda one: one.get("style") == "danger" and "confirm" not in one)), name


@in_every_language
def test_a_home_view_with_many_people_shows_whole_cards_and_keeps_its_settings(language: str) -> None:
    homes = {name: view["blocks"] for name, view in drawn(language, "ordinary") if name.startswith("home-many")}

    assert len(homes) == 2
    for name, blocks in homes.items():
        pressed = [element["action_id"] for block in blocks for element in opinions.elements_of(block)]
        cards = [(one, after) for one, after in pairwise(blocks) if one["type"] == "section" and "accessory" not in one]
        assert all(after["type"] == "actions" for _, after in cards), name
        assert {"fields.start", "members.language", "members.pause"} <= set(pressed), name


def test_the_opinions_notice_what_slack_would_refuse() -> None:
    def button(action_id: str) -> Json:
        return {"type": "button", "text": {"type": "plain_text", "text": "Yes"}, "action_id": action_id}

    doubled = [{"type": "actions", "elements": [button("a"), button("a")]}]
    long = [{"type": "section", "text": {"type": "mrkdwn", "text": "a" * 3001}}]
    option = {"text": {"type": "plain_text", "text": "a"}, "value": "a"}
    elsewhere = {"text": {"type": "plain_text", "text": "b"}, "value": "b"}
    select = {"type": "static_select", "action_id": "a", "options": [option], "initial_option": elsewhere}
    note = {"type": "plain_text_input", "action_id": "n"}
    form = {
        "type": "modal",
        "title": {"type": "plain_text", "text": "Form"},
        "blocks": [{"type": "input", "label": {"type": "plain_text", "text": "Note"}, "element": note}],
    }

    assert any("doubled action_id" in said for said in opinions.on_message("Yes?", doubled))
    assert {said.split(":")[0] for said in opinions.on_message("Long", long)} == {"blockkit", "slackblocks", "sandbox"}
    assert any(
        "initial option" in said for said in opinions.on_message("?!a", [{"type": "actions", "elements": [select]}])
    )
    assert any("submit" in said for said in opinions.on_view(form))
    assert opinions.on_message("…", []) == ["text: says nothing"]
    assert opinions.on_message("a" * 4001, []) == ["text: 4001 characters"]


def _without(markup: str, mentions: tuple[str, ...]) -> str:
    for mention in mentions:
        markup = markup.replace(mention, "")
    return markup
