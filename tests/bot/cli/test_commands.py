"""Every command helps with an example; `fields find`, `manifest`, `migrate` and `demo` do what the contract says."""

import json
import re
import socket
from pathlib import Path

import pytest
import yaml

from tests.bot.cli.conftest import Run

COMMANDS = (
    "demo",
    "run",
    "migrate",
    "doctor",
    "manifest",
    "members import",
    "members export",
    "fields find",
    "deliveries",
    "audit",
)


@pytest.mark.parametrize("command", COMMANDS)
def test_help_of_every_command_has_an_example(run: Run, command: str) -> None:
    end = run(*command.split(), "--help")

    assert end.code == 0
    assert re.search(rf"Example: silta {command}\b", end.out)


def test_help_names_every_command(run: Run) -> None:
    end = run("--help")

    assert end.code == 0
    assert all(re.search(rf"\b{command.split()[0]}\b", end.out) for command in COMMANDS)


def test_an_unknown_command_is_refused_without_a_traceback(run: Run) -> None:
    end = run("rnu")

    assert end.code == 2
    assert "No such command" in end.err


def test_fields_find_says_as_json_what_it_understood(run: Run) -> None:
    end = run("fields", "find", "etsin kontaktia sähköalalta Tampereelta")

    found = json.loads(end.out)
    assert end.code == 0
    assert set(found) == {"text", "fields", "region", "clear"}
    assert found["text"] == "etsin kontaktia sähköalalta Tampereelta"
    assert found["fields"][0]["code"] == "0713"
    assert set(found["fields"][0]) == {"code", "label", "score"}
    assert all(0 <= field["score"] <= 1 for field in found["fields"])
    assert (found["region"], found["clear"]) == ("Pirkanmaa", True)
    assert "sähköalalta" in end.out, "people read it too: no escapes"


@pytest.mark.parametrize("words", [(), ("",), ("   ",), ("🙂",)])
def test_nothing_to_understand_gives_no_fields(run: Run, words: tuple[str, ...]) -> None:
    found = json.loads(run("fields", "find", *words).out)

    assert (found["fields"], found["clear"]) == ([], False)
    assert found["text"] == "".join(words)


def test_batch_answers_each_line_with_a_line(run: Run) -> None:
    lines = ["sähköala", "", "hitsaus\r", "\ufeffkokki", "x" * 40_000]
    end = run("fields", "find", "--batch", "--top", "1", said="\n".join(lines).encode() + b"\n\xff\xfe\n")

    found = [json.loads(line) for line in end.out.splitlines()]
    assert end.code == 0
    assert [one["text"] for one in found][:3] == ["sähköala", "", "hitsaus"]
    assert len(found) == len(lines) + 1
    assert found[0]["fields"][0]["code"] == "0713"
    assert found[1]["fields"] == []
    assert found[4]["text"] == lines[4]
    assert all(len(one["fields"]) <= 1 for one in found)


def test_bytes_that_are_no_text_on_the_command_line_are_survived(run: Run) -> None:
    assert json.loads(run("fields", "find", "\udcff sähköala").out)["fields"]


def test_manifest_is_printed_for_both_ways(run: Run) -> None:
    assert yaml.safe_load(run("manifest").out)["settings"]["socket_mode_enabled"] is True
    by_http = yaml.safe_load(run("manifest", "--http", "https://silta.example.org").out)
    assert by_http["settings"]["interactivity"]["request_url"] == "https://silta.example.org/slack/events"


@pytest.mark.parametrize(
    "address", ["http://silta.example.org", "silta.example.org", "", "https://", "https://a b", "https://a\nb: c"]
)
def test_manifest_refuses_an_address_that_slack_would_not_reach(run: Run, address: str) -> None:
    end = run("manifest", "--http", address)

    assert (end.code, end.out) == (2, "")
    assert "https://" in end.err


def test_migrate_makes_the_database_and_may_be_run_again(run: Run, tmp_path: Path) -> None:
    for _ in range(2):
        end = run("migrate")
        assert (end.code, end.out) == (0, "The database is up to date.\n")
    assert (tmp_path / "silta.db").exists()


def test_migrate_says_in_one_sentence_that_the_database_cannot_be_opened(run: Run) -> None:
    end = run("migrate", DATABASE_URL="sqlite:////no/such/folder/silta.db")

    assert (end.code, end.out) == (2, "")
    assert "DATABASE_URL" in end.sentence


def test_demo_says_that_its_port_is_taken(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        end = run("demo", "--no-browser", "--port", str(port))

    assert end.code == 2
    assert end.err.startswith(f"Port {port}: ")
    assert f"--port {port + 1}" in end.err


@pytest.mark.parametrize(
    "words",
    [("--port", "70000"), ("--port", "-1"), ("--now", "tomorrow"), ("--now", "0001-01-01"), ("--now", "9999-12-31")],
)
def test_demo_refuses_impossible_ports_and_moments(run: Run, words: tuple[str, str]) -> None:
    end = run("demo", "--no-browser", *words)

    assert end.code == 2
    assert words[0] in end.err or words[1] in end.err


@pytest.mark.parametrize("command", [("ask", "pay"), ("import", "answers.jsonl")])
def test_a_language_that_silta_does_not_speak_is_refused(run: Run, command: tuple[str, str]) -> None:
    end = run("questions", *command, "--language", "sv")

    assert end.code == 2
    assert end.out == ""
    assert "--language is one of en, fi, de, nb, tr, not sv." in end.err
