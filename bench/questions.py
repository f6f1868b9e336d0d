"""How fast questions are learnt and read, and what it costs: `uv run python -m bench.questions`.

What is answered rightly is measured over the command line (`silta questions ask --batch --pack`); here only speed and
memory, with questions made of numbers and common words, for 1,000 entries of ten.
"""

import random
import time
from typing import Final

import psutil

from bench.tables import percentile, show
from bot.understanding.answers import AnswerRecogniser

ENTRIES: Final = 1_000
EXAMPLES: Final = 10
ASKED: Final = 500
_WORDS: Final = 4_000
_SEED: Final = 7


def questions() -> dict[str, list[str]]:
    """Entries that each have three words of their own among common ones."""
    chance = random.Random(_SEED)
    letters = "aeioukstnlrmp"
    words = ["".join(chance.choices(letters, k=chance.randint(2, 9))) for _ in range(_WORDS)]
    made = {}
    for entry in range(ENTRIES):
        own = chance.sample(words, 3)
        made[f"e{entry}"] = [
            " ".join([*chance.sample(words[:200], 5), *chance.sample(own, 2)]) for _ in range(EXAMPLES)
        ]
    return made


def main() -> None:
    """Learn, read, and print."""
    pack = questions()
    resident = psutil.Process().memory_info().rss
    started = time.perf_counter()
    recogniser = AnswerRecogniser.learn(pack)
    learnt = time.perf_counter() - started
    added = (psutil.Process().memory_info().rss - resident) / 1e6
    took = []
    for entry in list(pack)[:ASKED]:
        started = time.perf_counter()
        recogniser.read(pack[entry][0])
        took.append((time.perf_counter() - started) * 1000)
    rows = [(ENTRIES, ENTRIES * EXAMPLES, learnt, added, percentile(took, 50), percentile(took, 95))]
    show(
        "Learning and reading questions",
        ("entries", "examples", "learnt in s", "resident MB added", "one question ms", "p95 ms"),
        rows,
    )


if __name__ == "__main__":
    main()
