"""`silta demo`: a practice workspace with invented people, and the bot connected to it as to Slack."""

import asyncio
import signal
import tempfile
import webbrowser
from contextlib import suppress
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final
from zoneinfo import ZoneInfo

import typer
from pydantic import SecretStr

from bot import programme as programmes
from bot.cli import app, logs
from bot.manifest import BOT_SCOPES
from bot.programme import Events
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.app import Silta
    from bot.programme import Programme
    from sandbox import Clock, Sandbox

ZONE: Final = ZoneInfo("Europe/Helsinki")
PORT_TAKEN: Final = 2
NURSING: Final = "0913"
CIRCLE: Final = ("U0MARJA", "U0IIDA", "U0VEERA", "U0OUTI", "U0ANNELI", "U0SATU")
"""Invented people of one region, from several institutions and roles, who like to meet now and then."""
YEARS: Final = range(2020, 2100)
"""Years in which holidays are known and a year more or less is still a date."""


@app.command()
def demo(
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port of the page on this computer.")] = 8400,
    now: Annotated[
        str | None, typer.Option(help="Start the clock here, e.g. 2027-01-19T10:12 (Helsinki time).")
    ] = None,
    browser: Annotated[bool, typer.Option("--browser/--no-browser", help="Open the page in a browser.")] = True,
) -> None:
    """Opens a practice workspace with invented people. Nothing leaves this computer.

    Example: silta demo --now 2027-01-19T10:12
    """
    logs.set_up("text")
    asyncio.run(_demo(port, _start(now), browser=browser))


async def _demo(port: int, start: datetime, *, browser: bool) -> None:
    # Loaded by this command only: the bot that runs against Slack does without it.
    import sandbox

    here = Path(sandbox.__file__).parent
    clock = sandbox.Clock(start)
    people = sandbox.people_from_csv(here / "people.csv")
    workspace = sandbox.Sandbox(clock=clock, people=people, scopes=frozenset(BOT_SCOPES))
    try:
        await workspace.serve(port=port)
    except OSError as problem:
        another = port + 1 if port < 65535 else 8400
        typer.echo(f"Port {port}: {problem.strerror}. Choose another one: silta demo --port {another}", err=True)
        raise typer.Exit(PORT_TAKEN) from None
    with tempfile.TemporaryDirectory(prefix="silta-demo-") as folder:
        try:
            await _work(workspace, clock, here, Path(folder) / "silta.db", browser=browser)
        finally:
            await workspace.close()


async def _work(workspace: "Sandbox", clock: "Clock", here: Path, database: Path, *, browser: bool) -> None:
    from bot.app import running
    from bot.services.members_file import MembersFile

    settings = Settings(
        _env_file=None,
        slack_bot_token=SecretStr(workspace.bot_token),
        slack_app_token=SecretStr(workspace.app_token),
        slack_api_url=f"{workspace.url}/api/",
        database_url=f"sqlite:///{database}",
    )
    programme = programmes.load(here / "programme.toml")
    # The practice workspace makes its channels anew each time, so no file can name them.
    programme = programme.model_copy(update={"events": Events(channels=workspace.workspace.region_channels())})
    async with running(settings, clock=clock, programme=programme) as silta:
        members = MembersFile(silta.database, silta.services.fields.recogniser, programme, clock)
        await members.bring_in(silta.workspace, here / "people.csv")
        await _found_a_circle(silta, programme, clock.now())
        clock.on_move(silta.timetable.tick)
        stop = asyncio.Event()
        for wish in (signal.SIGINT, signal.SIGTERM):
            with suppress(NotImplementedError):
                asyncio.get_running_loop().add_signal_handler(wish, stop.set)
        typer.echo(f"Silta's practice workspace is open: {workspace.url}  (stop with Ctrl+C)")
        if browser:
            webbrowser.open(workspace.url)
        await stop.wait()


async def _found_a_circle(silta: "Silta", programme: "Programme", now: datetime) -> None:
    """A circle that can be played at once: its first poll comes on the next working day at ten, not next month."""
    from bot.rules.open_time import on_nth_open_day
    from bot.services import people

    async with silta.database.reading() as store:
        known = await store.members.by_external_ids(silta.workspace, CIRCLE)
    for external_id in CIRCLE:
        await silta.services.circles.join(known[external_id].id, NURSING)
    founder = known[CIRCLE[0]]
    async with silta.database.transaction() as store:
        (circle,) = await store.circles.of_member(founder.id)
        circle.next_poll_at = on_nth_open_day(people.calendar(founder, programme), now, 1, programme.meetups.at)


def _start(now: str | None) -> datetime:
    """The moment named, or now; in the evening and at weekends the next working morning, so that people answer."""
    if now is None:
        return _next_working_moment(datetime.now(UTC).astimezone(ZONE)).astimezone(UTC)
    try:
        named = datetime.fromisoformat(now)
    except ValueError:
        raise typer.BadParameter(f"{now} is not a date and time such as 2027-01-19T10:12.") from None
    if not YEARS.start <= named.year < YEARS.stop:
        raise typer.BadParameter(f"{now} is outside of the years {YEARS.start} to {YEARS.stop - 1}.")
    return (named if named.tzinfo else named.replace(tzinfo=ZONE)).astimezone(UTC)


def _next_working_moment(local: datetime) -> datetime:
    if local.weekday() < 5 and time(8) <= local.time() < time(15):
        return local
    day = local.date() if local.time() < time(8) else local.date() + timedelta(days=1)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return datetime.combine(day, time(10, 12), ZONE)
