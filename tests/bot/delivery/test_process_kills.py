"""Real senders are killed at every step: a sample of `uv run python -m bench.crashes`, which kills a thousand."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no fork and no SIGKILL")
@pytest.mark.parametrize(("least", "how"), [(12, ()), (6, ("--whole",))], ids=["senders", "silta run"])
def test_killed_processes_lose_nothing_double_nothing_and_disturb_nobody(least: int, how: tuple[str, ...]) -> None:
    done = subprocess.run(  # noqa: S603 - our own measurement, with arguments from above
        [sys.executable, "-m", "bench.crashes", str(least), "SQLite", *how],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    row = re.search(r"\| SQLite \| 1 \| (\d+) \| \d+ \| (\d+) \| (\d+) \| (\d+) \|", done.stdout)
    assert row, done.stdout
    crashes, lost, doubled, in_closed_time = (int(figure) for figure in row.groups())
    assert crashes >= least
    assert (lost, doubled, in_closed_time) == (0, 0, 0)
