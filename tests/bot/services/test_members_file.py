"""Members import and export: every line or none, twice is once, and the same columns back."""

import io
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import Workbook

from bot.errors import ImportProblem
from bot.programme import Capacity, Institution, Nudges, Programme
from bot.services.members_columns import FieldWords
from bot.services.members_file import BadMembersFile, Change, MemberLine, MembersFile, parse
from bot.understanding.fields import FieldRecogniser
from sandbox import Clock
from storage.database import Database
from storage.members import MemberRow
from tests.storage.rows import NOW, add_ask, add_introduction, add_member, intent, outbox_row, put

WORKSPACE = "T0SILTA"
PEOPLE = Path(__file__).parents[3] / "sandbox" / "people.csv"
HEADER = "slack_user_id,name,role,country,region,institution,fields,languages,timezone,capacity,tasks,note,email"
LEENA = (
    "U0LEENA,Leena Harjula,mentor,FI,Uusimaa,Siltaranta,0713|0716,fi|en,Europe/Helsinki,3,T1|T5,Tule käymään,l@e.org"
)


@pytest.fixture(scope="module")
def fields() -> FieldRecogniser:
    return FieldRecogniser.load()


@pytest.fixture
def members(database: Database, fields: FieldRecogniser) -> MembersFile:
    return MembersFile(database, fields, Programme())


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def _write(*lines: str, encoding: str = "utf-8") -> Path:
        path = tmp_path / "people.csv"
        path.write_bytes("\n".join(lines).encode(encoding))
        return path

    return _write


def read(path: Path, fields: FieldRecogniser) -> list[MemberLine]:
    return parse(path, FieldWords(fields))


def complaints(path: Path, fields: FieldRecogniser) -> list[tuple[int, str]]:
    with pytest.raises(BadMembersFile) as refused:
        read(path, fields)
    return [(cell.line, cell.column) for cell in refused.value.cells]


async def person(database: Database, external_id: str, workspace: str = WORKSPACE) -> tuple[MemberRow, tuple[str, ...]]:
    async with database.reading() as store:
        member = await store.members.by_external_id(workspace, external_id)
        assert member is not None
        return member, (await store.members.fields_of([member.id]))[member.id]


async def exported(members: MembersFile, workspace: str = WORKSPACE) -> str:
    target = io.StringIO()
    await members.export(workspace, target)
    return target.getvalue()


async def test_every_column_is_kept(members: MembersFile, database: Database, write: Callable[..., Path]) -> None:
    report = await members.bring_in(WORKSPACE, write(HEADER, LEENA))

    leena, codes = await person(database, "U0LEENA")
    assert (report.added, report.changed, report.unchanged) == (1, 0, 0)
    assert (leena.name, leena.roles, leena.country, leena.region) == ("Leena Harjula", ("mentor",), "FI", "Uusimaa")
    assert (leena.institution, leena.languages, leena.timezone) == ("Siltaranta", ("fi", "en"), "Europe/Helsinki")
    assert (leena.capacity, leena.tasks, leena.offer) == (3, ("T1", "T5"), "Tule käymään")
    assert (leena.email, leena.platform, leena.availability) == ("l@e.org", "slack", "open")
    assert codes == ("0713", "0716")


async def test_people_of_the_practice_workspace_come_in_once(members: MembersFile) -> None:
    rehearsed = await members.bring_in(WORKSPACE, PEOPLE, dry_run=True)
    first = await members.bring_in(WORKSPACE, PEOPLE)
    second = await members.bring_in(WORKSPACE, PEOPLE)

    assert rehearsed == first
    assert first.added == 63
    assert (second.added, second.changed, second.unchanged) == (0, 0, 63)


async def test_a_profile_is_as_fresh_as_the_file_that_last_said_something_new_of_it(
    database: Database, fields: FieldRecogniser, write: Callable[..., Path]
) -> None:
    then, later = datetime(2027, 1, 19, 8, tzinfo=UTC), datetime(2027, 9, 1, 8, tzinfo=UTC)
    student = "U0SANNA,Sanna,student,FI,,,,fi,,,,,"
    for now, line in ((then, LEENA), (later, LEENA), (later, LEENA.replace("0713|0716", "0715"))):
        members = MembersFile(database, fields, Programme(), Clock(now))
        await members.bring_in(WORKSPACE, write(HEADER, line, student))
        leena, _ = await person(database, "U0LEENA")
        expected = then if line == LEENA else later
        assert leena.confirmed_on == expected.date()
        assert leena.confirm_due_on == expected.date() + timedelta(days=365)
    sanna, _ = await person(database, "U0SANNA")
    assert sanna.confirmed_on is None, "only contact persons have a card"


