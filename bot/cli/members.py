"""`silta members`: import, export, forget."""

import asyncio
import io
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Annotated, Final, TypeVar

import typer

from bot import programme as programmes
from bot import settings as all_settings
from bot.cli import app
from bot.cli.connected import connected
from bot.clock import SystemClock
from bot.errors import ImportProblem, LastCoordinator
from bot.facts.own_data import Forgotten, NothingStored
from bot.services.leaving import Leaving
from bot.services.members_file import BadMembersFile, Change, ImportReport, MembersFile
from bot.understanding.fields import FieldRecogniser

members_app = typer.Typer(help="Who is in the network.", no_args_is_help=True)
app.add_typer(members_app, name="members")
BAD_FILE: Final = 1
REFUSED: Final = 1
_Result = TypeVar("_Result")


@members_app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="CSV (UTF-8) or XLSX with a header row.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would change, and change nothing.")] = False,
) -> None:
    """Brings people in from a file: all rows or none. Running it twice changes nothing.

    Example: silta members import people.csv --dry-run
    """

    async def bring_in(members: MembersFile, workspace: str) -> ImportReport:
        return await members.bring_in(workspace, file, dry_run=dry_run)

    try:
        report = asyncio.run(_with_members(bring_in))
    except BadMembersFile as problem:
        for cell in problem.cells:
            typer.echo(f"line {cell.line}, {cell.column}: {cell.reason}", err=True)
        typer.echo(str(problem), err=True)
        raise typer.Exit(BAD_FILE) from None
    except ImportProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(BAD_FILE) from None
    _print(report, dry_run=dry_run)


@members_app.command("export")
def export(
    file: Annotated[Path | None, typer.Argument(help="CSV to write; without it, standard output.")] = None,
) -> None:
    """Writes everybody as CSV, with the columns that `members import` reads.

    Example: silta members export people.csv
    """

    async def write(members: MembersFile, workspace: str) -> tuple[int, str]:
        written = io.StringIO(newline="")
        return await members.export(workspace, written), written.getvalue()

    count, text = asyncio.run(_with_members(write))
    if file is None:
        typer.get_text_stream("stdout", encoding="utf-8").write(text)
    else:
        _save(text, file)
    typer.echo(f"{count} people written.", err=True)


@members_app.command("forget")
def forget(
    slack_user_id: Annotated[str, typer.Argument(help="The member id in Slack, such as U012AB3CD.")],
) -> None:
    """Forgets somebody who asked for it outside Slack: everything about them is deleted, at once and for good.

    Example: silta members forget U012AB3CD
    """
    try:
        fact = asyncio.run(_forgotten(slack_user_id))
    except LastCoordinator:
        typer.echo("Nobody else looks after this network. Make somebody else coordinator first.", err=True)
        raise typer.Exit(REFUSED) from None
    typer.echo("Nothing was stored." if isinstance(fact, NothingStored) else "Forgotten. Whoever is affected is told.")


async def _forgotten(slack_user_id: str) -> Forgotten | NothingStored:
    async with connected() as (database, workspace):
        return await Leaving(database, SystemClock()).forget_somebody(workspace, slack_user_id)


def _save(text: str, file: Path) -> None:
    try:
        # The mark at the start of the file ("sig") tells Excel that it is UTF-8.
        with file.open("w", encoding="utf-8-sig", newline="") as target:
            target.write(text)
    except OSError as problem:
        typer.echo(f"{file} cannot be written ({problem.strerror}).", err=True)
        raise typer.Exit(BAD_FILE) from None


async def _with_members(act: Callable[[MembersFile, str], Awaitable[_Result]]) -> _Result:
    async with connected() as (database, workspace):
        programme = programmes.load(all_settings.load().silta_programme)
        return await act(MembersFile(database, FieldRecogniser.load(programme.fields.word_lists), programme), workspace)


def _print(report: ImportReport, *, dry_run: bool) -> None:
    for line in report.lines:
        if line.change is not Change.UNCHANGED:
            typer.echo(f"line {line.line}, {line.name}: {line.change.value} {', '.join(line.columns)}".rstrip())
    for words, code in report.recognised:
        typer.echo(f"“{words}” was understood as field {code}; correct the file if that is wrong.")
    would = "Would be: " if dry_run else ""
    typer.echo(f"{would}{report.added} added, {report.changed} changed, {report.unchanged} unchanged.")
