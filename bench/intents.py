"""How well the kinds of sentences are told apart, and how fast: `uv run python -m bench.intents [--wrong]`.

Sentences of `intent_sentences.toml`, by language, by how they are written, and by intent. Something serious is right
only if it is read as serious and nothing else.
"""

import argparse
import time
import tomllib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from bench.tables import percentile, show
from bot.understanding.intents import Intent, IntentRecogniser

SENTENCES: Final = Path(__file__).with_name("intent_sentences.toml")
NOT_SERIOUS: Final = "not_serious"
SERIOUS: Final = "serious"


@dataclass(frozen=True)
class Sentence:
    """A sentence, how it is written, and what it means."""

    text: str
    language: str
    style: str
    intent: Intent


def sentences(path: Path = SENTENCES) -> Iterator[Sentence]:
    """Every sentence with a meaning."""
    for language, styles in _read(path).items():
        for style, intents in styles.items() if language not in {SERIOUS, NOT_SERIOUS} else ():
            for intent, texts in intents.items():
                yield from (Sentence(text, language, style, Intent(intent)) for text in texts)


def more_serious(path: Path = SENTENCES) -> list[str]:
    """Further sentences that nothing but care answers."""
    return [text for texts in _read(path)[SERIOUS].values() for text in texts]


def everyday(path: Path = SENTENCES) -> list[str]:
    """Sentences that only sound serious."""
    return [text for texts in _read(path)[NOT_SERIOUS].values() for text in texts]


def read_as(recogniser: IntentRecogniser, text: str) -> Intent:
    """The one intent a sentence is read as; one that is read as two has none."""
    said = recogniser.read(text)
    return said[0].intent if len(said) == 1 else Intent.NONE


def _read(path: Path) -> dict[str, dict[str, dict[str, list[str]]]]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def measure(recogniser: IntentRecogniser, *, shows_wrong: bool) -> None:
    """Print how many are right, and how long one takes."""
    asked, right, took = Counter[str](), Counter[str](), []
    for one in sentences():
        started = time.perf_counter()
        read = read_as(recogniser, one.text)
        took.append((time.perf_counter() - started) * 1000)
        for group in ("all", one.language, one.style, one.intent):
            asked[group] += 1
            right[group] += read is one.intent
        if shows_wrong and read is not one.intent:
            print(f"{one.language} {one.style}: {one.intent} read as {read}: {one.text}")
    rows = [(group, asked[group], 100 * right[group] / asked[group]) for group in asked]
    show("Kinds of sentences", ("group", "sentences", "right %"), rows)
    missed = [text for text in more_serious() if read_as(recogniser, text) is not Intent.SERIOUS]
    print(f"further serious sentences missed: {len(missed)} of {len(more_serious())}: {'; '.join(missed)}")
    taken = [text for text in everyday() if read_as(recogniser, text) is Intent.SERIOUS]
    print(f"everyday sentences taken too seriously: {len(taken)} of {len(everyday())}: {'; '.join(taken)}")
    print(f"one sentence: median {percentile(took, 50):.2f} ms, p95 {percentile(took, 95):.2f} ms")


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="show every sentence that is read wrongly")
    started = time.perf_counter()
    recogniser = IntentRecogniser.load()
    loaded = (time.perf_counter() - started) * 1000
    measure(recogniser, shows_wrong=parser.parse_args().wrong)
    print(f"loading: {loaded:.0f} ms")


if __name__ == "__main__":
    main()
