"""Words for the home view: the most relevant on top, settings and privacy at the bottom."""

from collections.abc import Callable
from dataclasses import replace
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    ConfirmObject,
    HeaderBlock,
    InteractiveElement,
    UserSelectElement,
)
from slack_sdk.models.views import View

from bot.facts.home import Coming, Contact, EventAhead, Gap, Home, Undelivered, Unmet
from bot.facts.members import Person
from bot.language import Translator
from bot.messages import away, circles, ids, knowledge, members, nudges, parts, profiles, promises

BLOCKS_AT_MOST: Final = 100
"""What Slack allows in a home view."""
PROMISES_AT_MOST: Final = 5
PERIODS_AT_MOST: Final = 5
AVOIDED_AT_MOST: Final = 5
"""The latest ones; each taken back makes room for an earlier one."""
COORDINATORS_AT_MOST: Final = 5
EVENTS_AT_MOST: Final = 5
EVENT_TITLE_AT_MOST: Final = 90
"""Characters: escaped, one may take five, and five titles stay together within Slack's 3,000."""


def home(t: Translator, fact: Home) -> View:
    """The most relevant on top: who waits for my answer, my contacts, then settings and privacy.

    Everything else has its place first; cards of two blocks each, most relevant first, fill what is left.
    """
    waiting, requests, contacts = fact.waiting_for_me, fact.requests, fact.contacts
    bare = replace(fact, waiting_for_me=(), requests=(), contacts=())
    room = max(0, BLOCKS_AT_MOST - len(_drawn(t, bare))) // 2
    shown = replace(
        fact,
        waiting_for_me=waiting[:room],
        requests=requests[: max(0, room - len(waiting))],
        contacts=contacts[: max(0, room - len(waiting) - len(requests))],
    )
    return View(type="home", blocks=_drawn(t, shown))


def _drawn(t: Translator, fact: Home) -> list[Block]:
    return [block for section in _SECTIONS for block in section(t, fact)]


def _greeting(t: Translator, fact: Home) -> list[Block]:
    """Hello, and in one sentence what this is for somebody of this role."""
    hello = HeaderBlock(text=parts.plain(t.text("Hello {name}", name=parts.first_name(fact.me.person)), 150))
    called = parts.called(t, fact.called) if fact.me.is_contact else ""
    return [hello, parts.remarks(*filter(None, (called, _what_this_is(t, fact))))]


def _what_this_is(t: Translator, fact: Home) -> str:
    if fact.network is not None:
        return t.text("You look after this network: below is what waits for a person.")
    if "leader" in fact.roles:
        return t.text("Here you meet other leaders, and see who of your people would like to help.")
    if "educator" in fact.roles:
        return t.text("Here you find people from schools for your students, and colleagues elsewhere.")
    if fact.me.is_contact:
        return t.text("People may ask you for a conversation. You are always asked first, and “not now” is fine.")
    return t.text("I help you find a contact person in your field, someone you can talk to once or more.")


def _waiting_for_me(t: Translator, fact: Home) -> list[Block]:
    """Who waits for my answer, with the buttons to answer."""
    blocks: list[Block] = []
    for place, contact in enumerate(fact.waiting_for_me):
        blocks += _waiting(t, contact, style=None if place else "primary")
    return blocks


def _to_confirm(t: Translator, fact: Home) -> list[Block]:
    """Contact persons who wait for this leader or coordinator."""
    blocks: list[Block] = []
    for place, one in enumerate(fact.to_confirm):
        style = None if place or fact.waiting_for_me else "primary"
        blocks.append(parts.says(profiles.would_like_to_be_contact(t, one)))
        blocks.append(parts.buttons(*profiles.confirming(t, one, style=style)))
    return blocks


def _next_meeting(t: Translator, fact: Home) -> list[Block]:
    """When I meet people of a circle next."""
    card = fact.next_meeting
    if card is None or card.meets_at is None:
        return []
    day, time = t.day(t.local_day(card.meets_at)), t.time(card.meets_at)
    who = circles.name(t, card.circle)
    return [parts.says(t.markup("Next meetup: *{circle}* on {day} at {time}.", circle=who, day=day, time=time))]


def _events(t: Translator, fact: Home) -> list[Block]:
    """The events I said yes or maybe to, soonest first."""
    if not fact.events:
        return []
    lines = [_coming(t, one) for one in fact.events[:EVENTS_AT_MOST]]
    return [parts.says("\n".join([t.markup("*My events*"), *lines]))]


