"""Words for the contact person: a request, the one reminder, and what their answer did."""

from slack_sdk.models.blocks import Block, InputBlock, StaticSelectElement
from slack_sdk.models.views import View

from bot.facts.introductions import (
    Accepted,
    Colleague,
    Declined,
    MovedOn,
    PassedOn,
    PassOnForm,
    Reminder,
    Request,
    TakenBack,
)
from bot.language import Translator, on_one_line
from bot.messages import ids, parts
from bot.messages.introductions import kind_of_help
from bot.messages.parts import Message

COLLEAGUES_AT_MOST = 100


def request(t: Translator, fact: Request) -> Message:
    """Somebody would like to talk; one press answers."""
    lead = t.markup(
        "*{name}* would like a contact in *{field}*.", name=fact.asker.name, field=parts.field(t, fact.code)
    )
    calm = t.text("One conversation is enough. If it does not suit you now, nobody asks why.")
    apart = parts.buttons(parts.avoid(t, fact.asker))
    return Message(lead, (parts.says(lead), *details(t, fact), parts.remarks(calm), answers(t, fact), apart))


def reminder(t: Translator, fact: Reminder) -> Message:
    """The one reminder, with the day on which the request goes on by itself."""
    lead = t.markup(
        "A small reminder: *{name}* would like a contact in *{field}*.",
        name=fact.request.asker.name,
        field=parts.field(t, fact.request.code),
    )
    calm = t.text(
        "If you are busy, just leave it: on {day} I ask somebody else. Nobody is told why.", day=t.day(fact.release_on)
    )
    said = (parts.says(lead), *details(t, fact.request), parts.remarks(calm))
    return Message(lead, (*said, answers(t, fact.request)))


def details(t: Translator, fact: Request) -> list[Block]:
    """What the asker looks for, in their own words where they wrote some."""
    blocks: list[Block] = []
    if fact.kinds:
        kinds = t.all_of([kind_of_help(t, kind) for kind in fact.kinds])
        blocks.append(parts.says(t.markup("Looks for: {kinds}.", kinds=kinds)))
    if fact.note:
        blocks.append(parts.quotes(t, fact.note))
    remarks = []
    if fact.for_unit:
        remarks.append(t.text("You are asked as the contact of your institution: you know who teaches this."))
    if fact.asker_region:
        remarks.append(t.text("Region: {region}.", region=fact.asker_region))
    if fact.asker_languages:
        spoken = t.all_of([t.language_name(code) for code in fact.asker_languages])
        remarks.append(t.text("Speaks {languages}.", languages=spoken))
    if remarks:
        blocks.append(parts.remarks(*remarks))
    return blocks


def answers(t: Translator, fact: Request, *, style: str | None = "primary", block_id: str | None = None) -> Block:
    """Yes, not now, or a colleague; where several wait in one message, only the first "yes" stands out."""
    return parts.buttons(
        parts.button(t.text("Yes, introduce us"), ids.INTRODUCTIONS_ACCEPT, fact.introduction_ref, style=style),
        parts.button(t.text("Not now"), ids.INTRODUCTIONS_DECLINE, fact.introduction_ref),
        parts.button(t.text("Suggest a colleague"), ids.INTRODUCTIONS_PASS_ON, fact.introduction_ref),
        block_id=block_id,
    )


def accepted(t: Translator, fact: Accepted) -> Message:
    """Thank you, and where the conversation opens."""
    if fact.at_once:
        lead = t.markup("Thank you! I am opening a conversation with you and *{name}*.", name=fact.asker.name)
    else:
        lead = t.markup(
            "Thank you! The conversation with *{name}* opens on {day} at {time}.",
            name=fact.asker.name,
            day=t.day(t.local_day(fact.opens_at)),
            time=t.time(fact.opens_at),
        )
    return Message(lead, (parts.says(lead), parts.buttons(parts.report(t, fact.introduction_ref))))


def declined(t: Translator, fact: Declined) -> Message:
    """Not now is fine."""
    lead = t.markup(
        "That is fine. I tell *{name}* that you are not available right now, no more.", name=fact.asker.name
    )
    return Message(lead, (parts.says(lead),))


def pass_on_form(t: Translator, fact: PassOnForm, remembered: str) -> View:
    """Colleagues of the same field to choose from."""
    return View(
        type="modal",
        callback_id=ids.INTRODUCTIONS_SUBMIT_COLLEAGUE,
        private_metadata=remembered,
        title=parts.plain(t.text("Suggest a colleague"), 24),
        submit=parts.plain(t.text("Suggest"), 24) if fact.colleagues else None,
        close=parts.plain(t.text("Back"), 24),
        blocks=_colleague_blocks(t, fact),
    )


def passed_on(t: Translator, fact: PassedOn) -> Message:
    """The asker decides whether the colleague is asked."""
    lead = t.markup(
        "Thank you. I suggest *{colleague}* to *{name}*, who decides whether I ask.",
        colleague=fact.colleague.name,
        name=fact.asker.name,
    )
    return Message(lead, (parts.says(lead),))


def taken_back(t: Translator, fact: TakenBack) -> Message:
    """Replaces the card of a request that the asker withdrew."""
    lead = t.markup("*{name}* took the request back. There is nothing you need to do.", name=fact.asker.name)
    return Message(lead, (parts.says(lead),))


def moved_on(t: Translator, fact: MovedOn) -> Message:
    """Replaces the card of a request that went on without an answer, without a word about the silence."""
    lead = t.markup("The request from *{name}* has moved on. There is nothing you need to do.", name=fact.asker.name)
    return Message(lead, (parts.says(lead),))


def _colleague_blocks(t: Translator, fact: PassOnForm) -> list[Block]:
    if not fact.colleagues:
        return [
            parts.says(t.markup("No colleague in this field can be asked just now. *Not now* is a good answer too."))
        ]
    options = [parts.option(_with_institution(one), one.person.ref) for one in fact.colleagues[:COLLEAGUES_AT_MOST]]
    select = StaticSelectElement(action_id=ids.COLLEAGUE, options=options)
    text = t.markup("I suggest them to {name}, who decides. Nobody is asked before that.", name=fact.asker.name)
    label = parts.plain(t.text("Colleague"), 2000)
    return [parts.says(text), InputBlock(block_id=ids.COLLEAGUE, label=label, element=select)]


def _with_institution(colleague: Colleague) -> str:
    return on_one_line(", ".join(part for part in (colleague.person.name, colleague.institution) if part))
