"""The knowledge pack as people write it into a file."""

import json
from datetime import date
from pathlib import Path

import pytest

from bot.errors import KnowledgeProblem
from bot.understanding.answers import read_pack

ENTRY = {
    "id": "k17",
    "questions": ["how much practice is there", "paljonks op harkka on"],
    "answer": "Ten credits.",
    "source": "HAMK, opetusharjoittelu, hamk.fi",
    "checked_on": "2026-11-01",
    "route": "bot+person",
    "countries": ["FI"],
}


def written(path: Path, *lines: object) -> Path:
    pack = path / "pack.jsonl"
    pack.write_text("\n".join(one if isinstance(one, str) else json.dumps(one) for one in lines), encoding="utf-8")
    return pack


def test_every_part_of_an_entry_is_read(tmp_path: Path) -> None:
    (entry,) = read_pack(written(tmp_path, ENTRY), language="en")

    assert (entry.id, entry.questions) == ("k17", ("how much practice is there", "paljonks op harkka on"))
    assert (entry.checked_on, entry.route, entry.countries) == (date(2026, 11, 1), "bot+person", ("FI",))
    assert (entry.title, entry.topic, entry.language) == ("how much practice is there", None, "en")


def test_an_entry_says_its_own_title_topic_and_language(tmp_path: Path) -> None:
    own = {"title": "Length of practice", "topic": "practicum", "language": "fi"}

    (entry,) = read_pack(written(tmp_path, ENTRY | own, ""), language="en")

    assert (entry.title, entry.topic, entry.language) == ("Length of practice", "practicum", "fi")


@pytest.mark.parametrize(
    ("line", "named"),
    [
        ("no json", "line 2"),
        ("[]", "line 2"),
        (ENTRY | {"id": "k18", "questions": []}, "line 2: questions"),
        (ENTRY | {"id": "k18", "questions": [" "]}, "line 2: questions.0"),
        (ENTRY | {"id": "k18", "checked_on": "last week"}, "line 2: checked_on"),
        (ENTRY | {"id": "k18", "route": "robot"}, "line 2: route"),
        (ENTRY | {"id": "k18", "countries": ["Finland"]}, "line 2: countries.0"),
        (ENTRY | {"id": "k18", "anwser": "?"}, "line 2: anwser"),
        ({"id": "k18"}, "line 2: questions"),
        (ENTRY, "line 2: id"),
    ],
)
def test_a_mistake_is_named_with_its_line_and_key(tmp_path: Path, line: object, named: str) -> None:
    with pytest.raises(KnowledgeProblem, match=named):
        read_pack(written(tmp_path, ENTRY, line))


def test_a_pack_that_is_no_text_says_so(tmp_path: Path) -> None:
    (tmp_path / "pack.jsonl").write_bytes(b"\xff\xfe\x00")

    with pytest.raises(KnowledgeProblem, match="UTF-8"):
        read_pack(tmp_path / "pack.jsonl")
