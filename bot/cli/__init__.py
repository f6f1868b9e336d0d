"""The `silta` command. A mistake in a setting is one sentence and exit 2, never a traceback."""

import sys
from typing import Final

import typer

from bot.errors import SiltaError

app: Final = typer.Typer(
    name="silta",
    help="Silta helps people in vocational education find a contact person. Start with: silta demo",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def main() -> None:
    """Runs the command line."""
    # Registering a command is the effect of importing its file; it happens here, not when this package is imported.
    from bot.cli import audit, deliveries, demo, doctor, fields, knowledge, manifest, members, questions, run  # noqa: F401

    try:
        app()
    except SiltaError as problem:
        sys.stderr.write(f"{problem}\n")
        sys.exit(2)
