"""Words for people's own things: hello, pause, coming back, language, and the home view."""

from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    HeaderBlock,
    InteractiveElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.facts.members import (
    AnsweredPrivately,
    Contact,
    Home,
    KeptApart,
    NotKeptApart,
    NotUnderstood,
    Paused,
    ProfileConfirmed,
    Rested,
    Resumed,
    Sorry,
    StillRight,
    Welcome,
    YouAreWelcome,
)
from bot.facts.questions import NOTHING, Subject
from bot.language import LANGUAGES, NAMES, Translator
from bot.messages import away, circles, ids, nudges, parts, profiles, promises, questions
from bot.messages.parts import Message

CARDS_AT_MOST: Final = 30
"""Of two blocks each in the home view, to which Slack allows a hundred blocks."""
PROMISES_AT_MOST: Final = 5
"""Of three blocks each."""


PERIODS_AT_MOST: Final = 5
AVOIDED_AT_MOST: Final = 5
"""The latest ones; each taken back makes room for an earlier one."""


def welcome(t: Translator, fact: Welcome) -> Message:
    """What Silta does and the one thing to do first."""
    lead = t.markup("I help you find a contact person in your field, someone you can talk to once or more.")
    how = t.markup(
        "Write to me in your own words, for example: _{example}_",
        example=t.text("I would like to talk to an electrical teacher near Helsinki."),
    )
    blocks: list[Block] = [parts.says(lead), parts.says(how)]
    if not fact.has_profile:
        blocks.append(parts.remarks(_joining(t)))
    blocks.append(parts.buttons(*_first_steps(t, fact)))
    if fact.unknown_word:
        unknown = t.markup("I did not know “{word}”.", word=fact.unknown_word)
        return Message(f"{unknown} {lead}", (parts.says(unknown), *blocks))
    return Message(lead, tuple(blocks))


def not_understood(t: Translator, fact: NotUnderstood) -> Message:
    """Nothing is invented: what was not understood is said, with three things that can be done."""
    lead = t.markup("I did not understand that.")
    things = t.markup(
        "Three things I can do: find you a contact (“{find}”), pause requests (“{pause}”), "
        "or show what waits for you in my Home.",
        find=t.text("find a welding teacher"),
        pause="/silta pause",
    )
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start", style="primary")
    tell = questions.tell_coordinator_row(t, Subject(NOTHING, fact.words)) if fact.words else []
    return Message(lead, (parts.says(lead), parts.says(things), parts.buttons(find), *tell))


def you_are_welcome(t: Translator, _fact: YouAreWelcome) -> Message:
    """A short kind word; nothing to press."""
    lead = t.markup("You are welcome. I am here whenever you need me.")
    return Message(lead, (parts.says(lead),))


def answered_privately(t: Translator, _fact: AnsweredPrivately) -> Message:
    """In the channel: where the answer is."""
    lead = t.markup("I have answered you in a direct message, so that it stays between us.")
    return Message(lead, (parts.says(lead),))


def kept_apart(t: Translator, fact: KeptApart) -> Message:
    """A private wish, with a way back."""
    lead = t.markup("I do not bring you and *{name}* together any more.", name=fact.other.name)
    note = t.text("This stays between us. Nobody is told.")
    undo = parts.button(t.text("Undo"), ids.MEMBERS_UNAVOID, fact.other.ref)
    return Message(lead, (parts.says(lead), parts.remarks(note), parts.buttons(undo)))


def not_kept_apart(t: Translator, fact: NotKeptApart) -> Message:
    """The wish was taken back."""
    lead = t.markup("Undone: you and *{name}* may meet again.", name=fact.other.name)
    return Message(lead, (parts.says(lead),))


def paused(t: Translator, _fact: Paused) -> Message:
    """No requests, no nudges."""
    lead = t.markup("Paused. You get no requests and no nudges until you come back.")
    return Message(lead, (parts.says(lead), parts.buttons(_resume(t, style="primary"))))


def resumed(t: Translator, _fact: Resumed) -> Message:
    """Open again."""
    lead = t.markup("Welcome back. You are open for contacts again.")
    return Message(lead, (parts.says(lead),))


def rested(t: Translator, _fact: Rested) -> Message:
    """Two requests went on without an answer; a rest is offered, not a reproach (R7)."""
    lead = t.markup("You seem to have a lot on your plate, so I let you rest: you get no new requests for now.")
    note = t.text("Nobody is told. Come back whenever it suits you.")
    return Message(lead, (parts.says(lead), parts.remarks(note), parts.buttons(_resume(t, style="primary"))))


