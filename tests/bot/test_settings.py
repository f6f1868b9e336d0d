"""Settings: every mistake is one sentence that names the setting, and `.env.example` names every setting there is."""

import re
from pathlib import Path

import pytest

from bot import settings as all_settings
from bot.errors import SettingsProblem
from bot.settings import Settings

EXAMPLE = Path(__file__).parents[2] / ".env.example"


@pytest.fixture(autouse=True)
def nothing_set(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in Settings.model_fields:
        monkeypatch.delenv(name.upper(), raising=False)
    monkeypatch.chdir(tmp_path)


def test_without_any_setting_there_are_usual_values() -> None:
    settings = all_settings.load()

    assert (settings.slack_api_url, settings.database_url) == ("https://slack.com/api/", "sqlite:///silta.db")
    assert (settings.host, settings.port, settings.silta_log) == ("127.0.0.1", 3000, "text")


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SLACK_BOT_TOKEN", "xoxp-1"),
        ("SLACK_BOT_TOKEN", "xoxb-1 xoxb-2"),
        ("SLACK_BOT_TOKEN", "xoxb-ä"),
        ("SLACK_APP_TOKEN", "xoxb-1"),
        ("SLACK_SIGNING_SECRET", "two words"),
        ("SLACK_API_URL", "https://slack.com"),
        ("SLACK_API_URL", "slack.com/api/"),
        ("SLACK_API_URL", "https:///api/"),
        ("DATABASE_URL", "mysql://x"),
        ("DATABASE_URL", "silta.db"),
        ("PORT", "http"),
        ("PORT", "70000"),
        ("PORT", "-1"),
        ("SILTA_COORDINATORS", "@aino"),
        ("SILTA_COORDINATORS", "U012AB3CD U045EF6GH"),
        ("SILTA_LOG", "xml"),
    ],
)
def test_a_malformed_setting_is_one_sentence_that_names_it(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str
) -> None:
    monkeypatch.setenv(name, value)

    with pytest.raises(SettingsProblem) as refused:
        all_settings.load()

    sentence = str(refused.value)
    assert sentence.startswith(f"{name} ")
    assert ".env.example" in sentence
    assert "\n" not in sentence
    assert value not in sentence, "a secret in the wrong place is not repeated"


def test_each_missing_secret_is_named_before_anything_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(SettingsProblem, match=r"^SLACK_BOT_TOKEN is missing; .env.example"):
        all_settings.load().require_a_way_to_slack()
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-1")
    with pytest.raises(SettingsProblem, match=r"^SLACK_APP_TOKEN .* SLACK_SIGNING_SECRET .* is missing; .env.example"):
        all_settings.load().require_a_way_to_slack()
    monkeypatch.setenv("SLACK_SIGNING_SECRET", "s")
    all_settings.load().require_a_way_to_slack()


def test_blanks_around_a_value_do_no_harm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", " xoxb-1\n")
    monkeypatch.setenv("SILTA_COORDINATORS", " U012AB3CD , U045EF6GH ,")

    settings = all_settings.load()

    assert settings.bot_token() == "xoxb-1"
    assert settings.silta_coordinators == ("U012AB3CD", "U045EF6GH")


def test_secrets_are_not_shown_when_settings_are_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-hush")

    assert "hush" not in repr(all_settings.load())


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
def test_env_file_is_read_whichever_editor_wrote_it(encoding: str) -> None:
    Path(".env").write_text("SLACK_BOT_TOKEN=xoxb-1\n", encoding=encoding)

    assert all_settings.load().bot_token() == "xoxb-1"


def test_an_env_file_in_another_encoding_is_one_sentence() -> None:
    Path(".env").write_text("SILTA_PROGRAMME=äiti.toml\n", encoding="latin-1")

    with pytest.raises(SettingsProblem, match=r"\.env is no plain text; .*\.env\.example"):
        all_settings.load()


def test_the_example_names_exactly_the_settings_there_are_each_with_a_comment() -> None:
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    named = [line.partition("=")[0] for line in lines if line and not line.startswith("#")]

    assert named == [name.upper() for name in Settings.model_fields]
    for number, line in enumerate(lines):
        if line and not line.startswith("#"):
            assert lines[number - 1].startswith("# "), f"{line} has no comment"
            assert re.fullmatch(r"[A-Z_]+=", line), "the example holds no values, least of all secret ones"
    assert max(map(len, lines)) <= 120


def test_the_example_says_the_usual_values_and_loads_as_it_is() -> None:
    text = EXAMPLE.read_text(encoding="utf-8")
    Path(".env").write_text(text, encoding="utf-8")

    assert all_settings.load() == Settings(_env_file=None)
    for name in ("slack_api_url", "database_url", "host", "port", "silta_log"):
        assert f"# The usual value: {Settings.model_fields[name].default}\n" in text
