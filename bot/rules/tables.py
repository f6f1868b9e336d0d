"""Cells of tables that people open in a spreadsheet."""

from typing import Final

FORMULA: Final = ("=", "+", "-", "@")
"""A spreadsheet takes a cell that begins so for a formula, and runs it."""


def safe_cell(words: str) -> str:
    """Words that no spreadsheet takes for a formula: an apostrophe before them makes them text."""
    return f"'{words}" if words.startswith((*FORMULA, "\t", "\r")) else words
