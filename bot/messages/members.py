"""Words for people's own things: hello, pause, coming back, language."""

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    InteractiveElement,
    StaticSelectElement,
)

from bot.facts.members import (
    AllRight,
    AnsweredPrivately,
    BecomingContact,
    KeptApart,
    NotKeptApart,
    NotUnderstood,
    OwnSettings,
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
from bot.messages import ids, parts, profiles, questions
from bot.messages.parts import Message


def welcome(t: Translator, fact: Welcome) -> Message:
    """What Silta does and the one thing to do first."""
    lead = t.markup("I help you find a contact person in your field, someone you can talk to once or more.")
    how = t.markup(
        "Write to me in your own words, for example: _{example}_",
        example=t.text("I would like to talk to an electrical teacher near Helsinki."),
    )
    blocks: list[Block] = [parts.says(lead), parts.says(how)]
    if not fact.has_profile:
        blocks.append(parts.remarks(joining(t)))
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


def all_right(t: Translator, _fact: AllRight) -> Message:
    """A nod is answered with a nod; nothing to press."""
    lead = t.markup("All right. I am here whenever you need me.")
    return Message(lead, (parts.says(lead),))


def becoming_contact(t: Translator, _fact: BecomingContact) -> Message:
    """It is one's own choice, in one's own profile."""
    lead = t.markup("Nice that you think of being a contact person. It begins in your profile.")
    how = t.text("Choose “contact person”, and agree that others may find you. You decide how many contacts you take.")
    confirmed = t.text("Somebody of your network may confirm you first.")
    profile = parts.button(t.text("Profile"), ids.MEMBERS_EDIT, "profile", style="primary")
    return Message(lead, (parts.says(lead), parts.remarks(how, confirmed), parts.buttons(profile)))


def own_settings(t: Translator, fact: OwnSettings) -> Message:
    """The language to speak, and the way to everything else."""
    lead = t.markup("You can change this here yourself, at any time.")
    where = t.text(
        "The menu is for my language. Field, place and all the rest are in your profile; your contacts stay."
    )
    return Message(
        lead,
        (
            parts.says(lead),
            parts.remarks(where),
            parts.buttons(languages(fact.language), profiles.edit(t, t.text("Profile"))),
        ),
    )


def languages(chosen: str) -> StaticSelectElement:
    """Which language Silta speaks with this person."""
    options = [parts.option(NAMES[language], language) for language in LANGUAGES]
    initial = next(option for option in options if option.value == chosen)
    return StaticSelectElement(action_id=ids.MEMBERS_LANGUAGE, options=options, initial_option=initial)


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
    return Message(lead, (parts.says(lead), parts.buttons(resume(t, style="primary"))))


def resumed(t: Translator, _fact: Resumed) -> Message:
    """Open again."""
    lead = t.markup("Welcome back. You are open for contacts again.")
    return Message(lead, (parts.says(lead),))


def rested(t: Translator, _fact: Rested) -> Message:
    """Two requests went on without an answer; a rest is offered, not a reproach (R7)."""
    lead = t.markup("You seem to have a lot on your plate, so I let you rest: you get no new requests for now.")
    note = t.text("Nobody is told. Come back whenever it suits you.")
    return Message(lead, (parts.says(lead), parts.remarks(note), parts.buttons(resume(t, style="primary"))))


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


def _first_steps(t: Translator, fact: Welcome) -> list[InteractiveElement]:
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start", style="primary")
    profile = profiles.edit(t, t.text("Profile") if fact.has_profile else t.text("Join"))
    if not fact.is_contact:
        return [find, profile]
    return [find, profile, pause(t) if fact.availability == "open" else resume(t)]


def joining(t: Translator) -> str:
    """Why one may join, and that one need not."""
    return t.text(
        "To ask you need nothing more. With two lines about yourself you join, and others can find you if you like."
    )


def pause(t: Translator) -> ButtonElement:
    """No requests and no nudges."""
    return parts.button(t.text("Pause"), ids.MEMBERS_PAUSE, "pause")


def resume(t: Translator, style: str | None = None) -> ButtonElement:
    """Open again."""
    return parts.button(t.text("I'm back"), ids.MEMBERS_RESUME, "resume", style=style)
