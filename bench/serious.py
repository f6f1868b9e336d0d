"""How much that is serious is recognised, and how much else is taken for it: `uv run python -m bench.serious`.

Two sets, both put away before anything was learnt for them. The sentences of `serious_sentences.toml` were written
before the words were listed; those of `serious_fresh_sentences.toml` after the examples of `data/serious`, in other
ways of writing, before these were learnt from.
"""

import argparse
import time
import tomllib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from bench.tables import percentile, show
from bot.understanding.intents import Intent, IntentRecogniser

SENTENCES: Final = Path(__file__).with_name("serious_sentences.toml")
FRESH: Final = Path(__file__).with_name("serious_fresh_sentences.toml")


def sentences(kind: str, path: Path = SENTENCES) -> dict[str, list[str]]:
    """The sentences of a kind (`serious`, `everyday`, or `near`: it only sounds so) by language."""
    listed: dict[str, dict[str, list[str]]] = tomllib.loads(path.read_text(encoding="utf-8"))
    return listed[kind]


def taken_seriously(recogniser: IntentRecogniser, texts: Sequence[str]) -> list[str]:
    """Those that are read as serious."""
    return [text for text in texts if recogniser.read(text)[0].intent is Intent.SERIOUS]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="show every sentence that is read wrongly")
    shows_wrong = parser.parse_args().wrong
    recogniser = IntentRecogniser.load()
    rows, wrong, took = [], list[str](), list[float]()
    for name, path, kinds in (
        ("first", SENTENCES, ("serious", "near")),
        ("fresh", FRESH, ("serious", "everyday", "near")),
    ):
        for kind in kinds:
            for language, texts in sentences(kind, path).items():
                taken = taken_seriously(recogniser, texts)
                met = [text for text in texts if recogniser.may_be_serious(text)]
                shares = (100 * len(some) / len(texts) for some in (taken, met))
                rows.append((name, kind, language, len(texts), *shares))
                wrong += [f"{language} {kind}: {text}" for text in texts if (text in taken) != (kind == "serious")]
                took += [_milliseconds(recogniser, text) for text in texts]
    show("Taken seriously", ("set", "kind", "language", "sentences", "taken seriously %", "or given the line %"), rows)
    print("\n".join(wrong) if shows_wrong else f"{len(wrong)} read wrongly")
    print(f"one message: median {percentile(took, 50):.2f} ms, p95 {percentile(took, 95):.2f} ms")


def _milliseconds(recogniser: IntentRecogniser, text: str) -> float:
    started = time.perf_counter()
    recogniser.read(text)
    return (time.perf_counter() - started) * 1000


if __name__ == "__main__":
    main()
