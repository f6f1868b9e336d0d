"""`silta run` and `silta migrate`."""

import asyncio
import signal
import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import structlog
import typer
import uvicorn

from bot import settings as all_settings
from bot.cli import app, logs
from bot.errors import SettingsProblem
from bot.settings import Settings

log = structlog.get_logger()


@app.command()
def run() -> None:
    """Runs the bot against Slack: Socket Mode if SLACK_APP_TOKEN is set, otherwise HTTP on HOST:PORT.

    Example: silta run
    """
    settings = all_settings.load()
    settings.require_a_way_to_slack()
    logs.set_up(settings.silta_log)
    asyncio.run(_run(settings))


@app.command()
def migrate() -> None:
    """Brings the database schema up to date. `silta run` does it by itself.

    Example: silta migrate
    """
    from storage import schema
    from storage.database import Database

    async def bring_up_to_date() -> None:
        database = Database(all_settings.load().database_url)
        try:
            await schema.migrate(database)
        finally:
            await database.close()

    asyncio.run(bring_up_to_date())
    typer.echo("The database is up to date.")


class _Server(uvicorn.Server):
    """Leaves the signals to `_run`, so that the bot ends before the process does."""

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Captures none."""
        yield


async def _run(settings: Settings) -> None:
    from bot.app import running

    listening = _listen(settings)
    async with running(settings) as silta:
        # Whoever reads below that Silta runs may end it: the signals are listened to from before that on.
        stop = _stop_wished()
        server = _Server(uvicorn.Config(silta.web, log_config=None, access_log=False, lifespan="off"))
        serving = asyncio.create_task(server.serve(sockets=[listening])) if listening else None
        mode = "socket mode" if settings.uses_sockets else "http"
        port = listening.getsockname()[1] if listening else None
        log.info("silta.running", workspace=silta.workspace, bot=silta.bot_name, mode=mode, port=port)
        await stop.wait()
        if serving is not None:
            server.should_exit = True
            await serving


def _stop_wished() -> asyncio.Event:
    """Set on Ctrl+C and when the system asks the program to end."""
    stop = asyncio.Event()
    for wish in (signal.SIGINT, signal.SIGTERM):
        # Windows has no signal handlers in the loop; there Ctrl+C interrupts by itself.
        with suppress(NotImplementedError):
            asyncio.get_running_loop().add_signal_handler(wish, stop.set)
    return stop


def _listen(settings: Settings) -> socket.socket | None:
    """The port that Slack (HTTP) and health checks reach; Socket Mode can do without when another program has it."""
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    try:
        listening = socket.create_server((settings.host, settings.port), family=family, backlog=256)
    except (OSError, UnicodeError) as problem:
        reason = getattr(problem, "strerror", None) or str(problem)
        if settings.uses_sockets:
            log.warning("healthz.not_served", host=settings.host, port=settings.port, reason=reason)
            return None
        raise SettingsProblem(
            f"PORT {settings.port} on HOST {settings.host} cannot be used ({reason}); see .env.example."
        ) from None
    listening.setblocking(False)
    return listening