async def test_dry_run_stores_nothing(members: MembersFile) -> None:
    await members.bring_in(WORKSPACE, PEOPLE, dry_run=True)

    assert await exported(members) == f"{HEADER}\n"


async def test_one_bad_line_keeps_all_lines_out(members: MembersFile, write: Callable[..., Path]) -> None:
    with pytest.raises(BadMembersFile):
        await members.bring_in(WORKSPACE, write(HEADER, LEENA, "U2,Eve,boss,,,,,,,,,,"))

    assert await exported(members) == f"{HEADER}\n"


async def test_only_the_columns_of_the_file_change(
    members: MembersFile, database: Database, write: Callable[..., Path]
) -> None:
    await members.bring_in(WORKSPACE, write(HEADER, LEENA))

    report = await members.bring_in(
        WORKSPACE, write("note,role,name,slack_user_id", ",mentor|leader,Leena Harjula,U0LEENA")
    )

    leena, codes = await person(database, "U0LEENA")
    assert report.lines[0].change == Change.CHANGED
    assert set(report.lines[0].columns) == {"role", "note"}
    assert (leena.roles, leena.offer) == (("mentor", "leader"), "")
    assert (leena.country, leena.capacity, codes) == ("FI", 3, ("0713", "0716"))


async def test_fields_of_a_known_person_are_replaced(
    members: MembersFile, database: Database, write: Callable[..., Path]
) -> None:
    await members.bring_in(WORKSPACE, write(HEADER, LEENA))

    report = await members.bring_in(WORKSPACE, write(HEADER, LEENA.replace("0713|0716", "0715")))

    assert report.lines[0].columns == ("fields",)
    assert (await person(database, "U0LEENA"))[1] == ("0715",)


async def test_empty_capacity_means_the_default_for_a_new_person_and_no_change_for_a_known_one(
    database: Database, fields: FieldRecogniser, write: Callable[..., Path]
) -> None:
    members = MembersFile(database, fields, Programme(capacity=Capacity(default=4)))
    file = write("slack_user_id,name,role,capacity", "U1,Ann,mentor,", "U2,Bo,mentor,0")
    await members.bring_in(WORKSPACE, file)
    assert (await person(database, "U1"))[0].capacity == 4
    async with database.transaction() as store:
        ann = await store.members.by_external_id(WORKSPACE, "U1")
        assert ann is not None
        ann.capacity = 1

    report = await members.bring_in(WORKSPACE, file)

    assert report.unchanged == 2
    assert (await person(database, "U1"))[0].capacity == 1
    assert (await person(database, "U2"))[0].capacity == 0


async def test_what_people_decided_themselves_stays(
    members: MembersFile, database: Database, write: Callable[..., Path]
) -> None:
    await members.bring_in(WORKSPACE, write(HEADER, LEENA))
    async with database.transaction() as store:
        leena = await store.members.by_external_id(WORKSPACE, "U0LEENA")
        assert leena is not None
        leena.availability, leena.chosen_language = "paused", "en"

    await members.bring_in(WORKSPACE, write(HEADER, LEENA.replace("Leena", "Leena M.")))

    leena, _ = await person(database, "U0LEENA")
    assert (leena.name, leena.availability, leena.chosen_language) == ("Leena M. Harjula", "paused", "en")


async def test_workspaces_do_not_see_each_other(
    members: MembersFile, database: Database, write: Callable[..., Path]
) -> None:
    await members.bring_in("T0OTHER", write(HEADER, LEENA))

    report = await members.bring_in(WORKSPACE, write(HEADER, LEENA.replace("Leena", "Lena")))

    assert report.added == 1
    assert (await person(database, "U0LEENA", "T0OTHER"))[0].name == "Leena Harjula"
    assert "Lena Harjula" in await exported(members)
    assert "Lena Harjula" not in await exported(members, "T0OTHER")


