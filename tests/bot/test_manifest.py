"""The manifest asks Slack for what the code uses, and for nothing else."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from slack_sdk.web.async_client import AsyncWebClient

from bot.manifest import BOT_EVENTS, BOT_SCOPES, manifest
from sandbox.web_api.scopes import NEEDED

HOUSE = Path(__file__).parents[2]
ROOMS = ("bot", "handlers")
METHODS = {name.replace(".", "_").lower(): scopes[0] for name, scopes in NEEDED.items()}
# What slack_sdk calls so is two methods of Slack, which need the same.
METHODS["files_upload_v2"] = METHODS["files_getuploadurlexternal"]
# People are written to one by one and introduced in threes: two kinds of conversation are opened.
SCOPES_OF_CONVERSATIONS = {
    "conversations_open": {"im:write", "mpim:write"},
    "conversations_history": {"im:history"},
}
WITHOUT_SCOPE = {"auth_test", "apps_connections_open", "views_open", "views_publish", "views_update"}
"""Methods that any token may use. Source: the method pages of docs.slack.dev."""
SCOPES_OF_EVENTS = {
    "app_home_opened": set[str](),
    "app_mention": {"app_mentions:read"},
    "message.im": {"im:history"},
    "user_change": {"users:read"},
}
A_METHOD = re.compile(r"\.((?:api|apps|auth|bots|chat|conversations|dnd|files|reactions|team|users|views)_\w+)\(")


def _methods_used() -> set[str]:
    sources = [path.read_text(encoding="utf-8") for room in ROOMS for path in (HOUSE / room).rglob("*.py")]
    named = {name for source in sources for name in A_METHOD.findall(source)}
    return {name for name in named if hasattr(AsyncWebClient, name)}


def test_scopes_are_exactly_those_the_code_needs() -> None:
    needed = {"commands"}
    for name in _methods_used() - WITHOUT_SCOPE:
        needed |= SCOPES_OF_CONVERSATIONS.get(name) or {METHODS[name.lower()]}
    for event in BOT_EVENTS:
        needed |= SCOPES_OF_EVENTS[event]

    assert set(BOT_SCOPES) == needed
    assert len(set(BOT_SCOPES)) == len(BOT_SCOPES)


def test_events_are_exactly_those_that_are_listened_to() -> None:
    source = (HOUSE / "handlers" / "__init__.py").read_text(encoding="utf-8")
    heard = set(re.findall(r'app\.event\("(\w+)"\)', source))

    assert {event.partition(".")[0] for event in BOT_EVENTS} == heard


@pytest.mark.parametrize("url", [None, "https://silta.example.org", "https://silta.example.org/slack/events"])
def test_the_manifest_keeps_to_the_limits_of_slack(url: str | None) -> None:
    made: dict[str, Any] = yaml.safe_load(manifest(url))

    about, features, settings = made["display_information"], made["features"], made["settings"]
    assert set(made) == {"_metadata", "display_information", "features", "oauth_config", "settings"}
    assert len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert 174 <= len(about["long_description"]) <= 4000
    assert re.fullmatch(r"#[0-9a-f]{6}", about["background_color"])
    assert len(features["bot_user"]["display_name"]) <= 80
    (command,) = features["slash_commands"]
    assert command["command"] == "/silta"
    assert command["description"]
    assert features["app_home"]["home_tab_enabled"] is True
    assert made["oauth_config"]["scopes"]["bot"] == list(BOT_SCOPES)
    assert settings["event_subscriptions"]["bot_events"] == list(BOT_EVENTS)
    assert settings["interactivity"]["is_enabled"] is True
    assert settings["socket_mode_enabled"] is (url is None)
    assert settings["token_rotation_enabled"] is False


def test_over_http_all_three_addresses_are_the_one_of_silta() -> None:
    made: dict[str, Any] = yaml.safe_load(manifest("https://silta.example.org/"))

    expected = "https://silta.example.org/slack/events"
    assert made["settings"]["event_subscriptions"]["request_url"] == expected
    assert made["settings"]["interactivity"]["request_url"] == expected
    assert made["features"]["slash_commands"][0]["url"] == expected
    assert "url" not in manifest()


def test_the_file_in_the_house_is_what_the_command_prints() -> None:
    assert (HOUSE / "manifest.yaml").read_text(encoding="utf-8") == manifest()
