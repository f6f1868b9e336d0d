import time
import tomllib
from importlib.resources import files
from pathlib import Path

import pytest

from bot.errors import WordListProblem
from bot.understanding.fields import FieldRecogniser

ELECTRICITY, ELECTRONICS, METAL, VEHICLE, CONSTRUCTION, WOOD = "0713", "0714", "0715", "0716", "0732", "0722"
CARE, CHILDCARE, CATERING, HAIR, TRANSPORT, FOREST, CLEANING = "0921", "0922", "1013", "1012", "1041", "0821", "1011"
BUSINESS, COMPUTING, NATURE, HEALTH = "0410", "0610", "0800", "0900"

# What 2.3 of domain.md says people type, with every code that is a right answer to it.
TYPED = {
    "0713 0714": "sähkö- ja automaatioala|sähkäri|automaatio|Elektrotechnik|elektro og datateknologi|elektrofag|"
    "elektrik-elektronik",
    "0715": "kone- ja tuotantotekniikka|metalli|hitsaus|cnc|Metalltechnik|makine|metal|kaynak",
    "0716": "autoala|automekaanikko|Fahrzeugtechnik|Kfz|kjøretøy|motorlu araçlar",
    "0732": "rakennusala|raksa|talotekniikka|putki|Bautechnik|bygg- og anleggsteknikk|BA|inşaat|tesisat",
    "0722": "puuala|puuseppä|Holztechnik|mobilya",
    "0610 0613 0612": "tieto- ja viestintätekniikka|datanomi|koodi|it|Informationstechnik|bilişim",
    "0900 0913 0921": "sote|lähihoitaja|lähäri|hoiva|Pflege|Gesundheit|sağlık|hasta bakım",
    "0922": "kasvatus- ja ohjausala|nuoriso|Sozialpädagogik|Erzieher|barne- og ungdomsarbeider|çocuk gelişimi",
    "0410 0411 0413 0415": "liiketoiminta|merkonomi|Wirtschaft und Verwaltung|muhasebe|büro",
    "1013": "ravintola- ja catering|kokki|Gastgewerbe|yiyecek içecek",
    "1012": "hius- ja kauneus|kampaaja|Körperpflege|frisør|güzellik|kuaför",
    "1041": "logistiikka|kuljetus|kuski|Logistik|Verkehr|yrkessjåfør|ulaştırma|lojistik",
    "0800 0811 0821": "luonnonvara-ala|maatalous|metsä|Agrar|Forst|naturbruk|tarım|ormancılık",
    "1011": "puhtaus- ja kiinteistöpalvelu|Hauswirtschaft|renhold|ev idaresi",
}
PAIRS = [(codes.split(), text) for codes, texts in TYPED.items() for text in texts.split("|")]


@pytest.fixture(scope="module")
def recogniser() -> FieldRecogniser:
    return FieldRecogniser.load()


def codes_in(recogniser: FieldRecogniser, text: str) -> list[str]:
    return [match.code for match in recogniser.read(text).matches]


@pytest.mark.parametrize(("codes", "text"), PAIRS)
def test_words_people_type_name_their_field(recogniser: FieldRecogniser, codes: list[str], text: str) -> None:
    reading = recogniser.read(text)

    assert reading.matches[0].code in codes
    assert reading.clear


@pytest.mark.parametrize(("codes", "text"), PAIRS)
def test_dots_rings_and_capitals_do_not_matter(recogniser: FieldRecogniser, codes: list[str], text: str) -> None:
    plain = text.translate(str.maketrans("äöåøüçğıışİ", "aoaoucgiisI"))

    assert recogniser.read(plain).matches[0].code in codes
    assert recogniser.read(text.upper()).matches[0].code in codes


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("teknologi- og industrifag", [METAL, VEHICLE, TRANSPORT]),
        ("TIF", [METAL, VEHICLE, TRANSPORT]),
        ("helse- og oppvekstfag", ["0913", CARE, CHILDCARE]),
        ("HO", ["0913", CARE, CHILDCARE]),
        ("restaurant- og matfag", [CATERING, "0721"]),
        ("RM", [CATERING, "0721"]),
        ("salg, service og reiseliv", ["0416", "0415", "1015"]),
        ("SSR", ["0416", "0415", "1015"]),
        ("håndverk, design og produktutvikling", [WOOD, "0214", "0723"]),
        ("frisør, blomster, interiør og eksponeringsdesign", [HAIR, "0812", "0212"]),
        ("FBIE", [HAIR, "0812", "0212"]),
        ("informasjonsteknologi og medieproduksjon", ["0613", "0211", "0612"]),
        ("IM", ["0613", "0211", "0612"]),
        ("Ernährung", [CATERING, "0721", CLEANING]),
    ],
)  # fmt: skip
def test_a_name_that_schools_give_to_several_fields_is_asked_about(
    recogniser: FieldRecogniser, text: str, codes: list[str]
) -> None:
    assert codes_in(recogniser, text) == codes
    assert not recogniser.read(text).clear