def _coming(t: Translator, one: Coming) -> str:
    day, time = t.day(t.local_day(one.starts_at)), t.time(one.starts_at)
    if one.answer == "maybe":
        return t.markup("• {day} at {time}: *{title}* (you said maybe)", day=day, time=time, title=one.title)
    if not one.has_place:
        return t.markup("• {day} at {time}: *{title}* (you wait for a place)", day=day, time=time, title=one.title)
    return t.markup("• {day} at {time}: *{title}*", day=day, time=time, title=one.title)


def _my_requests(t: Translator, fact: Home) -> list[Block]:
    """Whom I have asked, each with a way to take it back."""
    return [block for one in fact.requests for block in _contact(t, one)]


def _contacts(t: Translator, fact: Home) -> list[Block]:
    """With whom I am in contact."""
    if not (fact.waiting_for_me or fact.contacts or fact.requests):
        return [parts.says(t.markup("You have no contacts yet. One conversation is a good start."))]
    return [block for one in fact.contacts for block in _contact(t, one)]


def _shortages(t: Translator, fact: Home) -> list[Block]:
    """Fields in which nobody can be asked, for those who plan where people are needed."""
    if not fact.shortages:
        return []
    lead = t.markup("*Somebody is looked for in these fields:* {fields}.", fields=parts.fields(t, fact.shortages))
    note = t.text("Do you know somebody? Tell them about Silta. Who is looking is not shown to anybody.")
    return [parts.says(lead), parts.remarks(note)]


def _network(t: Translator, fact: Home) -> list[Block]:
    """For a coordinator: who waits, where, which questions are open, what did not arrive, which events are near."""
    if fact.network is None:
        return []
    network = fact.network
    sums = [t.markup("*The network now*"), _people_waiting(t, network.waiting, network.too_few)]
    if network.undelivered:
        sums.append(
            t.markup_plural(
                "{count} message of the last two weeks did not arrive for certain.",
                "{count} messages of the last two weeks did not arrive for certain.",
                network.undelivered,
            )
        )
    sums += [_undelivered(t, one) for one in network.latest]
    if network.open_questions:
        sums.append(knowledge.open_questions(t, network.open_questions))
    blocks: list[Block] = [parts.says("\n".join(sums))]
    if network.gaps:
        lines = [t.markup("*Where people wait*"), *(_gap(t, one, network.too_few) for one in network.gaps)]
        blocks.append(parts.says("\n".join(lines)))
    if network.unmet:
        lines = [
            t.markup("*They asked for your help, because nobody was found*"),
            *(_unmet(t, one) for one in network.unmet),
        ]
        blocks.append(parts.says("\n".join(lines)))
    if network.events:
        lines = [t.markup("*Events of the next two weeks*"), *(_event(t, one) for one in network.events)]
        blocks.append(parts.says("\n".join(lines)))
    return blocks


def _undelivered(t: Translator, one: Undelivered) -> str:
    """Why, so that somebody can do something about it (I5)."""
    name, day = one.recipient.name, t.day(one.on)
    if one.reason is None:
        return t.markup("• *{name}*, {day}: it may have arrived, so I did not repeat it", name=name, day=day)
    return t.markup("• *{name}*, {day}: Slack did not take it ({reason})", name=name, day=day, reason=one.reason)


def _people_waiting(t: Translator, people: int | None, too_few: int) -> str:
    if people is None:
        return t.markup("{number} people or more wait for a contact.", number=too_few)
    if people == 0:
        return t.markup("Nobody waits for a contact.")
    if people < too_few:
        return t.markup("Fewer than {number} people wait for a contact.", number=too_few)
    return t.markup_plural("{count} person waits for a contact.", "{count} people wait for a contact.", people)


def _desk(t: Translator, fact: Home) -> list[Block]:
    """What whoever looks after the network prepares: events, and the answers that Silta gives."""
    if fact.network is None:
        return []
    event = parts.button(t.text("New event"), ids.EVENTS_DRAFT, "new")
    return [parts.buttons(event, parts.button(t.text("Answers"), ids.KNOWLEDGE_SHOW, "show"))]


