"""`silta questions`: what Silta would answer, for trying and measuring."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated

import typer

from bot.cli import app
from bot.cli.lines import lines, printable
from bot.errors import KnowledgeProblem
from bot.language import LANGUAGES
from bot.services.fields import READ_AT_MOST
from bot.understanding.answers import AnswerRecogniser, KnowledgeEntry, own_pack, read_pack
from bot.understanding.answers.head import HANDED_OVER, OWN_PACK_HANDED_OVER
from bot.understanding.answers.meanings import sentences

questions_app = typer.Typer(help="What Silta can answer.", no_args_is_help=True)
app.add_typer(questions_app, name="questions")


@questions_app.callback()
def questions() -> None:
    """What Silta can answer."""


@questions_app.command("ask")
def ask(
    text: Annotated[str | None, typer.Argument(help="Somebody's own words.")] = None,
    batch: Annotated[bool, typer.Option("--batch", help="Read lines from standard input, one JSON line each.")] = False,
    pack: Annotated[Path | None, typer.Option(help="Another knowledge pack: JSON lines.")] = None,
    language: Annotated[str, typer.Option(help="The language of the answers: en, fi, de, nb or tr.")] = "en",
) -> None:
    """Prints as JSON which entry answers; null is "I do not know", and the route then leads to a person.

    Example: silta questions ask "paljonks op harkka on" --language fi
    """
    recogniser, entries = _learnt(pack, spoken(language))
    for one in lines() if batch else [text or ""]:
        typer.echo(json.dumps(_answered(recogniser, entries, printable(one)), ensure_ascii=False))


def spoken(language: str) -> str:
    """The language, if Silta speaks it. Raises KnowledgeProblem."""
    if language not in LANGUAGES:
        raise KnowledgeProblem(f"--language is one of {', '.join(LANGUAGES)}, not {language}.")
    return language


def _learnt(pack: Path | None, language: str) -> tuple[AnswerRecogniser, dict[str, KnowledgeEntry]]:
    """One pack as it is, or our own, whose questions are known in every language."""
    packs = [read_pack(pack, language)] if pack else [own_pack(one) for one in (language, *LANGUAGES)]
    examples: dict[str, list[str]] = {}
    for entry in (entry for entries in packs for entry in entries):
        examples.setdefault(entry.id, []).extend(entry.questions)
    handed_over = HANDED_OVER if pack else OWN_PACK_HANDED_OVER
    return AnswerRecogniser.learn(examples, handed_over, sentences()), {entry.id: entry for entry in packs[0]}


def _answered(recogniser: AnswerRecogniser, entries: Mapping[str, KnowledgeEntry], text: str) -> dict[str, object]:
    reading = recogniser.read(text[:READ_AT_MOST])
    entry = entries.get(reading.answer or "")
    return {
        "text": text,
        "answer_id": reading.answer,
        "score": reading.matches[0].score if reading.matches else 0.0,
        "route": entry.route if entry else "person",
    }
