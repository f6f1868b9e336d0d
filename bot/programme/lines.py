"""In which line of a TOML file a key stands: `tomllib` keeps no places, and an error without a line is hard to find."""

import re
from collections import Counter
from typing import Final

Path = tuple[str | int, ...]

_HEADER: Final = re.compile(r"\s*(\[\[?)\s*([^\]]+?)\s*\]\]?\s*(?:#.*)?$")
_KEY: Final = re.compile(r"""\s*((?:"[^"]*"|'[^']*'|[\w-]+)(?:\s*\.\s*(?:"[^"]*"|'[^']*'|[\w-]+))*)\s*=(.*)""")
_NAME: Final = re.compile(r""""([^"]*)"|'([^']*)'|([\w-]+)""")
_STRING: Final = re.compile(r'"(?:\\.|[^"\\])*"|' + r"'[^']*'")
_LONG_STRING: Final = re.compile(r'"""|' + r"'''")


def line_of(text: str, path: Path) -> int | None:
    """The line, from 1, of this key, or of the nearest thing around it; None for what stands nowhere.

    A path names keys, and elements of arrays by their place from 0. Arrays and inline tables are not looked into.
    """
    lines = _lines(text)
    around = (path[:length] for length in range(len(path), 0, -1))
    return next((lines[outer] for outer in around if outer in lines), None)


def _lines(text: str) -> dict[Path, int]:
    """Every table and key with its line, in valid TOML."""
    found: dict[Path, int] = {}
    elements: Counter[Path] = Counter()
    table: Path = ()
    depth, string = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if string:
            string = "" if string in line else string
        elif depth:
            depth += _opened(line)
        elif header := _HEADER.match(line):
            table = _table(header, elements)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            path = table
            for name in _names(key.group(1)):
                path = (*path, name)
                found.setdefault(path, number)
            opening = _LONG_STRING.search(key.group(2))
            string = opening.group() if opening and key.group(2).count(opening.group()) == 1 else ""
            depth = 0 if opening else _opened(key.group(2))
    return found


def _table(header: re.Match[str], elements: Counter[Path]) -> Path:
    """The path of a table header; inside an array of tables it means the latest element."""
    path: Path = ()
    names = _names(header.group(2))
    for place, name in enumerate(names):
        path = (*path, name)
        is_new_element = header.group(1) == "[[" and place == len(names) - 1
        if is_new_element:
            elements[path] += 1
        if path in elements:
            path = (*path, elements[path] - 1)
    return path


def _names(dotted: str) -> list[str]:
    return ["".join(groups) for groups in _NAME.findall(dotted)]


def _opened(line: str) -> int:
    """How many brackets a line leaves open; those in strings and comments do not count."""
    bare = _STRING.sub("", line).partition("#")[0]
    return sum(bare.count(mark) for mark in "[{") - sum(bare.count(mark) for mark in "]}")
