"""The one entry for free text: what kind of sentence it is, and which service answers it."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Final

from bot.clock import Clock
from bot.facts.away import Together
from bot.facts.members import AllRight, NotUnderstood, Welcome, YouAreWelcome
from bot.facts.questions import Serious
from bot.services import bare_answers
from bot.services.away import Away
from bot.services.elsewhere import Answer, Elsewhere
from bot.services.fields import READ_AT_MOST, Fields
from bot.services.introductions import Introductions
from bot.services.nudges import Nudges
from bot.services.promises import Promises
from bot.services.waits import Waits
from bot.understanding.choices import Choice, read_choice
from bot.understanding.intents import Intent, IntentRecogniser, Said
from bot.understanding.matters import asks_for_human, is_nod, says_contact_is_silent, says_no, says_yes
from bot.understanding.promises import is_promise
from bot.understanding.rhythms import read_rhythm
from bot.understanding.wishes import asks_for_contact, asks_for_help, says_nothing_but_help
from storage.asks import AskRow
from storage.database import Database
from storage.members import MemberRow

LISTENED_TO: Final = 40_000
"""Characters of a message in which something serious is looked for: as many as Slack takes."""
PIECE: Final = 600
"""Characters that are listened to at a time: a word of care among many others weighs little, and of two hundred words
no more are read."""
OVERLAP: Final = 200
"""Characters that two pieces have in common, so that a sentence is whole in one of them."""
LEADS_FROM: Final = 0.7
"""From this surety on the kind of sentence says who is asked first; below it, whoever finds their own words in it."""

_OF_ONES_OWN_DAYS: Final = frozenset({Intent.AWAY, Intent.CAPACITY})


@dataclass(frozen=True)
class _Shown:
    """The last card of a search: what was asked for, and whom it showed; without people it may ask for the field.

    `answers_it`: these are the first words since, soon after, so that a bare yes or no answers it.
    """

    ask: AskRow | None
    contacts: Sequence[MemberRow]
    answers_it: bool


@dataclass(frozen=True)
class Conversation:
    """Hears what a person writes and answers with a fact."""

    database: Database
    clock: Clock
    intents: IntentRecogniser
    fields: Fields
    introductions: Introductions
    waits: Waits
    away: Away
    nudges: Nudges
    promises: Promises
    elsewhere: Elsewhere

    @cached_property
    def _by_intent(self) -> Mapping[Intent, Answer]:
        """Who is asked first; None from them means that the words say something else after all."""
        return {
            Intent.FIND_CONTACT: self.fields.find,
            Intent.AWAY: self.away.hear,
            Intent.CAPACITY: self.away.hear,
            Intent.LESS_OFTEN: self._remind_as_said,
            Intent.CHANGE_OF_MIND: self._choose_again,
            Intent.CANCEL: self._cancel,
            **self.elsewhere.by_intent(),
        }

    async def hear(self, member_id: int, text: str) -> object:
        """What the words lead to: a fact that `bot.messages` can word. Only a promise is kept, in its own words.

        Something serious comes before anything else, and its words go no further (R14). Raises the situations of the
        service that acts.
        """
        shown = await self._shown_to(member_id)
        if says_nothing_but_help(text):
            return await self.welcome(member_id)
        if asks_for_human(text):
            return await self.elsewhere.person(member_id, text)
        if (serious := await self.hear_serious(member_id, text)) is not None:
            return serious
        text = text[:READ_AT_MOST]
        said = self.intents.read(text)
        heard = await self._hear_everyday(member_id, text, said, shown)
        # Whoever looks for a contact surely is the last to need this line, and the one who reads it most often.
        looks_for_contact = self._leading(text, said[0]) == self.fields.find
        return heard if looks_for_contact else await self._with_care(member_id, text, heard)

    async def ask(self, member_id: int, text: str) -> object:
        """A question, said to be one; something serious is taken as such whatever it was said to be (R14)."""
        # Whatever is said meanwhile, a bare yes to what was shown before is no choice any more.
        await self._shown_to(member_id)
        if (serious := await self.hear_serious(member_id, text)) is not None:
            return serious
        text = text[:READ_AT_MOST]
        heard = await (self.elsewhere.by_matter(text) or self.elsewhere.question)(member_id, text)
        return await self._with_care(member_id, text, heard)

    async def _with_care(self, member_id: int, text: str, heard: object) -> object:
        """The answer, and beside it whom to turn to if the words may be serious after all (R14)."""
        if isinstance(heard, Serious) or not self.intents.may_be_serious(text):
            return heard
        return *(heard if isinstance(heard, tuple) else (heard,)), await self.elsewhere.in_case_of_need(member_id)

    async def hear_serious(self, member_id: int, text: str) -> object | None:
        """Whom to turn to, when something serious is anywhere in the words; None when nothing is (R14).

        Everything else is read from the beginning of a message, but somebody may come to it at the very end.
        """
        for piece in _pieces(text):
            if self.intents.read(piece)[0].intent is Intent.SERIOUS:
                return await self.elsewhere.serious(member_id)
            # Others get their turn between the pieces of a long message.
            await asyncio.sleep(0)
        return None

    async def hear_in_channel(self, member_id: int, channel: str, text: str) -> object | None:
        """Like `hear`, for a mention; None in the conversation of two people whom Silta introduced (R11: silent)."""
        async with self.database.reading() as store:
            me = await store.members.by_id(member_id)
            if await store.outbox.introduced_in(me.workspace, channel):
                return None
        if is_promise(text[:READ_AT_MOST]):
            # What is noted for oneself is said to Silta alone; what is serious is heard wherever it is said.
            serious = await self.hear_serious(member_id, text)
            return NotUnderstood() if serious is None else serious
        return await self.hear(member_id, text)

    async def welcome(self, member_id: int, unknown_word: str | None = None) -> Welcome:
        """The menu, with the word that was not understood, if there was one. Whoever has seen it is welcomed."""
        async with self.database.transaction() as store:
            member = await store.members.locked(member_id)
            member.welcomed_at = member.welcomed_at or self.clock.now()
            return _welcome(member, unknown_word)

    async def welcome_once(self, member_id: int) -> Welcome | None:
        """The hello for somebody who looks in for the first time; None for everybody else."""
        async with self.database.reading() as store:
            if (await store.members.by_id(member_id)).welcomed_at is not None:
                return None
        async with self.database.transaction() as store:
            member = await store.members.locked(member_id)
            if member.welcomed_at is not None:
                return None
            member.welcomed_at = self.clock.now()
            return _welcome(member)

    async def _hear_everyday(self, member_id: int, text: str, said: Sequence[Said], shown: _Shown) -> object:
        if is_promise(text):
            return await self.promises.note(member_id, text)
        if len(said) > 1 and (heard := await self._hear_each(member_id, text, said, shown)) is not None:
            return heard
        return await self._hear_one(member_id, text, said[0], shown)

    async def _hear_each(self, member_id: int, text: str, said: Sequence[Said], shown: _Shown) -> object | None:
        """Several wishes in one message, each heard for itself; days and places are read together, as they are said."""
        if {one.intent for one in said} == _OF_ONES_OWN_DAYS:
            return await self.away.hear(member_id, text)
        heard = [await self._hear_one(member_id, one.words, one, shown) for one in said]
        each = [fact for one in heard for fact in (one if isinstance(one, tuple) else (one,))]
        facts = [fact for fact in each if not isinstance(fact, (NotUnderstood, Welcome))]
        return Together(tuple(facts)) if len(facts) > 1 else next(iter(facts), None)

    async def _hear_one(self, member_id: int, text: str, said: Said, shown: _Shown) -> object:
        """First a choice among people just shown, then whoever the kind of sentence leads to, then whoever can."""
        # "hei" is one letter from "nei".
        if is_nod(text) and not asks_for_help(text):
            return await self._hear_nod(member_id, text, said, shown)
        choice = _choice(text, shown)
        leading = self._leading(text, said)
        # Whoever waits for somebody "until Monday" speaks of that person's days and not of their own.
        days = None if choice is not None and choice.kind == "wait" else self.away.hear
        if leading is None and days is not None and (heard := await days(member_id, text)) is not None:
            return heard
        if choice is not None and (chosen := await self._choose(member_id, shown, choice)) is not None:
            return chosen
        for reader in (leading, days, self.fields.find):
            if reader is not None and (heard := await reader(member_id, text)) is not None:
                return heard
        return await self._otherwise(member_id, text, said)

    async def _hear_nod(self, member_id: int, text: str, said: Said, shown: _Shown) -> object:
        """A yes or a no is only ever an answer to what was shown just now; it takes nothing back."""
        choice = _choice(text, shown)
        if choice is not None and choice.kind == "ask":
            return await self._choose(member_id, shown, choice)
        if (
            choice is None
            and shown.ask is not None
            and shown.ask.code is not None
            and shown.answers_it
            and not shown.contacts
        ):
            if says_yes(text):
                return await self.fields.confirm(member_id, shown.ask.ref)
            if says_no(text):
                return await self.fields.change(member_id, shown.ask.ref)
        return YouAreWelcome() if said.is_sure and said.intent is Intent.THANKS else AllRight()

    def _leading(self, text: str, said: Said) -> Answer | None:
        """Who is asked first; words that ask for a contact in so many words are no question about anything."""
        if (other := self.elsewhere.by_matter(text)) is not None:
            return other
        if asks_for_contact(text):
            return self.fields.find
        if says_contact_is_silent(text):
            return self.elsewhere.question
        return self._by_intent.get(said.intent) if said.surety >= LEADS_FROM else None

    async def _otherwise(self, member_id: int, text: str, said: Said) -> object:
        """Thanks, hello, help, and what nobody understands."""
        if said.is_sure and said.intent is Intent.THANKS:
            return YouAreWelcome()
        greets = said.is_sure and said.intent is Intent.GREETING
        if greets or asks_for_help(text):
            return await self.welcome(member_id)
        # A question mark makes a question of whatever kind a few words are like; what has no answer says so itself.
        if said.intent is not Intent.NONE or text.rstrip().endswith("?"):
            return await self.elsewhere.question(member_id, text)
        return NotUnderstood(text)

    async def _remind_as_said(self, member_id: int, text: str) -> object:
        rhythm = read_rhythm(text)
        return await (self.nudges.choose_rhythm(member_id, rhythm) if rhythm else self.nudges.less_often(member_id))

    async def _choose_again(self, member_id: int, text: str) -> object:
        return await self.fields.find(member_id, text) or await self.fields.start(member_id)

    async def _cancel(self, member_id: int, _text: str) -> object | None:
        withdrawn = await self.introductions.cancel_pending(member_id)
        return withdrawn or await self.waits.leave_latest(member_id)

    async def _shown_to(self, member_id: int) -> _Shown:
        """The last card of a search. It has been answered by now, whatever the words say."""
        async with self.database.reading() as store:
            ask = await store.asks.latest_of(member_id)
            if ask is None:
                return _Shown(None, (), answers_it=False)
            contacts = await store.members.by_refs(ask.workspace, ask.shown) if ask.shown else ()
            shown_at = await bare_answers.shown_at(store, ask)
        if shown_at is None:
            return _Shown(ask, contacts, answers_it=False)
        async with self.database.transaction() as store:
            await bare_answers.end(store, ask)
        return _Shown(ask, contacts, answers_it=self.clock.now() - shown_at <= bare_answers.HOLDS_FOR)

    async def _choose(self, member_id: int, shown: _Shown, choice: Choice) -> object:
        if choice.kind == "cancel":
            return await self._cancel(member_id, "")
        contact = next((one for one in shown.contacts if one.name == choice.name), None)
        if shown.ask is None or contact is None:
            return None
        if choice.kind == "wait":
            return await self.waits.wait(member_id, shown.ask.ref, contact.ref)
        return await self.introductions.request_named(member_id, shown.ask.ref, contact.ref)


def _choice(text: str, shown: _Shown) -> Choice | None:
    """What the words choose among the people shown; a name at any time, a bare yes only as the answer to the card."""
    choice = read_choice(text, [contact.name for contact in shown.contacts])
    return None if choice is not None and choice.is_bare and not shown.answers_it else choice


def _welcome(member: MemberRow, unknown_word: str | None = None) -> Welcome:
    has_profile = bool(member.roles) or member.joined_at is not None
    return Welcome(member.is_contact, member.availability, unknown_word, has_profile=has_profile)


def _pieces(text: str) -> Iterator[str]:
    """What is read for meaning, as a whole; then everything, piece by piece."""
    yield text[:READ_AT_MOST]
    listened_to = text[:LISTENED_TO]
    if len(listened_to) > PIECE:
        for begin in range(0, len(listened_to) - OVERLAP, PIECE - OVERLAP):
            yield listened_to[begin : begin + PIECE]