async def test_export_comes_back_unchanged_and_fills_another_workspace(members: MembersFile, tmp_path: Path) -> None:
    await members.bring_in(WORKSPACE, PEOPLE)
    copy = tmp_path / "copy.csv"
    copy.write_text(await exported(members), encoding="utf-8")

    again = await members.bring_in(WORKSPACE, copy)
    elsewhere = await members.bring_in("T0OTHER", copy)

    assert (again.unchanged, elsewhere.added) == (63, 63)
    assert await exported(members, "T0OTHER") == await exported(members)


@pytest.mark.parametrize("note", ["=1+1", "+358 40", "-5 °C", "@here", "'=1+1", "''@x", "'quoted'", 'a "b"; c, d', "-"])
async def test_text_that_looks_like_a_formula_is_kept_and_never_exported_bare(
    members: MembersFile, database: Database, tmp_path: Path, note: str
) -> None:
    async with database.transaction() as store:
        store.members.add(
            MemberRow(workspace=WORKSPACE, external_id="U1", name="=cmd()", roles=("mentor",), offer=note)
        )
    copy = tmp_path / "copy.csv"
    copy.write_text(await exported(members), encoding="utf-8")

    assert not any(cell[:1] in "=+-@" for cell in copy.read_text(encoding="utf-8").split(",") if cell)
    assert (await members.bring_in(WORKSPACE, copy)).unchanged == 1
    assert (await members.bring_in("T0OTHER", copy)).added == 1
    assert (await person(database, "U1", "T0OTHER"))[0].offer == note


async def test_text_that_looks_like_a_formula_is_only_text_on_import(
    fields: FieldRecogniser, write: Callable[..., Path]
) -> None:
    lines = read(write("slack_user_id,name,role,note", 'U1,@Ann,mentor,"=HYPERLINK(""http://x"")"'), fields)

    assert (lines[0].values["name"], lines[0].values["note"]) == ("@Ann", '=HYPERLINK("http://x")')


async def test_those_who_could_not_be_brought_in_again_are_not_exported(
    members: MembersFile, database: Database, write: Callable[..., Path]
) -> None:
    await members.bring_in(WORKSPACE, write(HEADER, LEENA))
    async with database.transaction() as store:
        store.members.add(MemberRow(workspace=WORKSPACE, external_id=None, name="By e-mail", roles=("mentor",)))
        store.members.add(MemberRow(workspace=WORKSPACE, external_id="U9", name="Just wrote"))

    assert await members.export(WORKSPACE, io.StringIO()) == 1


