"""`silta doctor`: what is set up rightly and what to do about the rest, in plain words."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from typing import Final
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from aiohttp import ClientError
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot import programme as programmes
from bot import settings as all_settings
from bot.app import NOT_SLACK
from bot.cli import app
from bot.delivery.slack import error_of
from bot.errors import SiltaError
from bot.manifest import BOT_SCOPES
from bot.settings import Settings
from storage.database import Database
from storage.schema import is_up_to_date

UNWELL: Final = 1
CLOCK_TOLERANCE_SECONDS: Final = 60
ZONES: Final = ("Europe/Helsinki", "Europe/Berlin", "Europe/Oslo", "Europe/Istanbul")


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at; `advice` is empty when it is well."""

    about: str
    advice: str = ""


@app.command()
def doctor() -> None:
    """Checks tokens, scopes, database, clock, time zones and programme file, and says what to do.

    Example: silta doctor
    """
    findings = asyncio.run(_examine(all_settings.load()))
    for finding in findings:
        typer.echo(f"FIX  {finding.about}: {finding.advice}" if finding.advice else f"ok   {finding.about}")
    if any(finding.advice for finding in findings):
        raise typer.Exit(UNWELL)
    typer.echo("Everything is well. Start with: silta run")


async def _examine(settings: Settings) -> list[Finding]:
    checks: tuple[Callable[[Settings], Awaitable[list[Finding]]], ...] = (
        _slack,
        _sockets,
        _database,
        _zones,
        _programme,
    )
    findings: list[Finding] = []
    for check in checks:
        try:
            findings += await check(settings)
        except SiltaError as problem:
            findings.append(Finding("settings", str(problem)))
    return findings


async def _slack(settings: Settings) -> list[Finding]:
    client = AsyncWebClient(token=settings.bot_token(), base_url=settings.slack_api_url, retry_handlers=[])
    try:
        answer = await client.auth_test()
    except SlackApiError as problem:
        return [_refused("bot token", problem, "Copy SLACK_BOT_TOKEN again from OAuth & Permissions.")]
    except (OSError, ClientError):
        return [Finding("Slack", f"{settings.slack_api_url} cannot be reached. Check the network and SLACK_API_URL.")]
    except AttributeError:
        # The library expects an object in every answer and stumbles over plain text.
        return [Finding("Slack", NOT_SLACK)]
    missing = sorted(set(BOT_SCOPES) - set(str(answer.headers.get("x-oauth-scopes", "")).replace(" ", "").split(",")))
    advice = f"missing {', '.join(missing)}. Update the app from `silta manifest` and reinstall it." if missing else ""
    return [
        Finding(f"connected to {answer['team']} as {answer['user']}"),
        Finding("scopes", advice),
        _clock(answer.headers),
    ]


async def _sockets(settings: Settings) -> list[Finding]:
    if not settings.uses_sockets:
        settings.signing_secret()
        return [Finding("HTTP mode (no SLACK_APP_TOKEN), signing secret set")]
    client = AsyncWebClient(base_url=settings.slack_api_url, retry_handlers=[])
    try:
        await client.apps_connections_open(app_token=settings.app_token())
    except SlackApiError as problem:
        return [_refused("app token", problem, "Make one with connections:write under Basic Information.")]
    except (OSError, ClientError, AttributeError):
        # What is wrong with the way to Slack is said beside the bot token already.
        return []
    return [Finding("Socket Mode")]


def _refused(about: str, problem: SlackApiError, advice: str) -> Finding:
    error = error_of(problem)
    return Finding(about, f"Slack answers {error}. {advice}") if error else Finding(about, NOT_SLACK)


async def _database(settings: Settings) -> list[Finding]:
    database = Database(settings.database_url)
    try:
        if not await database.answers():
            return [Finding("database", "DATABASE_URL cannot be opened. Check the path or the server.")]
        ready = await is_up_to_date(database)
        return [Finding("database", "" if ready else "not up to date yet. Run: silta migrate")]
    finally:
        await database.close()


async def _zones(_settings: Settings) -> list[Finding]:
    try:
        for zone in ZONES:
            ZoneInfo(zone)
    except ZoneInfoNotFoundError:
        return [Finding("time zones", "zone data is missing. Install the package tzdata.")]
    return [Finding("time zones")]


async def _programme(settings: Settings) -> list[Finding]:
    programmes.load(settings.silta_programme)
    return [Finding(f"programme file {settings.silta_programme or '(none, defaults)'}")]


def _clock(headers: dict[str, str]) -> Finding:
    lowered = {name.lower(): value for name, value in headers.items()}
    if "date" not in lowered:
        return Finding("clock (Slack did not say the time)")
    off = abs((datetime.now(UTC) - parsedate_to_datetime(lowered["date"])).total_seconds())
    advice = (
        f"{off:.0f} s off Slack's. Set this computer's clock automatically." if off > CLOCK_TOLERANCE_SECONDS else ""
    )
    return Finding("clock", advice)
