import time
import tomllib
from importlib.resources import files

import pytest

from bot.understanding.fields import FieldRecogniser

ELECTRICAL, METAL, VEHICLE, CONSTRUCTION, WOOD, ICT, HEALTH = "0713", "0715", "0716", "0732", "0722", "0613", "0913"
CHILDCARE, BUSINESS, RESTAURANT, HAIR, LOGISTICS, NATURE, CLEANING = (
    "0922", "0411", "1013", "1012", "1041", "0811", "1011",
)  # fmt: skip
LANGUAGES = ("en", "fi", "de", "nb", "tr")

# Everything that 2.3 of domain.md says people type, field by field.
TYPED = {
    ELECTRICAL: "sähkö- ja automaatioala|sähkäri|automaatio|Elektrotechnik|elektro og datateknologi|elektrofag|"
    "elektrik-elektronik",
    METAL: "kone- ja tuotantotekniikka|metalli|hitsaus|cnc|Metalltechnik|makine|metal|kaynak",
    VEHICLE: "autoala|automekaanikko|Fahrzeugtechnik|Kfz|kjøretøy|motorlu araçlar",
    CONSTRUCTION: "rakennusala|raksa|talotekniikka|putki|Bautechnik|bygg- og anleggsteknikk|BA|inşaat|tesisat",
    WOOD: "puuala|puuseppä|Holztechnik|håndverk, design og produktutvikling|mobilya",
    ICT: "tieto- ja viestintätekniikka|datanomi|koodi|it|Informationstechnik|"
    "informasjonsteknologi og medieproduksjon|IM|bilişim",
    HEALTH: "sote|lähihoitaja|lähäri|hoiva|Pflege|Gesundheit|sağlık|hasta bakım",
    CHILDCARE: "kasvatus- ja ohjausala|nuoriso|Sozialpädagogik|Erzieher|barne- og ungdomsarbeider|çocuk gelişimi",
    BUSINESS: "liiketoiminta|merkonomi|Wirtschaft und Verwaltung|salg, service og reiseliv|SSR|muhasebe|büro",
    RESTAURANT: "ravintola- ja catering|kokki|Ernährung|Gastgewerbe|restaurant- og matfag|RM|yiyecek içecek",
    HAIR: "hius- ja kauneus|kampaaja|Körperpflege|frisør|frisør, blomster, interiør og eksponeringsdesign|FBIE|"
    "güzellik|kuaför",
    LOGISTICS: "logistiikka|kuljetus|kuski|Logistik|Verkehr|yrkessjåfør|ulaştırma|lojistik",
    NATURE: "luonnonvara-ala|maatalous|metsä|Agrar|Forst|naturbruk|tarım|ormancılık",
    CLEANING: "puhtaus- ja kiinteistöpalvelu|Hauswirtschaft|renhold|ev idaresi",
}


@pytest.fixture(scope="module")
def recogniser() -> FieldRecogniser:
    return FieldRecogniser.load()


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in TYPED.items() for text in texts.split("|")])
def test_words_people_type_name_their_field(recogniser: FieldRecogniser, code: str, text: str) -> None:
    reading = recogniser.read(text)

    assert [match.code for match in reading.matches] == [code]
    assert reading.clear


