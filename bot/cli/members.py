"""`silta members`: import, export, forget."""

import asyncio
import io
import sys
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from functools import partial
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
from bot.services.members_lines import Watching
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
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Do not ask before storing.")] = False,
) -> None:
    """Brings people in from a file: all rows or none. Running it twice changes nothing.

    On a terminal it shows what would change and asks first; in a pipe it stores at once.

    Example: silta members import people.csv --dry-run
    """
    asks = not (dry_run or yes) and _somebody_sits_there()

    try:
        report = asyncio.run(_with_members(partial(_bring_in, file, dry_run=dry_run, asks=asks)))
    except BadMembersFile as problem:
        for cell in problem.cells:
            typer.echo(f"line {cell.line}, {cell.column}: {cell.reason}", err=True)
        typer.echo(str(problem), err=True)
        raise typer.Exit(BAD_FILE) from None
    except ImportProblem as problem:
        typer.echo(str(problem), err=True)
        raise typer.Exit(BAD_FILE) from None
    typer.echo("Nothing was changed." if report is None else _counts(report, would_be=dry_run))


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


async def _bring_in(
    file: Path, members: MembersFile, workspace: str, *, dry_run: bool, asks: bool
) -> ImportReport | None:
    """Reads, reports and stores; None when somebody was asked and said no."""
    with _bar("Reading") as watching:
        read = await members.read(file, watching)
    if not dry_run and not asks:
        with _bar("Storing"):
            report = await members.take(workspace, read)
        _print(report)
        return report
    would_be = await members.rehearse(workspace, read)
    _print(would_be)
    if dry_run:
        return would_be
    typer.echo(_counts(would_be, would_be=True))
    if not typer.confirm("Bring these people in?"):
        return None
    with _bar("Storing"):
        return await members.take(workspace, read)


def _print(report: ImportReport) -> None:
    for line in report.lines:
        if line.change is not Change.UNCHANGED:
            typer.echo(f"line {line.line}, {line.name}: {line.change.value} {', '.join(line.columns)}".rstrip())
    for one in report.recognised:
        typer.echo(f"“{one.words}” → {one.code} {one.name}: {one.rows} row{'s' if one.rows > 1 else ''}")
    if report.recognised:
        typer.echo("Is one of them taken for the wrong field? Write its code into the file.")


def _counts(report: ImportReport, *, would_be: bool = False) -> str:
    counts = f"{report.added} added, {report.changed} changed, {report.unchanged} unchanged."
    return f"Would be: {counts}" if would_be else counts


def _somebody_sits_there() -> bool:
    """True on a terminal, where somebody reads and can answer."""
    return sys.stdin.isatty() and sys.stdout.isatty()


@contextmanager
def _bar(doing: str) -> Iterator[Watching | None]:
    """A bar while this is done, on a terminal only, since in a pipe it would be noise; without a number it pulses."""
    if not sys.stderr.isatty():
        yield None
        return
    # Imported only where somebody watches: it takes a tenth of a second.
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(doing, total=None)
        yield lambda count, of: bar.update(task, completed=count, total=of)
