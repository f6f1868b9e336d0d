"""The programme file: what it may leave out, who overrides whom, and what is said when it is wrong."""

from datetime import date, time
from pathlib import Path
from typing import Any, get_args

import pytest
from pydantic import BaseModel

import sandbox
from bot import programme as programmes
from bot.errors import ProgrammeProblem
from bot.programme import Handover, Institution, Local, Programme, Reachable
from bot.programme.breaks_file import PlacedBreak
from bot.programme.lines import line_of

DOCS = Path(__file__).parents[2] / "docs"
BREAKS_CSV = """\
institution,region,country,starts_on,ends_on,year,source
Koulu,,,2027-02-22,2027-02-26,2026-27,the school
,Bayern,DE,2027-03-22,2027-04-02,2026-27,BayMBl. 2022 nr 747
,,TR,2027-01-25,2027-02-05,2026-27,ministry
"""


def written(tmp_path: Path, text: str, **others: str) -> Path:
    for name, content in others.items():
        (tmp_path / name.replace("_", ".")).write_text(content, encoding="utf-8")
    path = tmp_path / "programme.toml"
    path.write_text(text, encoding="utf-8-sig")
    return path


def first_days(local: Local) -> list[date]:
    return [one.starts_on for one in local.breaks]


def test_without_a_file_every_number_is_that_of_its_rule() -> None:
    programme = programmes.load(None)

    assert programme == Programme()
    assert (programme.reply.remind_on_open_day, programme.reply.release_on_open_day) == (3, 5)
    assert programme.check_ins.first_after_open_days == 7


def test_a_file_changes_what_it_wants(tmp_path: Path) -> None:
    breaks = '[[institutions.breaks]]\nstarts_on = 2027-02-22\nends_on = 2027-02-26\nsource = "the school"\n'
    programme = programmes.load(
        written(tmp_path, f'[reply]\nremind_on_open_day = 2\n\n[[institutions]]\nname = "Koulu"\n{breaks}')
    )

    assert (programme.reply.remind_on_open_day, programme.reply.release_on_open_day) == (2, 5)
    assert first_days(programme.for_member("FI", "Koulu")) == [date(2027, 2, 22)]
    assert first_days(programme.for_member("FI", "Another school")) == []


def test_the_example_of_the_practice_network_is_a_programme() -> None:
    programme = programmes.load(Path(sandbox.__file__).parent / "programme.toml")
    assert programme.institutions
    assert programme.for_member("FI", None).crisis_contacts


def test_institution_overrides_country_and_country_overrides_the_rest(tmp_path: Path) -> None:
    text = """
[reply]
remind_on_open_day = 4
[countries.NO.reply]
release_on_open_day = 8
[[institutions]]
name = "Skolen"
country = "NO"
capacity.default = 1
[institutions.reply]
release_on_open_day = 10
"""
    programme = programmes.load(written(tmp_path, text))
    where = {place: programme.for_member(*place).reply for place in [("FI", None), ("NO", None), ("NO", "Skolen")]}

    assert {place: (one.remind_on_open_day, one.release_on_open_day) for place, one in where.items()} == {
        ("FI", None): (4, 5),
        ("NO", None): (4, 8),
        ("NO", "Skolen"): (4, 10),
    }
    assert programme.for_member("NO", "Skolen").capacity.default == 1
    assert programme.for_member(None, "Skolen").timezone == "Europe/Oslo", "the institution says in which country it is"


def test_a_country_has_its_own_defaults_until_the_file_says_otherwise(tmp_path: Path) -> None:
    assert Programme().for_member("TR", None).leader_confirms_contact
    assert not Programme().for_member("FI", None).leader_confirms_contact
    assert Programme().for_member("DE", None).timezone == "Europe/Berlin"

    changed = programmes.load(written(tmp_path, "[countries.TR]\nleader_confirms_contact = false\n"))
    assert not changed.for_member("TR", None).leader_confirms_contact


def test_the_tasks_have_the_joint_status_of_the_seed() -> None:
    tasks = Programme().for_member(None, None).tasks
    assert [getattr(tasks, f"T{n}").status for n in range(1, 9)] == [
        "possible", "in_use", "occasional", "occasional", "possible", "possible", "occasional", "occasional",
    ]  # fmt: skip
    assert (tasks.T4.needs_resources, tasks.T5.needs_resources) == ("might", "might")


def test_one_key_of_a_task_may_be_set_alone(tmp_path: Path) -> None:
    programme = programmes.load(written(tmp_path, '[countries.NO.tasks.T4]\nwho_decides = "the county"\n'))
    task = programme.for_member("NO", None).tasks.T4
    assert (task.status, task.who_decides) == ("occasional", "the county")