def _gap(t: Translator, gap: Gap, too_few: int) -> str:
    where = _where(t, gap.code, gap.region)
    if gap.people is None:
        return t.markup("• {place}: fewer than {number}", place=where, number=too_few)
    return t.markup_plural("• {place}: {count} person", "• {place}: {count} people", gap.people, place=where)


def _event(t: Translator, event: EventAhead) -> str:
    day = t.day(t.local_day(event.starts_at))
    title = parts.clipped(event.title, EVENT_TITLE_AT_MOST)
    return t.markup("• *{title}*, {day}, yes: {count}", title=title, day=day, count=event.yes)


def _unmet(t: Translator, unmet: Unmet) -> str:
    return t.markup("• *{name}*, {place}", name=unmet.asker.name, place=_where(t, unmet.code, unmet.region))


def _where(t: Translator, code: str | None, region: str | None) -> str:
    field = parts.field(t, code) if code else t.text("any field")
    return f"{field}, {region}" if region else field


def _coordinators(t: Translator, fact: Home) -> list[Block]:
    """Who looks after the network; it can be shared, so that it does not stop in somebody's holidays."""
    if fact.network is None:
        return []
    blocks: list[Block] = []
    for one in fact.network.coordinators[:COORDINATORS_AT_MOST]:
        line = parts.says(t.markup("*{name}* looks after this network.", name=one.name))
        line.accessory = _withdraw(t, one, is_me=one.ref == fact.me.person.ref)
        blocks.append(line)
    share = parts.says(t.markup("*Share this with somebody.* Then it goes on while you are away."))
    share.accessory = UserSelectElement(
        action_id=ids.ROLES_APPOINT,
        placeholder=parts.plain(t.text("Choose somebody"), 150),
        confirm=_sure(t, t.text("They see and do here what you do."), t.text("Share")),
    )
    return [*blocks, share]


def _withdraw(t: Translator, one: Person, *, is_me: bool) -> ButtonElement:
    label = t.text("Step back") if is_me else t.text("Take the role back")
    question = t.text("This takes effect at once. Another coordinator can undo it.")
    return parts.button(label, ids.ROLES_WITHDRAW, one.ref, confirm=_sure(t, question, label))


def _sure(t: Translator, question: str, yes: str) -> ConfirmObject:
    return ConfirmObject(
        title=parts.plain(t.text("Are you sure?"), 100),
        text=parts.plain(question, 300),
        confirm=parts.plain(yes, 30),
        deny=parts.plain(t.text("Back"), 30),
    )


def _promises(t: Translator, fact: Home) -> list[Block]:
    """What I noted that I promised."""
    items = [block for one in fact.promises[:PROMISES_AT_MOST] for block in promises.item(t, one)]
    return [*items, promises.note_button(t, "home")]


def _ways_in(t: Translator, fact: Home) -> list[Block]:
    """The one thing to do first, and joining for whoever has said nothing of themselves yet."""
    first = None if fact.waiting_for_me or fact.to_confirm else "primary"
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start", style=first)
    if fact.has_profile:
        return [parts.buttons(find)]
    return [parts.buttons(find, profiles.edit(t, t.text("Join"))), parts.remarks(members.joining(t))]


def _waiting(t: Translator, contact: Contact, *, style: str | None) -> list[Block]:
    text = t.markup(
        "*{name}* would like a contact in *{field}*.", name=contact.other.name, field=parts.field(t, contact.code)
    )
    return [
        parts.says(text),
        parts.buttons(
            parts.button(t.text("Yes, introduce us"), ids.INTRODUCTIONS_ACCEPT, contact.ref, style=style),
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
    official = [parts.official(t, fact.official_bodies)] if fact.official_bodies else []
    return [parts.says(t.markup("*My circles*")), parts.buttons(every), *mine, *official]


def _settings(t: Translator, fact: Home) -> list[Block]:
    elements: list[InteractiveElement] = [members.languages(fact.me.language)]
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


_SECTIONS: Final[tuple[Callable[[Translator, Home], list[Block]], ...]] = (
    _greeting,
    _waiting_for_me,
    _to_confirm,
    _next_meeting,
    _events,
    _my_requests,
    _ways_in,
    _network,
    _desk,
    _shortages,
    _contacts,
    _promises,
    _circles,
    _settings,
    _avoided,
    _coordinators,
    _privacy,
)
"""The home view from top to bottom. A section that has nothing to say is empty."""
