"""How fast messages may follow each other (GCRA), and how many due at one moment are spread over the hour.

Times are those of the database, so that every replica counts alike.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

SHARE_OF_THE_RATE: Final = 0.98
"""Silta stays a little below what is allowed: a message takes its time, not always the same, to reach Slack."""
SHARE_OF_THE_BURST: Final = 0.5
"""For the same reason half of the burst is kept back: with several replicas some messages take a second to leave."""
FETCHED_TOGETHER: Final = 5
"""While the pace binds, messages are fetched so many at a time: a second's worth of what Slack allows."""
SLOWED_FOR: Final = timedelta(minutes=10)
"""How long Silta goes slower after Slack has said "too fast" (429)."""
SLOWER_BY: Final = 0.75
SLOWEST_SHARE: Final = 25
"""Percent of the usual rate; it gets no slower, however often Slack says so."""
SPREAD_OVER: Final = timedelta(hours=1)
FINEST: Final = 1 << 32


@dataclass(frozen=True)
class Allowance:
    """One call every `interval`, and up to `burst` at once after a rest."""

    interval: timedelta
    burst: int

    @property
    def tolerance(self) -> timedelta:
        """How much too early a call may come."""
        return self.interval * (self.burst - 1)


def allowance(per_minute: int, burst: int, share: int = 100) -> Allowance:
    """What Silta allows itself where so much is allowed; `share` is a percentage after a 429."""
    interval = timedelta(minutes=1) / (per_minute * SHARE_OF_THE_RATE * share / 100)
    return Allowance(interval, max(1, int(burst * SHARE_OF_THE_BURST)))


def wait(allowed: Allowance, arrival_at: datetime | None, now: datetime) -> timedelta:
    """How long until the next call is welcome; zero when it is now."""
    if arrival_at is None:
        return timedelta()
    return max(timedelta(), arrival_at - allowed.tolerance - now)


def calls_now(allowed: Allowance, arrival_at: datetime | None, now: datetime) -> int:
    """How many calls are welcome at this moment."""
    arrival_at = max(arrival_at or now, now)
    spare = now + allowed.tolerance - arrival_at
    return 0 if spare < timedelta() else spare // allowed.interval + 1


def wait_for_several(allowed: Allowance, arrival_at: datetime | None, now: datetime) -> timedelta:
    """How long until a few calls are welcome together: whoever fetches them one by one, fetches all the time."""
    few = max(1, min(FETCHED_TOGETHER, allowed.burst // 2))
    return wait(allowed, arrival_at + allowed.interval * (few - 1) if arrival_at else None, now)


def after_a_call(allowed: Allowance, arrival_at: datetime | None, now: datetime, calls: int = 1) -> datetime:
    """The theoretical arrival time of the call after this one, or after so many together."""
    return max(arrival_at or now, now) + allowed.interval * calls


def after_a_refusal(allowed: Allowance, until: datetime) -> datetime:
    """The same after Slack has refused calls until then: one at a time, with no burst to begin with."""
    return until + allowed.tolerance


def slower(share: int) -> int:
    """The share of the usual rate after one more 429, in percent."""
    return max(SLOWEST_SHARE, int(share * SLOWER_BY))


def spread(key: str, room: timedelta) -> timedelta:
    """How much later than due this one goes: somewhere in the room, always at the same place for the same key.

    The room is an hour at most, and less where closing time or the end of its point comes sooner.
    """
    place = int.from_bytes(hashlib.sha256(key.encode()).digest()[:4]) / FINEST
    return max(timedelta(), min(room, SPREAD_OVER)) * place
