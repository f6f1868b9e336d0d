"""Words for what people promised: noted by themselves, seen by nobody else, never a reproach (S9)."""

from slack_sdk.models.blocks import Block, DatePickerElement, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot.facts.promises import Promise, PromiseDone, PromiseDropped, PromiseForm, PromiseNoted, TooManyPromises
from bot.language import Translator
from bot.messages import ids, parts
from bot.messages.parts import Message

WORDS_AT_MOST = 300


def item(t: Translator, fact: Promise, block_id: str | None = None) -> list[Block]:
    """One promise in its owner's words, and one press to be done with it."""
    lead = t.text("You noted that you promised:")
    if fact.due_on is not None:
        lead = t.text("You noted that you promised, for {day}:", day=t.day(fact.due_on))
    return [
        parts.remarks(lead),
        parts.quotes(t, fact.words),
        parts.buttons(
            parts.button(t.text("Done"), ids.PROMISES_DONE, fact.promise_ref),
            parts.button(t.text("Drop it"), ids.PROMISES_DROP, fact.promise_ref),
            block_id=block_id,
        ),
    ]


def note_button(t: Translator, value: str) -> Block:
    """The one press that opens the short form."""
    return parts.buttons(parts.button(t.text("Note something I promised"), ids.PROMISES_NOTE, value))


def form(t: Translator, _fact: PromiseForm) -> View:
    """What was promised, and until when, if there is a day."""
    words = PlainTextInputElement(action_id=ids.PROMISE, max_length=WORDS_AT_MOST)
    return View(
        type="modal",
        callback_id=ids.PROMISES_SUBMIT,
        title=parts.plain(t.text("A promise"), 24),
        submit=parts.plain(t.text("Note it"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(t.markup("Only you see this. I remind you of it in your nudges until it is done.")),
            InputBlock(block_id=ids.PROMISE, label=parts.plain(t.text("What I promised"), 2000), element=words),
            InputBlock(
                block_id=ids.DUE_ON,
                label=parts.plain(t.text("By this day"), 2000),
                element=DatePickerElement(action_id=ids.DUE_ON),
                optional=True,
            ),
        ],
    )


def noted(t: Translator, fact: PromiseNoted) -> Message:
    """What was noted, and when it comes up."""
    lead = t.markup("Noted, and only you see it:")
    if fact.comes_up_on is not None:
        when = t.text("It comes up in your nudges from {day} on, until you press Done.", day=t.day(fact.comes_up_on))
    else:
        when = t.text("You find it in my Home until it is done: you chose to get no nudges about it.")
    drop = parts.button(t.text("Drop it"), ids.PROMISES_DROP, fact.promise.promise_ref)
    done = parts.button(t.text("Done"), ids.PROMISES_DONE, fact.promise.promise_ref)
    return Message(
        lead, (parts.says(lead), parts.quotes(t, fact.promise.words), parts.remarks(when), parts.buttons(done, drop))
    )


def done(t: Translator, _fact: PromiseDone) -> Message:
    """Done, and forgotten."""
    lead = t.markup("Well done. I have forgotten it.")
    return Message(lead, (parts.says(lead),))


def dropped(t: Translator, _fact: PromiseDropped) -> Message:
    """Dropped, and forgotten; nobody asks why."""
    lead = t.markup("Dropped. I have forgotten it.")
    return Message(lead, (parts.says(lead),))


def too_many(t: Translator, fact: TooManyPromises) -> Message:
    """Enough is noted; one can go first."""
    lead = t.markup_plural(
        "You have noted {count} promise already. Which one can go?",
        "You have noted {count} promises already. Which one can go?",
        len(fact.open_promises),
    )
    items = [block for promise in fact.open_promises for block in item(t, promise)]
    return Message(lead, (parts.says(lead), *items))
