"""`silta deliveries`: how messages ended and why, for coordinators."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Annotated, Final

import typer

from bot.cli import app
from bot.cli.connected import connected
from bot.cli.lines import DAYS, in_columns
from bot.clock import SystemClock

LATELY: Final = timedelta(days=14)
HEADINGS: Final = ("messages", "ended as", "because", "kind")


@app.command()
def deliveries(
    since: Annotated[datetime | None, typer.Option(help="First day, such as 2027-01-31.", formats=DAYS)] = None,
) -> None:
    """Prints how messages ended and why, without names; docs/promises.md explains every reason.

    Example: silta deliveries --since 2027-01-01
    """
    begins_at = since.replace(tzinfo=UTC) if since else SystemClock().now() - LATELY
    lines = asyncio.run(_read(begins_at))
    for line in in_columns([HEADINGS, *lines]) if lines else ["No message ended in this time."]:
        typer.echo(line)


async def _read(begins_at: datetime) -> list[tuple[str, ...]]:
    async with connected() as (database, workspace), database.reading() as store:
        ends = await store.network.ends(workspace, begins_at)
        return [(str(one.messages), one.state, one.reason, one.kind) for one in ends]
