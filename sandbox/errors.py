"""The two ways a request to the sandbox can be refused.

Refused
├── SlackError       a Web API call answered with ``{"ok": false, "error": …}``, with Slack's own error names
└── UnclearRequest   a request to the control interface that cannot be understood, explained in one sentence
"""

from sandbox.shapes import Json


class Refused(Exception):
    """Something asked of the sandbox was not done."""


class SlackError(Refused):
    """A Web API call fails the way Slack fails it; ``more`` is merged into the answer."""

    def __init__(self, name: str, **more: object) -> None:
        super().__init__(name)
        self.name = name
        self.more = more

    def answer(self) -> Json:
        """The body Slack would send."""
        return {"ok": False, "error": self.name, **self.more}


class UnclearRequest(Refused):
    """The control interface was asked for something that does not make sense; the text says what."""
