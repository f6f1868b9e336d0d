"""Five languages: days, times and lists as each has them, and people's words shown as they were typed."""

import re
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from babel import Locale
from hypothesis import example, given
from hypothesis import strategies as st

from bot.language import (
    FACT_AT_MOST,
    LANGUAGES,
    NAMES,
    Markup,
    Translator,
    language_of,
    on_one_line,
    shown_literally,
    without_invisible_characters,
)

WORD_JOINER = "\u2060"
HELSINKI = ZoneInfo("Europe/Helsinki")
HOSTILE = st.text(st.one_of(st.sampled_from("*_~`<>&!@#| \n\t\u202e\u200b\u2060ÄöIıİ"), st.characters()), max_size=60)


def read_back(markup: str) -> str:
    """What Slack shows for markup in which nothing acts."""
    plain = markup.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
    return plain.replace(WORD_JOINER, "")


@pytest.mark.parametrize(
    ("locale", "language"),
    [
        ("fi-FI", "fi"),
        ("fi_FI", "fi"),
        ("FI", "fi"),
        ("en-US", "en"),
        ("en-GB", "en"),
        ("de-AT", "de"),
        ("no", "nb"),
        ("nn-NO", "nb"),
        ("nb-NO", "nb"),
        ("tr-TR", "tr"),
        ("sv-FI", None),
        ("zh-Hant-TW", None),
        ("fil", None),
        ("xx", None),
        ("-", None),
        ("", None),
        (None, None),
    ],
)
def test_the_nearest_language_is_chosen_for_a_locale(locale: str | None, language: str | None) -> None:
    assert language_of(locale) == language


def test_every_language_has_its_own_name() -> None:
    assert set(NAMES) == set(LANGUAGES)
    assert len(set(NAMES.values())) == len(LANGUAGES)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "Mon 1 Mar"), ("fi", "ma 1.3."), ("de", "Mo., 1. März"), ("nb", "man. 1. mars"), ("tr", "1 Mar Pzt")],
)
def test_a_day_is_said_with_its_weekday(language: str, said: str) -> None:
    assert Translator(language).day(date(2027, 3, 1)).replace(",", "") == said.replace(",", "")


@pytest.mark.parametrize(
    ("language", "said"), [("en", "15:05"), ("fi", "15.05"), ("de", "15:05"), ("nb", "15:05"), ("tr", "15:05")]
)
def test_a_time_is_said_in_the_readers_own_zone(language: str, said: str) -> None:
    at = datetime(2027, 3, 1, 13, 5, tzinfo=UTC)

    assert Translator(language, HELSINKI).time(at) == said


def test_a_day_is_the_readers_own_day() -> None:
    late = datetime(2027, 3, 1, 22, 30, tzinfo=UTC)

    assert Translator("fi", HELSINKI).local_day(late) == date(2027, 3, 2)
    assert Translator("fi", ZoneInfo("America/New_York")).local_day(late) == date(2027, 3, 1)


@pytest.mark.parametrize(
    ("language", "said"),
    [("en", "a, b and c"), ("fi", "a, b ja c"), ("de", "a, b und c"), ("nb", "a, b og c"), ("tr", "a, b ve c")],
)
def test_a_list_reads_as_a_sentence_has_it(language: str, said: str) -> None:
    t = Translator(language)

    assert t.all_of(["a", "b", "c"]) == said
    assert t.all_of(["a"]) == "a"
    assert t.all_of([]) == ""


def test_a_language_is_called_what_the_reader_calls_it() -> None:
    assert Translator("fi").language_name("tr") == "turkki"
    assert Translator("de").language_name("sv") == "Schwedisch"
    assert Translator("en").language_name("tlh-x") == "tlh-x"


@pytest.mark.parametrize("language", [language for language in LANGUAGES if language != "en"])
def test_a_number_takes_the_form_of_its_language(language: str) -> None:
    # Given the plural rule that Babel knows for this language, one and many are told apart as it does.
    forms = [
        Translator(language).markup_plural(
            "One person is waiting for your answer.", "{count} people are waiting for your answer.", count
        )
        for count in (1, 2, 5, 21)
    ]

    assert all(str(count) in form for count, form in zip((2, 5, 21), forms[1:], strict=True))
    assert Locale.parse(language).plural_form(2) == "other"


def test_markup_passes_and_peoples_words_do_not() -> None:
    t = Translator("en")

    said = t.markup("*{name}* and {other}", name="<!channel> *x*", other=Markup("<@U0LEENA>"))

    assert said == f"*&lt;!channel&gt; {WORD_JOINER}*{WORD_JOINER}x{WORD_JOINER}*{WORD_JOINER}* and <@U0LEENA>"


def test_names_in_a_sentence_stay_on_one_line_and_within_measure() -> None:
    t = Translator("en")

    assert t.text("{name}", name="Anna\n\n\nMaria\t Korhonen\u202e") == "Anna Maria Korhonen"
    assert t.markup("{name}", name="Anna\n\nMaria") == "Anna Maria"
    assert len(t.markup("{name}", name="A" * 500)) == FACT_AT_MOST


def test_braces_in_peoples_words_are_only_braces() -> None:
    assert Translator("en").markup("{name}", name="{name} {0} {x.__class__}") == "{name} {0} {x.__class__}".replace(
        "_", f"{WORD_JOINER}_{WORD_JOINER}"
    )


@given(HOSTILE)
@example("<!channel>")
@example("<!subteam^S1|team> & <@U1> <https://example.org|x>")
@example("&lt;!channel&gt;")
@example("&amp;lt;")
def test_nothing_that_people_type_acts_in_slack(typed: str) -> None:
    shown = shown_literally(typed)

    assert not set(shown) & set("<>")
    assert re.sub("&(amp|lt|gt);", "", shown).count("&") == 0


@given(HOSTILE)
@example("*bold* _italic_ ~gone~ `code` ```block```")
def test_marks_that_people_type_never_pair_up(typed: str) -> None:
    shown = shown_literally(typed)

    for found in re.finditer("[*_~`]", shown):
        assert shown[found.start() - 1] == WORD_JOINER
        assert shown[found.end()] == WORD_JOINER


@given(HOSTILE)
def test_what_people_type_can_be_read_back(typed: str) -> None:
    assert read_back(shown_literally(typed)) == without_invisible_characters(typed)


@given(HOSTILE)
def test_a_name_on_one_line_keeps_its_words(typed: str) -> None:
    line = on_one_line(typed)

    assert line == line.strip()
    assert "\n" not in line
    assert "  " not in line
    assert line.replace(" ", "") == "".join(without_invisible_characters(typed).split())
    assert on_one_line(line) == line


@pytest.mark.parametrize("kept", ["👩🏽‍🏫", "क्‍ष", "Ünsal İğdır", "Žofie", "李雷", "a\nb"])
def test_scripts_and_emoji_stay_as_they_are(kept: str) -> None:
    assert without_invisible_characters(kept) == kept
