"""`silta fields find`: what Silta understands, for trying and measuring."""

import json
from collections.abc import Iterator
from typing import Annotated

import typer

from bot.cli import app
from bot.services.fields import READ_AT_MOST
from bot.understanding.fields import FieldRecogniser
from bot.understanding.regions import RegionRecogniser

fields_app = typer.Typer(help="What Silta understands of fields.", no_args_is_help=True)
app.add_typer(fields_app, name="fields")


@fields_app.command("find")
def find(
    text: Annotated[str | None, typer.Argument(help="Somebody's own words.")] = None,
    batch: Annotated[bool, typer.Option("--batch", help="Read lines from standard input, one JSON line each.")] = False,
    top: Annotated[int, typer.Option(min=1, max=14, help="How many fields at most.")] = 3,
) -> None:
    """Prints as JSON which field and region the words name.

    Example: silta fields find "etsin kontaktia sähköalalta Tampereelta"
    """
    fields, regions = FieldRecogniser.load(), RegionRecogniser.load()
    for one in _lines() if batch else [text or ""]:
        typer.echo(json.dumps(_found(fields, regions, one, top), ensure_ascii=False))


def _lines() -> Iterator[str]:
    """The lines of standard input as UTF-8, whatever this computer prefers; what is none of it is shown as �."""
    for line in typer.get_text_stream("stdin", encoding="utf-8", errors="replace"):
        yield line.rstrip("\r\n")


def _found(fields: FieldRecogniser, regions: RegionRecogniser, text: str, top: int) -> dict[str, object]:
    # Words from a command line in another encoding arrive as halves of characters, which cannot be printed.
    text = text.encode("utf-8", "replace").decode("utf-8")
    reading = fields.read(text[:READ_AT_MOST], top)
    region = regions.read(text[:READ_AT_MOST])
    return {
        "text": text,
        "fields": [
            {"code": match.code, "label": fields.label(match.code, "en"), "score": round(match.score, 3)}
            for match in reading.matches
        ],
        "region": region.region if region else None,
        "clear": reading.clear,
    }
