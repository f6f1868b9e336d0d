"""Train the model of fields from the word lists: `uv run poe train-fields`.

A linear support vector machine over character n-grams, one class for each field and one for everyday words. Its weights
are kept as whole numbers of eight bits in `bot/understanding/data/fields.npz`, with the fingerprint of the lists they
come from, so that a test can tell when somebody edited a list and forgot to train.
"""

import argparse
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from sklearn.model_selection import StratifiedKFold
from sklearn.svm import LinearSVC

from bot.understanding.fields import everyday, word_lists
from bot.understanding.fields.catalogue import DETAILED, spans
from bot.understanding.fields.compiled import Compiled, fingerprint
from bot.understanding.fields.everyday import EVERYDAY
from bot.understanding.fields.grams import grams_of_lines
from bot.understanding.fields.model import NOTHING, FieldModel
from bot.understanding.fields.phrases import PhraseBook
from bot.understanding.words import folded_words

RARER_LEFT_OUT: Final = 2
"""An n-gram that only one listed phrase has is left out: measured, it costs nothing and halves the model."""

PENALTY: Final = 1.0
FOLDS: Final = 5
_LINE_BITS: Final = 20


def examples() -> tuple[list[str], NDArray[np.str_]]:
    """Every listed phrase once per class, folded, and its class."""
    lists = word_lists.load()
    listed = [(one.code, one.words) for one in lists.words if DETAILED.fullmatch(one.code)]
    around = everyday.load()
    listed += [(NOTHING, phrase) for phrase in (*around.words, *around.sentences)]
    once = dict.fromkeys((code, " ".join(folded_words(phrase))) for code, phrase in listed)
    kept = [(code, phrase) for code, phrase in once if phrase]
    return [phrase for _, phrase in kept], np.array([code for code, _ in kept])


class Grams:
    """The n-grams of the training phrases, and phrases as sparse vectors over them."""

    def __init__(self, phrases: list[str]) -> None:
        grams, _, _ = _counted(phrases)
        known, phrases_with = np.unique(grams, return_counts=True)
        frequent = phrases_with >= RARER_LEFT_OUT
        self.known = known[frequent]
        self.rarity = (np.log((1 + len(phrases)) / (1 + phrases_with[frequent])) + 1).astype(np.float32)

    def vectors(self, phrases: list[str]) -> Any:
        """One row of length one for each phrase (scipy sparse matrix)."""
        grams, lines, counts = _counted(phrases)
        places = np.searchsorted(self.known, grams)
        places[places == len(self.known)] = 0
        kept = self.known[places] == grams
        values = (1 + np.log(counts[kept])) * self.rarity[places[kept]]
        rows = sparse.csr_matrix((values, (lines[kept], places[kept])), shape=(len(phrases), len(self.known)))
        unknown = np.bincount(lines[~kept], minlength=len(phrases)) * float(self.rarity.max()) ** 2
        lengths = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel() + unknown)
        return (sparse.diags(1 / np.maximum(lengths, 1e-9)) @ rows).tocsr()


def _counted(phrases: list[str]) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64]]:
    grams, lines = grams_of_lines(phrases)
    keys, counts = np.unique((grams << _LINE_BITS) | lines, return_counts=True)
    return keys >> _LINE_BITS, keys & ((1 << _LINE_BITS) - 1), counts


def machine() -> LinearSVC:
    """The classifier, the same on every run."""
    return LinearSVC(C=PENALTY, random_state=0)


def train() -> Compiled:
    """Train on everything, and arrange every phrase for finding."""
    phrases, classes = examples()
    grams = Grams(phrases)
    trained = machine().fit(grams.vectors(phrases), classes)
    scale = np.abs(trained.coef_).max(axis=1) / 127
    whole = np.round(trained.coef_ / scale[:, None]).astype(np.int8).T
    bias = trained.intercept_.astype(np.float32)
    lists = word_lists.load()
    labels = [(code, label) for names in lists.labels.values() for code, label in names.items()]
    return Compiled(
        model=FieldModel(list(trained.classes_), grams.known, grams.rarity, whole, scale.astype(np.float32), bias),
        phrases=PhraseBook.of([*((one.code, one.words) for one in lists.words), *labels]).replaced(spans()),
        everyday=PhraseBook.of((EVERYDAY, phrase) for phrase in everyday.load().words),
        labels=lists.labels,
        made_of=fingerprint(),
    )


def cross_validate() -> None:
    """Print how often a phrase that the model has not seen is given its own class."""
    phrases, classes = examples()
    vectors = Grams(phrases).vectors(phrases)
    right = []
    for seen, unseen in StratifiedKFold(FOLDS, shuffle=True, random_state=0).split(vectors, classes):
        right.append(np.mean(machine().fit(vectors[seen], classes[seen]).predict(vectors[unseen]) == classes[unseen]))
    print(f"{FOLDS} folds: {100 * np.mean(right):.1f} % of unseen listed phrases are given their own class")


def main() -> None:
    """Train, and with `--folds` say first how well it does on phrases it has not seen."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--folds", action="store_true", help="cross-validate first (a few minutes)")
    if parser.parse_args().folds:
        cross_validate()
    path = Path(str(files("bot.understanding").joinpath("data/fields.npz")))
    made = train()
    made.keep(path)
    print(f"{len(made.phrases.numbers)} phrases, {len(made.model.classes)} classes -> {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
