"""One line becomes an announcement, in five languages, as coordinators write it."""

from datetime import date, time

import pytest

from bot.understanding.events import ReadEvent, read_event, words_of_a_field
from bot.understanding.regions import RegionRecogniser

TODAY = date(2027, 2, 1)
REGIONS = RegionRecogniser.load()
D4 = (
    "Sähköopettajien aamukahvit ti 16.2. 8.30-9.15 uusimaa, pirkanmaa, pohjois-pohjanmaa, max 12 / alue, "
    "ilmottaudu 12.2. mennessä, teams"
)


def read(line: str, language: str = "fi") -> ReadEvent:
    return read_event(line, TODAY, language, REGIONS)


def test_the_line_of_the_dialogue_is_understood_whole() -> None:
    assert read(D4) == ReadEvent(
        title="Sähköopettajien aamukahvit",
        kind="morning_coffee",
        on=date(2027, 2, 16),
        weekday=1,
        begins=time(8, 30),
        ends=time(9, 15),
        place="Teams",
        regions=("Uusimaa", "Pirkanmaa", "Pohjois-Pohjanmaa"),
        capacity="12",
        is_per_region=True,
        reply_by=date(2027, 2, 12),
    )


@pytest.mark.parametrize(
    ("line", "language", "title", "kind", "begins", "ends", "capacity", "regions"),
    [
        (
            "Morning coffee Tue 16 Feb 2027 8:30-9:15 Uusimaa and Pirkanmaa, up to 12 per region, reply by 12 Feb",
            "en", "Morning coffee", "morning_coffee", time(8, 30), time(9, 15), "12", ("Uusimaa", "Pirkanmaa"),
        ),
        (
            "Gastvortrag Bewertung, Dienstag 16.2. um 14-15 Uhr, Bayern, max. 20 Plätze, Anmeldung bis 12.2., online",
            "de", "Gastvortrag Bewertung", "guest_talk", time(14), time(15), "20", ("Bayern",),
        ),
        (
            "Studiebesøk i verkstedet tirsdag 16. februar kl 14.00–15.30 Trøndelag, maks 8, svar innen 12. februar",
            "nb", "Studiebesøk i verkstedet", "study_visit", time(14), time(15, 30), "8", ("Trøndelag",),
        ),
        (
            "Sabah kahvesi 16 Şubat Salı saat 10.00-11.00 İzmir, en fazla 12 kişi, son kayıt 12 Şubat, çevrim içi",
            "tr", "Sabah kahvesi", "morning_coffee", time(10), time(11), "12", ("İzmir",),
        ),
    ],
)  # fmt: skip
def test_each_language_is_read(
    line: str, language: str, title: str, kind: str, begins: time, ends: time, capacity: str, regions: tuple[str, ...]
) -> None:
    found = read(line, language)

    assert (found.title, found.kind, found.begins, found.ends) == (title, kind, begins, ends)
    assert (found.on, found.weekday, found.reply_by) == (date(2027, 2, 16), 1, date(2027, 2, 12))
    assert (found.capacity, found.regions) == (capacity, regions)


def test_a_weekday_that_does_not_fit_is_noticed() -> None:
    assert read(D4.replace("ti 16.2.", "ma 16.2.")).weekday == 0


def test_the_first_day_is_that_of_the_event_also_when_the_line_begins_with_it() -> None:
    found = read("ti 16.2. klo 14 opetussuunnitelmatyöpaja")

    assert (found.on, found.begins, found.title) == (date(2027, 2, 16), time(14), "opetussuunnitelmatyöpaja")


@pytest.mark.parametrize(
    ("line", "capacity"), [("Kahvit 16.2. 8.30 max 0", "0"), ("Kahvit 16.2. 8:30 max -1", "-1"), ("Kahvit 16.2.", "")]
)
def test_a_number_of_places_is_kept_as_it_was_typed(line: str, capacity: str) -> None:
    assert read(line).capacity == capacity


def test_what_is_no_day_and_no_link_of_a_page_is_handed_on_to_be_asked_about() -> None:
    found = read("Kahvit 31.2. klo 8.30, ftp://example.org/x")

    assert (found.on, found.unreadable_day, found.link) == (None, "31.2.", "ftp://example.org/x")


@pytest.mark.parametrize(
    ("words", "spoken"),
    [
        ("englanniksi", ("en",)),
        ("auf Deutsch", ("de",)),
        ("in Finnish, in Turkish", ("fi", "tr")),
        ("på norsk", ("nb",)),
        ("türkçe", ("tr",)),
        ("teams", ()),
    ],
)
def test_the_language_of_whom_it_is_for_is_read(words: str, spoken: tuple[str, ...]) -> None:
    assert read(f"Coffee 16.2. klo 8.30, {words}", "en").languages == spoken


def test_a_title_of_five_thousand_characters_hides_nothing_behind_it() -> None:
    found = read("A" * 5_000 + " ti 16.2. 8.30-9.15 uusimaa, max 12")

    assert (len(found.title), found.on, found.begins) == (5_000, date(2027, 2, 16), time(8, 30))
    assert (found.capacity, found.regions) == ("12", ("Uusimaa",))


def test_a_line_of_nothing_but_words_is_a_title() -> None:
    assert read("hello") == ReadEvent(title="hello")


@pytest.mark.parametrize(
    ("title", "left"),
    [("Aamukahvit", ""), ("Sähköopettajien aamukahvit", "Sähköopettajien"), ("Welding coffee", "Welding")],
)
def test_coffee_is_not_about_cooks(title: str, left: str) -> None:
    assert words_of_a_field(title) == left
