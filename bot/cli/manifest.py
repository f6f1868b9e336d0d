"""`silta manifest`."""

import re
from typing import Annotated, Final

import typer

from bot.cli import app
from bot.manifest import manifest as slack_manifest

_ADDRESS: Final = re.compile(r"https://[A-Za-z0-9.-]+(:[0-9]{1,5})?(/[A-Za-z0-9._~/-]*)?")


@app.command()
def manifest(
    http: Annotated[
        str | None, typer.Option(help="Public address for HTTP mode, e.g. https://silta.example.org")
    ] = None,
) -> None:
    """Prints the Slack app manifest, to paste where Slack asks for it.

    Example: silta manifest > manifest.yaml
    """
    if http is not None and not _ADDRESS.fullmatch(http):
        raise typer.BadParameter("Slack reaches only addresses that start with https://, such as https://example.org")
    typer.echo(slack_manifest(http), nl=False)
