"""Which kind of sentence a message is, and whether it holds two.

Something serious is looked for first, with a model of its own (`care`), and stands alone: no sentence of it is read as
anything else (R14, K47).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

import numpy as np

from bot.understanding.intents import care, compiled
from bot.understanding.intents.care import PERHAPS, CareModel
from bot.understanding.intents.clauses import clauses_of
from bot.understanding.intents.compiled import IntentModel
from bot.understanding.intents.kinds import POLITE, Intent

SURE_FROM: Final = 0.5
"""The surety that all but one example in twenty reach, left out of what is learnt from."""
SURE_BESIDE_ANOTHER: Final = 0.8
"""A clause counts for itself only when it is surer: half a sentence says less than a whole one."""
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

    def __init__(self, model: IntentModel, care: CareModel) -> None:
        """Take the trained models: of all kinds, and of what is serious."""
        self._model = model
        self._care = care
        self._intents = tuple(Intent(name) for name in model.names)

    @classmethod
    @cache
    def load(cls) -> "IntentRecogniser":
        """Build the recogniser from the files beside this code; it is the same for everybody."""
        return cls(compiled.load(), care.load())

    def read(self, text: str) -> tuple[Said, ...]:
        """Say what a message wants: one thing, or several in the order in which they are said."""
        if self._care.needs_care(text):
            return (Said(Intent.SERIOUS, text, 1.0),)
        whole = self._best(text)
        clauses = [self._best(clause) for clause in clauses_of(text)]
        wanted = [said for said in self._distinct(clauses) if said.intent not in POLITE]
        return tuple(wanted) if len({said.intent for said in wanted}) > 1 else (whole,)

    def may_be_serious(self, text: str) -> bool:
        """Say whether a message that is read as something else may be serious all the same."""
        return self._care.needs_care(text, PERHAPS)

    def _best(self, text: str) -> Said:
        """What a text that is not serious wants most likely."""
        scores = self._model.scores(text)
        if scores is None:
            return Said(Intent.NONE, text, 1.0)
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
