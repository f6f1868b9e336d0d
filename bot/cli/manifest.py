"""`silta manifest`."""

from typing import Annotated

import typer

from bot.cli import app
from bot.manifest import manifest as slack_manifest


@app.command()
def manifest(
    http: Annotated[
        str | None, typer.Option(help="Public address for HTTP mode, e.g. https://silta.example.org")
    ] = None,
) -> None:
    """Prints the Slack app manifest, to paste where Slack asks for it.

    Example: silta manifest > manifest.yaml
    """
    if http is not None and not http.startswith("https://"):
        raise typer.BadParameter("Slack reaches only addresses that start with https://")
    typer.echo(slack_manifest(http), nl=False)
