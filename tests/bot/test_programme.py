"""The programme file: what it may leave out, and what is said when it is wrong."""

from datetime import date
from pathlib import Path

import pytest

import sandbox
from bot import programme as programmes
from bot.errors import ProgrammeProblem
from bot.programme import Programme


def test_without_a_file_every_number_is_that_of_its_rule() -> None:
    programme = programmes.load(None)

    assert programme == Programme()
    assert (programme.reply.remind_on_open_day, programme.reply.release_on_open_day) == (3, 5)
    assert programme.check_ins.first_after_open_days == 7


def test_a_file_changes_what_it_wants(tmp_path: Path) -> None:
    path = tmp_path / "programme.toml"
    text = '[reply]\nremind_on_open_day = 2\n\n[[institutions]]\nname = "Koulu"\n'
    breaks = '[[institutions.breaks]]\nstarts_on = 2027-02-22\nends_on = 2027-02-26\nsource = "the school"\n'
    path.write_text(text + breaks, encoding="utf-8-sig")

    programme = programmes.load(path)

    assert (programme.reply.remind_on_open_day, programme.reply.release_on_open_day) == (2, 5)
    assert [one.starts_on for one in programme.breaks_of("Koulu")] == [date(2027, 2, 22)]
    assert programme.breaks_of("Another school") == ()


def test_the_example_of_the_practice_network_is_a_programme() -> None:
    assert programmes.load(Path(sandbox.__file__).parent / "programme.toml").institutions


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (b"[reply]\nremind = 3\n", "reply.remind"),
        (b"[reply]\nremind_on_open_day = 0\n", "reply.remind_on_open_day"),
        (b"[candidates]\nat_most = 4\n", "candidates.at_most"),
        (b"[open_time.students]\nopens = 20:00:00\ncloses = 08:00:00\n", "closes must be later than opens"),
        (b'[nudges]\nweekday = "Sunday"\n', "nudges.weekday"),
        (b"[reply\n", "line 1"),
        (b"name = '\xe4'\n", "not valid TOML"),
    ],
)
def test_a_mistake_is_one_sentence_with_file_and_line_or_key(tmp_path: Path, content: bytes, named: str) -> None:
    path = tmp_path / "programme.toml"
    path.write_bytes(content)

    with pytest.raises(ProgrammeProblem) as refused:
        programmes.load(path)

    sentence = str(refused.value)
    assert sentence.startswith(f"SILTA_PROGRAMME: {path}, ")
    assert named in sentence
    assert "\n" not in sentence


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProgrammeProblem, match=r"cannot be read .*\.env\.example"):
        programmes.load(tmp_path / name)
