"""The log of every Web API call, for tests and for the curious."""

from collections import deque
from dataclasses import asdict, dataclass

from sandbox.shapes import Json

# Old entries make room for new ones; the numbers go on.
_KEPT = 100_000


@dataclass(frozen=True)
class LoggedCall:
    """One call: when it came in (sandbox time, ISO), how long it took (real milliseconds), what was answered."""

    n: int
    method: str
    arguments: Json
    at: str
    real_ms: float
    status: int
    ok: bool
    error: str | None
    response: Json
    # The fault that was injected into this call, if any; drop_after means the caller never saw the answer.
    fault: str | None = None


class CallLog:
    """Calls in the order in which they were finished, numbered from 1."""

    def __init__(self) -> None:
        self._calls: deque[LoggedCall] = deque(maxlen=_KEPT)
        self._count = 0

    def add(
        self, method: str, arguments: Json, at: str, real_ms: float, status: int, response: Json, fault: str | None
    ) -> None:
        """Write one call down."""
        self._count += 1
        ok, error = bool(response.get("ok")), response.get("error")
        entry = LoggedCall(self._count, method, arguments, at, real_ms, status, ok, error, response, fault)
        self._calls.append(entry)

    def since(self, n: int = 0, method: str | None = None) -> list[LoggedCall]:
        """The calls after number ``n``, of one method or of all."""
        return [call for call in self._calls if call.n > n and method in (None, call.method)]

    def as_json(self, n: int, method: str | None) -> list[Json]:
        """The same, as the control interface shows it."""
        return [asdict(call) for call in self.since(n, method)]
