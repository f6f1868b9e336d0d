"""The one entry for free text: a choice among people just shown, days away, a wish for a contact, or hello."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.facts.members import NotUnderstood, Welcome
from bot.services import people
from bot.services.away import Away
from bot.services.fields import READ_AT_MOST, Fields
from bot.services.introductions import Introductions
from bot.services.promises import Promises
from bot.services.questions import Questions
from bot.services.waits import Waits
from bot.understanding.choices import Choice, asks_for_help, read_choice
from bot.understanding.intents.serious import names_something_serious
from bot.understanding.promises import is_promise
from storage.asks import AskRow
from storage.database import Database
from storage.members import MemberRow


@dataclass(frozen=True)
class Conversation:
    """Hears what a person writes and answers with a fact."""

    database: Database
    fields: Fields
    introductions: Introductions
    waits: Waits
    away: Away
    promises: Promises
    questions: Questions

    async def hear(self, member_id: int, text: str) -> object:
        """What the words lead to: a fact that `bot.messages` can word. Only a promise is kept, in its own words.

        Raises the situations of the service that acts.
        """
        text = text[:READ_AT_MOST]
        if names_something_serious(text):
            return await self.questions.take_seriously(member_id)
        if is_promise(text):
            return await self.promises.note(member_id, text)
        ask, shown = await self._shown_to(member_id)
        choice = read_choice(text, [contact.name for contact in shown])
        # Whoever waits for somebody "until Monday" speaks of that person's days and not of their own.
        if (choice is None or choice.kind != "wait") and (heard := await self.away.hear(member_id, text)) is not None:
            return heard
        if choice is not None and (chosen := await self._choose(member_id, ask, shown, choice)) is not None:
            return chosen
        found = await self.fields.find(member_id, text)
        if found is not None:
            return found
        return await self.welcome(member_id) if asks_for_help(text) else await self.questions.ask(member_id, text)

    async def ask(self, member_id: int, text: str) -> object:
        """A question, said to be one; something serious is taken as such whatever it was said to be (R14)."""
        if names_something_serious(text):
            return await self.questions.take_seriously(member_id)
        return await self.questions.ask(member_id, text)

    async def hear_in_channel(self, member_id: int, channel: str, text: str) -> object | None:
        """Like `hear`, for a mention; None in the conversation of two people whom Silta introduced (R11: silent)."""
        async with self.database.reading() as store:
            me = await store.members.by_id(member_id)
            if await store.outbox.introduced_in(me.workspace, channel):
                return None
            if is_promise(text):
                # What is noted for oneself is said to Silta alone.
                return NotUnderstood()
        return await self.hear(member_id, text)

    async def welcome(self, member_id: int, unknown_word: str | None = None) -> Welcome:
        """The menu, with the word that was not understood, if there was one."""
        async with self.database.reading() as store:
            me = people.me(await store.members.by_id(member_id))
            return Welcome(is_contact=me.is_contact, availability=me.availability, unknown_word=unknown_word)

    async def _shown_to(self, member_id: int) -> tuple[AskRow | None, Sequence[MemberRow]]:
        async with self.database.reading() as store:
            ask = await store.asks.latest_of(member_id)
            if ask is None or not ask.shown:
                return ask, ()
            return ask, await store.members.by_refs(ask.workspace, ask.shown)

    async def _choose(self, member_id: int, ask: AskRow | None, shown: Sequence[MemberRow], choice: Choice) -> object:
        if choice.kind == "cancel":
            withdrawn = await self.introductions.cancel_pending(member_id)
            return withdrawn or await self.waits.leave_latest(member_id)
        contact = next((one for one in shown if one.name == choice.name), None)
        if ask is None or contact is None:
            return None
        if choice.kind == "wait":
            return await self.waits.wait(member_id, ask.ref, contact.ref)
        return await self.introductions.request_named(member_id, ask.ref, contact.ref)
