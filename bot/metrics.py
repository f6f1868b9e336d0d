"""What an operator watches, as Prometheus reads it: numbers only, no names and no words.

Written by hand: it is a dozen lines of text, and the usual library takes a tenth of the start for them.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from bot.clock import Clock
from bot.delivery.counters import Counters
from bot.timetable import Timetable
from storage.database import Database


@dataclass(frozen=True)
class Metrics:
    """Measures one running Silta."""

    workspace: str
    database: Database
    clock: Clock
    timetable: Timetable
    counters: Counters

    async def text(self) -> str:
        """Every measurement of this moment, in Prometheus' text format."""
        now = self.clock.now()
        async with self.database.reading() as store:
            states = await store.outbox.count_by_state(self.workspace)
            oldest_due_at = await store.outbox.oldest_due_at(self.workspace, now)
            rests = (await store.paces.resting_because(self.workspace)) is not None
        late = (now - oldest_due_at).total_seconds() if oldest_due_at else 0.0
        lines = [
            *_gauge("silta_outbox_messages", "Messages by state.", {f'{{state="{s}"}}': n for s, n in states.items()}),
            *_gauge("silta_outbox_lateness_seconds", "How long the oldest due message has waited.", {"": late}),
            *_gauge("silta_workspace_rests", "1 while Slack does not accept our token.", {"": int(rests)}),
            *_gauge("silta_tick_age_seconds", "Since the last tick.", {"": self.timetable.tick_age_seconds}),
            *_counted(self.counters),
        ]
        return "\n".join(lines) + "\n"


def _counted(counters: Counters) -> Iterator[str]:
    yield from _counter("silta_attempts_total", "Requests that were made to send a message.", counters.attempts)
    yield from _counter("silta_rate_limited_total", "Attempts that Slack answered with 429.", counters.rate_limited)
    yield from _counter("silta_ambiguous_total", "Attempts whose answer was lost.", counters.ambiguous)
    yield from _counter("silta_refused_total", "Attempts that Slack refused for good.", counters.refused)
    yield from _counter("silta_late_seconds_total", "From being due to leaving, all attempts.", counters.late_seconds)


def _gauge(name: str, helps: str, values: Mapping[str, float]) -> Iterator[str]:
    yield f"# HELP {name} {helps}"
    yield f"# TYPE {name} gauge"
    yield from (f"{name}{labels} {value:g}" for labels, value in values.items())


def _counter(name: str, helps: str, value: float) -> Iterator[str]:
    yield f"# HELP {name} {helps}"
    yield f"# TYPE {name} counter"
    yield f"{name} {value:g}"
