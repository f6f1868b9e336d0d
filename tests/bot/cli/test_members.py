"""`silta members`: what comes in goes out the same, a bad file changes nothing, and each bad cell is named."""

import asyncio
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

from tests.bot.cli.conftest import Run
from tests.bot.cli.stage import Ended, sockets, workspace

HEADER = "slack_user_id,name,role,country,region,institution,fields,languages,timezone,capacity,tasks,note,email"
LEENA = 'U0LEENA,Leena,mentor,FI,Uusimaa,Koulu,0713|0716,fi|en,Europe/Helsinki,3,T1|T2,"Työsali, mä",l@example.org'
SANNA = "U0SANNA,Sanna Ääninen,student,FI,,,0713,fi,,2,,,"
Silta = Callable[..., "asyncio.Future[Ended]"]


@pytest.fixture
async def silta(run: Run) -> AsyncIterator[Silta]:
    """Runs a command in a thread of its own, with a practice workspace to be connected to."""
    async with workspace() as slack:

        def in_thread(*words: str, said: bytes = b"") -> "asyncio.Future[Ended]":
            return asyncio.get_running_loop().run_in_executor(None, lambda: run(*words, said=said, **sockets(slack)))

        yield in_thread


def _written(folder: Path, *lines: str) -> str:
    path = folder / "people.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return str(path)


async def test_what_was_imported_is_exported_the_same_and_excel_can_read_it(silta: Silta, tmp_path: Path) -> None:
    first = await silta("members", "import", _written(tmp_path, HEADER, LEENA, SANNA))
    assert first.code == 0
    assert "2 added, 0 changed, 0 unchanged." in first.out

    exported = await silta("members", "export", "out.csv")
    assert (exported.code, exported.err) == (0, "2 people written.\n")
    content = (tmp_path / "out.csv").read_bytes()
    assert content.startswith(b"\xef\xbb\xbf"), "Excel takes it for UTF-8 by this mark"
    assert b"\r" not in content

    again = await silta("members", "import", "out.csv")
    assert "0 added, 0 changed, 2 unchanged." in again.out
    printed = await silta("members", "export")
    assert printed.out.encode() == content.removeprefix(b"\xef\xbb\xbf")


async def test_a_dry_run_says_what_would_be_and_stores_nothing(silta: Silta, tmp_path: Path) -> None:
    would = await silta("members", "import", _written(tmp_path, HEADER, LEENA), "--dry-run")

    assert would.code == 0
    assert "Would be: 1 added" in would.out
    assert (await silta("members", "export")).err == "0 people written.\n"


async def test_words_taken_for_a_field_are_reported_with_code_name_and_rows(silta: Silta, tmp_path: Path) -> None:
    rows = [f"U{number},Ann,mentor,sähköala" for number in range(3)]
    end = await silta("members", "import", _written(tmp_path, "slack_user_id,name,role,fields", *rows))

    assert end.code == 0
    assert "“sähköala” → 0713 Electricity and energy: 3 rows" in end.out
    assert end.err == "", "in a pipe there is no bar"
    assert "?" not in end.out.splitlines()[-1], "and nothing is asked"


@pytest.mark.parametrize(("answer", "words", "stored"), [(b"n\n", (), 0), (b"y\n", (), 1), (b"", ("--yes",), 1)])
async def test_on_a_terminal_it_asks_before_storing(
    silta: Silta, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, answer: bytes, words: tuple[str, ...], stored: int
) -> None:
    monkeypatch.setattr("bot.cli.members._somebody_sits_there", lambda: True)

    end = await silta("members", "import", _written(tmp_path, HEADER, LEENA), *words, said=answer)

    assert ("Bring these people in?" in end.out) == (not words)
    assert ("Nothing was changed." in end.out) == (not stored)
    assert (await silta("members", "export")).err == f"{stored} people written.\n"


async def test_a_bad_row_is_named_with_line_column_and_reason_and_nothing_is_stored(
    silta: Silta, tmp_path: Path
) -> None:
    bad = LEENA.replace("U0LEENA", "U0BAD").replace("mentor", "boss").replace("Europe/Helsinki", "Helsinki")

    end = await silta("members", "import", _written(tmp_path, HEADER, SANNA, bad))

    assert end.code == 1
    assert "line 3, role: " in end.err
    assert "line 3, timezone: " in end.err
    assert "Traceback" not in end.err
    assert (await silta("members", "export")).err == "0 people written.\n"


async def test_an_unknown_column_is_refused_by_its_name(silta: Silta, tmp_path: Path) -> None:
    end = await silta("members", "import", _written(tmp_path, HEADER + ",shoe_size", LEENA + ",38"))

    assert end.code == 1
    assert "shoe_size" in end.err


@pytest.mark.parametrize("name", ["missing.csv", "."])
async def test_a_file_that_is_not_there_is_one_sentence(silta: Silta, name: str) -> None:
    end = await silta("members", "import", name)

    assert end.code == 1
    assert "cannot be read" in end.sentence


@pytest.mark.parametrize("name", ["no/such/folder/out.csv", "."])
async def test_a_file_that_cannot_be_written_is_one_sentence(silta: Silta, name: str) -> None:
    end = await silta("members", "export", name)

    assert end.code == 1
    assert "cannot be written" in end.sentence


def test_without_a_token_it_is_one_sentence(run: Run) -> None:
    end = run("members", "export")

    assert end.code == 2
    assert end.sentence.startswith("SLACK_BOT_TOKEN is missing")


async def test_somebody_is_forgotten_by_command_and_the_audit_says_so_without_a_name(
    silta: Silta, tmp_path: Path
) -> None:
    await silta("members", "import", _written(tmp_path, HEADER, LEENA, SANNA))

    first = await silta("members", "forget", "U0LEENA")
    second = await silta("members", "forget", "U0LEENA")

    assert (first.code, first.out) == (0, "Forgotten. Whoever is affected is told.\n")
    assert (second.code, second.out) == (0, "Nothing was stored.\n")
    assert "Leena" not in (await silta("members", "export")).out
    audit = await silta("audit")
    assert "members.import" in audit.out
    assert "members.forget" in audit.out
    assert "by_command" in audit.out
    assert "LEENA" not in audit.out.upper()
    assert (await silta("deliveries")).out == "No message ended in this time.\n"
    assert (await silta("audit", "--until", "2001-01-01")).out == "Nothing was written down in this time.\n"
