"""A thousand stories of the state machine over the delivery core, on each database.

Run: uv run python -m bench.stories [examples]
"""

import sys
import time

import structlog

from bench.databases import BOTH
from bench.tables import show
from tests.bot.delivery.machine import play
from tests.bot.delivery.world import World


def main() -> None:
    """Plays and prints; what goes wrong is shown as hypothesis shows it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(50))
    examples = int(sys.argv[1]) if len(sys.argv) > 1 else 1_000
    rows = []
    for name, opened in BOTH.items():
        with opened() as url:
            world, began_at = World(url), time.monotonic()
            play(world, examples)
            rows.append((name, examples, world.attempts, world.crashes, 0, time.monotonic() - began_at))
            world.close()
            print(rows[-1], flush=True)
    show("Stories of the delivery core", ("database", "stories", "requests", "crashes", "violations", "s"), rows)


if __name__ == "__main__":
    main()
