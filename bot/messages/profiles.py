"""Words for the profile: the form, mistakes beside its fields, what was saved, and confirming a contact person."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Final

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    DividerBlock,
    InputBlock,
    InputInteractiveElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.facts.members import Person
from bot.facts.profiles import (
    Confirmed,
    ContactConfirmed,
    ContactNotConfirmed,
    ContactToConfirm,
    FieldMistake,
    Listing,
    NotConfirmed,
    Profile,
    ProfileForm,
    ProfileMistakes,
    ProfileSaved,
    UnclearWords,
)
from bot.language import Translator, on_one_line
from bot.messages import ids, nudges, parts, prompts
from bot.messages.parts import Message
from bot.rules.tasks import TASKS

LANGUAGES: Final = (
    "fi",
    "sv",
    "en",
    "de",
    "nb",
    "nn",
    "tr",
    "se",
    "et",
    "ru",
    "uk",
    "ar",
    "so",
    "fa",
    "ku",
    "pl",
    "es",
    "fr",
)
"""Languages that people of the programme speak, to choose from."""
LINE_AT_MOST: Final = 1_000
MOST_PLACES: Final = 10
INSTITUTIONS_SHOWN: Final = 3
MISTAKE_AT_MOST: Final = 300


def form(t: Translator, fact: ProfileForm) -> View:
    """Two lines and a few choices; only the role must be chosen."""
    profile = fact.profile
    return View(
        type="modal",
        callback_id=ids.MEMBERS_SAVE,
        title=parts.plain(t.text("Profile"), 24),
        submit=parts.plain(t.text("Save"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(t.markup("Two lines are enough. You can change or empty all of it at any time.")),
            *_about_me(t, fact, profile),
            _input(ids.PURPOSES, t.text("I agree to this, and can take it back"), _purposes(t, profile)),
            DividerBlock(),
            parts.says(t.markup("*If others may ask you*")),
            *_as_a_contact(t, profile),
        ],
    )


def mistakes(t: Translator, fact: ProfileMistakes) -> dict[str, str]:
    """What stands beside which field of the form."""
    return {ids.FIELDS: parts.clipped(_mistakes(t, fact), MISTAKE_AT_MOST)}


def saved(t: Translator, fact: ProfileSaved) -> Message:
    """What is known now, as others may see it, and whether they are proposed to anybody."""
    lead = t.markup("Your profile is saved.")
    profile = fact.profile
    lines = [t.markup("Role: {roles}.", roles=t.all_of([role(t, one) for one in profile.roles]))]
    if profile.codes:
        lines.append(t.markup("Field: {fields}.", fields=parts.fields(t, profile.codes)))
    blocks: list[Block] = [parts.says(lead), parts.says("\n".join(lines))]
    if profile.offer:
        blocks += [parts.remarks(t.text("I can offer")), parts.quotes(t, profile.offer)]
    if profile.wish:
        blocks += [parts.remarks(t.text("I would like")), parts.quotes(t, profile.wish)]
    if (listing := _listing(t, fact)) is not None:
        blocks.append(parts.says(listing))
    find = parts.button(t.text("Find a contact"), ids.FIELDS_START, "start")
    return Message(lead, (*blocks, parts.buttons(edit(t, t.text("Change")), find)))


def to_confirm(t: Translator, fact: ContactToConfirm) -> Message:
    """May this contact person be proposed? Both answers are one press."""
    lead = would_like_to_be_contact(t, fact)
    calm = t.text("Until somebody confirms, nobody is told to ask them.")
    offer = [parts.quotes(t, fact.offer)] if fact.offer else []
    answers = parts.buttons(*confirming(t, fact, style="primary"))
    return Message(lead, (parts.says(lead), *offer, parts.remarks(calm), answers))


def would_like_to_be_contact(t: Translator, fact: ContactToConfirm) -> str:
    """Who it is, from where, and in which fields."""
    fields = parts.fields(t, fact.codes)
    if not fact.institution:
        return t.markup(
            "*{name}* would like to be a contact person in {fields}.", name=fact.contact.name, fields=fields
        )
    return t.markup(
        "*{name}* of {institution} would like to be a contact person in {fields}.",
        name=fact.contact.name,
        institution=fact.institution,
        fields=fields,
    )


def confirming(t: Translator, fact: ContactToConfirm, *, style: str | None) -> tuple[ButtonElement, ButtonElement]:
    """Both answers."""
    yes = parts.button(t.text("Confirm"), ids.MEMBERS_CONFIRM_CONTACT, fact.contact.ref, style=style)
    return yes, parts.button(t.text("Not now"), ids.MEMBERS_LEAVE_UNCONFIRMED, fact.contact.ref)


def contact_confirmed(t: Translator, fact: ContactConfirmed) -> Message:
    """To whoever confirmed."""
    return _only(t.markup("Thank you. *{name}* can be found as a contact person now.", name=fact.contact.name))


def contact_not_confirmed(t: Translator, fact: ContactNotConfirmed) -> Message:
    """To whoever said not now."""
    return _only(t.markup("That is fine. *{name}* is not proposed to anybody for now.", name=fact.contact.name))


def confirmed(t: Translator, _fact: Confirmed) -> Message:
    """To the contact person."""
    return _only(t.markup("You are confirmed as a contact person. People who look for one can find you now."))


def not_confirmed(t: Translator, fact: NotConfirmed) -> Message:
    """To the contact person: neutral, with a human to talk to."""
    lead = t.markup("You are not proposed as a contact person for now. Everything else is open to you.")
    if fact.coordinator is None:
        return _only(lead)
    ask = t.markup("Questions? {name} looks after this network.", name=fact.coordinator.name)
    return Message(lead, (parts.says(lead), parts.says(ask)))


def waiting_for(t: Translator, confirmed_by: Person | None) -> str:
    """Why nobody is proposed this contact person yet."""
    if confirmed_by is None:
        return t.markup("Waiting for confirmation as a contact person by a coordinator.")
    return t.markup("Waiting for confirmation as a contact person by {name}.", name=confirmed_by.name)


def edit(t: Translator, label: str) -> ButtonElement:
    """Opens the form."""
    return parts.button(label, ids.MEMBERS_EDIT, "profile")


def places(t: Translator, chosen: int, action_id: str) -> StaticSelectElement:
    """How many contacts at a time."""
    numbers = sorted({*range(MOST_PLACES + 1), chosen})
    options = {number: parts.option(_contacts(t, number), str(number)) for number in numbers}
    return StaticSelectElement(action_id=action_id, options=list(options.values()), initial_option=options[chosen])


def role(t: Translator, code: str) -> str:
    """What a role is called; the word on the screen decides what people expect (S35)."""
    return {
        "student": t.text("teacher student"),
        "mentor": t.text("contact person"),
        "leader": t.text("leader"),
        "educator": t.text("teacher educator"),
        "working_life": t.text("from working life"),
    }[code]


def _about_me(t: Translator, fact: ProfileForm, profile: Profile) -> list[Block]:
    roles = {
        one: parts.option(role(t, one), one) for one in ("student", "mentor", "leader", "educator", "working_life")
    }
    fields = "\n".join(parts.field(t, code) for code in profile.codes)
    return [
        _input(ids.ROLES, t.text("I am here as"), _ticks(ids.ROLES, roles, profile.roles), optional=False),
        _input(ids.OFFER, t.text("I can offer"), _lines(ids.OFFER, profile.offer)),
        _input(ids.WISH, t.text("I would like"), _lines(ids.WISH, profile.wish)),
        _input(
            ids.FIELDS,
            t.text("My field, in my own words"),
            _lines(ids.FIELDS, fields),
            hint=t.text("Several? One on each line."),
        ),
        _input(ids.REGION, t.text("Region"), _regions(t, fact)),
        _input(
            ids.INSTITUTION,
            t.text("School or organisation"),
            PlainTextInputElement(action_id=ids.INSTITUTION, max_length=200, initial_value=profile.institution or None),
            hint=_examples(t, fact.institutions),
        ),
        _input(ids.SPOKEN, t.text("I speak"), _spoken(t, profile.languages)),
    ]


def _as_a_contact(t: Translator, profile: Profile) -> list[Block]:
    tasks = {code: parts.option(prompts.task(t, code), code) for code in TASKS}
    rhythm = nudges.rhythms(t, profile.rhythm, ids.RHYTHM)
    return [
        _input(ids.PLACES, t.text("How many contacts at a time"), places(t, profile.capacity, ids.PLACES)),
        _input(
            ids.TASKS,
            t.text("What I could do"),
            _ticks(ids.TASKS, tasks, profile.tasks),
            hint=t.text("Nobody does all of it; none is fine too."),
        ),
        _input(ids.RHYTHM, t.text("How often I hear from Silta"), rhythm),
    ]


def _purposes(t: Translator, profile: Profile) -> CheckboxesElement:
    options = {
        "found": parts.option(t.text("Others can find me as a contact person"), "found"),
        "nudges": parts.option(t.text("Small reminders, once a week at most"), "nudges"),
        "events": parts.option(t.text("Personal invitations to events"), "events"),
        "meetups": parts.option(t.text("Meetups of my circles"), "meetups"),
    }
    return _ticks(ids.PURPOSES, options, profile.purposes)


def _regions(t: Translator, fact: ProfileForm) -> StaticSelectElement:
    """Regions by country; one without a visible name cannot be chosen."""
    named = [region for region in fact.regions if on_one_line(region.name)]
    options = {region.name: parts.option(on_one_line(region.name), region.ref) for region in named}
    groups = [
        OptionGroup(
            label=parts.plain(t.country_name(country) if country else t.text("Region"), 75),
            options=[options[region.name] for region in some],
        )
        for country, some in groupby(named, lambda region: region.country)
    ]
    return StaticSelectElement(
        action_id=ids.REGION,
        placeholder=parts.plain(t.text("Choose a region"), 150),
        option_groups=groups,
        initial_option=options.get(fact.profile.region or ""),
    )


def _spoken(t: Translator, spoken: Sequence[str]) -> StaticMultiSelectElement:
    options = {code: parts.option(t.language_name(code), code) for code in dict.fromkeys((*LANGUAGES, *spoken))}
    return StaticMultiSelectElement(
        action_id=ids.SPOKEN,
        placeholder=parts.plain(t.text("Choose languages"), 150),
        options=list(options.values()),
        initial_options=[options[code] for code in dict.fromkeys(spoken)] or None,
    )


def _contacts(t: Translator, number: int) -> str:
    if number == 0:
        return t.text("No contacts for now")
    return t.markup_plural("{count} contact at a time", "{count} contacts at a time", number)


def _listing(t: Translator, fact: ProfileSaved) -> str | None:
    match fact.listing:
        case Listing.NOT_A_CONTACT:
            return None
        case Listing.PROPOSED:
            return t.markup("People who look for a contact in your field can find you now. You are always asked first.")
        case Listing.UNWANTED:
            return t.markup("You are not proposed to anybody, because you have not agreed to be found.")
        case Listing.RESTS:
            return t.markup("You get no requests for now.")
        case Listing.WAITING:
            return waiting_for(t, fact.confirmed_by)
        case Listing.NOT_NOW:
            return t.markup("You are not proposed as a contact person for now. Everything else is open to you.")


def _mistakes(t: Translator, fact: ProfileMistakes) -> str:
    if fact.fields is FieldMistake.MISSING:
        return t.text("Which field may people ask you about? One word is enough.")
    if fact.fields is FieldMistake.TOO_MANY:
        return t.text("These are many fields. Please keep the six that suit you best.")
    return " ".join(_unclear(t, one) for one in fact.unclear)


def _unclear(t: Translator, unclear: UnclearWords) -> str:
    words = parts.clipped(unclear.words, 60)
    if not unclear.near:
        return t.text("I do not know “{words}” as a field. Could you say it another way?", words=words)
    near = ", ".join(parts.field(t, code) for code in unclear.near)
    return t.text("“{words}” could be several things. Near it: {fields}.", words=words, fields=near)


def _examples(t: Translator, institutions: Sequence[str]) -> str | None:
    shown = ", ".join(institutions[:INSTITUTIONS_SHOWN])
    return t.text("For example: {names}", names=shown) if shown else None


def _lines(name: str, written: str) -> PlainTextInputElement:
    return PlainTextInputElement(
        action_id=name, multiline=True, max_length=LINE_AT_MOST, initial_value=written[:LINE_AT_MOST] or None
    )


def _ticks(name: str, options: Mapping[str, Option], ticked: Iterable[str]) -> CheckboxesElement:
    chosen = [options[one] for one in ticked if one in options]
    return CheckboxesElement(action_id=name, options=list(options.values()), initial_options=chosen or None)


def _input(
    name: str, label: str, element: InputInteractiveElement, *, hint: str | None = None, optional: bool = True
) -> InputBlock:
    return InputBlock(
        block_id=name,
        label=parts.plain(label, 2000),
        element=element,
        hint=parts.plain(hint, 2000) if hint else None,
        optional=optional,
    )


def _only(lead: str) -> Message:
    return Message(lead, (parts.says(lead),))
