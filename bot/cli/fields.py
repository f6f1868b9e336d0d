"""`silta fields`: what Silta understands, for trying and measuring, and the network's own words."""

import json
from pathlib import Path
from typing import Annotated

import typer

from bot import programme as programmes
from bot import settings as all_settings
from bot.cli import app
from bot.cli.lines import lines, printable
from bot.errors import SettingsProblem
from bot.services.fields import READ_AT_MOST
from bot.understanding.fields import FieldCatalogue, FieldRecogniser, word_lists
from bot.understanding.regions import RegionRecogniser

fields_app = typer.Typer(help="What Silta understands of fields.", no_args_is_help=True)
app.add_typer(fields_app, name="fields")


@fields_app.command("find")
def find(
    text: Annotated[str | None, typer.Argument(help="Somebody's own words.")] = None,
    batch: Annotated[bool, typer.Option("--batch", help="Read lines from standard input, one JSON line each.")] = False,
    top: Annotated[int, typer.Option(min=1, max=20, help="How many fields at most.")] = 3,
) -> None:
    """Prints as JSON which field and region the words name.

    Example: silta fields find "etsin kontaktia sähköalalta Tampereelta"
    """
    regions = RegionRecogniser.load()
    fields = FieldRecogniser.load(_own_lists(), regions)
    for one in lines() if batch else [text or ""]:
        typer.echo(json.dumps(_found(fields, regions, printable(one), top), ensure_ascii=False))


@fields_app.command("list")
def listed(
    language: Annotated[str, typer.Option(help="In which language: en, fi, de, nb or tr.")] = "en",
) -> None:
    """Prints every field with its ISCED-F 2013 code.

    Example: silta fields list --language fi
    """
    catalogue = FieldCatalogue.load()
    for code in sorted(catalogue.known):
        typer.echo(f"{code}  {catalogue.label(code, language)}")


@fields_app.command("add")
def add(
    code: Annotated[str, typer.Argument(help="The field's ISCED-F 2013 code; `silta fields list` shows them.")],
    words: Annotated[list[str], typer.Argument(help="What people call it.")],
    language: Annotated[str, typer.Option(help="In which language: en, fi, de, nb or tr.")] = "en",
) -> None:
    """Adds the network's own words for a field, in the folder that the programme file names.

    Example: silta fields add 0713 sähkäri "töpselitohtori" --language fi
    """
    folder = _own_lists()
    if folder is None:
        raise SettingsProblem(
            "Say in the programme file (SILTA_PROGRAMME) in which folder your words are kept: [fields] word_lists."
        )
    if code not in FieldCatalogue.load().known:
        raise SettingsProblem(f"{code} is no field that Silta knows; `silta fields list` shows them all.")
    path = word_lists.add(folder, language, code, words)
    # Reading everything back proves that the file is sound before anybody relies on it.
    FieldRecogniser.load(folder)
    typer.echo(f"{path} now has {', '.join(words)} for {code}. A running Silta reads it at its next start.")


def _own_lists() -> Path | None:
    path = all_settings.load().silta_programme
    return programmes.load(path).fields.word_lists


def _found(fields: FieldRecogniser, regions: RegionRecogniser, text: str, top: int) -> dict[str, object]:
    reading = fields.read(text[:READ_AT_MOST], top)
    region = regions.read(text[:READ_AT_MOST])
    return {
        "text": text,
        "fields": [
            {"code": match.code, "label": fields.catalogue.label(match.code, "en"), "score": round(match.score, 3)}
            for match in reading.matches
        ],
        "region": region.region if region else None,
        "clear": reading.clear,
    }
