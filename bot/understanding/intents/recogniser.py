"""Which kind of sentence a message is, and whether it holds two.

Something serious is looked for first, in listed words and by likeness to examples, and stands alone: no sentence of it
is ever read as anything else (R14, K47).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from bot.understanding.intents import compiled
from bot.understanding.intents.clauses import clauses_of
from bot.understanding.intents.compiled import IntentModel
from bot.understanding.intents.kinds import POLITE, Intent
from bot.understanding.intents.serious import names_something_serious, sounds_serious_but_is_not

SURE_FROM: Final = 0.5
"""The surety that all but one example in twenty reach, left out of what is learnt from."""
SURE_BESIDE_ANOTHER: Final = 0.8
"""A clause counts for itself only when it is surer: half a sentence says less than a whole one."""
SERIOUS_FROM: Final = 0.8
"""Without a listed word; what says nothing of what was learnt is now and then a little like anything."""
SERIOUS_IN_A_CLAUSE: Final = 0.9
CARE_FROM: Final = 0.25
"""How much more must speak for something serious than against it, in the model that knows only these two kinds."""
CARE_TOGETHER_FROM: Final = 0.0
"""The same where the intents say serious as well."""
_STEEPNESS: Final = 10.0


@dataclass(frozen=True, slots=True)
class Said:
    """One thing that somebody wants, the words that say it, and how sure that is (0 to 1)."""

    intent: Intent
    words: str
    surety: float

    @property
    def is_sure(self) -> bool:
        """Whether to act on the intent before asking anything else."""
        return self.surety >= SURE_FROM


class IntentRecogniser:
    """Tells kinds of sentences apart."""

    def __init__(self, model: IntentModel, care: IntentModel) -> None:
        """Take the trained models: of all kinds, and of what is serious (its second kind) and what is not."""
        self._model = model
        self._care = care
        self._intents = tuple(Intent(name) for name in model.names)

    @classmethod
    @cache
    def load(cls) -> "IntentRecogniser":
        """Build the recogniser from the files beside this code; it is the same for everybody."""
        return cls(compiled.load(), compiled.load("serious"))

    def read(self, text: str) -> tuple[Said, ...]:
        """Say what a message wants: one thing, or several in the order in which they are said."""
        if names_something_serious(text):
            return (Said(Intent.SERIOUS, text, 1.0),)
        may_be = not sounds_serious_but_is_not(text)
        whole = self._best(text, may_be_serious=may_be)
        clauses = [self._best(clause, may_be_serious=may_be) for clause in clauses_of(text)]
        alike = _is_serious(whole, SERIOUS_FROM) or any(_is_serious(said, SERIOUS_IN_A_CLAUSE) for said in clauses)
        if may_be and self._needs_care(text) > (CARE_TOGETHER_FROM if alike else CARE_FROM):
            return (Said(Intent.SERIOUS, text, 1.0),)
        wanted = [said for said in self._distinct(clauses) if said.intent not in {*POLITE, Intent.SERIOUS}]
        if len({said.intent for said in wanted}) > 1:
            return tuple(wanted)
        return (self._best(text, may_be_serious=False) if whole.intent is Intent.SERIOUS else whole,)

    def _needs_care(self, text: str) -> float:
        """How much more speaks for something serious than against it."""
        scores = self._care.scores(text)
        return float("-inf") if scores is None else float(scores[1] - scores[0])

    def _best(self, text: str, *, may_be_serious: bool) -> Said:
        scores = self._model.scores(text)
        if scores is None:
            return Said(Intent.NONE, text, 1.0)
        if not may_be_serious:
            scores[self._intents.index(Intent.SERIOUS)] = -np.inf
        best = int(np.argmax(scores))
        surety = float(1 / (1 + np.exp(-_STEEPNESS * (scores[best] - self._model.threshold))))
        return Said(self._intents[best], text, round(surety, 3))

    @staticmethod
    def _distinct(read: Sequence[Said]) -> list[Said]:
        """Join clauses that say nothing of their own, or the same again, to the one before them."""
        joined: list[Said] = []
        for said in read:
            is_own = said.surety >= SURE_BESIDE_ANOTHER and (not joined or said.intent is not joined[-1].intent)
            if is_own or not joined:
                joined.append(said)
            else:
                before = joined.pop()
                joined.append(Said(before.intent, f"{before.words}, {said.words}", before.surety))
        return [said for said in joined if said.surety >= SURE_BESIDE_ANOTHER]


def _is_serious(said: Said, surely_from: float) -> bool:
    return said.intent is Intent.SERIOUS and said.surety >= surely_from
