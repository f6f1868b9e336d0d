"""Five languages: the sentences (gettext catalogues, English in the source), plurals, days and times (Babel)."""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from gettext import GNUTranslations, NullTranslations
from io import BytesIO
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from babel import Locale
from babel.dates import format_date, format_skeleton, format_time, get_timezone_location
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

LANGUAGES: Final = ("en", "fi", "de", "nb", "tr")
NAMES: Final = {"en": "English", "fi": "Suomi", "de": "Deutsch", "nb": "Norsk bokmål", "tr": "Türkçe"}
"""Each language by its own name, as a person looks for it in a list."""
QUOTES: Final = {"en": ("“", "”"), "fi": ("”", "”"), "de": ("„", "“"), "nb": ("«", "»"), "tr": ("“", "”")}
FACT_AT_MOST: Final = 180
"""Characters of one name or list of things inside a sentence."""
_UTC: Final = ZoneInfo("UTC")
_NEAREST: Final = {"no": "nb", "nn": "nb"}
_CATALOGUES: Final = Path(__file__).parent / "locales"


def language_of(locale: str | None) -> str | None:
    """The catalogue for a locale such as "fi-FI" or a language such as "no"; None when Silta does not speak it."""
    if not locale:
        return None
    language = locale.replace("_", "-").split("-")[0].lower()
    language = _NEAREST.get(language, language)
    return language if language in LANGUAGES else None


@cache
def _catalogue(language: str) -> NullTranslations:
    if language == "en":
        return NullTranslations()
    source = _CATALOGUES / language / "LC_MESSAGES" / "silta.po"
    compiled = BytesIO()
    # Catalogues are compiled on first use: a coordinator may correct a .po file and restart, with no build step.
    with source.open("rb") as lines:
        write_mo(compiled, read_po(lines, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)


@dataclass(frozen=True)
class Translator:
    """Speaks one person's language, in that person's time zone."""

    language: str
    zone: ZoneInfo = _UTC

    def text(self, sentence: str, /, **facts: object) -> str:
        """The sentence in this language with the facts on one line, for places where Slack parses no markup."""
        return _filled(_catalogue(self.language).gettext(sentence), _plain(facts))

    def markup(self, sentence: str, /, **facts: object) -> str:
        """The sentence as mrkdwn: every fact is shown literally unless it is `Markup` already."""
        return _filled(_catalogue(self.language).gettext(sentence), _literal(facts))

    def markup_plural(self, one: str, many: str, count: int, /, **facts: object) -> str:
        """Like `markup`, in the form that fits `count`, which fills {count}."""
        return _filled(_catalogue(self.language).ngettext(one, many, count), {"count": str(count)} | _literal(facts))

    def day(self, on: date) -> str:
        """A day with its weekday, e.g. "ma 1.3." or "Mon, Mar 1"."""
        return str(format_skeleton("MMMEd", on, locale=self._locale()))

    def month(self, on: date) -> str:
        """A month with its year, e.g. "maaliskuu 2027" or "March 2027"."""
        return str(format_skeleton("yMMMM", on, locale=self._locale()))

    def full_day(self, on: date) -> str:
        """A day with its year, e.g. "23.11.2026" or "23 Nov 2026"."""
        return str(format_date(on, format="medium", locale=self._locale()))

    def time(self, at: datetime) -> str:
        """The time of day in this person's zone, e.g. "8.00"."""
        return str(format_time(at, format="short", tzinfo=self.zone, locale=self._locale()))

    def local_day(self, at: datetime) -> date:
        """The day on which this moment falls for this person."""
        return at.astimezone(self.zone).date()

    def all_of(self, things: list[str]) -> str:
        """A list as a sentence has it: "a, b and c"."""
        return str(format_list(things, locale=self._locale()))

    def quoted(self, words: str) -> str:
        """Somebody's words between the quotation marks of this language."""
        before, after = QUOTES[self.language]
        return f"{before}{words}{after}"

    def language_name(self, code: str) -> str:
        """What this language calls the language with that code, e.g. "suomi"."""
        return str(Locale.parse(self.language).languages.get(code, code))

    def country_name(self, code: str) -> str:
        """What this language calls the country with that ISO 3166-1 code, e.g. "Suomi"."""
        return str(self._locale().territories.get(code, code))

    def city(self, zone: str) -> str:
        """The city by which this language knows a time zone, e.g. "Berliini" for Europe/Berlin."""
        return str(get_timezone_location(ZoneInfo(zone), self._locale(), return_city=True))

    def _locale(self) -> Locale:
        return Locale.parse("en_GB" if self.language == "en" else self.language)


class Markup(str):
    """Text that is mrkdwn already and passes through `Translator.markup` unchanged, such as a mention."""

    __slots__ = ()


def _filled(sentence: str, facts: dict[str, str]) -> str:
    """The sentence with its facts; a fact that ends in a full stop, such as "ma 1.3.", ends the sentence too."""
    for name, fact in facts.items():
        if fact.endswith("."):
            sentence = sentence.replace(f"{{{name}}}.", f"{{{name}}}")
    return sentence.format(**facts)


def _plain(facts: dict[str, object]) -> dict[str, str]:
    return {name: on_one_line(str(fact)) for name, fact in facts.items()}


def _literal(facts: dict[str, object]) -> dict[str, str]:
    return {
        name: fact if isinstance(fact, Markup) else shown_literally(_shortened(on_one_line(str(fact))))
        for name, fact in facts.items()
    }


# Invisible characters that reorder or hide text: controls but the line break, zero-width spaces, bidi marks.
# The joiners U+200C and U+200D stay: emoji and some scripts need them.
_INVISIBLE: Final = {
    code: None
    for code in (*range(0x20), 0x7F, *range(0x80, 0xA0), 0x200B, 0x200E, 0x200F, *range(0x202A, 0x202F),
                 *range(0x2060, 0x2065), *range(0x2066, 0x2070), 0xFEFF)
    if code != 0x0A
}  # fmt: skip
_APART: Final = str.maketrans({mark: f"\u2060{mark}\u2060" for mark in "*_~`"})
_ESCAPES: Final[tuple[tuple[str, str], ...]] = (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"))


def without_invisible_characters(text: str) -> str:
    """The text without control, bidi and zero-width characters, which could disguise it."""
    return text.translate(_INVISIBLE)


def _shortened(words: str) -> str:
    # Escaped, a character may take five: so even three names made of "&" leave a sentence within Slack's 3,000.
    return words if len(words) <= FACT_AT_MOST else words[: FACT_AT_MOST - 1] + "…"


def on_one_line(text: str) -> str:
    """A name or other short words without line breaks, runs of spaces and characters that could disguise it."""
    return " ".join(filter(None, map(without_invisible_characters, text.split())))


def shown_literally(text: str) -> Markup:
    """A person's words inside mrkdwn, shown as typed: Slack's three escapes, and marks kept from pairing up.

    mrkdwn has no escape for * _ ~ and the backtick; a word joiner on both sides keeps them from acting as markup.
    """
    safe = without_invisible_characters(text).translate(_APART)
    for mark, escape in _ESCAPES:
        safe = safe.replace(mark, escape)
    return Markup(safe)
