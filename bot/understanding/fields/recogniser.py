"""Recognise the field of education somebody writes about, in any of five languages."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import numpy as np

from bot.errors import WordListProblem
from bot.understanding.fields import compiled, word_lists
from bot.understanding.fields.catalogue import DETAILED, Area, FieldCatalogue
from bot.understanding.fields.everyday import EverydayWords
from bot.understanding.fields.model import NOTHING, FieldModel, Scores
from bot.understanding.fields.phrases import PhraseBook, Sighting
from bot.understanding.fields.word_lists import NOT_MEANT, Listed
from bot.understanding.patterns import EXACT
from bot.understanding.regions import RegionRecogniser
from bot.understanding.words import Word, words_of

SHARPNESS: Final = 4.0
"""How steeply scores become shares of certainty; chosen on folds of our own lists (docs/figures.md)."""

WEIGHT_OF_LISTED: Final = 1.0
"""What a listed phrase that makes up the whole message adds to the score of its fields."""

NAMED_FROM: Final = 0.15
"""The margin over everyday words from which a field counts as named; chosen on our own sentences (docs/figures.md)."""

GUESSED_BELOW: Final = 0.09
"""A best field less certain than this is a guess among many: better asked back."""

SAID_FROM: Final = 0.2
"""Below this certainty, words that do not ask for a contact are not taken for naming a field."""

HINTED_FROM: Final = -0.1
"""Below this margin there is not even a hint worth asking about."""

_MOSTLY: Final = 0.6
_WORDS_BETWEEN = r"and|or|tai|ja|sekä|eli|und|oder|sowie|og|eller|samt|ve|veya|ya da|hem"
_JOINED = re.compile(rf"\b(?:{_WORDS_BETWEEN})\b|[/&+]", re.IGNORECASE)
_BETWEEN_FIELDS = re.compile(rf"\b(?:{_WORDS_BETWEEN})\b|[/&+,;]", re.IGNORECASE)
_CODE = re.compile(r"(?<!\d)\d{3,4}(?!\d)")


@dataclass(frozen=True)
class FieldMatch:
    """A field somebody may mean: its code and how sure that is (0 to 1)."""

    code: str
    score: float


@dataclass(frozen=True)
class FieldReading:
    """What a text says about fields, best first.

    `clear`: it names one field, and asking back would only annoy. `guessed`: nothing in it names a field plainly; the
    matches are worth showing only to somebody who asks for a contact.
    """

    matches: tuple[FieldMatch, ...]
    clear: bool
    guessed: bool = False


NO_FIELD: Final = FieldReading((), clear=False)


@dataclass(frozen=True)
class _Told:
    """What is left of a message without everyday words, and the listed phrases in it."""

    words: tuple[str, ...]
    sightings: tuple[Sighting, ...]

    @property
    def letters(self) -> int:
        return sum(len(word) for word in self.words)

    def share(self, seen: Sighting) -> float:
        """How much of what is left this phrase makes up (0 to 1)."""
        return seen.letters / self.letters


class FieldRecogniser:
    """Knows the words of every field (2.3, domain.md) and what their letters have in common."""

    def __init__(
        self,
        catalogue: FieldCatalogue,
        model: FieldModel,
        phrases: PhraseBook,
        everyday: EverydayWords,
        regions: RegionRecogniser,
    ) -> None:
        self.catalogue = catalogue
        self._model = model
        self._phrases = phrases
        self._everyday = everyday
        self._regions = regions
        self._classes = np.array(model.classes)
        self._nothing = model.classes.index(NOTHING)

    @classmethod
    def load(cls, laid_over: Path | None = None, regions: RegionRecogniser | None = None) -> "FieldRecogniser":
        """Build the recogniser from the files beside this code and a network's own word lists; do it once.

        Raises WordListProblem when the network's lists cannot be read.
        """
        made = compiled.load()
        catalogue = FieldCatalogue.load(made.labels)
        phrases = _with(made.phrases, word_lists.laid_over(laid_over), catalogue)
        return cls(catalogue, made.model, phrases, EverydayWords(made.everyday), regions or RegionRecogniser.load())

    def read(self, text: str, top: int = 3) -> FieldReading:
        """Say which fields a text names: at most `top` of them, best first."""
        words = words_of(text)
        told = self._told(text, words)
        if not told.words:
            return NO_FIELD
        scores = self._scores(told)
        wide = self._wide(told, scores, top)
        if wide is not None:
            return wide
        margin = self._margin(scores)
        if margin < HINTED_FROM and not told.sightings:
            return NO_FIELD
        several = self._several(text, top) if len(told.sightings) > 1 else None
        matches = self._matches(scores, top)
        named = any(told.share(seen) >= _MOSTLY and seen.codes == {matches[0].code} for seen in told.sightings)
        clear = named or (margin >= NAMED_FROM and matches[0].score >= GUESSED_BELOW)
        guessed = not named and not (clear and matches[0].score >= SAID_FROM)
        return several or FieldReading(matches, clear, guessed)

    def code_of(self, words: str) -> str | None:
        """Read one field from an import: an ISCED-F code in digits, or words in any language; None if it is not clear.

        A spreadsheet may have eaten the first zero ("713"); a code of three digits stands for a field if only one
        field begins with it, or if the fields it covers are taught as one.
        """
        digits = _CODE.search(words)
        if digits:
            return self._code_from_digits(digits.group())
        reading = self.read(words)
        return reading.matches[0].code if reading.clear else None

    def _told(self, text: str, words: Sequence[Word]) -> _Told:
        folded = [word.folded for word in words]
        sightings = self._phrases.find(folded)
        never = self._everyday.names(text) | self._places(text, sightings)
        around = self._everyday.among(words) | never
        meant = {place for seen in sightings if _outweighs(seen, words, around) for place in seen.places} - never
        left = [place for place, word in enumerate(folded) if place in meant or (place not in around and _tells(word))]
        return _Told(
            tuple(folded[place] for place in left),
            tuple(seen for seen in sightings if set(seen.places) <= set(left)),
        )

    def _places(self, text: str, sightings: Sequence[Sighting]) -> frozenset[int]:
        """Words that name a region or town; one that only begins like it may be a listed word ("Kemi", "kemia")."""
        listed = {place for seen in sightings if seen.exact for place in seen.places}
        named = self._regions.places(text).items()
        return frozenset(place for place, certainty in named if certainty == EXACT or place not in listed)

    def _scores(self, told: _Told) -> Scores:
        """Score every class: by the letters of what is left, and by the listed phrases in it."""
        scores = self._model.scores([(word, 1.0) for word in told.words])
        for seen in told.sightings:
            codes = [code for code in seen.codes if DETAILED.fullmatch(code)]
            if codes:
                scores[np.isin(self._classes, codes)] += WEIGHT_OF_LISTED * told.share(seen) / len(codes)
        return scores

    def _margin(self, scores: Scores) -> float:
        return float(np.max(np.delete(scores, self._nothing)) - scores[self._nothing])

    def _matches(self, scores: Scores, top: int, among: frozenset[str] | None = None) -> tuple[FieldMatch, ...]:
        """The best classes, with shares of certainty that add up to one over all of them."""
        raised = np.exp(SHARPNESS * (scores - np.max(scores)))
        certainty = raised / raised.sum()
        best = [place for place in np.argsort(-scores, kind="stable") if place != self._nothing]
        if among is not None:
            best = [place for place in best if self._model.classes[place] in among]
        return tuple(FieldMatch(self._model.classes[place], round(float(certainty[place]), 3)) for place in best[:top])

    def _wide(self, told: _Told, scores: Scores, top: int) -> FieldReading | None:
        """A name for several fields ("sote", "technology"), when the message says little else.

        Fields that are taught as one are answered with their area; otherwise it must be asked which one is meant.
        """
        seen = next((one for one in told.sightings if told.share(one) >= _MOSTLY), None)
        if seen is None:
            return None
        detailed = frozenset(code for code in seen.codes if DETAILED.fullmatch(code))
        area = self._area_named(seen.codes - detailed) or self.catalogue.area_of(detailed)
        if area is not None and detailed <= set(area.covers):
            return FieldReading((FieldMatch(area.code, 1.0),), clear=True)
        if len(detailed) == 1:
            return None
        meant = detailed or frozenset(code for branch in seen.codes for code in self.catalogue.branch(branch))
        matches = self._matches(scores, top, meant)
        if (order := self.catalogue.span(meant)) is not None:
            matches = tuple(sorted(matches, key=lambda match: order.index(match.code)))
        return FieldReading(matches, clear=len(meant) == 1)

    def _area_named(self, branches: frozenset[str]) -> Area | None:
        return next((area for branch in sorted(branches) if (area := self.catalogue.area_named(branch))), None)

    def _several(self, text: str, top: int) -> FieldReading | None:
        """Several fields joined by "and" or "or", or in a list of three and more, each of them in listed words.

        Two parts with a comma are one title, for registers write "cook, school kitchen".
        """
        joined = self._named_in(_JOINED.split(text))
        distinct = joined if len(joined) > 1 else self._named_in(_BETWEEN_FIELDS.split(text))
        if len(distinct) < (2 if distinct is joined else 3):
            return None
        share = round(1 / len(distinct), 3)
        return FieldReading(tuple(FieldMatch(code, share) for code in distinct[:top]), clear=False)

    def _named_in(self, parts: Sequence[str]) -> list[str]:
        """The fields that parts of a message name plainly; those that belong together are named once."""
        distinct: list[str] = []
        for part in parts:
            code = self._plainly_named(part)
            if code is not None and not any(code in self.catalogue.same_field(one) for one in distinct):
                distinct.append(code)
        return distinct

    def _plainly_named(self, text: str) -> str | None:
        """The field that a part of a message names in listed words and little else."""
        told = self._told(text, words_of(text))
        seen = next((one for one in told.sightings if told.share(one) >= _MOSTLY), None)
        if seen is None:
            return None
        best = self._matches(self._scores(told), 1)[0].code
        return best if best in seen.codes else None

    def _code_from_digits(self, digits: str) -> str | None:
        for code in (digits, f"0{digits}"):
            if code in self.catalogue.known:
                return code
        area = self.catalogue.area_named(digits)
        if area is not None:
            return area.code
        fields = self.catalogue.branch(digits)
        return fields[0] if len(fields) == 1 else None


def _tells(word: str) -> bool:
    """True when a word has letters enough to say anything; numbers and single letters have not."""
    return len(word) > 1 and not word.isdecimal()


def _outweighs(seen: Sighting, words: Sequence[Word], around: frozenset[int]) -> bool:
    """True when a listed phrase counts although some of its words are everyday words.

    A phrase of several words does ("take care" is not one, "home care" is); a single word only when it is typed in
    capitals among others ("IT", "BA"), or when nothing else is said.
    """
    if not set(seen.places) <= around or len(seen.places) > 1:
        return True
    return len(words) == 1 or (
        words[seen.places[0]].typed.isupper() and not all(word.typed.isupper() for word in words)
    )


def _with(ours: PhraseBook, added: Sequence[Listed], catalogue: FieldCatalogue) -> PhraseBook:
    """Lay a network's own words over ours."""
    unknown = next((one for one in added if one.code not in catalogue.known), None)
    if unknown is not None:
        raise WordListProblem(
            f"{unknown.language}.ini: [{unknown.code}] is no field; `silta fields list` shows them all."
        )
    if not added:
        return ours
    not_meant = [(one.code, one.words) for one in added if one.key == NOT_MEANT]
    return ours.changed([(one.code, one.words) for one in added if one.key != NOT_MEANT], not_meant)