@pytest.mark.parametrize(("code", "text"), [(code, text) for code, texts in TYPED.items() for text in texts.split("|")])
def test_dots_rings_and_capitals_do_not_matter(recogniser: FieldRecogniser, code: str, text: str) -> None:
    plain = text.translate(str.maketrans("äöåøüçğıışİ", "aoaoucgiisI"))

    assert recogniser.read(plain).matches[0].code == code
    assert recogniser.read(text.upper()).matches[0].code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("moi! oon sähkäri ja alotan opeopinnot haaga-heliassa, can u find some1 sähköalalta juttelee, "
         "mielellää helsinki", ELECTRICAL),
        ("hei tarviin kontaktin logistiikasta aika pian", LOGISTICS),
        ("Suche Kontakt in der Fahrzeugtechnik aus Nürnberg", VEHICLE),
        ("İzmir'de motorlu araçlar alanında biriyle konuşmak istiyorum", VEHICLE),
        ("hei, trenger kontakt i frisørfaget", HAIR),
    ],
)  # fmt: skip
def test_field_is_found_inside_a_sentence(recogniser: FieldRecogniser, text: str, code: str) -> None:
    reading = recogniser.read(text)

    assert [match.code for match in reading.matches] == [code]
    assert reading.clear


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sähköalalle", ELECTRICAL), ("kokkeja", RESTAURANT), ("sähköopettaja", ELECTRICAL), ("kampaajaksi", HAIR),
        ("Elektrotechniklehrer", ELECTRICAL), ("frisørfaget", HAIR), ("ammattikokki", RESTAURANT),
        ("teollisuussähkö", ELECTRICAL), ("elektrikçiyim", ELECTRICAL), ("hitsaajia", METAL), ("Kfz-Lehrer", VEHICLE),
    ],
)  # fmt: skip
def test_inflected_and_joined_words_match(recogniser: FieldRecogniser, text: str, code: str) -> None:
    assert recogniser.read(text).matches[0].code == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("automatio", ELECTRICAL), ("elktrikeri", ELECTRICAL), ("lähihoitja", HEALTH), ("logstiikka", LOGISTICS),
     ("Fahrzuegtechnik", VEHICLE), ("automekanikko", VEHICLE)],
)  # fmt: skip
def test_typing_errors_are_forgiven(recogniser: FieldRecogniser, text: str, code: str) -> None:
    assert recogniser.read(text).matches[0].code == code


def test_car_trade_is_not_automation(recogniser: FieldRecogniser) -> None:
    assert recogniser.read("autoala").matches[0].code == VEHICLE
    assert recogniser.read("automaatio").matches[0].code == ELECTRICAL
    assert recogniser.read("autotekniikka").matches[0].code == VEHICLE


def test_forest_is_not_metal(recogniser: FieldRecogniser) -> None:
    assert [match.code for match in recogniser.read("metsä").matches] == [NATURE]
    assert [match.code for match in recogniser.read("metsaala").matches] == [NATURE]
    assert [match.code for match in recogniser.read("metalli").matches] == [METAL]


def test_norwegian_elektro_spans_both_electrical_codes(recogniser: FieldRecogniser) -> None:
    code = recogniser.read("elektro").matches[0].code

    assert recogniser.same_field(code) == {"0713", "0714"}


@pytest.mark.parametrize("text", ["tekniikka", "tekniikan ala", "technology", "Technik", "teknikk", "teknoloji"])
def test_technology_alone_is_not_a_field(recogniser: FieldRecogniser, text: str) -> None:
    reading = recogniser.read(text)

    assert [match.code for match in reading.matches] == [ELECTRICAL, METAL, VEHICLE]
    assert not reading.clear


def test_programme_areas_that_hold_several_fields_are_asked_about(recogniser: FieldRecogniser) -> None:
    industry, care = recogniser.read("teknologi- og industrifag, TIF"), recogniser.read("helse- og oppvekstfag")

    assert {match.code for match in industry.matches} == {METAL, VEHICLE, LOGISTICS}
    assert {match.code for match in care.matches} == {HEALTH, CHILDCARE}
    assert not industry.clear
    assert not care.clear


def test_two_fields_are_both_found_and_not_clear(recogniser: FieldRecogniser) -> None:
    reading = recogniser.read("sähkö tai rakennusala")

    assert [match.code for match in reading.matches] == [ELECTRICAL, CONSTRUCTION]
    assert not reading.clear


def test_no_more_than_the_asked_number_of_fields_is_given(recogniser: FieldRecogniser) -> None:
    assert len(recogniser.read("sähkö, metalli, autoala, puuala", top=2).matches) == 2


@pytest.mark.parametrize(
    "text",
    ["", "   ", "😀🎉", "asdf", "moi", "Hello everybody", "haaga-helia", "Haaga-Heliassa", "Metropolia", "NTNU", "hamk",
     "I need it im Mai", "Guten Tag", "merhaba", "<@U012AB3CD> <!channel>", "verkostoituminen", "networking",
     "ohjaava opettaja", "what does a mentor do", "jeg har tre spørsmål", "har du tid", "mentoring programme",
     "https://example.org/metalli", "oppilaitos ja opettaja"],
)  # fmt: skip
def test_what_names_no_field_matches_none(recogniser: FieldRecogniser, text: str) -> None:
    assert recogniser.read(text).matches == ()
    assert not recogniser.read(text).clear


