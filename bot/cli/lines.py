"""Texts that come in through the command line, and tables that go out."""

from collections.abc import Iterator, Sequence
from typing import Final

import typer

DAYS: Final = ["%Y-%m-%d"]
"""How a day is written on the command line."""


def lines() -> Iterator[str]:
    """The lines of standard input as UTF-8, whatever this computer prefers; what is none of it is shown as �."""
    for line in typer.get_text_stream("stdin", encoding="utf-8", errors="replace"):
        yield line.rstrip("\r\n")


def printable(text: str) -> str:
    """Words from a command line in another encoding arrive as halves of characters, which cannot be printed."""
    return text.encode("utf-8", "replace").decode("utf-8")


def in_columns(lines: Sequence[Sequence[str]]) -> list[str]:
    """Lines of a table, the headings among them, as text whose columns stand below each other."""
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return ["  ".join(map(str.ljust, line, widths)).rstrip() for line in lines]
