import pytest

from bot.understanding.regions import RegionMatch, RegionRecogniser


@pytest.fixture(scope="module")
def recogniser() -> RegionRecogniser:
    return RegionRecogniser.load()


@pytest.mark.parametrize(
    ("text", "region", "country"),
    [
        ("Uusimaa", "Uusimaa", "FI"), ("uudellamaalla", "Uusimaa", "FI"),
        ("Pohjois-Pohjanmaalta", "Pohjois-Pohjanmaa", "FI"),
        ("pohjanmaalla", "Pohjanmaa", "FI"), ("Keski-Suomessa", "Keski-Suomi", "FI"), ("in Bavaria", "Bayern", "DE"),
        ("aus Baden-Württemberg", "Baden-Württemberg", "DE"), ("Sachsen-Anhalt", "Sachsen-Anhalt", "DE"),
        ("fra Trøndelag", "Trøndelag", "NO"), ("i Møre og Romsdal", "Møre og Romsdal", "NO"),
        ("İzmir'de", "İzmir", "TR"), ("istanbulda", "İstanbul", "TR"), ("ESKİŞEHİR", "Eskişehir", "TR"),
    ],
)  # fmt: skip
def test_region_named_itself(recogniser: RegionRecogniser, text: str, region: str, country: str) -> None:
    assert recogniser.read(text) == RegionMatch(region, country, inferred=False)


@pytest.mark.parametrize(
    ("text", "region", "country"),
    [
        ("mielellää helsinki", "Uusimaa", "FI"), ("Helsingistä", "Uusimaa", "FI"), ("helsnki", "Uusimaa", "FI"),
        ("Tampereelta", "Pirkanmaa", "FI"), ("jyväskylässä", "Keski-Suomi", "FI"), ("Jyvaskyla", "Keski-Suomi", "FI"),
        ("Mikkelistä", "Etelä-Savo", "FI"), ("aus Nürnberg", "Bayern", "DE"), ("nurnberg", "Bayern", "DE"),
        ("in Essen", "Nordrhein-Westfalen", "DE"), ("fra Tromsø", "Troms", "NO"), ("Gebze'den", "Kocaeli", "TR"),
    ],
)  # fmt: skip
def test_town_infers_its_region(recogniser: RegionRecogniser, text: str, region: str, country: str) -> None:
    assert recogniser.read(text) == RegionMatch(region, country, inferred=True)


@pytest.mark.parametrize(
    "text",
    ["", "😀", "hei tarviin kontaktin logistiikasta aika pian", "mikä kieli", "kielitaitoinen", "günaydın", "lähdetään",
     "a van driver", "wir essen heute", "the temperature", "stadium", "Gerät", "sähköala", "bir ordu insan"],
)  # fmt: skip
def test_everyday_words_are_no_place(recogniser: RegionRecogniser, text: str) -> None:
    assert recogniser.read(text) is None


def test_first_dialogue_means_uusimaa(recogniser: RegionRecogniser) -> None:
    text = (
        "moi! oon sähkäri ja alotan opeopinnot haaga-heliassa, "
        "can u find some1 sähköalalta juttelee, mielellää helsinki"
    )

    assert recogniser.read(text) == RegionMatch("Uusimaa", "FI", inferred=True)


def test_region_named_itself_goes_before_a_town(recogniser: RegionRecogniser) -> None:
    assert recogniser.read("asun Tampereella, mutta Uusimaa sopii") == RegionMatch("Uusimaa", "FI", inferred=False)


def test_every_region_is_recognised_by_its_own_name(recogniser: RegionRecogniser) -> None:
    for region in recogniser.all():
        assert recogniser.read(region.name) == RegionMatch(region.name, region.country, inferred=False)
        assert recogniser.country_of(region.name) == region.country

    assert recogniser.country_of("Atlantis") is None


def test_all_regions_of_finland_germany_and_norway_are_known(recogniser: RegionRecogniser) -> None:
    counts = {country: sum(r.country == country for r in recogniser.all()) for country in ("FI", "DE", "NO", "TR")}

    assert (counts["FI"], counts["DE"], counts["NO"]) == (19, 16, 15)
    assert counts["TR"] >= 20
