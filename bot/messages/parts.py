"""The small pieces messages are made of: people, fields, buttons. A person's words are always shown literally."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    ConfirmObject,
    ContextBlock,
    InteractiveElement,
    MarkdownTextObject,
    Option,
    PlainTextObject,
    SectionBlock,
)

from bot.facts.members import Person
from bot.language import Markup, Translator, on_one_line, shown_literally, without_invisible_characters
from bot.messages import ids
from bot.understanding.fields import FieldCatalogue

BUTTON_AT_MOST: Final = 75
OPTION_AT_MOST: Final = 75
SECTION_AT_MOST: Final = 3000
FIRST_NAME_AT_MOST: Final = 40
REF_SEPARATOR: Final = "."
"""Between two references in one button value; no reference contains it."""
WORDS_SEPARATOR: Final = "\n"
"""Between a reference and a person's words in one button value; no reference contains it."""
NO_DAYS: Final = "-"
"""The button value of no days at all."""
ITEM: Final = "item"
"""How the block_id of an item begins; the reference of the whole message follows."""
_EMPTY_LINES: Final = re.compile(r"\n\s*\n\s*")


@dataclass(frozen=True)
class Message:
    """What is posted: blocks, and the `text` that notifications and screen readers speak."""

    text: str
    blocks: tuple[Block, ...]


def plain(text: str, at_most: int = SECTION_AT_MOST) -> PlainTextObject:
    """Text that Slack does not parse, clipped to its limit."""
    return PlainTextObject(text=clipped(without_invisible_characters(text), at_most), emoji=False)


def clipped(text: str, at_most: int) -> str:
    """The text, or its beginning with an ellipsis when it is longer than Slack allows here."""
    return text if len(text) <= at_most else text[: at_most - 1].rstrip() + "…"


def bold(words: str) -> Markup:
    """A name or a field standing out, shown literally."""
    return Markup(f"*{shown_literally(on_one_line(words))}*")


def says(sentence: str) -> SectionBlock:
    """A paragraph of mrkdwn, as `Translator.markup` made it."""
    return SectionBlock(text=MarkdownTextObject(text=clipped(sentence, SECTION_AT_MOST), verbatim=True))


def quotes(t: Translator, words: str) -> SectionBlock:
    """A person's own words, which Slack does not parse, with at most one empty line in a row."""
    shown = _EMPTY_LINES.sub("\n\n", without_invisible_characters(words).strip())
    return SectionBlock(text=plain(t.quoted(shown)))


def literally(words: str) -> SectionBlock:
    """Words that somebody wrote for others to read, such as an answer: not parsed, and not in quotation marks."""
    shown = _EMPTY_LINES.sub("\n\n", without_invisible_characters(words).strip())
    return SectionBlock(text=plain(shown or "…"))


def shows(words: str) -> SectionBlock:
    """Words as they are, which Slack does not parse."""
    return SectionBlock(text=plain(words))


def remarks(*sentences: str) -> ContextBlock:
    """Small print, plain text."""
    return ContextBlock(elements=[plain(sentence, 2000) for sentence in sentences])


def buttons(*elements: InteractiveElement, block_id: str | None = None) -> ActionsBlock:
    """A row of buttons or menus; no two may have the same action_id. `block_id` comes back with a press."""
    return ActionsBlock(elements=list(elements), block_id=block_id)


def item_id(whole_ref: str, iteration: int, place: int) -> str:
    """The block_id of one item of a message that has several: a press on it leaves the others where they are.

    Slack asks for new ids whenever a message changes, hence `iteration`.
    """
    return REF_SEPARATOR.join((ITEM, whole_ref, str(iteration), str(place)))


def button(
    label: str, action_id: str, value: str, *, style: str | None = None, confirm: ConfirmObject | None = None
) -> ButtonElement:
    """A button with a verb on it."""
    return ButtonElement(
        text=plain(label, BUTTON_AT_MOST), action_id=action_id, value=value, style=style, confirm=confirm
    )


def avoid(t: Translator, person: Person) -> ButtonElement:
    """ "Not with this person", asked back once because it is easily pressed by mistake."""
    question = t.text("I do not bring you together any more. {name} never learns of it.", name=first_name(person))
    sure = ConfirmObject(
        title=plain(t.text("Not with this person?"), 100),
        text=plain(question, 300),
        confirm=plain(t.text("Not with them"), 30),
        deny=plain(t.text("Back"), 30),
    )
    return button(t.text("Not with this person"), ids.MEMBERS_AVOID, person.ref, confirm=sure)


def report(t: Translator, ref: str) -> ButtonElement:
    """ "Report a problem" about the contact with this reference, or that of one of its check-ins."""
    return button(t.text("Report a problem"), ids.REPORTS_BEGIN, ref)


def called(t: Translator, words: Mapping[str, str]) -> str:
    """A place's own word for a contact person in this language; empty where it has none."""
    return on_one_line(words.get(t.language, ""))


def official(t: Translator, bodies: Sequence[str]) -> ContextBlock:
    """Nobody should take Silta for those who decide (S17)."""
    return remarks(t.text("Silta is semi-official. Officially decides: {bodies}.", bodies=t.all_of(list(bodies))))


def option(label: str, value: str) -> Option:
    """One choice of a menu or a row of checkboxes."""
    return Option(text=plain(label, OPTION_AT_MOST), value=value)


def both(first_ref: str, second_ref: str) -> str:
    """Two references as one button value."""
    return f"{first_ref}{REF_SEPARATOR}{second_ref}"


def title(words: str) -> str:
    """A title on one line, for a button or an option, which cannot be empty."""
    return on_one_line(words) or "…"


def about(entry_id: str, words: str) -> str:
    """What a card is about and its asker's words, as one button value: they are kept nowhere but in the message."""
    return f"{entry_id}{WORDS_SEPARATOR}{words}"


def day_ranges(ranges: Sequence[tuple[date, date]]) -> str:
    """Ranges of days as one button value: "20270308-20270321.20270401-20270405"."""
    return REF_SEPARATOR.join(f"{first:%Y%m%d}-{last:%Y%m%d}" for first, last in ranges)


def mention(person: Person) -> Markup:
    """The person as Slack shows them; by name when they have no chat identity."""
    return Markup(f"<@{person.external_id}>") if person.external_id else shown_literally(on_one_line(person.name))


def first_name(person: Person) -> str:
    """How colleagues call each other."""
    return clipped(on_one_line(person.name).split(" ")[0], FIRST_NAME_AT_MOST)


def field(t: Translator, code: str) -> str:
    """What this language calls a field."""
    return _fields().label(code, t.language)


def fields(t: Translator, codes: Sequence[str]) -> str:
    """Several fields as a sentence has them."""
    return t.all_of([field(t, code) for code in codes])


@cache
def _fields() -> FieldCatalogue:
    return FieldCatalogue.load()
