from collections import Counter
from pathlib import Path

import pytest

from bot.errors import WordListProblem
from bot.understanding.fields import compiled, word_lists
from bot.understanding.fields.catalogue import DETAILED

# The fields that vocational education teaches in at least one of the four countries.
TAUGHT = (
    "0211", "0212", "0214", "0411", "0412", "0413", "0414", "0415", "0416", "0611", "0612", "0613", "0711", "0712",
    "0713", "0714", "0715", "0716", "0721", "0722", "0723", "0724", "0731", "0732", "0811", "0812", "0821", "0831",
    "0841", "0911", "0913", "0914", "0915", "0916", "0921", "0922", "0923", "1011", "1012", "1013", "1014", "1015",
    "1021", "1022", "1032", "1041",
)  # fmt: skip


@pytest.mark.parametrize("language", word_lists.LANGUAGES)
def test_every_field_that_schools_teach_has_plenty_of_words_in_each_language(language: str) -> None:
    listed = Counter(one.code for one in word_lists.load().words if one.language == language and one.key != "label")

    assert {code: listed[code] for code in TAUGHT if listed[code] < 25} == {}


@pytest.mark.parametrize("language", word_lists.LANGUAGES)
def test_all_lists_name_the_same_fields(language: str) -> None:
    labels = word_lists.load().labels

    assert {code for code in labels[language] if DETAILED.fullmatch(code)} == {
        code for code in labels["en"] if DETAILED.fullmatch(code)
    }


def test_the_model_was_trained_from_the_lists_as_they_are() -> None:
    # When this fails, a list was edited: `uv run poe train-fields` makes the model again.
    assert compiled.load().made_of == compiled.fingerprint()


def test_words_are_added_to_a_networks_own_list_and_nothing_else_in_it_changes(tmp_path: Path) -> None:
    (tmp_path / "fi.ini").write_text("# ours\n[0715]\nslang = rautamies\n\n[0713]\nwords = nokkela\n", encoding="utf-8")

    word_lists.add(tmp_path, "fi", "0713", ["töpselitohtori", "sulakesankari"])
    word_lists.add(tmp_path, "fi", "0715", ["peltiheikki"])
    path = word_lists.add(tmp_path, "fi", "1012", ["saksiniekka"])

    assert path.read_text(encoding="utf-8").startswith("# ours\n[0715]\nslang = rautamies\n")
    assert {(one.code, one.words) for one in word_lists.laid_over(tmp_path)} == {
        ("0715", "rautamies"), ("0715", "peltiheikki"), ("0713", "nokkela"), ("0713", "töpselitohtori"),
        ("0713", "sulakesankari"), ("1012", "saksiniekka"),
    }  # fmt: skip


def test_the_first_word_makes_folder_and_file(tmp_path: Path) -> None:
    word_lists.add(tmp_path / "words", "tr", "0713", ["fişçi"])

    assert [(one.code, one.words) for one in word_lists.laid_over(tmp_path / "words")] == [("0713", "fişçi")]


@pytest.mark.parametrize(("language", "word"), [("sv", "elektriker"), ("fi", "a, b"), ("fi", "a\nb"), ("fi", "[0713]")])
def test_words_that_would_spoil_a_list_are_refused(tmp_path: Path, language: str, word: str) -> None:
    with pytest.raises(WordListProblem):
        word_lists.add(tmp_path, language, "0713", [word])

    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("words = sähkö\n", r"fi.ini, line 1: expected a line such as"),
        ("[0713]\nsähkö\n", r"fi.ini, line 2: expected a line such as"),
        ("[0713]\nwords = a\n[0713]\nwords = b\n", r"fi.ini.*0713"),
    ],
)
def test_a_list_that_cannot_be_read_is_named_with_its_line(tmp_path: Path, written: str, said: str) -> None:
    (tmp_path / "fi.ini").write_text(written, encoding="utf-8")

    with pytest.raises(WordListProblem, match=said):
        word_lists.laid_over(tmp_path)


def test_a_list_in_another_encoding_is_refused_in_plain_words(tmp_path: Path) -> None:
    (tmp_path / "fi.ini").write_bytes("[0713]\nwords = sähkö\n".encode("utf-16"))

    with pytest.raises(WordListProblem, match="UTF-8"):
        word_lists.laid_over(tmp_path)


def test_without_a_folder_nothing_is_laid_over() -> None:
    assert word_lists.laid_over(None) == ()
