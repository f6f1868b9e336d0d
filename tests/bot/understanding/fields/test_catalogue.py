import pytest

from bot.understanding.fields import FieldCatalogue
from bot.understanding.fields.catalogue import spans

LANGUAGES = ("en", "fi", "de", "nb", "tr")


@pytest.fixture(scope="module")
def catalogue() -> FieldCatalogue:
    return FieldCatalogue.load()


def test_every_detailed_field_of_isced_f_is_there(catalogue: FieldCatalogue) -> None:
    # ISCED-F 2013 has eighty detailed fields, without those that are "not elsewhere classified".
    assert len(catalogue.codes) == 80
    assert {"0011", "0713", "0912", "1041"} <= set(catalogue.codes)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_area_and_branch_has_a_name_in_every_language(catalogue: FieldCatalogue, language: str) -> None:
    branches = {code[:2] for code in catalogue.codes}

    for code in catalogue.known | branches:
        assert catalogue.label(code, language) not in {"", code}
        assert len(catalogue.label(code, language)) <= 75


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_name_of_a_field_leads_back_to_it(catalogue: FieldCatalogue, language: str) -> None:
    for code in catalogue.known:
        assert catalogue.code_of_label(f" {catalogue.label(code, language)} ") == code

    assert catalogue.code_of_label("something else") is None


def test_an_unknown_language_is_answered_in_english_and_an_unknown_code_by_itself(catalogue: FieldCatalogue) -> None:
    assert catalogue.label("0713", "sv") == catalogue.label("0713", "en")
    assert catalogue.label("9999", "fi") == "9999"
    assert catalogue.same_field("9999") == {"9999"}
    assert catalogue.neighbours("9999") == ()


def test_two_fields_in_one_language_never_share_a_name(catalogue: FieldCatalogue) -> None:
    for language in LANGUAGES:
        names = [catalogue.label(code, language) for code in catalogue.codes]
        assert len(names) == len(set(names)), language


def test_whoever_is_a_contact_for_one_field_is_so_the_other_way_round(catalogue: FieldCatalogue) -> None:
    for code in catalogue.codes:
        for same in catalogue.same_field(code):
            assert code in catalogue.same_field(same)


def test_an_area_covers_its_fields_but_these_do_not_stand_for_each_other(catalogue: FieldCatalogue) -> None:
    assert {"0411", "0416", "0410"} <= catalogue.same_field("0410")
    assert catalogue.same_field("0411") == {"0411", "0410"}
    assert "0416" in catalogue.neighbours("0411")


def test_neighbours_are_other_fields_of_the_catalogue(catalogue: FieldCatalogue) -> None:
    for code in sorted(catalogue.known):
        near = catalogue.neighbours(code)
        assert set(near) <= set(catalogue.codes)
        assert not set(near) & catalogue.same_field(code)
        assert len(near) == len(set(near))


def test_a_field_of_vocational_education_always_has_neighbours(catalogue: FieldCatalogue) -> None:
    assert all(catalogue.neighbours(code) for code in catalogue.codes if code >= "0711")


def test_names_for_several_fields_point_to_fields_of_the_catalogue(catalogue: FieldCatalogue) -> None:
    for name, codes in spans():
        assert len(codes) > 1, name
        assert set(codes) <= set(catalogue.codes), name


def test_a_branch_is_every_field_below_it(catalogue: FieldCatalogue) -> None:
    assert catalogue.branch("073") == ("0731", "0732")
    assert catalogue.branch("082") == ("0821",)
