"""How well something serious is told when it was not learnt: `uv run --group training python -m bench.care_styles`.

Of the examples in `data/serious` every way of writing is left out once, together with some others, in all languages;
with `--mixed`, a sixth of all examples whatever their way of writing. The listed words stay.
"""

import argparse
from collections.abc import Sequence
from itertools import product
from typing import Final

import numpy as np

from bench.tables import show
from bench.train_care import Example, others, train, written
from bot.understanding.intents import care
from bot.understanding.intents.examples import LANGUAGES

FOLDS: Final = 6
EVERYDAY: Final = frozenset({"everyday", "chatty", "mixed_languages"})


def left_out(examples: Sequence[Example], *, mixed: bool) -> list[bool]:
    """Whether each is taken seriously by a model that has not seen it, nor (unless mixed) anything written like it."""
    styles = {style: number % FOLDS for number, style in enumerate(sorted({one.style for one in examples}))}
    fold = np.array([styles[one.style] for one in examples])
    if mixed:
        fold = np.random.default_rng(0).integers(0, FOLDS, len(examples))
    taken = [False] * len(examples)
    for number in range(FOLDS):
        model = train([*(one for one, of in zip(examples, fold, strict=True) if of != number), *others()])
        for at in np.flatnonzero(fold == number).tolist():
            taken[at] = model.needs_care(examples[at].text)
    return taken


def main() -> None:
    """Measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mixed", action="store_true", help="leave out examples of every way of writing")
    mixed = parser.parse_args().mixed
    examples = list(written())
    taken = left_out(examples, mixed=mixed)
    rows = list[tuple[object, ...]]()
    for kind, language in product(("serious", "near", "everyday"), LANGUAGES):
        of = [was for one, was in zip(examples, taken, strict=True) if (_kind(one), one.language) == (kind, language)]
        rows.append((kind, language, len(of), 100 * sum(of) / len(of)))
    show(f"Ways of writing left out, from {care.WHOLE_FROM}", ("kind", "language", "sentences", "serious %"), rows)
    told = [(_kind(one), one.style, was) for one, was in zip(examples, taken, strict=True)]
    rows = []
    for kind, style in sorted({(kind, style) for kind, style, _ in told}):
        of = [was for *those, was in told if those == [kind, style]]
        rows.append((kind, style, len(of), 100 * sum(of) / len(of)))
    show("By way of writing", ("kind", "style", "sentences", "serious %"), rows)


def _kind(one: Example) -> str:
    return "serious" if one.is_serious else "everyday" if one.style in EVERYDAY else "near"


if __name__ == "__main__":
    main()
