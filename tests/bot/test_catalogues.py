"""Every sentence of the bot is translated: nothing missing, nothing left over, and the same facts in every language."""

import ast
import re
import shlex
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from babel.messages import Catalog
from babel.messages.extract import DEFAULT_KEYWORDS, extract_from_dir
from babel.messages.frontend import parse_keywords
from babel.messages.pofile import read_po

from bot.language import LANGUAGES

ROOT = Path(__file__).parents[2]
TRANSLATED = [language for language in LANGUAGES if language != "en"]
EMPHASIS = re.compile(r"(?<!\w)([*_~`])(?=\S)[^*_~`]+(?<=\S)\1(?!\w)")

Forms = tuple[str, ...]
"""A sentence, or its singular and plural."""


@cache
def sentences() -> frozenset[Forms]:
    """Every sentence in the source, collected with the very keywords of `poe catalogues`."""
    found = extract_from_dir(ROOT / "bot", method_map=[("**.py", "python")], keywords=_keywords())
    return frozenset(_forms(message) for _file, _line, message, _comments, _context in found)


@cache
def catalogue(language: str) -> Catalog:
    """What the translators wrote."""
    with (ROOT / "bot" / "locales" / language / "LC_MESSAGES" / "silta.po").open("rb") as lines:
        return read_po(lines, locale=language)


def translations(language: str) -> Iterator[tuple[Forms, Forms]]:
    """Each sentence with its translation; more than one form where it counts something."""
    for message in catalogue(language):
        if message.id:
            yield _forms(message.id), _forms(message.string)


def test_sentences_are_found_in_the_source() -> None:
    assert ("I did not understand that.",) in sentences()
    assert any(len(forms) == 2 for forms in sentences())


def test_no_sentence_hides_in_an_f_string() -> None:
    # Sentences inside one are not found for translation on every version of Python.
    hidden = [
        f"{path.relative_to(ROOT)}:{call.lineno}"
        for path in (ROOT / "bot").rglob("*.py")
        for string in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(string, ast.JoinedStr)
        for call in ast.walk(string)
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Attribute) and call.func.attr in _keywords()
    ]

    assert hidden == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_missing(language: str) -> None:
    missing = sentences() - {forms for forms, _ in translations(language)}

    assert not missing


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_sentence_is_left_over(language: str) -> None:
    left_over = {forms for forms, _ in translations(language)} - sentences()

    assert not left_over
    assert not catalogue(language).obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_is_a_guess(language: str) -> None:
    assert [message.id for message in catalogue(language) if message.id and message.fuzzy] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_form_of_every_sentence_is_written(language: str) -> None:
    wanted = {1: 1, 2: catalogue(language).num_plurals}

    unwritten = [
        forms
        for forms, translated in translations(language)
        if len(translated) != wanted[len(forms)] or not all(form.strip() for form in translated)
    ]

    assert unwritten == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_name_the_same_facts(language: str) -> None:
    different = [
        (forms, form)
        for forms, translated in translations(language)
        for form in translated
        if form and not _facts(forms) - {"count"} <= _facts((form,)) <= _facts(forms)
    ]

    assert different == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_number_that_is_said_is_said_in_the_general_form_too(language: str) -> None:
    silent = [
        translated
        for forms, translated in translations(language)
        if "count" in _facts(forms) and translated[-1] and "count" not in _facts(translated[-1:])
    ]

    assert silent == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_emphasise_where_the_sentence_does(language: str) -> None:
    different = [
        (forms, form)
        for forms, translated in translations(language)
        for form in translated
        if form and _marks_used(form) != _marks_used(forms[-1])
    ]

    assert different == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_emphasis_takes_effect(language: str) -> None:
    # Slack shows "*Sanna*lle" with its stars: a mark acts only between a gap and a word.
    every = sentences() if language == "en" else [translated for _, translated in translations(language)]

    unpaired = [form for forms in every for form in forms if set(EMPHASIS.sub("", _with_facts(form))) & set("*_~`")]

    assert unpaired == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_begin_and_end_without_spaces(language: str) -> None:
    untidy = [form for _, translated in translations(language) for form in translated if form != form.strip()]

    assert untidy == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_translations_carry_no_raw_angle_brackets(language: str) -> None:
    # Slack reads "<…>" as a mention or a link, and no sentence of ours needs one.
    assert [form for _, translated in translations(language) for form in translated if set(form) & set("<>&")] == []


def _keywords() -> dict[str, Any]:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    extract = shlex.split(project["tool"]["poe"]["tasks"]["catalogues"]["sequence"][0]["cmd"])
    ours = [extract[place + 1] for place, word in enumerate(extract) if word == "-k"]
    return {**DEFAULT_KEYWORDS, **parse_keywords(ours)}


def _forms(text: Any) -> Forms:
    return (text,) if isinstance(text, str) else tuple(text)


def _facts(forms: Forms) -> set[str]:
    return {name for form in forms for _, name, _, _ in Formatter().parse(form) if name}


def _with_facts(form: str) -> str:
    return "".join(literal + ("fact" if name else "") for literal, name, _, _ in Formatter().parse(form))


def _marks_used(form: str) -> set[str]:
    return set(_with_facts(form)) & set("*_~`")
