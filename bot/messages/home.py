"""Words for the home view: the most relevant on top, settings and privacy at the bottom."""

from typing import Final

from slack_sdk.models.blocks import Block, ConfirmObject, HeaderBlock, InteractiveElement, StaticSelectElement
from slack_sdk.models.views import View

from bot.facts.home import Contact, Home
from bot.language import LANGUAGES, NAMES, Translator
from bot.messages import away, circles, ids, members, nudges, parts, profiles, promises

CARDS_AT_MOST: Final = 30
"""Of two blocks each in the home view, to which Slack allows a hundred blocks."""
PROMISES_AT_MOST: Final = 5
"""Of three blocks each."""


PERIODS_AT_MOST: Final = 5
AVOIDED_AT_MOST: Final = 5
"""The latest ones; each taken back makes room for an earlier one."""


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
    return View(type="home", blocks=[*blocks, *_circles(t, fact), *_settings(t, fact), *_privacy(t, fact)])


def _ways_in(t: Translator, fact: Home) -> list[Block]:
    """The one thing to do first, and joining for whoever has said nothing of themselves yet."""
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start", style="primary")
    if fact.has_profile:
        return [parts.buttons(find)]
    return [parts.buttons(find, profiles.edit(t, t.text("Join"))), parts.remarks(members.joining(t))]


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
            )
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
        elements.append(members.pause(t) if fact.me.availability == "open" else members.resume(t))
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
    return [parts.remarks(*sentences)]
