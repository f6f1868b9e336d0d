"""`silta questions import`: a network's own answers from a file."""

import asyncio
from pathlib import Path
from typing import Annotated

import typer

from bot import settings as all_settings
from bot.cli.questions import questions_app, spoken
from bot.clock import SystemClock
from bot.services.entries import Entries
from bot.services.knowledge import Knowledge
from bot.understanding.answers import KnowledgeEntry, read_pack


@questions_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="A knowledge pack: JSON lines.")],
    language: Annotated[str, typer.Option(help="The language of the answers: en, fi, de, nb or tr.")] = "en",
) -> None:
    """Lays the answers of a file over what Silta answers: all or none. Running it twice changes nothing.

    Example: silta questions import our-answers.jsonl --language fi
    """
    entries = read_pack(file, spoken(language))
    changed = asyncio.run(_bring_in(entries, language))
    typer.echo(f"{changed} changed, {len(entries) - changed} unchanged.")


async def _bring_in(entries: tuple[KnowledgeEntry, ...], language: str) -> int:
    # Imported only here: looking at the help must not load the database.
    from bot.app import identity
    from storage.database import Database
    from storage.schema import migrate

    settings = all_settings.load()
    workspace = (await identity(settings))["team_id"]
    database = Database(settings.database_url)
    try:
        await migrate(database)
        return await Entries(database, SystemClock(), Knowledge(database)).bring_in(workspace, entries, language)
    finally:
        await database.close()
