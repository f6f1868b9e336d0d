"""The word lists of fields: one readable file per language, and what a network lays over them."""

import re
from collections.abc import Iterator, Sequence
from configparser import ConfigParser, MissingSectionHeaderError, ParsingError
from configparser import Error as NotReadable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Final

from bot.errors import WordListProblem

LANGUAGES: Final = ("en", "fi", "de", "nb", "tr")
"""The languages with a word list, in the order in which they are read."""

NOT_MEANT: Final = "not"
"""The key under which a network lists words that do not stand for a field here, whatever our own list says."""

_LABEL: Final = "label"
_ADDED: Final = "words"


@dataclass(frozen=True, slots=True)
class Listed:
    """A listed word, or several in a row: the code it stands for, and under which key it is listed."""

    code: str
    language: str
    key: str
    words: str


@dataclass(frozen=True)
class WordLists:
    """Every listed word, and what each code is called: `labels[language][code]`.

    Codes have four digits for detailed fields, two or three for the wide areas above them (ISCED-F 2013).
    """

    words: tuple[Listed, ...]
    labels: dict[str, dict[str, str]]


def load() -> WordLists:
    """Read our own lists."""
    words: list[Listed] = []
    labels: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        ours = files("bot.understanding").joinpath(f"data/fields/{language}.ini")
        sections = _sections(ours.read_text(encoding="utf-8"), str(ours))
        labels[language] = {code: keys[_LABEL] for code, keys in sections.items() if _LABEL in keys}
        words += _listed(sections, language)
    return WordLists(tuple(words), labels)


def laid_over(folder: Path | None) -> tuple[Listed, ...]:
    """Read what a network lays over our lists: files of the same names (`fi.ini`) in a folder of its own.

    Raises WordListProblem naming file and line.
    """
    words: list[Listed] = []
    for language in LANGUAGES if folder is not None else ():
        path = Path(folder or "") / f"{language}.ini"
        try:
            text = path.read_text(encoding="utf-8-sig")
        except FileNotFoundError:
            continue
        except (OSError, UnicodeDecodeError) as problem:
            raise WordListProblem(f"{path} cannot be read as UTF-8 text ({type(problem).__name__}).") from None
        words += _listed(_sections(text, str(path)), language)
    return tuple(words)


def add(folder: Path, language: str, code: str, words: Sequence[str]) -> Path:
    """Write further words of a field into a network's own list, and leave everything else in it as it is.

    Returns the file. Raises WordListProblem for a language without a list, a word with a comma, or a folder that
    cannot be written to.
    """
    if language not in LANGUAGES:
        raise WordListProblem(f"{language} is no language of the word lists: {', '.join(LANGUAGES)}.")
    if any(mark in word for word in words for mark in ",\n[=#"):
        raise WordListProblem("A word cannot hold a comma, a line break or one of [ = #; give words one by one.")
    path = folder / f"{language}.ini"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        text = path.read_text(encoding="utf-8-sig") if path.exists() else ""
        path.write_text(_with(text, code, ", ".join(words)), encoding="utf-8")
    except (OSError, UnicodeDecodeError) as problem:
        raise WordListProblem(f"{path} cannot be read and written ({type(problem).__name__}).") from None
    return path


def _with(text: str, code: str, words: str) -> str:
    section = re.search(rf"^\[{code}\][^\[]*", text, re.MULTILINE)
    if section is None:
        return f"{text.rstrip()}\n\n[{code}]\n{_ADDED} = {words}\n".lstrip()
    found = re.search(rf"^{_ADDED} *= *", section.group(), re.MULTILINE)
    if found is None:
        end = section.start() + len(section.group().rstrip())
        return f"{text[:end]}\n{_ADDED} = {words}{text[end:]}"
    start = section.start() + found.end()
    return f"{text[:start]}{words}, {text[start:]}"


def _listed(sections: dict[str, dict[str, str]], language: str) -> Iterator[Listed]:
    for code, keys in sections.items():
        for key, values in keys.items():
            for words in values.replace("\n", " ").split(","):
                if tidy := " ".join(words.split()):
                    yield Listed(code, language, key, tidy)


def _sections(text: str, origin: str) -> dict[str, dict[str, str]]:
    parser = ConfigParser(interpolation=None, delimiters=("=",), comment_prefixes=("#",))
    try:
        parser.read_string(text, source=origin)
    except (MissingSectionHeaderError, ParsingError) as problem:
        line = problem.lineno if isinstance(problem, MissingSectionHeaderError) else problem.errors[0][0]
        raise WordListProblem(
            f"{origin}, line {line}: expected a line such as `names = word, word` below a code in brackets."
        ) from None
    except NotReadable as problem:
        raise WordListProblem(" ".join(str(problem).split())) from None
    return {code: dict(parser[code]) for code in parser.sections()}
