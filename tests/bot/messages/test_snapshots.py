"""What every message and view looks like in English, one JSON file for each variant.

A change of words shows up as a change of these files. Write them anew with

    SILTA_WRITE_SNAPSHOTS=1 uv run pytest tests/bot/messages/test_snapshots.py

and read the difference before it is kept.
"""

import json
import os
from pathlib import Path

import pytest

from bot.language import Translator
from bot.messages import word
from tests.bot.messages.opinions import Json
from tests.bot.messages.variants import HELSINKI, facts, views

SNAPSHOTS = Path(__file__).parent / "snapshots"
WRITE = bool(os.environ.get("SILTA_WRITE_SNAPSHOTS"))
ENGLISH = Translator("en", HELSINKI)
FACTS, VIEWS = facts(), views()


@pytest.mark.parametrize("name", FACTS)
def test_message_reads_as_it_did(name: str) -> None:
    message = word(ENGLISH, FACTS[name])

    _compare(name, {"text": message.text, "blocks": [block.to_dict() for block in message.blocks]})


@pytest.mark.parametrize("name", VIEWS)
def test_view_reads_as_it_did(name: str) -> None:
    _compare(name, VIEWS[name](ENGLISH).to_dict())


def test_no_snapshot_is_left_over() -> None:
    left_over = {file.stem for file in SNAPSHOTS.glob("*.json")} - {*FACTS, *VIEWS}

    assert left_over == set()


def _compare(name: str, payload: Json) -> None:
    file = SNAPSHOTS / f"{name}.json"
    if WRITE:
        file.write_text(json.dumps(payload, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    assert file.exists(), f"there is no snapshot of {name} yet; see the top of this file"
    assert payload == json.loads(file.read_text(encoding="utf-8"))
