"""Which entry of the knowledge pack answers a question, and whether any does.

Pure: nothing is read from a file, and a recogniser never changes once it has learnt, so that a new one can learn in a
thread while the old one serves.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from bot.understanding.answers.features import Floats, Vocabulary
from bot.understanding.answers.head import HANDED_OVER, MOST_EXAMPLES, Head, Scorer
from bot.understanding.answers.meanings import MeaningHead, Sentences
from bot.understanding.answers.shares import Shares

MOST_NEAR: Final = 3
"""More buttons than this under "did you mean" are a test and no help."""


@dataclass(frozen=True, slots=True)
class AnswerMatch:
    """One entry, and how surely it is meant: 0 to 1, comparable across questions, 0.5 where an answer begins."""

    id: str
    score: float


@dataclass(frozen=True, slots=True)
class AnswerReading:
    """What a question may mean: the best entries, best first.

    `answer` is the entry that surely answers. Without it, `near` holds up to three that may be meant; when that is
    empty, too, Silta does not know.
    """

    matches: tuple[AnswerMatch, ...]
    answer: str | None
    near: tuple[str, ...]


SURE_FROM: Final = 0.5
"""An answer is given from here on: it is where the threshold of the pack lies."""

NEAR_FROM: Final = 0.35
"""Between here and an answer lies "did you mean"."""

_STEEPNESS: Final = 10.0
"""Of the curve from score to surety: one tenth of a score from the threshold is a surety of 0.73."""

NOTHING_KNOWN: Final = AnswerReading((), None, ())


class AnswerRecogniser:
    """Has learnt from examples which entry a question means."""

    def __init__(self, ids: Sequence[str], vocabulary: Vocabulary, head: Scorer | MeaningHead) -> None:
        """Take what `learn` has made."""
        self._ids = tuple(ids)
        self._vocabulary = vocabulary
        self._head = head

    @classmethod
    def learn(
        cls,
        questions: Mapping[str, Sequence[str]],
        handed_over: float = HANDED_OVER,
        sentences: Sentences | None = None,
    ) -> "AnswerRecogniser":
        """Learn from example questions in any language, by the id of their entry. One without examples is never met.

        With a sentence model, what they mean counts, too, unless there are very many.
        `handed_over` is the share of the examples that would not be answered had they not been learnt from.
        """
        ids = sorted(questions)
        examples = [(text, number) for number, name in enumerate(ids) for text in dict.fromkeys(questions[name])]
        vocabulary, vectors = Vocabulary.learn([text for text, _ in examples])
        entry_of = np.array([number for _, number in examples], np.int64)
        if sentences is not None and 0 < len(examples) <= MOST_EXAMPLES:
            texts = [text for text, _ in examples]
            sized = (entry_of, len(ids), len(vocabulary))
            return cls(ids, vocabulary, MeaningHead.learn(sentences, texts, vectors, *sized, handed_over))
        kind: type[Head] | type[Shares] = Head if len(examples) <= MOST_EXAMPLES else Shares
        head = kind.learn(vectors, entry_of, len(ids), len(vocabulary), handed_over)
        return cls(ids, vocabulary, head)

    def read(self, text: str, top: int = MOST_NEAR) -> AnswerReading:
        """Say which entries a question may mean, `top` of them at most."""
        vectors = self._vocabulary.vectors([text])
        if not len(vectors.features):
            return NOTHING_KNOWN
        head = self._head
        said = head.scores(text, vectors) if isinstance(head, MeaningHead) else head.scores(vectors)
        best = np.argsort(-said[0], kind="stable")[:top]
        surety = _surety(said[0][best] - head.threshold)
        matches = tuple(
            AnswerMatch(self._ids[place], round(float(one), 4)) for place, one in zip(best, surety, strict=True)
        )
        if matches[0].score >= SURE_FROM:
            return AnswerReading(matches, matches[0].id, ())
        near = tuple(match.id for match in matches[:MOST_NEAR] if match.score >= NEAR_FROM)
        return AnswerReading(matches, None, near)


def _surety(above: Floats) -> Floats:
    """Bring scores above and below the threshold between 0 and 1."""
    surety: Floats = (1 + np.tanh(_STEEPNESS / 2 * above)) / 2
    return surety
