"""What the conversation hands to other services by the kind of sentence alone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.understanding.intents import Intent

Answer: TypeAlias = Callable[[int, str], Awaitable[object]]
"""A use case that takes a person and their words, and answers with a fact."""


@dataclass(frozen=True)
class Elsewhere:
    """Each is named as its intent. `question` also hears whatever nobody else understands, and says itself when it is
    nothing it knows.
    """

    question: Answer
    event: Answer
    my_data: Answer
    forget_me: Answer
    serious: Callable[[int], Awaitable[object]]
    """Takes no words: nothing of them may be kept (R14)."""

    def by_intent(self) -> dict[Intent, Answer]:
        """Who answers which kind; what is serious goes its own way."""
        return {
            Intent.QUESTION: self.question,
            # There is nobody yet whose work ideas are, so they go where a person can be asked, and a coordinator told.
            Intent.SUGGESTION: self.question,
            Intent.EVENT: self.event,
            Intent.MY_DATA: self.my_data,
            Intent.FORGET_ME: self.forget_me,
        }