def still_right(t: Translator, fact: StillRight) -> Message:
    """Once a year: is this still what you offer? Leaving it unanswered is fine."""
    lead = t.markup("Is this still right?")
    where = ", ".join(part for part in (fact.institution, fact.region) if part)
    offered = [t.markup("You offer: *{fields}*.", fields=parts.fields(t, fact.codes))]
    if where:
        offered.append(t.markup("Where: {place}.", place=where))
    offered.append(t.markup_plural("Up to one contact at a time.", "Up to {count} contacts at a time.", fact.places))
    blocks: list[Block] = [parts.says(lead), parts.says("\n".join(offered))]
    if fact.offer:
        blocks.append(parts.quotes(t, fact.offer))
    note = t.text("If something has changed, you can change it in my Home. If you leave this, nothing happens.")
    right = parts.button(t.text("Still right"), ids.MEMBERS_CONFIRM, "still_right", style="primary")
    change = parts.button(t.text("Change"), ids.MEMBERS_EDIT, "profile")
    return Message(lead, (*blocks, parts.remarks(note), parts.buttons(right, change)))


def profile_confirmed(t: Translator, _fact: ProfileConfirmed) -> Message:
    """Thank you; asked again in a year at the earliest."""
    lead = t.markup("Thank you. Your card says from when this is right.")
    return Message(lead, (parts.says(lead),))


def sorry(t: Translator, fact: Sorry) -> Message:
    """What happened, what is safe, what to do."""
    if fact.coordinator:
        lead = t.markup(
            "Something went wrong on the way. Nothing was lost. "
            "Please try again, or tell {name}: reference {reference}.",
            name=fact.coordinator.name,
            reference=fact.reference,
        )
    else:
        lead = t.markup(
            "Something went wrong on the way. Nothing was lost. Please try again. Reference {reference}.",
            reference=fact.reference,
        )
    return Message(lead, (parts.says(lead),))


def home(t: Translator, fact: Home) -> View:
    """The most relevant on top: who waits for my answer, my contacts, then settings and privacy."""
    blocks: list[Block] = [
        HeaderBlock(text=parts.plain(t.text("Hello {name}", name=parts.first_name(fact.me.person)), 150))
    ]
    for contact in fact.waiting_for_me[:CARDS_AT_MOST]:
        blocks += _waiting(t, contact)
    blocks += _ways_in(t, fact)
    room = max(0, CARDS_AT_MOST - len(fact.waiting_for_me))
    for contact in (*fact.contacts, *fact.requests)[:room]:
        blocks += _contact(t, contact)
    if not (fact.waiting_for_me or fact.contacts or fact.requests):
        blocks.append(parts.says(t.markup("You have no contacts yet. One conversation is a good start.")))
    for promise in fact.promises[:PROMISES_AT_MOST]:
        blocks += promises.item(t, promise)
    blocks.append(promises.note_button(t, "home"))
    if fact.me.is_coordinator:
        blocks.append(parts.buttons(parts.button(t.text("Answers"), ids.KNOWLEDGE_SHOW, "show")))
    return View(type="home", blocks=[*blocks, *_circles(t, fact), *_settings(t, fact), *_privacy(t, fact)])


def _first_steps(t: Translator, fact: Welcome) -> list[InteractiveElement]:
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start", style="primary")
    profile = profiles.edit(t, t.text("Profile") if fact.has_profile else t.text("Join"))
    if not fact.is_contact:
        return [find, profile]
    return [find, profile, _pause(t) if fact.availability == "open" else _resume(t)]


def _joining(t: Translator) -> str:
    return t.text(
        "To ask you need nothing more. With two lines about yourself you join, and others can find you if you like."
    )


def _ways_in(t: Translator, fact: Home) -> list[Block]:
    """The one thing to do first, and joining for whoever has said nothing of themselves yet."""
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start", style="primary")
    if fact.has_profile:
        return [parts.buttons(find)]
    return [parts.buttons(find, profiles.edit(t, t.text("Join"))), parts.remarks(_joining(t))]


def _waiting(t: Translator, contact: Contact) -> list[Block]:
    text = t.markup(
        "*{name}* would like a contact in *{field}*.", name=contact.other.name, field=parts.field(t, contact.code)
    )
    return [
        parts.says(text),
        parts.buttons(
            parts.button(t.text("Yes, introduce us"), ids.INTRODUCTIONS_ACCEPT, contact.ref),
            parts.button(t.text("Not now"), ids.INTRODUCTIONS_DECLINE, contact.ref),
            parts.button(t.text("Suggest a colleague"), ids.INTRODUCTIONS_PASS_ON, contact.ref),
        ),
    ]


