"""`silta doctor`: what is well, and what to do about the rest, in plain words."""

import asyncio
from pathlib import Path

import pytest

from bot.manifest import BOT_SCOPES
from sandbox import Clock, Sandbox
from tests.bot.cli.conftest import Run
from tests.bot.cli.stage import Ended, http, sockets, workspace
from tests.journeys.stage import helsinki


async def _doctor(run: Run, settings: dict[str, str], command: str = "doctor") -> Ended:
    return await asyncio.get_running_loop().run_in_executor(None, lambda: run(command, **settings))


async def test_everything_is_well_after_migrating(run: Run) -> None:
    async with workspace() as slack:
        for settings in (sockets(slack), http(slack) | {"SLACK_APP_TOKEN": ""}):
            await _doctor(run, settings, "migrate")
            end = await _doctor(run, settings)

            assert end.code == 0, end.out
            assert end.out.endswith("Everything is well. Start with: silta run\n")
            assert "FIX" not in end.out
            assert ("Socket Mode" in end.out) is (settings.get("SLACK_APP_TOKEN") != "")


async def test_each_thing_that_is_wrong_is_named_with_what_to_do(run: Run, tmp_path: Path) -> None:
    async with workspace() as slack:
        wrong = {
            "bot token": {"SLACK_BOT_TOKEN": "xoxb-wrong"},
            "app token": {"SLACK_APP_TOKEN": "xapp-wrong"},
            "Slack": {"SLACK_API_URL": "http://127.0.0.1:1/api/"},
            "database": {"DATABASE_URL": f"sqlite:///{tmp_path}/not-migrated.db"},
            "settings": {"SILTA_PROGRAMME": "no-such-file.toml"},
        }
        for about, settings in wrong.items():
            well = sockets(slack) | {"DATABASE_URL": "sqlite:///silta.db", "SILTA_PROGRAMME": ""}
            await _doctor(run, well, "migrate")
            end = await _doctor(run, well | settings)

            assert end.code == 1, end.out
            assert [line for line in end.out.splitlines() if line.startswith("FIX")] == [
                line for line in end.out.splitlines() if line.startswith(f"FIX  {about}: ")
            ]
            assert "Traceback" not in end.err


async def test_a_missing_scope_is_named(run: Run) -> None:
    slack = Sandbox(clock=Clock(helsinki("2027-01-19 10:12")), people=[], scopes=frozenset(BOT_SCOPES) - {"mpim:write"})
    await slack.serve()
    end = await _doctor(run, sockets(slack))
    await slack.close()

    assert end.code == 1
    assert "FIX  scopes: missing mpim:write." in end.out


@pytest.mark.parametrize("name", ["SLACK_BOT_TOKEN", "SLACK_APP_TOKEN"])
def test_without_any_setting_it_says_what_is_missing(run: Run, name: str) -> None:
    end = run("doctor")

    assert end.code == 1
    assert f"{name}" in end.out