def test_the_emergency_number_is_the_only_crisis_contact_that_nobody_has_to_give() -> None:
    assert [one.phone for one in Programme().for_member("FI", None).crisis_contacts] == ["112"]


def test_breaks_may_stand_in_a_file_of_their_own(tmp_path: Path) -> None:
    path = written(tmp_path, 'breaks_file = "breaks.csv"\n[[institutions]]\nname = "Koulu"\n', breaks_csv=BREAKS_CSV)
    programme = programmes.load(path)

    assert first_days(programme.for_member("FI", "Koulu")) == [date(2027, 2, 22)]
    assert first_days(programme.for_member("DE", None, "Bayern")) == [date(2027, 3, 22)]
    assert first_days(programme.for_member("DE", None, "Hamburg")) == []
    assert first_days(programme.for_member("TR", "Lise")) == [date(2027, 1, 25)]


def test_a_breaks_file_may_be_toml_and_have_semicolons(tmp_path: Path) -> None:
    toml = '[[breaks]]\ncountry = "TR"\nstarts_on = 2027-01-25\nends_on = 2027-02-05\nyear = "2026-27"\nsource = "x"\n'
    path = written(tmp_path, 'breaks_file = "breaks.toml"\n', breaks_toml=toml)
    assert first_days(programmes.load(path).for_member("TR", None)) == [date(2027, 1, 25)]

    path = written(tmp_path, 'breaks_file = "breaks.csv"\n', breaks_csv=BREAKS_CSV.replace(",", ";"))
    assert first_days(programmes.load(path).for_member("TR", None)) == [date(2027, 1, 25)]


@pytest.mark.parametrize(
    ("content", "named"),
    [
        ("[reply]\nremind = 3\n", "line 2, reply.remind: "),
        ("[reply]\n\n# a remark\nremind_on_open_day = 0\n", "line 4, reply.remind_on_open_day: "),
        ("[candidates]\nat_most = 4\n", "line 2, candidates.at_most: "),
        ("[open_time.students]\nopens = 20:00:00\ncloses = 08:00:00\n", "closes must be later than opens"),
        ('[nudges]\nweekday = "Sunday"\n', "line 2, nudges.weekday: "),
        ('[[institutions]]\nname = "A"\n[[institutions]]\nname = "B"\nschool = 1\n', "line 5, institutions.1.school: "),
        ('[[institutions]]\nname = "A"\n[[institutions]]\nname = "A"\n', "line 4, institutions.1.name: “A” is there"),
        ('[[institutions]]\nname = "A"\ncountry = "FI"\ncontact = "Taina"\n', "line 4, institutions.0.contact: "),
        ('[[institutions]]\nname = "A"\ncontact = "U0TAINA"\n', "line 3, institutions.0.contact: country is needed"),
        ('[countries.FI]\ntimezone = "Helsinki"\n', "line 2, countries.FI.timezone: “Helsinki” is no time zone"),
        ('[countries.Finland]\ntimezone = "Europe/Helsinki"\n', "line 1, countries.Finland"),
        ('[countries.FI.public_holidays]\ncategories = ["catholic"]\n', "line 2, countries.FI.public_holidays.cat"),
        ('[[countries.TR.breaks]]\nstarts_on = "25.1."\n', "line 2, countries.TR.breaks.0.starts_on: "),
        ('[tasks]\nT9 = { status = "in_use" }\n', "line 2, tasks.T9: "),
        ('[tasks.T4]\nnote = """\ntwo\nlines"""\nneeds_resources = "perhaps"\n', "line 5, tasks.T4.needs_resources: "),
        ('crisis_contacts = [\n  { name = "Aid" },\n]\n', "line 1, crisis_contacts.0: phone, email or url is needed"),
        ("[reply\n", "line 1"),
        ("[reply]\nat = 2027-13-45\n", "line 2"),
    ],
)  # fmt: skip
def test_a_mistake_is_one_sentence_with_file_line_and_key(tmp_path: Path, content: str, named: str) -> None:
    path = written(tmp_path, content)

    with pytest.raises(ProgrammeProblem) as refused:
        programmes.load(path)

    sentence = str(refused.value)
    assert sentence.startswith(f"SILTA_PROGRAMME: {path}, ")
    assert named in sentence
    assert "\n" not in sentence


def test_a_file_that_is_not_utf8_is_named(tmp_path: Path) -> None:
    path = tmp_path / "programme.toml"
    path.write_bytes(b"name = '\xe4'\n")
    with pytest.raises(ProgrammeProblem, match="not valid TOML"):
        programmes.load(path)


