"""What every act of a person has in common: its shape, and how its acknowledgement is reported."""

from collections.abc import Awaitable, Callable

from sandbox.control.request import Ask
from sandbox.delivery.envelopes import Ack
from sandbox.people import Person
from sandbox.shapes import Json

Act = Callable[[Ask], Awaitable[Json]]
# Shown to the person whose action got no answer in time; Slack shows a warning sign with similar words.
NO_ANSWER = "Silta did not answer in time."


def acknowledged(ack: Ack) -> Json:
    """Whether the bot acknowledged, after how many real milliseconds, and otherwise why not."""
    return {"acked": ack.acked, "ack_ms": ack.ms} | ({} if ack.acked else {"reason": ack.reason})


def answered_to(ask: Ask, person: Person, ack: Ack) -> Json:
    """The same with the bot's immediate answer; the person is told on the page when there was none in time."""
    if not ack.acked:
        ask.workspace.feed.tell([person.id], {"type": "notice", "text": NO_ANSWER})
    return acknowledged(ack) | ({"response": ack.payload} if ack.payload else {})
