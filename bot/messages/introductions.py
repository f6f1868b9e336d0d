"""Words for the asker's side of an introduction, and for the conversation that opens at the end."""

from slack_sdk.models.blocks import Block, CheckboxesElement, InputBlock, PlainTextInputElement
from slack_sdk.models.views import View

from bot.facts.fields import CandidatesFound
from bot.facts.introductions import (
    KINDS,
    Asked,
    Introduction,
    MeetDirectly,
    NeedsCoordinator,
    NoLongerAsked,
    NotAvailable,
    OnWaitingList,
    PlacesFilled,
    RequestForm,
    SaidYes,
    SomeoneOpened,
    StillInterested,
    Watching,
    WithCoordinator,
    Withdrawn,
)
from bot.language import Markup, Translator, shown_literally
from bot.messages import fields, ids, parts
from bot.messages.parts import Message

NOTE_AT_MOST = 1000


def request_form(t: Translator, fact: RequestForm, remembered: str) -> View:
    """The short form; `remembered` comes back with it and tells which card to update."""
    name = parts.first_name(fact.contact)
    looking_for = CheckboxesElement(
        action_id=ids.KINDS, options=[parts.option(kind_of_help(t, kind), kind) for kind in KINDS]
    )
    note = PlainTextInputElement(action_id=ids.NOTE, multiline=True, max_length=NOTE_AT_MOST)
    return View(
        type="modal",
        callback_id=ids.INTRODUCTIONS_SUBMIT_REQUEST,
        private_metadata=remembered,
        title=parts.plain(t.text("Ask {name}", name=name), 24),
        submit=parts.plain(t.text("Ask"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(
                t.markup(
                    "{name} is asked first. You are introduced only if {name} says yes too. "
                    "Both fields may stay empty.",
                    name=name,
                )
            ),
            InputBlock(
                block_id=ids.KINDS,
                label=parts.plain(t.text("What I look for"), 2000),
                element=looking_for,
                optional=True,
            ),
            InputBlock(
                block_id=ids.NOTE,
                label=parts.plain(t.text("A few words to {name}", name=name), 2000),
                hint=parts.plain(t.text("For example what you would like to see or ask."), 2000),
                element=note,
                optional=True,
            ),
        ],
    )


def kind_of_help(t: Translator, kind: str) -> str:
    """What somebody may look for in a contact (S11)."""
    return {
        "sounding_board": t.text("someone to think aloud with"),
        "see_the_work": t.text("see the work"),
        "solve_a_problem": t.text("solve a problem"),
        "role_model": t.text("a role model"),
        "just_ask": t.text("just someone to ask"),
    }[kind]


def asked(t: Translator, fact: Asked) -> Message:
    """The request is on its way, and the asker knows when they will hear."""
    name = fact.contact.name
    if fact.at_once:
        lead = t.markup("I have asked *{name}* for you.", name=name)
    else:
        lead = t.markup(
            "I will ask *{name}* on {day} at {time}, when their working time begins.",
            name=name,
            day=t.day(t.local_day(fact.reached_at)),
            time=t.time(fact.reached_at),
        )
    promise = t.text("You will hear from me by {day} at the latest, whatever the answer.", day=t.day(fact.answer_by))
    blocks: list[Block] = [parts.says(lead)]
    if fact.kinds:
        kinds = t.all_of([kind_of_help(t, kind) for kind in fact.kinds])
        blocks.append(parts.remarks(t.text("You look for: {kinds}.", kinds=kinds)))
    withdraw = parts.button(t.text("Take it back"), ids.INTRODUCTIONS_CANCEL, fact.introduction_ref)
    return Message(lead, (*blocks, parts.remarks(promise), parts.buttons(withdraw)))


def places_filled(t: Translator, fact: PlacesFilled) -> Message:
    """Somebody was faster; the others, or waiting."""
    lead = t.markup("*{name}*'s places just filled.", name=fact.contact.name)
    wait = parts.button(
        t.text("Wait for {name}", name=parts.first_name(fact.contact)),
        ids.INTRODUCTIONS_WAIT,
        parts.both(fact.ask_ref, fact.contact.ref),
    )
    blocks: list[Block] = [parts.says(lead), parts.buttons(wait)]
    if isinstance(fact.others, CandidatesFound):
        blocks += [
            parts.says(fields.candidates_lead(t, fact.others)),
            *fields.candidate_cards(t, fact.others),
        ]
    else:
        watch = parts.button(t.text("Tell me when someone opens"), ids.INTRODUCTIONS_WATCH, fact.ask_ref)
        blocks += [parts.says(t.markup("Nobody else can be asked just now.")), parts.buttons(watch)]
    return Message(lead, tuple(blocks))


def on_waiting_list(t: Translator, fact: OnWaitingList) -> Message:
    """The asker waits; nobody is asked before they say yes again."""
    lead = t.markup("You are waiting for *{name}*.", name=fact.contact.name)
    note = t.text("When a place opens I ask you first whether you still want it. Nobody is told before that.")
    leave = parts.button(t.text("Stop waiting"), ids.INTRODUCTIONS_CANCEL, fact.wait_ref)
    return Message(lead, (parts.says(lead), parts.remarks(note), parts.buttons(leave)))


def watching(t: Translator, fact: Watching) -> Message:
    """The asker is told when anybody opens."""
    lead = t.markup("I will tell you when someone in *{field}* can be asked.", field=parts.field(t, fact.code))
    leave = parts.button(t.text("Stop waiting"), ids.INTRODUCTIONS_CANCEL, fact.wait_ref)
    return Message(lead, (parts.says(lead), parts.buttons(leave)))


def with_coordinator(t: Translator, fact: WithCoordinator) -> Message:
    """A named human has been told; or there is none."""
    if fact.coordinator is None:
        lead = t.markup("This network has no coordinator in Slack yet, so I could not pass it on.")
    else:
        lead = t.markup("I have told {name} that you are looking for a contact.", name=fact.coordinator.name)
    return Message(lead, (parts.says(lead),))


def needs_coordinator(t: Translator, fact: NeedsCoordinator) -> Message:
    """For a coordinator: who looks for a contact and found nobody."""
    where = ", ".join(part for part in (parts.field(t, fact.code), fact.region) if part)
    lead = t.markup(
        "{asker} looks for a contact and nobody could be asked: *{where}*. They asked me to tell you.",
        asker=parts.mention(fact.asker),
        where=where,
    )
    return Message(lead, (parts.says(lead),))


def withdrawn(t: Translator, fact: Withdrawn) -> Message:
    """Taken back, and that is fine."""
    if fact.contact is None:
        lead = t.markup("You are not waiting any more. You can ask again whenever you like.")
    else:
        lead = t.markup("Taken back: *{name}*. You can ask again whenever you like.", name=fact.contact.name)
    return Message(lead, (parts.says(lead),))


def not_available(t: Translator, fact: NotAvailable) -> Message:
    """Not available right now, without a reason, and who else fits (R7)."""
    lead = t.markup("*{name}* is not available right now.", name=fact.contact.name)
    blocks: list[Block] = [parts.says(lead)]
    if fact.suggested_by_contact:
        blocks.append(parts.says(t.markup("{name} suggests a colleague.", name=parts.first_name(fact.contact))))
    if isinstance(fact.next, CandidatesFound):
        also = t.all_of([parts.first_name(card.person) for card in fact.next.cards])
        lead += " " + t.markup("Who also fits: {names}.", names=also)
        blocks = [parts.says(lead), *blocks[1:], *fields.candidate_cards(t, fact.next)]
    else:
        blocks += [
            parts.says(t.markup("Nobody else can be asked just now.")),
            *fields.ways_on_from_nobody(t, fact.next),
        ]
    return Message(lead, tuple(blocks))


def said_yes(t: Translator, fact: SaidYes) -> Message:
    """In place of "I have asked …": the conversation is elsewhere, and nothing is to be pressed here."""
    lead = t.markup("*{name}* said yes. I bring you together in a conversation of your own.", name=fact.contact.name)
    return Message(lead, (parts.says(lead),))


def no_longer_asked(t: Translator, fact: NoLongerAsked) -> Message:
    """In place of "I have asked …"; who else fits comes in a message of its own (R7)."""
    lead = t.markup("*{name}* is not available right now.", name=fact.contact.name)
    return Message(lead, (parts.says(lead),))


def still_interested(t: Translator, fact: StillInterested) -> Message:
    """A place has opened for somebody who waited."""
    lead = t.markup("*{name}* has a free place now. Are you still interested?", name=fact.contact.name)
    kept = t.text("I keep the place for you until {day}.", day=t.day(fact.kept_until))
    return Message(
        lead,
        (
            parts.says(lead),
            parts.remarks(kept),
            parts.buttons(
                parts.button(
                    t.text("Yes, ask {name}", name=parts.first_name(fact.contact)),
                    ids.INTRODUCTIONS_REQUEST,
                    parts.both(fact.ask_ref, fact.contact.ref),
                    style="primary",
                ),
                parts.button(t.text("No, thank you"), ids.INTRODUCTIONS_CANCEL, fact.wait_ref),
            ),
        ),
    )


def someone_opened(t: Translator, fact: SomeoneOpened) -> Message:
    """Somebody can be asked now in the field that was watched."""
    lead = t.markup("Someone in *{field}* can be asked now.", field=parts.field(t, fact.found.code))
    return Message(lead, (parts.says(lead), *fields.candidate_cards(t, fact.found)))


def introduction(t: Translator, fact: Introduction) -> Message:
    """Who, why and one small first step, once in each language of the two (R11)."""
    texts = [_introduction(Translator(language, t.zone), fact) for language in fact.languages]
    return Message(texts[0], tuple(parts.says(text) for text in texts))


def meet_directly(t: Translator, fact: MeetDirectly) -> Message:
    """The conversation could not be opened; both said yes, so they can write to each other."""
    lead = t.markup(
        "You and {other} both said yes to a contact in *{field}*, but I could not open a conversation for you. "
        "Please write to each other directly.",
        other=parts.mention(fact.other),
        field=parts.field(t, fact.code),
    )
    return Message(lead, (parts.says(lead),))


def _introduction(t: Translator, fact: Introduction) -> str:
    asker, contact = parts.mention(fact.asker), parts.mention(fact.contact)
    if called := parts.called(t, fact.called):
        contact = Markup(f"{contact} ({shown_literally(called)})")
    sentences = [
        t.markup("{asker} and {contact}, may I introduce you to each other?", asker=asker, contact=contact),
        t.markup("What brings you together: *{field}*.", field=parts.field(t, fact.code)),
    ]
    if fact.kinds:
        kinds = t.all_of([kind_of_help(t, kind) for kind in fact.kinds])
        sentences.append(t.markup("{asker} looks for: {kinds}.", asker=asker, kinds=kinds))
    sentences.append(
        t.markup(
            "A small first step: {asker}, write one question or suggest a time for a short call. "
            "I stay silent here from now on.",
            asker=asker,
        )
    )
    return "\n".join(sentences)
