"""`silta audit`: who did what of consequence, for coordinators and data officers."""

import asyncio
from datetime import UTC, datetime, time, timedelta
from typing import Annotated, Final

import typer

from bot.cli import app
from bot.cli.connected import connected
from bot.cli.lines import DAYS, in_columns
from bot.clock import SystemClock

LATELY: Final = timedelta(days=30)
Line = tuple[str, str, str, str, str]
HEADINGS: Final[Line] = ("when (UTC)", "who", "what", "about", "outcome")


@app.command()
def audit(
    since: Annotated[datetime | None, typer.Option(help="First day, such as 2027-01-31.", formats=DAYS)] = None,
    until: Annotated[datetime | None, typer.Option(help="Last day, included.", formats=DAYS)] = None,
) -> None:
    """Prints who did what of consequence, without names: people are opaque references. Kept for 24 months.

    Example: silta audit --since 2027-01-01 --until 2027-01-31
    """
    now = SystemClock().now()
    begins_at = since.replace(tzinfo=UTC) if since else datetime.combine((now - LATELY).date(), time(), UTC)
    ends_at = until.replace(tzinfo=UTC) + timedelta(days=1) if until else now + timedelta(minutes=1)
    lines = asyncio.run(_read(begins_at, ends_at))
    for line in in_columns([HEADINGS, *lines]) if lines else ["Nothing was written down in this time."]:
        typer.echo(line)


async def _read(begins_at: datetime, ends_at: datetime) -> list[Line]:
    async with connected() as (database, workspace), database.reading() as store:
        entries = await store.audit.between(workspace, begins_at, ends_at)
        actors = await store.members.by_ids({one.actor_id for one in entries if one.actor_id is not None})
        refs = {number: member.ref for number, member in actors.items()}
        return [
            (f"{one.at:%Y-%m-%d %H:%M}", refs.get(one.actor_id or 0, "-"), one.action, one.about or "-", one.outcome)
            for one in entries
        ]
