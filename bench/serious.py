"""How much that is serious is recognised, and how much else is taken for it: `uv run python -m bench.serious`.

The sentences of `serious_sentences.toml` were written before the words and examples, which are not made from them.
"""

import argparse
import tomllib
from pathlib import Path
from typing import Final

from bench.tables import show
from bot.understanding.intents import Intent, IntentRecogniser

SENTENCES: Final = Path(__file__).with_name("serious_sentences.toml")


def sentences(kind: str) -> dict[str, list[str]]:
    """The sentences of a kind (`serious`, or `near`: it only sounds so) by language."""
    listed: dict[str, dict[str, list[str]]] = tomllib.loads(SENTENCES.read_text(encoding="utf-8"))
    return listed[kind]


def taken_seriously(recogniser: IntentRecogniser, texts: list[str]) -> list[str]:
    """Those that are read as serious."""
    return [text for text in texts if recogniser.read(text)[0].intent is Intent.SERIOUS]


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--wrong", action="store_true", help="show every sentence that is read wrongly")
    shows_wrong = parser.parse_args().wrong
    recogniser = IntentRecogniser.load()
    rows, wrong = [], list[str]()
    for kind in ("serious", "near"):
        for language, texts in sentences(kind).items():
            taken = taken_seriously(recogniser, texts)
            rows.append((kind, language, len(texts), 100 * len(taken) / len(texts)))
            wrong += [f"{language} {kind}: {text}" for text in texts if (text in taken) != (kind == "serious")]
    show("Taken seriously", ("kind", "language", "sentences", "taken seriously %"), rows)
    print("\n".join(wrong) if shows_wrong else f"{len(wrong)} read wrongly")


if __name__ == "__main__":
    main()