async def test_field_words_are_recognised_and_reported(
    members: MembersFile, database: Database, write: Callable[..., Path]
) -> None:
    file = write("slack_user_id,name,role,fields", "U1,Ann,mentor,sähköala|0715", "U2,Bo,mentor,713|sähköala")

    report = await members.bring_in(WORKSPACE, file)

    (found,) = report.recognised
    assert (found.words, found.code, found.rows) == ("sähköala", "0713", 2)
    assert found.name == "Electricity and energy"
    assert (await person(database, "U1"))[1] == ("0713", "0715")
    assert (await person(database, "U2"))[1] == ("0713",)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("delimiter", [",", ";"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_csv_is_read_however_the_spreadsheet_wrote_it(
    fields: FieldRecogniser, tmp_path: Path, encoding: str, delimiter: str, end: str
) -> None:
    path = tmp_path / "people.csv"
    rows = ["Name,ROLE, slack_user_id ,note", ' Ann ,mentor,U1,"x"', "", "Bo,Working life,U2"]
    path.write_bytes((end.join(rows) + end).replace(",", delimiter).encode(encoding))

    lines = read(path, fields)

    assert [(line.line, line.values["name"], line.values["note"]) for line in lines] == [(2, "Ann", "x"), (4, "Bo", "")]
    assert lines[1].values["role"] == ("working_life",)


def test_xlsx_reads_like_csv(fields: FieldRecogniser, tmp_path: Path) -> None:
    workbook = Workbook()
    sheet = workbook.worksheets[0]
    sheet.append(["slack_user_id", "name", "role", "fields", "capacity", "note", None])
    sheet.append(["U1", " Ann ", "mentor|leader", 713, 3, "=1+1"])
    sheet.append([])
    sheet.append(["U2", "Bo", "student", "0715|0713", 2.0, None])
    workbook.create_sheet("other").append(["not", "read"])
    path = tmp_path / "people.xlsx"
    workbook.save(path)

    first, second = read(path, fields)

    assert (first.line, first.values["fields"], first.values["capacity"]) == (2, ("0713",), 3)
    assert (first.values["name"], first.values["note"]) == ("Ann", "=1+1")
    assert (second.line, second.values["fields"], second.values["capacity"]) == (4, ("0713", "0715"), 2)


def test_values_are_freed_of_invisible_characters(fields: FieldRecogniser, write: Callable[..., Path]) -> None:
    lines = read(write("slack_user_id,name,role", "U1,\u202eAnn\u200b\x07\tLee\u00a0,mentor"), fields)

    assert lines[0].values["name"] == "Ann Lee"


@pytest.mark.parametrize(
    ("column", "cell", "named"),
    [
        ("slack_user_id", "anna", "“anna”"),
        ("slack_user_id", "", "empty"),
        ("name", "", "empty"),
        ("name", "x" * 201, "at most 200"),
        ("role", "", "empty"),
        ("role", "mentor|boss", "“boss”"),
        ("role", "|", "empty"),
        ("country", "FIN", "“FIN”"),
        ("country", "F1", "“F1”"),
        ("region", "x" * 101, "at most 100"),
        ("institution", "x" * 201, "at most 200"),
        ("fields", "0713|blorptastic", "“blorptastic”"),
        ("fields", "9999", "“9999”"),
        ("languages", "fi|finnish", "“finnish”"),
        ("languages", '"fi, en"', "put | between"),
        ("timezone", "Helsinki", "“Helsinki”"),
        ("timezone", "../etc/passwd", "“../etc/passwd”"),
        ("capacity", "51", "“51”"),
        ("capacity", "-1", "“-1”"),
        ("capacity", "1.5", "“1.5”"),
        ("capacity", "٣", "“٣”"),
        ("capacity", "9" * 5000, "…”"),
        ("tasks", "T1|T9", "“T9”"),
        ("note", "x" * 1001, "at most 1000"),
        ("email", "ann.example.org", "“ann.example.org”"),
        ("email", "a@" + "x" * 254, "at most 254"),
    ],
)
def test_a_bad_cell_is_named_with_its_line_column_and_reason(
    fields: FieldRecogniser, write: Callable[..., Path], column: str, cell: str, named: str
) -> None:
    good = dict(zip(HEADER.split(","), LEENA.split(","), strict=True))
    good[column] = cell

    with pytest.raises(BadMembersFile) as refused:
        read(write(HEADER, ",".join(good.values())), fields)

    (bad,) = refused.value.cells
    assert (bad.line, bad.column) == (2, column)
    assert named in bad.reason
    assert str(refused.value) == f"people.csv: line 2, {column}: {bad.reason}."


def test_every_bad_cell_is_collected(fields: FieldRecogniser, write: Callable[..., Path]) -> None:
    file = write(
        "slack_user_id,name,role,capacity",
        "U1,Ann,boss,many",
        "U2,Bo,mentor,1",
        "U1,,mentor,2",
        "U3,Cy,mentor,1,surplus",
    )

    assert complaints(file, fields) == [(2, "role"), (2, "capacity"), (4, "slack_user_id"), (4, "name"), (5, "")]


def test_somebody_who_is_in_the_file_twice_is_refused_with_the_first_line(
    fields: FieldRecogniser, write: Callable[..., Path]
) -> None:
    with pytest.raises(BadMembersFile, match="line 3, slack_user_id: “U1” is on line 2 already"):
        read(write("slack_user_id,name,role", "U1,Ann,mentor", "U1,Ann,mentor"), fields)


@pytest.mark.parametrize(
    ("header", "expected"),
    [
        ("slack_user_id,name,role,phone,shoe", [(1, "phone"), (1, "shoe")]),
        ("name,country", [(1, "slack_user_id"), (1, "role")]),
        ("slack_user_id,name,role,name", [(1, "name")]),
        ("slack_user_id,name,,role", [(1, "")]),
    ],
)
def test_header_is_refused_by_the_name_of_the_column(
    fields: FieldRecogniser, write: Callable[..., Path], header: str, expected: list[tuple[int, str]]
) -> None:
    assert complaints(write(header, "U1,Ann,mentor"), fields) == expected


def test_empty_cells_beyond_the_header_do_no_harm(fields: FieldRecogniser, write: Callable[..., Path]) -> None:
    assert len(read(write("slack_user_id,name,role,,", "U1,Ann,mentor,,,,"), fields)) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf\r\n , \r\n", "empty"),
        ("slack_user_id,name,role\nU1,Päivi,mentor".encode("latin-1"), "line 2: the file is not UTF-8.*CSV UTF-8"),
        ("slack_user_id,name,role".encode("utf-16"), "not UTF-8"),
        ("slack_user_id,name,role".encode("utf-16-le"), "not a text file in UTF-8"),
        (b'slack_user_id,name,role\nU1,"Ann,mentor\n', "quotation marks"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Excel file"),
        (b"PK\x03\x04 no workbook at all", "damaged"),
    ],
)
def test_a_file_that_cannot_be_read_says_what_to_do(
    fields: FieldRecogniser, tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "people.csv"
    path.write_bytes(content)

    with pytest.raises(ImportProblem, match=said):
        read(path, fields)


@pytest.mark.parametrize("name", ["missing.csv", "."])
def test_a_missing_file_is_named(fields: FieldRecogniser, tmp_path: Path, name: str) -> None:
    with pytest.raises(BadMembersFile, match="cannot be read"):
        read(tmp_path / name, fields)


async def test_ten_thousand_people_come_in_within_seconds(members: MembersFile, write: Callable[..., Path]) -> None:
    rows = (LEENA.replace("U0LEENA", f"U{number}") for number in range(10_000))
    file = write(HEADER, *rows)
    # Time on the processor: what others do on this machine says nothing about the import.
    started = time.process_time()

    first = await members.bring_in(WORKSPACE, file)
    second = await members.bring_in(WORKSPACE, file)

    assert (first.added, second.unchanged) == (10_000, 10_000)
    assert time.process_time() - started < 20


async def test_a_new_zone_in_the_file_moves_what_was_planned(
    members: MembersFile, database: Database, write: Callable[..., Path]
) -> None:
    await members.bring_in(WORKSPACE, write(HEADER, LEENA))
    leena, _ = await person(database, "U0LEENA")
    ask = await add_ask(database, await add_member(database, roles=("student",)))
    asked = await add_introduction(database, ask, leena, remind_at=NOW, release_at=NOW)
    await put(database, intent(leena, "rested:1"))
    async with database.transaction() as store:
        (row,) = await store.outbox.claim(WORKSPACE, "test", NOW, 1)
        await store.outbox.postpone(row.id, "test", NOW + timedelta(days=1), "closed_time")
    later = replace(members, clock=Clock(NOW))

    await later.bring_in(WORKSPACE, write(HEADER, LEENA.replace("Tule käymään", "Tervetuloa")))
    assert (await outbox_row(database, row.id)).not_before > NOW, "a new note changes nobody's hours"
    await later.bring_in(WORKSPACE, write(HEADER, LEENA.replace("Europe/Helsinki", "Europe/Oslo")))

    assert NOW <= (await outbox_row(database, row.id)).not_before < NOW + timedelta(minutes=5)
    async with database.reading() as store:
        replanned = await store.introductions.by_ref(asked.ref)
    assert replanned is not None
    assert (replanned.remind_at, replanned.release_at) == (None, None), "the reply clock starts again at the next tick"


async def test_newcomers_have_the_rhythm_of_the_place_they_work_at(
    database: Database, fields: FieldRecogniser, write: Callable[..., Path]
) -> None:
    monthly = Programme(institutions=(Institution(name="Siltaranta", nudges=Nudges(rhythm="monthly")),))

    await MembersFile(database, fields, monthly).bring_in(WORKSPACE, write(HEADER, LEENA))

    leena, _ = await person(database, "U0LEENA")
    assert leena.nudge_rhythm == "monthly"