@pytest.mark.parametrize("text", ["tekniikka", "tekniikan ala", "technology", "Technik", "teknikk", "teknoloji"])
def test_technology_alone_is_not_a_field(recogniser: FieldRecogniser, text: str) -> None:
    reading = recogniser.read(text)

    assert len(reading.matches) == 3
    assert all(match.code.startswith("07") for match in reading.matches)
    assert not reading.clear


@pytest.mark.parametrize(
    ("text", "code"),
    [("merkonomi", BUSINESS), ("liiketoiminta", BUSINESS), ("ICT", COMPUTING), ("naturbruk", NATURE), ("sote", HEALTH)],
)
def test_an_area_that_schools_teach_as_one_is_answered_as_one(
    recogniser: FieldRecogniser, text: str, code: str
) -> None:
    assert codes_in(recogniser, text) == [code]
    assert recogniser.read(text).clear


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("moi! oon sähkäri ja alotan opeopinnot haaga-heliassa, can u find some1 sähköalalta juttelee, "
         "mielellää helsinki", ELECTRICITY),
        ("hei tarviin kontaktin logistiikasta aika pian", TRANSPORT),
        ("Suche Kontakt in der Fahrzeugtechnik aus Nürnberg", VEHICLE),
        ("İzmir'de motorlu araçlar alanında biriyle konuşmak istiyorum", VEHICLE),
        ("hei, trenger kontakt i frisørfaget", HAIR),
        ("I used to fix lorries", VEHICLE),
        ("ich backe seit Jahren Brot und suche jemanden zum Reden", "0721"),
        ("leikkaan hiuksia, olisko siellä ketään Tampereelta", HAIR),
        ("saç kesiyorum, bir öğretmenle konuşmak isterim", HAIR),
        ("jeg har jobbet på trålere, finnes det noen lærere her?", "0831"),
    ],
)  # fmt: skip
def test_field_is_found_inside_a_sentence(recogniser: FieldRecogniser, text: str, code: str) -> None:
    reading = recogniser.read(text)

    assert reading.matches[0].code == code
    assert reading.clear


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("sähköalalle", ELECTRICITY), ("kokkeja", CATERING), ("sähköopettaja", ELECTRICITY), ("kampaajaksi", HAIR),
        ("Elektrotechniklehrer", ELECTRICITY), ("frisørfaget", HAIR), ("ammattikokki", CATERING),
        ("teollisuussähkö", ELECTRICITY), ("elektrikçiyim", ELECTRICITY), ("hitsaajia", METAL), ("Kfz-Lehrer", VEHICLE),
    ],
)  # fmt: skip
def test_inflected_and_joined_words_match(recogniser: FieldRecogniser, text: str, code: str) -> None:
    assert codes_in(recogniser, text)[0] == code


@pytest.mark.parametrize(
    ("text", "code"),
    [("automatio", ELECTRONICS), ("elktrikeri", ELECTRICITY), ("lähihoitja", CARE), ("logistikka", TRANSPORT),
     ("Fahrzuegtechnik", VEHICLE), ("automekanikko", VEHICLE), ("kampaja", HAIR)],
)  # fmt: skip
def test_typing_errors_are_forgiven(recogniser: FieldRecogniser, text: str, code: str) -> None:
    assert codes_in(recogniser, text)[0] == code


def test_car_trade_is_not_automation(recogniser: FieldRecogniser) -> None:
    assert codes_in(recogniser, "autoala")[0] == VEHICLE
    assert codes_in(recogniser, "automaatio")[0] == ELECTRONICS
    assert codes_in(recogniser, "autotekniikka")[0] == VEHICLE
    assert codes_in(recogniser, "olen autoalalla töissä")[0] == VEHICLE


def test_forest_is_not_metal(recogniser: FieldRecogniser) -> None:
    assert codes_in(recogniser, "metsä")[0] == FOREST
    assert codes_in(recogniser, "metsaala")[0] == FOREST
    assert codes_in(recogniser, "metalli")[0] == METAL


def test_norwegian_elektro_spans_both_electrical_codes(recogniser: FieldRecogniser) -> None:
    code = codes_in(recogniser, "elektro")[0]

    assert {ELECTRICITY, ELECTRONICS} <= recogniser.catalogue.same_field(code)


