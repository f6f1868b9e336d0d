"""Texts that come in through the command line."""

from collections.abc import Iterator

import typer


def lines() -> Iterator[str]:
    """The lines of standard input as UTF-8, whatever this computer prefers; what is none of it is shown as �."""
    for line in typer.get_text_stream("stdin", encoding="utf-8", errors="replace"):
        yield line.rstrip("\r\n")


def printable(text: str) -> str:
    """Words from a command line in another encoding arrive as halves of characters, which cannot be printed."""
    return text.encode("utf-8", "replace").decode("utf-8")
