"""Finds the entry that answers a question; learns anew in the background when an entry changes."""

import asyncio
from dataclasses import dataclass, replace
from functools import cache
from typing import Final

import structlog

from bot.errors import UnknownReference
from bot.language import LANGUAGES
from bot.services.entries_known import FALLBACK, Known, in_language, known_and_retired, questions_of
from bot.understanding.answers import AnswerRecogniser, KnowledgeEntry, own_pack
from bot.understanding.answers.head import MOST_EXAMPLES, OWN_PACK_HANDED_OVER
from bot.understanding.answers.meanings import sentences
from bot.understanding.answers.recogniser import MOST_NEAR, NEAR_FROM, SURE_FROM
from storage.database import Database

LOOKED_AT: Final = 20
"""Best matches, among which those of other countries are passed over."""

_EMBEDDED_AT_ONCE: Final = 16
"""Texts for which a change of an entry waits: half a second."""

log = structlog.get_logger()


@dataclass(frozen=True)
class Found:
    """What a question may mean here: an entry that surely answers it, else up to three that may be meant.

    `elsewhere` is the entry that surely answers it in another country, when none does here.
    """

    answer: KnowledgeEntry | None = None
    near: tuple[KnowledgeEntry, ...] = ()
    elsewhere: KnowledgeEntry | None = None
    is_readable: bool = True


@dataclass(frozen=True)
class _Learnt:
    version: int
    known: Known
    retired: Known
    questions: dict[str, list[str]]
    recogniser: AnswerRecogniser | None


class Knowledge:
    """What is answered in each workspace. While something new is being learnt, what was learnt before serves."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._learnt: dict[str, _Learnt] = {}
        self._outdated = asyncio.Event()

    async def keep_up(self, workspace: str) -> None:
        """Learns at the start and after every change, also one that another replica made, until cancelled."""
        while True:
            self._outdated.clear()
            try:
                await self.learn(workspace)
                await self.learn_meanings(workspace)
            except Exception:
                # Whatever it was, what was learnt before still serves, and the next question tries again.
                log.exception("knowledge.not_learnt")
            await self._outdated.wait()

    def look_again(self) -> None:
        """Something has changed."""
        self._outdated.set()

    async def learn(self, workspace: str) -> None:
        """Learns what this workspace answers now, in a thread of its own."""
        async with self._database.reading() as store:
            version = await store.knowledge.version(workspace)
            known, retired = await known_and_retired(store, workspace)
        # What a retired entry was asked with is still known, or the entry nearest to it would answer instead.
        questions, before = questions_of({**retired, **known}), self._learnt.get(workspace)
        if before is not None and before.questions == questions:
            recogniser = before.recogniser
        else:
            _tell_of_many(questions)
            recogniser = await asyncio.to_thread(_recogniser, questions)
        self._learnt[workspace] = _Learnt(version, known, retired, questions, recogniser)

    async def learn_meanings(self, workspace: str) -> None:
        """Learns what the questions mean, too, where the sentence model is installed; the letters answer meanwhile.

        Takes a minute and a half the first time, so it stops as soon as something has changed and goes on after that.
        """
        learnt, model = self._learnt[workspace], sentences()
        texts = [text for texts in learnt.questions.values() for text in texts]
        if model is None or not texts or len(texts) > MOST_EXAMPLES:
            return
        missing = model.missing(texts)
        for begin in range(0, len(missing), _EMBEDDED_AT_ONCE):
            if self._outdated.is_set():
                return
            await asyncio.to_thread(model.keep, missing[begin : begin + _EMBEDDED_AT_ONCE])
        recogniser = await asyncio.to_thread(AnswerRecogniser.learn, learnt.questions, OWN_PACK_HANDED_OVER, model)
        self._learnt[workspace] = replace(learnt, recogniser=recogniser)

    async def entry(self, workspace: str, entry_id: str, language: str) -> KnowledgeEntry | None:
        """The entry with that id in this language or the nearest; None when there is none."""
        return in_language((await self._current(workspace)).known, entry_id, language)

    async def topic(self, workspace: str, entry_id: str) -> str | None:
        """What an entry is about, also of a retired one: cards about it may stand. Raises UnknownReference."""
        learnt = await self._current(workspace)
        for known in (learnt.known, learnt.retired):
            if (entry := in_language(known, entry_id, FALLBACK)) is not None:
                return entry.topic
        raise UnknownReference

    async def read(self, workspace: str, text: str, country: str | None, language: str) -> Found:
        """What the words mean for somebody in this country. What holds in other countries only is not proposed."""
        learnt = await self._current(workspace)
        if learnt.recogniser is None:
            return Found()
        reading = learnt.recogniser.read(text, LOOKED_AT)
        if any(one.score >= SURE_FROM and _is_retired(learnt, one.id) for one in reading.matches[:1]):
            return Found()
        entries = [(one.score, in_language(learnt.known, one.id, language)) for one in reading.matches]
        scored = [(score, entry) for score, entry in entries if entry is not None]
        here = [(score, entry) for score, entry in scored if holds_in(entry, country)]
        sure = next((entry for score, entry in here if score >= SURE_FROM), None)
        if sure is not None:
            return Found(answer=sure)
        elsewhere = next((entry for score, entry in scored if score >= SURE_FROM), None)
        near = tuple(entry for score, entry in here if score >= NEAR_FROM)[:MOST_NEAR]
        return Found(None, near, elsewhere, is_readable=bool(reading.matches))

    async def _current(self, workspace: str) -> _Learnt:
        learnt = self._learnt.get(workspace)
        if learnt is None:
            await self.learn(workspace)
            return self._learnt[workspace]
        async with self._database.reading() as store:
            if await store.knowledge.version(workspace) != learnt.version:
                self.look_again()
        return learnt


def _is_retired(learnt: _Learnt, entry_id: str) -> bool:
    return in_language(learnt.known, entry_id, FALLBACK) is None


def holds_in(entry: KnowledgeEntry, country: str | None) -> bool:
    """Whether an entry is meant for somebody in this country; a national one is for its own countries only."""
    return not entry.countries or country in entry.countries


def _tell_of_many(questions: dict[str, list[str]]) -> None:
    """Beyond a number of examples answers are a little worse, which nobody would see."""
    examples = sum(map(len, questions.values()))
    if examples > MOST_EXAMPLES:
        log.warning("knowledge.counted_only", examples=examples, most=MOST_EXAMPLES)


def _recogniser(questions: dict[str, list[str]]) -> AnswerRecogniser | None:
    if not questions:
        return None
    return _of_the_product() if questions == _own_questions() else _learnt_beside_our_own(questions)


@cache
def _of_the_product() -> AnswerRecogniser:
    return _learnt_beside_our_own(_own_questions())


def _learnt_beside_our_own(questions: dict[str, list[str]]) -> AnswerRecogniser:
    return AnswerRecogniser.learn(questions, OWN_PACK_HANDED_OVER)


def _own_questions() -> dict[str, list[str]]:
    return questions_of({(entry.id, language): entry for language in LANGUAGES for entry in own_pack(language)})
