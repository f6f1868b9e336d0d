"""The one entry for free text: a choice among people just shown, a wish for a contact, a greeting, or none of these."""

from dataclasses import dataclass

from bot.facts.members import NotUnderstood, Welcome
from bot.services import people
from bot.services.fields import READ_AT_MOST, Fields
from bot.services.introductions import Introductions
from bot.services.waits import Waits
from bot.understanding.choices import Choice, asks_for_help, read_choice
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

    async def hear(self, member_id: int, text: str) -> object:
        """What the words lead to: a fact that `bot.messages` can word. The words are not kept.

        Raises the situations of the service that acts.
        """
        text = text[:READ_AT_MOST]
        ask, shown, me = await self._shown_to(member_id)
        choice = read_choice(text, [contact.name for contact in shown])
        if choice is not None and (chosen := await self._choose(member_id, ask, shown, choice)) is not None:
            return chosen
        found = await self.fields.find(member_id, text)
        if found is not None:
            return found
        return self._welcome(me) if asks_for_help(text) else NotUnderstood()

    async def welcome(self, member_id: int, unknown_word: str | None = None) -> Welcome:
        """The menu, with the word that was not understood, if there was one."""
        async with self.database.reading() as store:
            return self._welcome(await store.members.by_id(member_id), unknown_word)

    async def _shown_to(self, member_id: int) -> tuple[AskRow | None, list[MemberRow], MemberRow]:
        async with self.database.reading() as store:
            ask = await store.asks.latest_of(member_id)
            me = await store.members.by_id(member_id)
            refs = ask.shown if ask else ()
            shown = [await store.members.by_ref(me.workspace, ref) for ref in refs]
            return ask, [member for member in shown if member is not None], me

    async def _choose(self, member_id: int, ask: AskRow | None, shown: list[MemberRow], choice: Choice) -> object:
        if choice.kind == "cancel":
            return await self.introductions.cancel_pending(member_id)
        contact = next((one for one in shown if one.name == choice.name), None)
        if ask is None or contact is None:
            return None
        if choice.kind == "wait":
            return await self.waits.wait(member_id, ask.ref, contact.ref)
        return await self.introductions.request_named(member_id, ask.ref, contact.ref)

    def _welcome(self, member: MemberRow, unknown_word: str | None = None) -> Welcome:
        me = people.me(member)
        return Welcome(is_contact=me.is_contact, availability=me.availability, unknown_word=unknown_word)
