"""What the conversation hands to other services by the kind of sentence alone."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from bot.facts.members import BecomingContact
from bot.understanding.intents import Intent
from bot.understanding.matters import (
    asks_after_idea,
    names_gathering,
    speaks_of_own_matter,
    wants_to_become_contact,
    wants_to_change_settings,
)

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
    in_case_of_need: Callable[[int], Awaitable[object]]
    """Goes beside the answer to words that may be serious."""
    person: Answer
    """Somebody wants to talk to a human being and not to a bot."""
    idea: Answer
    """A suggestion: nothing is passed on before its teller says so."""
    gatherings: Callable[[int], Awaitable[object]]
    """Where a meetup can be proposed."""
    settings: Callable[[int], Awaitable[object]]
    """What people change of themselves: language and profile."""

    def by_intent(self) -> dict[Intent, Answer]:
        """Who answers which kind; what is serious goes its own way."""
        return {
            Intent.QUESTION: self.question,
            Intent.SUGGESTION: self._hear_idea,
            Intent.EVENT: self.event,
            Intent.MY_DATA: self.my_data,
            Intent.FORGET_ME: self.forget_me,
        }

    def by_matter(self, text: str) -> Answer | None:
        """Who answers words that name a field or a contact and ask for no new contact; None when they may."""
        if wants_to_change_settings(text):
            return self._show_settings
        if wants_to_become_contact(text):
            return self._welcome_contact
        return self.question if speaks_of_own_matter(text) else None

    async def _show_settings(self, member_id: int, _text: str) -> object:
        return await self.settings(member_id)

    async def _welcome_contact(self, _member_id: int, _text: str) -> object:
        return BecomingContact()

    async def _hear_idea(self, member_id: int, text: str) -> object:
        if asks_after_idea(text):
            return await self.question(member_id, text)
        heard = await self.idea(member_id, text)
        return (heard, await self.gatherings(member_id)) if names_gathering(text) else heard
