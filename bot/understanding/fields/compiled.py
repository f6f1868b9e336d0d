"""What is made of the word lists by `uv run poe train-fields`, and read at start-up instead of them.

Reading and folding seventy thousand phrases would take every start half a second and fifty megabytes.
"""

import hashlib
import json
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from typing import Any

import numpy as np

from bot.understanding.fields.model import FieldModel
from bot.understanding.fields.phrases import PhraseBook
from bot.understanding.fields.word_lists import LANGUAGES

Labels = dict[str, dict[str, str]]


@dataclass(frozen=True)
class Compiled:
    """The trained model, every listed phrase, every everyday phrase, and what each code is called."""

    model: FieldModel
    phrases: PhraseBook
    everyday: PhraseBook
    labels: Labels
    made_of: str
    """The fingerprint of the lists it was made of."""

    def keep(self, path: Path) -> None:
        """Write everything into one file (npz)."""
        parts: dict[str, Any] = {f"model_{name}": part for name, part in self.model.parts().items()}
        for name, book in (("phrases", self.phrases), ("everyday", self.everyday)):
            meanings = json.dumps([sorted(codes) for codes in book.meanings])
            parts |= {f"{name}_numbers": book.numbers, f"{name}_of": book.meaning_of, f"{name}_meanings": meanings}
        np.savez_compressed(path, labels=json.dumps(self.labels), made_of=self.made_of, **parts)


def load() -> Compiled:
    """Read the file beside the lists; some fifty milliseconds."""
    with as_file(_data("fields.npz")) as path, np.load(path) as kept:
        return Compiled(
            model=FieldModel.of({name.removeprefix("model_"): kept[name] for name in kept.files if "model_" in name}),
            phrases=_book(kept, "phrases"),
            everyday=_book(kept, "everyday"),
            labels=json.loads(str(kept["labels"])),
            made_of=str(kept["made_of"]),
        )


def labels() -> Labels:
    """Read only what each code is called."""
    with as_file(_data("fields.npz")) as path, np.load(path) as kept:
        named: Labels = json.loads(str(kept["labels"]))
        return named


def fingerprint() -> str:
    """What tells today's lists apart from any others."""
    lists = [_data(f"{kind}/{language}.ini") for kind in ("fields", "everyday") for language in LANGUAGES]
    return hashlib.sha256(b"".join(one.read_bytes() for one in lists)).hexdigest()


def _book(kept: Any, name: str) -> PhraseBook:
    meanings = [frozenset(codes) for codes in json.loads(str(kept[f"{name}_meanings"]))]
    return PhraseBook(kept[f"{name}_numbers"], kept[f"{name}_of"], meanings)


def _data(name: str) -> Any:
    return files("bot.understanding").joinpath(f"data/{name}")