def test_two_fields_are_both_found_and_not_clear(recogniser: FieldRecogniser) -> None:
    for text in ("sähkö tai rakennusala", "olen tehnyt sähköä ja rakennusalaa", "Elektriker und Dachdecker"):
        reading = recogniser.read(text)
        assert {match.code for match in reading.matches[:2]} == {ELECTRICITY, CONSTRUCTION}, text
        assert not reading.clear


def test_a_title_with_a_comma_is_one_field(recogniser: FieldRecogniser) -> None:
    reading = recogniser.read("opettaja, autotekniikka")

    assert reading.matches[0].code == VEHICLE
    assert reading.clear


def test_no_more_than_the_asked_number_of_fields_is_given(recogniser: FieldRecogniser) -> None:
    assert len(recogniser.read("sähkö, metalli, autoala, puuala", top=2).matches) == 2
    assert len(recogniser.read("hitsari", top=5).matches) == 5


def test_scores_are_shares_of_certainty(recogniser: FieldRecogniser) -> None:
    for text in ("hitsari", "asentaja tehtaalla", "koneet ja laitteet", "sote", "TIF"):
        scores = [match.score for match in recogniser.read(text, top=20).matches]
        assert all(0 <= score <= 1 for score in scores)
        assert sum(scores) <= 1.001


@pytest.mark.parametrize(
    "text",
    ["", "   ", "😀🎉", "asdf", "moi", "Hello everybody", "haaga-helia", "Haaga-Heliassa", "Metropolia", "NTNU", "hamk",
     "I need it im Mai", "Guten Tag", "merhaba", "<@U012AB3CD> <!channel>", "verkostoituminen", "networking",
     "ohjaava opettaja", "what does a mentor do", "jeg har tre spørsmål", "har du tid", "mentoring programme",
     "https://example.org/metalli", "oppilaitos ja opettaja", "kiitos paljon!", "kan jeg endre tiden?"],
)  # fmt: skip
def test_what_names_no_field_is_not_taken_for_one(recogniser: FieldRecogniser, text: str) -> None:
    assert not recogniser.read(text).clear


@pytest.mark.parametrize(
    "text", ["", "   ", "😀🎉", "moi", "Guten Tag", "merhaba", "haaga-helia", "<@U012AB3CD> <!channel>"]
)
def test_what_holds_only_everyday_words_and_names_matches_nothing(recogniser: FieldRecogniser, text: str) -> None:
    assert recogniser.read(text).matches == ()


def test_no_region_or_town_is_taken_for_a_field(recogniser: FieldRecogniser) -> None:
    listed = tomllib.loads(files("bot.understanding").joinpath("data/regions.toml").read_text(encoding="utf-8"))
    places = [place.replace("*", "") for region in listed["region"] for place in region["words"] + region["towns"]]

    mistaken = [place for place in [*places, "Kokkola"] if recogniser.read(place).clear]

    assert mistaken == []


@pytest.mark.parametrize(
    ("words", "code"),
    [("0714", "0714"), ("0713", "0713"), ("713", "0713"), ("041", "0410"), ("0410", "0410"), ("ISCED-F 0715", "0715"),
     ("071", None), ("9999", None), ("", None), ("sähkö", "0713"), ("Kfz", "0716"), ("tekniikka", None),
     ("sote", "0900"), ("sähkö ja metalli", None)],
)  # fmt: skip
def test_imported_words_and_digits_become_a_code(recogniser: FieldRecogniser, words: str, code: str | None) -> None:
    assert recogniser.code_of(words) == code


def test_a_network_adds_words_of_its_own_and_takes_others_back(tmp_path: Path) -> None:
    (tmp_path / "fi.ini").write_text("[0713]\nwords = töpselitohtori\n\n[0715]\nnot = hitsaus\n", encoding="utf-8")

    recogniser = FieldRecogniser.load(tmp_path)

    assert codes_in(recogniser, "moi, oon töpselitohtori")[0] == ELECTRICITY
    assert recogniser.read("töpselitohtori").clear


def test_a_word_for_a_field_that_does_not_exist_is_refused_by_name(tmp_path: Path) -> None:
    (tmp_path / "nb.ini").write_text("[0999]\nwords = fjas\n", encoding="utf-8")

    with pytest.raises(WordListProblem, match=r"nb.ini: \[0999\] is no field"):
        FieldRecogniser.load(tmp_path)


def test_enormous_texts_are_read_quickly(recogniser: FieldRecogniser) -> None:
    # Generous bounds: they catch a reading time that grows with the square of the text, not a slow machine.
    for text in ("a" * 40_000, "hermannin kerrostalo " * 2_000, "sähkö" * 8_000):
        started = time.perf_counter()
        recogniser.read(text)
        assert time.perf_counter() - started < 1
