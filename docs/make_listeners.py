"""Make docs/listeners.md from what the bot listens to: `uv run python docs/make_listeners.py`."""

from pathlib import Path
from typing import Any, cast

from slack_bolt.async_app import AsyncApp

import handlers
from bot.services import Services
from handlers.audience import AUDIENCE

PAGE = Path(__file__).parent / "listeners.md"
OPENING = """# Everything the bot listens to, and who may use it

Made by `uv run python docs/make_listeners.py` from `handlers/__init__.py` and `handlers/audience.py`; a listener that
is not in both fails the build. Who may use it is checked in the service, at the moment of acting and in the same
transaction, never by what a button says. What is somebody else's, or of another workspace, is answered in the same
words as what never existed. The tests play the whole list as each role with such values
(`tests/handlers/test_listeners.py`).

| Listener | Comes as | Who may use it | Its value names |
| --- | --- | --- | --- |
"""


class Listening:
    """Stands in for Bolt's app while it is told what to listen to."""

    def __init__(self) -> None:
        """Nothing yet."""
        self.heard: list[tuple[str, str, str]] = []

    def __getattr__(self, kind: str) -> Any:
        """Notes what is listened to as (listener, kind, what)."""
        if kind in ("middleware", "error"):
            return lambda _listener: None
        return lambda what: lambda listener: self.heard.append((_named(listener), kind, _worded(what)))


def heard() -> list[tuple[str, str, str]]:
    """Every listener with what it listens to: an action, a view, an event or a command."""
    listening = Listening()
    handlers.register(cast(AsyncApp, listening), cast(Services, None))
    return listening.heard


def page() -> str:
    """The whole page."""
    rows = ((name, f"{kind} `{what}`", AUDIENCE[name]) for name, kind, what in heard())
    return OPENING + "".join(f"| `{name}` | {comes} | {use.who} | {use.names} |\n" for name, comes, use in rows)


def _named(listener: Any) -> str:
    return f"{listener.__module__.removeprefix('handlers.')}.{listener.__name__}"


def _worded(what: Any) -> str:
    return f"{what['type']}, new" if isinstance(what, dict) else str(what)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
