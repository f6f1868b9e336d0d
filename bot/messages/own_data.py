"""Words about one's own data: a copy of it, and being forgotten."""

from slack_sdk.models.blocks import Block, ButtonElement
from slack_sdk.models.views import View

from bot.facts.fields import CandidatesFound
from bot.facts.own_data import (
    CardEnded,
    Consequences,
    ContactEnded,
    DataLink,
    DataPart,
    Forgotten,
    NothingStored,
    RequestEnded,
)
from bot.language import Translator
from bot.messages import fields, ids, parts
from bot.messages.parts import Message


def data_link(t: Translator, fact: DataLink) -> Message:
    """Where the copy waits."""
    lead = t.markup("Here is everything I have stored about you, as JSON and as a table (CSV).")
    note = t.text("The address is for you alone. It works once, until this time tomorrow.")
    label = parts.plain(t.text("Download my data"), parts.BUTTON_AT_MOST)
    link = ButtonElement(text=label, action_id=ids.MEMBERS_COPY, url=fact.url, style="primary")
    return Message(lead, (parts.says(lead), parts.buttons(link), parts.remarks(note)))


def data_part(t: Translator, fact: DataPart) -> Message:
    """A piece of the copy, to be put together by its number."""
    lead = t.markup(
        "Everything I have stored about you as {form}, part {number} of {count}.",
        form=fact.form,
        number=str(fact.number),
        count=str(fact.of),
    )
    return Message(lead, (parts.says(lead), *(parts.shows(words) for words in fact.words)))


def nothing_stored(t: Translator, _fact: NothingStored) -> Message:
    """There is nothing."""
    lead = t.markup("Nothing about you is stored here.")
    return Message(lead, (parts.says(lead), parts.remarks(t.text("If you write to me, we start from the beginning."))))


def consequences(t: Translator, fact: Consequences) -> Message:
    """What ends, before anything does."""
    lead = t.markup("Shall I forget you? I then delete everything about you, at once and for good.")
    remarks = (
        t.text("Whoever is affected is told that it has ended, without your name and without a reason."),
        t.text("Only numbers without people stay, such as how many contacts there were in a month."),
        t.text("What stands in Slack belongs to Slack: you can delete this conversation there."),
    )
    blocks: list[Block] = [parts.says(lead)]
    if ends := _what_ends(t, fact):
        blocks.append(parts.says(t.markup("These end: {things}.", things=t.all_of(ends))))
    forget = parts.button(t.text("Forget me"), ids.MEMBERS_CONFIRM_FORGET, fact.me_ref)
    copy = parts.button(t.text("My data first"), ids.MEMBERS_EXPORT, "export")
    return Message(lead, (*blocks, parts.remarks(*remarks), parts.buttons(forget, copy)))


def forgotten(t: Translator, _fact: Forgotten) -> Message:
    """Done."""
    lead = t.markup("Done. Nothing about you is stored here any more. Thank you for having been here.")
    return Message(lead, (parts.says(lead), parts.remarks(t.text("If you write to me, we start from the beginning."))))


def contact_ended(t: Translator, fact: ContactEnded) -> Message:
    """Neutral: a field and a day."""
    lead = t.markup(
        "Your contact in *{field}*, asked for on {day}, has ended. There is nothing you need to do.",
        field=parts.field(t, fact.code),
        day=t.day(fact.since_on),
    )
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start")
    return Message(lead, (parts.says(lead), parts.buttons(find)))


def card_ended(t: Translator, _fact: CardEnded) -> Message:
    """In place of what showed a name."""
    lead = t.markup("This contact has ended. There is nothing you need to do.")
    return Message(lead, (parts.says(lead),))


def request_ended(t: Translator, fact: RequestEnded) -> Message:
    """Not available right now, and who else fits (R7)."""
    lead = t.markup(
        "The contact you asked for in *{field}* is not available right now.", field=parts.field(t, fact.code)
    )
    if isinstance(fact.next, CandidatesFound):
        names = t.all_of([parts.first_name(card.person) for card in fact.next.cards])
        lead = " ".join((lead, t.markup("Who also fits: {names}.", names=names)))
        return Message(lead, (parts.says(lead), *fields.candidate_cards(t, fact.next)))
    nobody = parts.says(t.markup("Nobody else can be asked just now."))
    return Message(lead, (parts.says(lead), nobody, *fields.ways_on_from_nobody(t, fact.next)))


def empty_home(t: Translator) -> View:
    """The home view of somebody of whom nothing is stored."""
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start", style="primary")
    return View(
        type="home",
        blocks=[parts.says(t.markup("Nothing about you is stored here.")), parts.buttons(find)],
    )


def _what_ends(t: Translator, fact: Consequences) -> list[str]:
    counted = (
        (fact.contacts, t.markup_plural("{count} contact", "{count} contacts", fact.contacts)),
        (fact.requests, t.markup_plural("{count} request of yours", "{count} requests of yours", fact.requests)),
        (
            fact.waiting_for_me,
            t.markup_plural("{count} request to you", "{count} requests to you", fact.waiting_for_me),
        ),
        (fact.circles, t.markup_plural("{count} circle", "{count} circles", fact.circles)),
        (fact.meetups, t.markup_plural("{count} meetup", "{count} meetups", fact.meetups)),
        (fact.events, t.markup_plural("{count} answer to an event", "{count} answers to events", fact.events)),
    )
    return [words for number, words in counted if number]
