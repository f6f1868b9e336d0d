"""Words for reporting a problem with a contact: kind, and saying who reads what."""

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.facts.members import Person
from bot.facts.reports import CATEGORIES, NobodyToTell, PartedWays, Report, Reported, ReportForm
from bot.language import Translator
from bot.messages import ids, parts
from bot.messages.parts import Message

WORDS_AT_MOST = 1_000


def form(t: Translator, fact: ReportForm, remembered: str) -> View:
    """What is wrong; words only if the person wants to."""
    who = t.markup(
        "{names} will read this, and your name. {other} never learns of it.",
        names=_names(t, fact.receivers),
        other=parts.first_name(fact.other),
    )
    options = [parts.option(category(t, one), one) for one in CATEGORIES]
    consent = parts.option(t.text("Pass my words on"), ids.PASS_ON)
    return View(
        type="modal",
        callback_id=ids.REPORTS_SUBMIT,
        private_metadata=remembered,
        title=parts.plain(t.text("Report a problem"), 24),
        submit=parts.plain(t.text("Send"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(who),
            InputBlock(
                block_id=ids.CATEGORY,
                label=parts.plain(t.text("What is it about?"), 2000),
                element=StaticSelectElement(action_id=ids.CATEGORY, options=options),
            ),
            InputBlock(
                block_id=ids.WORDS,
                label=parts.plain(t.text("In your own words, if you like"), 2000),
                element=PlainTextInputElement(action_id=ids.WORDS, multiline=True, max_length=WORDS_AT_MOST),
                optional=True,
            ),
            InputBlock(
                block_id=ids.PASS_ON,
                label=parts.plain(t.text("Without this tick your words are not kept and nobody reads them."), 2000),
                element=CheckboxesElement(action_id=ids.PASS_ON, options=[consent]),
                optional=True,
            ),
        ],
    )


def reported(t: Translator, fact: Reported) -> Message:
    """Thank you, who reads what, and the way out in one press."""
    lead = t.markup("Thank you for telling. {names} will read it.", names=_names(t, fact.receivers))
    notes = [
        t.text("Your words go with it.") if fact.with_words else t.text("They see what it is about, and no words."),
        t.text("It goes out at once.") if fact.at_once else t.text("It goes out in their working hours."),
        t.text("{name} does not learn of it.", name=parts.first_name(fact.other)),
    ]
    blocks: list[Block] = [parts.says(lead), parts.remarks(*notes)]
    if fact.can_part:
        part = parts.button(t.text("End this contact"), ids.REPORTS_PART, fact.ref)
        blocks += [
            parts.says(
                t.markup("If you like, I end the contact with *{name}* and keep you apart.", name=fact.other.name)
            ),
            parts.buttons(part),
        ]
    return Message(lead, tuple(blocks))


def nobody_to_tell(t: Translator, _fact: NobodyToTell) -> Message:
    """Honest: nothing was passed on."""
    lead = t.markup("Nothing was passed on: there is no coordinator here just now who could read it.")
    note = t.text("Please turn to somebody you trust at your institution. You can close the contact in my Home.")
    return Message(lead, (parts.says(lead), parts.remarks(note)))


def report(t: Translator, fact: Report) -> Message:
    """For a coordinator."""
    lead = t.markup(
        "*{reporter}* reports a problem in the contact with *{reported}*: {category}.",
        reporter=fact.reporter.name,
        reported=fact.reported.name,
        category=category(t, fact.category),
    )
    write = t.markup("Please write to {reporter} first.", reporter=parts.mention(fact.reporter))
    note = t.text(
        "{name} does not know of this. I forget who it was about as soon as you have it.",
        name=parts.first_name(fact.reported),
    )
    words = [parts.quotes(t, fact.words)] if fact.words else []
    return Message(lead, (parts.says(lead), *words, parts.says(write), parts.remarks(note)))


def parted_ways(t: Translator, fact: PartedWays) -> Message:
    """The contact has ended."""
    lead = t.markup(
        "The contact with *{name}* has ended, and I do not bring you together any more.", name=fact.other.name
    )
    note = t.text("{name} hears only that the contact has ended.", name=parts.first_name(fact.other))
    undo = parts.button(t.text("Undo"), ids.MEMBERS_UNAVOID, fact.other.ref)
    return Message(lead, (parts.says(lead), parts.remarks(note), parts.buttons(undo)))


def category(t: Translator, value: str) -> str:
    """What may be wrong."""
    return {
        "not_comfortable": t.text("I do not feel comfortable"),
        "no_answer": t.text("No answer comes"),
        "wrong_person": t.text("This is not the right person for me"),
        "something_else": t.text("Something else"),
    }[value]


def _names(t: Translator, people: tuple[Person, ...]) -> str:
    return t.all_of([one.name for one in people])
