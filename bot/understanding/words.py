"""What a written word is, before anybody asks what it means.

People type on phones, in five languages, with and without the dots. Everything here makes two spellings of the
same word equal and says nothing about meaning.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

MOST_WORDS_READ = 200
"""A field or a town is named early; the rest of an enormous text is not read, so that reading stays fast."""

_MOST_LETTERS_READ = 4_000
_MOST_LETTERS_OF_A_WORD = 50
_SLACK_MARKUP = re.compile(r"<[@#!][^<>]*>|<?https?://[^\s>]+>?|\S+@\S+\.\S+")
_WORD = re.compile(r"[^\W_]+(?:['’ʼ`´][^\W_]+)*")
_APOSTROPHE = re.compile(r"['’ʼ`´]")
_LETTERS_THAT_DO_NOT_DECOMPOSE = str.maketrans({"ı": "i", "ø": "o", "æ": "ae", "œ": "oe", "đ": "d", "ł": "l", "ð": "d"})

# Endings of nouns in the five languages, already folded. They become one set: people mix languages within a word.
_ENDINGS = {
    "en": "s es ing ers er",
    "fi": (
        "n a t i an en in on un aa ia ta na ni si ja jen ien iin den tten ssa sta lla lle lta ksi tta kin ko ssani "
        "aan oon uun een iaan issa ista illa ille ilta iksi itta ina alla alle alta assa asta ala alan ani asi oja oita"
    ),
    "de": "e n s en em er es ern in innen ens",
    "nb": "e a n t et en er ene ens ets ers r s faget fag",
    "tr": (
        "i u e a yi yu ya ye da de ta te dan den tan ten ni nu na ne in un im um si su la le yla yle lar ler lari leri "
        "lara lere larin lerin ci cu lik luk ciyim cuyum ciyi"
    ),
}
ENDINGS = frozenset(ending for endings in _ENDINGS.values() for ending in endings.split())


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a text: as it was typed, and folded for comparing."""

    typed: str
    folded: str


def fold(text: str) -> str:
    """Give the spelling that all ways of writing the same words share: small letters without dots, rings or tails."""
    if text.isascii():
        return text.lower()
    small = text.casefold().translate(_LETTERS_THAT_DO_NOT_DECOMPOSE)
    return "".join(letter for letter in unicodedata.normalize("NFKD", small) if not unicodedata.combining(letter))


def words_of(text: str) -> tuple[Word, ...]:
    """Split a text into its words, without Slack's mentions, links and addresses.

    A hyphen separates words. What follows an apostrophe is dropped: in "İzmir'de" or "Aylin'e" it is only an ending.
    """
    readable = unicodedata.normalize("NFC", _SLACK_MARKUP.sub(" ", text[:_MOST_LETTERS_READ]))
    typed = (_APOSTROPHE.split(word)[0][:_MOST_LETTERS_OF_A_WORD] for word in _WORD.findall(readable)[:MOST_WORDS_READ])
    return tuple(Word(word, fold(word)) for word in typed)


def folded_words(text: str) -> tuple[str, ...]:
    """Split a text into folded words."""
    return tuple(word.folded for word in words_of(text))


def is_form_of(word: str, stem: str) -> bool:
    """Say whether a folded word is the stem itself or the stem with an ending.

    A stem of three letters or fewer takes no endings: too many short words would begin like it by chance.
    """
    return word == stem or (len(stem) > 3 and word.startswith(stem) and word[len(stem) :] in ENDINGS)


def is_form_of_name(word: str, name: str) -> bool:
    """Say whether a folded word is a person's name, also inflected: Kaisaa, Pekalle (Pekka), Aylini, Leenas."""
    return word == name or any(word.startswith(stem) and word[len(stem) :] in ENDINGS for stem in _stems_of_name(name))


def typing_errors_allowed(length: int) -> int:
    """Say how many typing errors a word of this many letters may hold and still be that word.

    Short words are too near to other words (timber and timer, weiter and waiter), so they must be typed right.
    """
    if length < 7:
        return 0
    return 1 if length < 10 else 2


@cache
def _stems_of_name(name: str) -> tuple[str, ...]:
    """Give the stems a Finnish name inflects on: kk, pp and tt weaken before the last vowel (Pekka, Pekalle)."""
    if len(name) < 3:
        return ()
    weakens = any(first == second and first in "kpt" for first, second in pairwise(name[-3:-1]))
    return (name, name[:-2] + name[-1]) if weakens else (name,)