@pytest.mark.parametrize(
    ("row", "named"),
    [
        ("Koulu,,,22.2.2027,2027-02-26,2026-27,the school", "line 5, starts_on: "),
        ("Koulu,,,2027-02-26,2027-02-22,2026-27,the school", "line 5, this break: ends_on must not be before"),
        (",,,2027-02-22,2027-02-26,2026-27,the school", "line 5, this break: institution, region or country"),
        ("Koulu,,,2027-02-22,2027-02-26,2026-27,", "line 5, source: "),
        ("Koulu,,,2027-02-22,2027-02-26,next,the school", "line 5, year: "),
    ],
)
def test_a_mistake_in_the_breaks_file_names_its_line(tmp_path: Path, row: str, named: str) -> None:
    path = written(tmp_path, 'breaks_file = "breaks.csv"\n', breaks_csv=f"{BREAKS_CSV}{row}\n")
    with pytest.raises(ProgrammeProblem) as refused:
        programmes.load(path)
    assert named in str(refused.value)
    assert "breaks.csv" in str(refused.value)


def test_a_breaks_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProgrammeProblem, match=r"nowhere\.csv, cannot be read"):
        programmes.load(written(tmp_path, 'breaks_file = "nowhere.csv"\n'))


@pytest.mark.parametrize("name", ["missing.toml", "."])
def test_a_file_that_cannot_be_read_is_named(tmp_path: Path, name: str) -> None:
    with pytest.raises(ProgrammeProblem, match=r"cannot be read .*\.env\.example"):
        programmes.load(tmp_path / name)


def test_a_line_is_found_behind_strings_and_arrays_of_several_lines() -> None:
    text = 'a = """\n[b]\nc = 1\n"""\nd = [\n  "[x]", # ]\n  "y",\n]\n[b."dotted key"]\ne.f = 1\n'
    assert line_of(text, ("b",)) is None
    assert line_of(text, ("d", 1)) == 5
    assert line_of(text, ("b", "dotted key", "e", "f")) == 10


@pytest.mark.parametrize("model", [Programme, Institution, PlacedBreak])
def test_the_page_about_the_programme_file_names_every_key(model: type[BaseModel]) -> None:
    page = (DOCS / "programme.md").read_text(encoding="utf-8")
    assert [key for key in sorted(_keys(model)) if f"`{key}`" not in page] == []


def test_the_examples_of_the_page_are_programmes(tmp_path: Path) -> None:
    page = (DOCS / "programme.md").read_text(encoding="utf-8")
    examples = [block.split("```")[0] for block in page.split("```toml\n")[1:]]
    assert len(examples) >= 2
    for example in examples:
        programmes.load(written(tmp_path, example, **{"breaks-2026-27_csv": BREAKS_CSV}))


def test_hours_of_an_institution_are_its_own(tmp_path: Path) -> None:
    text = '[[institutions]]\nname = "Koulu"\n[institutions.open_time.others]\nopens = 09:00:00\ncloses = 15:00:00\n'
    local = programmes.load(written(tmp_path, text)).for_member("FI", "Koulu")
    assert (local.open_time.others.opens, local.open_time.students.closes) == (time(9), time(20))


def _keys(model: type[BaseModel]) -> set[str]:
    """Every key of a part and of the parts in it."""
    found: set[str] = set()
    for name, field in model.model_fields.items():
        found.add(name)
        for part in _parts(field.annotation):
            found |= _keys(part)
    return found


def _parts(annotation: Any) -> list[type[BaseModel]]:
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return [] if annotation is Local else [annotation]
    return [part for inner in get_args(annotation) for part in _parts(inner)]


def test_who_answers_is_said_nearest_first_and_nobody_is_lost() -> None:
    everywhere, at_home, at_school = (Handover(person=one) for one in ("U0TOP", "U0FI", "U0SCHOOL"))
    school = Institution(name="Koulu", country="FI", handover=(at_school,))
    programme = Programme(handover=(everywhere,), countries={"FI": Local(handover=(at_home,))}, institutions=(school,))

    assert [one.person for one in programme.for_member("FI", "Koulu").handover] == ["U0SCHOOL", "U0FI", "U0TOP"]
    assert [one.person for one in programme.for_member("DE", None).handover] == ["U0TOP"]


def test_a_number_for_a_crisis_is_known_for_four_countries_and_guessed_for_none() -> None:
    known = {code: Programme().for_member(code, None).crisis_contacts for code in ("FI", "DE", "NO", "TR", "US")}
    own = Programme(crisis_contacts=(Reachable(name="Aid", phone="1"),)).for_member("FI", None)

    assert {code for code, contacts in known.items() if contacts} == {"FI", "DE", "NO", "TR"}
    assert [one.name for one in own.crisis_contacts] == ["Aid"], "what a programme says is not overruled"
