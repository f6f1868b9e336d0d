"""How people may be called and what they may write: ordinary, and everything that could break a message."""

from dataclasses import dataclass
from typing import Final

LONGEST_NAME: Final = 200
"""Characters of a name that the members table keeps."""
LONGEST_INSTITUTION: Final = "Kauppakamarin ammatillisen koulutuksen ja opettajankoulutuksen yhteistyökeskus "
LONGEST_NOTE: Final = 1_000
"""Characters of a note that the request form allows."""


@dataclass(frozen=True)
class Flavour:
    """The words of people in one message. `region` and the rest may be missing."""

    name: str = "Leena Harjula"
    asker: str = "Sanna Laine"
    note: str | None = "I would like to see a workshop before I choose."
    offer: str = "I can show you our workshop in Vantaa."
    institution: str | None = "Siltaranta Vocational College"
    region: str | None = "Uusimaa"
    languages: tuple[str, ...] = ("fi", "en")
    word: str = "xyz"


def _all(words: str, name: str = "") -> Flavour:
    name = name or words[:LONGEST_NAME]
    return Flavour(
        name=name,
        asker=name,
        note=(words * LONGEST_NOTE)[:LONGEST_NOTE],
        offer=(words * LONGEST_NOTE)[:LONGEST_NOTE],
        institution=(words * LONGEST_NAME)[:LONGEST_NAME],
        region=(words * 100)[:100],
        word=words[:40],
    )


ORDINARY: Final = Flavour()

PLAUSIBLE: Final = Flavour(
    name="Marie-Charlotte Schmidt-Leutheusser",
    asker="Abdurrahmangazi Büyükkaramanoğlu",
    offer="Ich zeige gern unsere Werkstatt. " * 10,
    institution=(LONGEST_INSTITUTION * 3)[:LONGEST_NAME],
    region="Mecklenburg-Vorpommern",
    languages=("fi", "sv", "en", "de", "nb", "tr", "ar", "so", "ru", "uk", "et"),
)
"""The longest words that real people, schools and regions of the programme have."""

HOSTILE: Final = {
    "bare": Flavour(name="Ö", asker="X", note=None, offer="", institution=None, region=None, languages=()),
    "long": _all("A" * LONGEST_NAME),
    "long_words": _all("Anna-Maria " * 20),
    "ampersands": _all("&" * LONGEST_NAME),
    "channel": _all("<!channel> <!here> <!everyone> "),
    "mention": _all("<@U0LEENA> <#C0GENERAL> <!subteam^S0TEAM> "),
    "link": _all("<https://example.org|click me> https://example.org "),
    "date": _all("<!date^1800000000^{date}|now> "),
    "emphasis": _all("*bold* _italic_ ~gone~ `code` ```block``` "),
    "one_mark": _all("* _ ~ ` "),
    "quote": _all("> &gt; quote "),
    "bidi": _all("\u202eevil\u202c \u2066x\u2069 \u200f "),
    "zero_width": _all("\u200b\ufeff\u2060a"),
    "only_invisible": _all("\u200b\u202e\u2060"),
    "newlines": _all("\n\n\n\nA\n\n\n\n\n"),
    "spaces": _all("   a    "),
    "braces": _all("{name} {0} {} %s %(x)s "),
    "emoji": _all("👩🏽‍🏫 :tada: "),
    "null": _all("a\x00b\x1bc\t\r\n"),
}
"""Each is put into every place that people write."""
