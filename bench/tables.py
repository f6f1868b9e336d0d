"""Figures as a table in Markdown, so that they can go into docs/figures.md as they are printed."""

import statistics
from collections.abc import Sequence


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Prints one table with its title."""
    lines = [header, ["---"] * len(header), *rows]
    print(f"\n{title}\n")
    for line in lines:
        print("| " + " | ".join(_cell(value) for value in line) + " |")


def percentile(figures: Sequence[float], percent: int) -> float:
    """The figure below which so many percent lie; 50 is the median."""
    return statistics.quantiles(figures, n=100, method="inclusive")[percent - 1]


def _cell(value: object) -> str:
    return f"{value:.2f}" if isinstance(value, float) else str(value)
