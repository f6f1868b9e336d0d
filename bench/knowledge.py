"""How questions in other words than the knowledge pack's own are understood, by language.

All five languages are learnt together, as the service does. The questions stand beside the tests of the pack.
"""

import tomllib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from pathlib import Path

from bench.tables import show
from bot.understanding.answers.head import OWN_PACK_HANDED_OVER
from bot.understanding.answers.pack import own_pack
from bot.understanding.answers.recogniser import AnswerRecogniser

LANGUAGES = ("en", "fi", "de", "nb", "tr")
QUESTIONS = Path(__file__).parents[1] / "tests/bot/understanding/answers/knowledge_questions.toml"
HEADER = ("language", "questions", "right %", "offered %", "handed over %", "wrong %", "outside", "answered %")


def main() -> None:
    """Prints one row per language."""
    recogniser = _learnt()
    asked = tomllib.loads(QUESTIONS.read_text(encoding="utf-8"))
    show("The knowledge pack", HEADER, [_row(recogniser, language, asked[language]) for language in LANGUAGES])


def _learnt() -> AnswerRecogniser:
    examples: defaultdict[str, list[str]] = defaultdict(list)
    for language in LANGUAGES:
        for entry in own_pack(language):
            examples[entry.id] += entry.questions
    return AnswerRecogniser.learn(examples, OWN_PACK_HANDED_OVER)


def _row(recogniser: AnswerRecogniser, language: str, asked: Mapping[str, Sequence[str]]) -> list[object]:
    """Shares of the questions that have an entry, then of those that have none."""
    inside = [(known, recogniser.read(text)) for known, texts in asked.items() if known != "none" for text in texts]
    right = sum(reading.answer == known for known, reading in inside)
    offered = sum(known in reading.near for known, reading in inside)
    wrong = sum(reading.answer not in {known, None} for known, reading in inside)
    rest = len(inside) - right - offered - wrong
    shares = [f"{100 * count / len(inside):.1f}" for count in (right, offered, rest, wrong)]
    outside = [recogniser.read(text).answer is not None for text in asked["none"]]
    return [language, len(inside), *shares, len(outside), f"{100 * sum(outside) / len(outside):.1f}"]


if __name__ == "__main__":
    main()
