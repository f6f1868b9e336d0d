"""What people write when they are away, pause or come back, in five languages; seen from Tuesday 19.1.2027."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.away import (
    Away,
    AwayUnclear,
    Back,
    CapacityWanted,
    PauseOpenEnded,
    Reading,
    may_concern_away,
    read_away,
)
from bot.understanding.calendar_days import Days, joined

TODAY = date(2027, 1, 19)


def days(*ranges: str) -> Away:
    """ "1.3.-5.3." -> away on these days of 2027; a year may follow a day."""

    def day(written: str) -> date:
        number, month, year = written.split(".")
        return date(int(year or 2027), int(month), int(number))

    return Away(tuple(Days(day(one.split("-")[0]), day(one.split("-")[1])) for one in ranges))


WEEKS_10_AND_11 = days("8.3.-21.3.")
FIRST_WEEK_OF_MARCH = days("1.3.-5.3.")
WEEK_8 = days("22.2.-28.2.")
UNTIL_15_MARCH = days("19.1.-15.3.")
NEXT_WEEK = days("25.1.-31.1.")
UNTIL_SUNDAY = days("19.1.-24.1.")
FRIDAY = days("22.1.-22.1.")
JULY = days("1.7.-31.7.")

PHRASES: dict[str, dict[str, Reading]] = {
    "en": {
        "pause until 15.3.": UNTIL_15_MARCH,
        "back on Monday": UNTIL_SUNDAY,
        "away 1.3.-5.3.": FIRST_WEEK_OF_MARCH,
        "I'm away weeks 10 and 11": WEEKS_10_AND_11,
        "on holiday from March 1 to March 5": FIRST_WEEK_OF_MARCH,
        "away from week 10 to week 11": WEEKS_10_AND_11,
        "on holliday week 8": WEEK_8,
        "on vacation next week": NEXT_WEEK,
        "out of office until Friday": days("19.1.-22.1."),
        "I'll be on leave from 1 April to 15 May": days("1.4.-15.5."),
        "two weeks off from Monday": days("25.1.-7.2."),
        "I am on holiday for two weeks": days("19.1.-1.2."),
        "away 2027-03-01 to 2027-03-05": FIRST_WEEK_OF_MARCH,
        "away 1-5 March and 12-14 April": days("1.3.-5.3.", "12.4.-14.4."),
        "I may be away next week": NEXT_WEEK,
        "I am away from Monday to Friday": days("25.1.-29.1."),
        "away in week 10, back on 22.3.": days("8.3.-21.3."),
        "away in July": JULY,
        "tomorrow I am off": days("20.1.-20.1."),
        "pause until further notice": PauseOpenEnded(),
        "I need a break": PauseOpenEnded(),
        "I'm back": Back(),
        "I am back from holiday": Back(),
        "one contact is enough": CapacityWanted(1),
        "at most 2 contacts please": CapacityWanted(2),
        "capacity 0": CapacityWanted(0),
    },
    "fi": {
        "lomalla vk 10-11": WEEKS_10_AND_11,
        "lomalla viikot 10 ja 11": WEEKS_10_AND_11,
        "lomala vk 10-11": WEEKS_10_AND_11,
        "olen poissa 1.-5.3.": FIRST_WEEK_OF_MARCH,
        "lomalla 1. maaliskuuta - 5. maaliskuuta": FIRST_WEEK_OF_MARCH,
        "hiihtolomalla viikolla 8": WEEK_8,
        "oon lomalla 8 viikolla": WEEK_8,
        "tauko 15.3. asti": UNTIL_15_MARCH,
        "poissa maaliskuun 15. päivään asti": UNTIL_15_MARCH,
        "palaan maanantaina": UNTIL_SUNDAY,
        "oon poissa ensi viikon": NEXT_WEEK,
        "oon lomalla ma-pe": days("25.1.-29.1."),
        "olen lomalla maanantaista perjantaihin": days("25.1.-29.1."),
        "en ole töissä perjantaina": FRIDAY,
        "kesälomalla heinäkuussa": JULY,
        "lomalla kaksi viikkoa": days("19.1.-1.2."),
        "lomalla vk 8 ja 20.12.-7.1.": days("22.2.-28.2.", "20.12.-7.1.2028"),
        "tauolla toistaiseksi": PauseOpenEnded(),
        "tauko": PauseOpenEnded(),
        "palasin": Back(),
        "oon takas": Back(),
        "en ole enää lomalla": Back(),
        "2 kontaktia riittää": CapacityWanted(2),
        "yksi ihminen riittää nyt": CapacityWanted(1),
        "kapasiteetti 0": CapacityWanted(0),
    },
    "de": {
        "bin bis 3. April im Urlaub": days("19.1.-3.4."),
        "ich bin vom 1.3. bis 5.3. weg": FIRST_WEEK_OF_MARCH,
        "Urlaub 1. bis 5. März": FIRST_WEEK_OF_MARCH,
        "Urlaub KW 10-11": WEEKS_10_AND_11,
        "KW 8 und KW 10 nicht da": days("22.2.-28.2.", "8.3.-14.3."),
        "ab Montag für zwei Wochen im Urlaub": days("25.1.-7.2."),
        "bin nächste Woche nicht da": NEXT_WEEK,
        "wieder da am 15. März": days("19.1.-14.3."),
        "ich bin am Montag zurück": UNTIL_SUNDAY,
        "Abwesened bis 15.3.": UNTIL_15_MARCH,
        "abwesend 24.12.2027 bis 2.1.2028": days("24.12.-2.1.2028"),
        "ich habe am Freitag frei": FRIDAY,
        "im Juli im Urlaub": JULY,
        "Guten Morgen, ich bin bis Freitag weg": days("19.1.-22.1."),
        "ich mache eine Pause": PauseOpenEnded(),
        "Pause bis auf weiteres": PauseOpenEnded(),
        "bin wieder da": Back(),
        "eine Person reicht vorerst": CapacityWanted(1),
        "höchstens 2 Kontakte": CapacityWanted(2),
        "Kapazität 0": CapacityWanted(0),
    },
    "nb": {
        "ferie uke 8": WEEK_8,
        "vinterferie 8. uke": WEEK_8,
        "jeg er borte uke 10 og 11": WEEKS_10_AND_11,
        "på ferie til 15. mars": UNTIL_15_MARCH,
        "pause til 15.3.": UNTIL_15_MARCH,
        "borte fra 1.3. til 5.3.": FIRST_WEEK_OF_MARCH,
        "ikke tilgjengelig 1.-5. mars": FIRST_WEEK_OF_MARCH,
        "permisjon fra 1. april til 30. april": days("1.4.-30.4."),
        "permisjn fra 1. april til 30. april": days("1.4.-30.4."),
        "tilbake på mandag": UNTIL_SUNDAY,
        "jeg er tilbake mandag": UNTIL_SUNDAY,
        "fri neste uke": NEXT_WEEK,
        "ikke på jobb fredag": FRIDAY,
        "borte i morgen": days("20.1.-20.1."),
        "ferie i juli": JULY,
        "pause inntil videre": PauseOpenEnded(),
        "jeg er tilbake": Back(),
        "én kontakt holder": CapacityWanted(1),
        "maks 2 kontakter": CapacityWanted(2),
        "kapasitet 0": CapacityWanted(0),
    },
    "tr": {
        "15 Mart'a kadar yokum": UNTIL_15_MARCH,
        "15 marta kadar yokum": UNTIL_15_MARCH,
        "8. haftada izindeyim": WEEK_8,
        "10. ve 11. hafta tatildeyim": WEEKS_10_AND_11,
        "1 Mart'tan 5 Mart'a kadar izinliyim": FIRST_WEEK_OF_MARCH,
        "1.3.-5.3. arası tatildeyim": FIRST_WEEK_OF_MARCH,
        "pazartesi dönüyorum": UNTIL_SUNDAY,
        "15 mart'ta döneceğim": days("19.1.-14.3."),
        "cumaya kadar izinliyim": days("19.1.-22.1."),
        "pazartesiden cumaya kadar yokum": days("25.1.-29.1."),
        "gelecek hafta yokum": NEXT_WEEK,
        "yarın yokum": days("20.1.-20.1."),
        "Temmuz ayında tatildeyim": JULY,
        "iki hafta izinliyim": days("19.1.-1.2."),
        "izinliyim 20.12-7.1": days("20.12.-7.1.2028"),
        "ikinci bir duyuruya kadar ara veriyorum": PauseOpenEnded(),
        "geri döndüm": Back(),
        "tatilim bitti": Back(),
        "bir kişi yeter": CapacityWanted(1),
        "en fazla 2 kişi": CapacityWanted(2),
        "kapasite 0": CapacityWanted(0),
    },
}


@pytest.mark.parametrize(
    ("language", "text"), [(language, text) for language, phrases in PHRASES.items() for text in phrases]
)
def test_what_people_say_of_being_away_is_read(language: str, text: str) -> None:
    assert read_away(text, TODAY, language) == (PHRASES[language][text],)
    assert may_concern_away(text)


@pytest.mark.parametrize(
    "text",
    [
        "", "hello", "yes", "electrical", "3", "Leena",
        "I need a contact for week 10", "I would like to talk to a teacher in week 10", "how do I pause?",
        "is Leena away next week?", "Leena is away until Monday", "I work in the holiday industry",
        "what are the school holidays in week 8", "get back to me on Monday", "holiday resort management",
        "lomakohde", "lomakohteen esimies", "etsin kontaktia lomakohteesta", "Kaisa on lomalla vk 10",
        "milloin Leena palaa?", "tarvitsen kontaktin viikolle 10", "poista profiilini", "miten pääsen tauolle",
        "ich suche einen Kontakt für KW 10", "Ferienhausverwaltung", "Leena ist im Urlaub", "wie mache ich eine Pause?",
        "gibt es einen Weg in den Beruf", "jeg trenger kontakt for uke 10", "feriehus", "hvordan tar jeg pause?",
        "10. hafta için bir kişi arıyorum", "tatil köyü", "nasıl ara verebilirim", "etsin kontaktia logistiikasta",
        "ich möchte mit jemandem aus der Logistik sprechen", "15.3.", "week 10", "max 60 contacts",
        "Max has 2 students", "I know 3 places to visit", "two students told me about it", "x" * 5_000,
    ],
)  # fmt: skip
def test_an_ordinary_ask_is_not_about_being_away(text: str) -> None:
    assert read_away(text, TODAY) == ()


def test_one_sentence_may_say_two_things() -> None:
    text = "I am away weeks 10 and 11, and one person is enough for now"
    assert read_away(text, TODAY, "en") == (WEEKS_10_AND_11, CapacityWanted(1))
    assert read_away("2 contacts max, and I'm away next week", TODAY) == (NEXT_WEEK, CapacityWanted(2))


@pytest.mark.parametrize(
    "text",
    ["I'm away", "olen lomalla", "away 5.3.-1.3.", "away 5.3.2027-1.3.2027", "I'm not around from Wednesday",
     "lomalla 1.3. alkaen", "vacation 24.12.2026 - 2.1.2027", "away 31.4.", "away week 60",
     "lomalla 1.1.2035-3.1.2035"],
)  # fmt: skip
def test_days_that_make_no_sense_are_asked_about(text: str) -> None:
    assert read_away(text, TODAY) == (AwayUnclear(),)


def test_days_without_a_year_are_the_next_to_come() -> None:
    assert read_away("away 18.1.", TODAY) == (days("18.1.2028-18.1.2028"),)
    assert read_away("away 19.1.", TODAY) == (days("19.1.-19.1."),)


def test_a_start_may_lie_in_the_past() -> None:
    assert read_away("away 1.3.-5.3.", date(2027, 3, 3)) == (FIRST_WEEK_OF_MARCH,)
    assert read_away("lomalla vk 10-11", date(2027, 3, 17)) == (WEEKS_10_AND_11,)


def test_a_range_may_span_the_turn_of_the_year() -> None:
    assert read_away("away weeks 52-1", TODAY) == (days("27.12.-9.1.2028"),)


@pytest.mark.parametrize("today", [date(2026, 11, 23), date(2026, 12, 31), date(2027, 1, 3)])
def test_week_53_is_that_of_a_year_that_has_one(today: date) -> None:
    # 2026 has 53 ISO weeks; the last one ends on 3.1.2027.
    assert read_away("lomalla vk 53", today) == (days("28.12.2026-3.1.2027"),)


def test_week_53_is_asked_about_when_no_such_week_comes_soon() -> None:
    assert read_away("lomalla vk 53", date(2027, 1, 4)) == (AwayUnclear(),)


def test_a_short_weekday_counts_in_its_own_language_only() -> None:
    assert read_away("poissa to", TODAY, "fi") == (days("21.1.-21.1."),)
    assert read_away("poissa to", TODAY, "en") == (AwayUnclear(),)


dates = st.dates(date(2026, 6, 1), date(2028, 6, 1))


@given(dates, st.integers(0, 300), st.integers(0, 60))
def test_every_written_range_with_years_reads_back(today: date, ahead: int, length: int) -> None:
    first = today + timedelta(days=ahead)
    last = first + timedelta(days=length)
    text = f"lomalla {first.day}.{first.month}.{first.year} - {last.day}.{last.month}.{last.year}"
    assert read_away(text, today) == (Away((Days(first, last),)),)


@given(st.text(), dates)
def test_no_text_is_too_strange_to_read(text: str, today: date) -> None:
    for reading in read_away(f"away {text} until 1.3.", today):
        if isinstance(reading, Away):
            assert all(one.starts_on <= one.ends_on for one in reading.ranges)
            assert reading.ranges[-1].ends_on >= today


@given(st.lists(st.builds(lambda first, length: Days(first, first + timedelta(days=length)), dates, st.integers(0, 9))))
def test_joined_ranges_hold_the_same_days_and_never_touch(ranges: list[Days]) -> None:
    found = joined(ranges)
    assert _all_days(found) == _all_days(ranges)
    assert all(one.ends_on + timedelta(days=1) < other.starts_on for one, other in pairwise(found))


def _all_days(ranges: tuple[Days, ...] | list[Days]) -> set[date]:
    return {one.starts_on + timedelta(days=n) for one in ranges for n in range((one.ends_on - one.starts_on).days + 1)}