def _contact(t: Translator, contact: Contact) -> list[Block]:
    field = parts.field(t, contact.code)
    if not contact.is_open:
        text = t.markup("*{name}*, {field}: asked, no answer yet.", name=contact.other.name, field=field)
        text += _back_on(t, contact)
        withdraw = parts.button(t.text("Take it back"), ids.INTRODUCTIONS_CANCEL, contact.ref)
        return [parts.says(text), parts.buttons(withdraw)]
    text = t.markup("In contact with *{name}*, {field}.", name=contact.other.name, field=field) + _back_on(t, contact)
    return [
        parts.says(text),
        parts.buttons(
            parts.button(
                t.text("Thank and close"), ids.CHECK_INS_CLOSE, contact.ref, confirm=_confirm_close(t, contact)
            ),
            parts.report(t, contact.ref),
        ),
    ]


def _back_on(t: Translator, contact: Contact) -> str:
    """When somebody who is away now returns (K13)."""
    if contact.back_on is None:
        return ""
    back = t.markup("Back on {day}.", day=t.day(contact.back_on))
    return f" {back}"


def _confirm_close(t: Translator, contact: Contact) -> ConfirmObject:
    question = t.text("{name} is told kindly that you say thank you.", name=parts.first_name(contact.other))
    return ConfirmObject(
        title=parts.plain(t.text("Thank and close?"), 100),
        text=parts.plain(question, 300),
        confirm=parts.plain(t.text("Thank and close"), 30),
        deny=parts.plain(t.text("Back"), 30),
    )


def _circles(t: Translator, fact: Home) -> list[Block]:
    """My circles, as far as there is room; all of them behind one button."""
    mine = [block for card in fact.circles[: circles.CIRCLES_AT_HOME] for block in circles.card_blocks(t, card)]
    every = parts.button(t.text("Circles"), ids.CIRCLES_SHOW, "show")
    return [parts.says(t.markup("*My circles*")), parts.buttons(every), *mine]


def _settings(t: Translator, fact: Home) -> list[Block]:
    options = [parts.option(NAMES[language], language) for language in LANGUAGES]
    chosen = next(option for option in options if option.value == fact.me.language)
    languages = StaticSelectElement(action_id=ids.MEMBERS_LANGUAGE, options=options, initial_option=chosen)
    elements: list[InteractiveElement] = [languages]
    if fact.me.is_contact or fact.promises:
        elements.append(nudges.rhythms(t, fact.rhythm))
    if fact.me.is_contact:
        elements.append(profiles.places(t, fact.capacity, ids.MEMBERS_CAPACITY))
        elements.append(_pause(t) if fact.me.availability == "open" else _resume(t))
    elements.append(parts.button(t.text("Days away"), ids.AWAY_CHANGE, parts.NO_DAYS))
    if fact.has_profile:
        elements.append(profiles.edit(t, t.text("Profile")))
    return [
        parts.says(t.markup("*Settings*")),
        parts.buttons(*elements),
        *([parts.remarks(profiles.waiting_for(t, fact.confirmed_by))] if fact.waits_for_confirmation else []),
        *away.settings(t, fact.away[:PERIODS_AT_MOST]),
        *_avoided(t, fact),
    ]


def _avoided(t: Translator, fact: Home) -> list[Block]:
    """With whom this person does not want to be brought together; only they see it."""
    blocks: list[Block] = []
    for other in fact.avoided[:AVOIDED_AT_MOST]:
        block = parts.says(t.markup("I do not bring you and *{name}* together.", name=other.name))
        block.accessory = parts.button(t.text("Undo"), ids.MEMBERS_UNAVOID, other.ref)
        blocks.append(block)
    return blocks


def _privacy(t: Translator, fact: Home) -> list[Block]:
    sentences = [t.text("I read only what you write to me. I know that people talk, never what about.")]
    if fact.coordinator:
        sentences.append(t.text("Questions? {name} looks after this network.", name=fact.coordinator.name))
    own = parts.buttons(
        parts.button(t.text("My data"), ids.MEMBERS_EXPORT, "export"),
        parts.button(t.text("Forget me"), ids.MEMBERS_FORGET, "forget"),
    )
    return [parts.remarks(*sentences), own]


def _pause(t: Translator) -> ButtonElement:
    return parts.button(t.text("Pause"), ids.MEMBERS_PAUSE, "pause")


def _resume(t: Translator, style: str | None = None) -> ButtonElement:
    return parts.button(t.text("I'm back"), ids.MEMBERS_RESUME, "resume", style=style)