def test_no_region_or_town_is_taken_for_a_field(recogniser: FieldRecogniser) -> None:
    listed = tomllib.loads(files("bot.understanding").joinpath("data/regions.toml").read_text(encoding="utf-8"))
    places = [place.replace("*", "") for region in listed["region"] for place in region["words"] + region["towns"]]

    mistaken = [place for place in [*places, "Kokkola"] if recogniser.read(place).matches]

    assert mistaken == []


def test_every_field_has_a_name_in_every_language(recogniser: FieldRecogniser) -> None:
    for field in recogniser.all():
        for code in field.codes:
            assert all(recogniser.label(code, language) not in {"", code} for language in LANGUAGES)
            assert recogniser.label(code, "sv") == recogniser.label(code, "en")

    assert recogniser.label("0714", "fi") == "sähkö- ja automaatioala"
    assert recogniser.label("9999", "fi") == "9999"


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_field_is_recognised_as_that_field(recogniser: FieldRecogniser, language: str) -> None:
    names = {field.code: recogniser.label(field.code, language) for field in recogniser.all()}

    assert {code: recogniser.code_of(name) for code, name in names.items()} == {code: code for code in names}


def test_fields_keep_their_order_and_share_no_code(recogniser: FieldRecogniser) -> None:
    fields = recogniser.all()
    codes = [code for field in fields for code in field.codes]

    assert [field.code for field in fields] == list(TYPED)
    assert len(codes) == len(set(codes))
    assert all(field.codes[0] == field.code for field in fields)


def test_neighbours_are_other_fields(recogniser: FieldRecogniser) -> None:
    primaries = {field.code for field in recogniser.all()}

    for field in recogniser.all():
        assert field.neighbours
        assert set(field.neighbours) <= primaries - {field.code}
        assert recogniser.neighbours(field.codes[-1]) == field.neighbours
    assert recogniser.neighbours("9999") == ()


def test_codes_of_one_field_belong_together(recogniser: FieldRecogniser) -> None:
    assert recogniser.primary("0714") == "0713"
    assert recogniser.primary("9999") == "9999"
    assert recogniser.same_field("9999") == {"9999"}


@pytest.mark.parametrize(
    ("words", "code"),
    [("0714", "0714"), ("0713", "0713"), ("713", "0713"), ("041", "0411"), ("ISCED-F 0715", "0715"), ("071", None),
     ("9999", None), ("", None), ("sähkö", "0713"), ("Kfz", "0716"), ("tekniikka", None), ("sähkö, metalli", None)],
)  # fmt: skip
def test_imported_words_and_digits_become_a_code(recogniser: FieldRecogniser, words: str, code: str | None) -> None:
    assert recogniser.code_of(words) == code


def test_every_field_has_a_dozen_terms_in_each_language() -> None:
    listed = tomllib.loads(files("bot.understanding").joinpath("data/fields.toml").read_text(encoding="utf-8"))

    short = [(f["id"], lang) for f in listed["field"] for lang in LANGUAGES if len(f["terms"][lang]) < 12]

    assert short == []


def test_enormous_texts_are_read_quickly(recogniser: FieldRecogniser) -> None:
    # Generous bounds: they catch a reading time that grows with the square of the text, not a slow machine.
    for text in ("a" * 40_000, "hermannin kerrostalo " * 2_000, "sähkö" * 8_000):
        started = time.perf_counter()
        recogniser.read(text)
        assert time.perf_counter() - started < 1


def test_loading_and_reading_are_quick() -> None:
    started = time.perf_counter()
    recogniser = FieldRecogniser.load()
    loaded = time.perf_counter()
    for _ in range(20):
        recogniser.read(
            "moi! oon sähkäri ja alotan opeopinnot, can u find some1 sähköalalta juttelee, mielellää helsinki"
        )
    read = time.perf_counter()

    assert loaded - started < 0.5
    assert (read - loaded) / 20 < 0.02
