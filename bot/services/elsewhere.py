"""What the conversation hands to other services by the kind of sentence alone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, fields
from typing import TypeAlias

from bot.understanding.intents import Intent

Answer: TypeAlias = Callable[[int, str], Awaitable[object]]
"""A use case that takes a person and their words, and answers with a fact."""


@dataclass(frozen=True)
class Elsewhere:
    """Each is named as its intent; one that is not given is answered with the menu.

    `question` also hears whatever nobody else understands, and says itself when it is nothing it knows.
    """

    question: Answer | None = None
    suggestion: Answer | None = None
    event: Answer | None = None
    my_data: Answer | None = None
    forget_me: Answer | None = None
    serious: Callable[[int], Awaitable[object]] | None = None
    """Takes no words: nothing of them may be kept (R14)."""

    def by_intent(self) -> dict[Intent, Answer]:
        """The use cases that are there, by the intent that leads to them; what is serious goes its own way."""
        given = {Intent(one.name): getattr(self, one.name) for one in fields(self) if one.name != Intent.SERIOUS}
        return {intent: answer for intent, answer in given.items() if answer is not None}

    def lacks(self, intent: Intent) -> bool:
        """Whether an intent belongs to a service that is not there."""
        return intent in {Intent(one.name) for one in fields(self)} and getattr(self, intent.value) is None
