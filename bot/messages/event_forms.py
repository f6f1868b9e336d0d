"""The forms of events, and one sentence for each thing that can be wrong in them."""

from collections.abc import Callable
from typing import Any, Final

from slack_sdk.models.blocks import (
    CheckboxesElement,
    DatePickerElement,
    DateTimePickerElement,
    InputBlock,
    InputInteractiveElement,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.facts.events import KINDS, OFFICIALITIES, Draft, EventForm, LessonForm, Mistake
from bot.language import NAMES, Translator
from bot.messages import events, ids, parts

TICKED: Final = "yes"


def form(t: Translator, fact: EventForm, remembered: str) -> View:
    """Everything about an event, with what is known so far; only title, day and beginning are needed."""
    draft = fact.draft
    return View(
        type="modal",
        callback_id=ids.EVENTS_PREVIEW,
        private_metadata=remembered,
        title=parts.plain(t.text("Change the event") if fact.is_change else t.text("New event"), 24),
        submit=parts.plain(t.text("Preview"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[*_what_and_when(t, draft), *_for_whom(t, draft), *_details(t, draft)],
    )


def schedule_form(t: Translator, remembered: str) -> View:
    """When an announcement goes out."""
    at = DateTimePickerElement(action_id=ids.PUBLISH_AT)
    return View(
        type="modal",
        callback_id=ids.EVENTS_SUBMIT_SCHEDULE,
        private_metadata=remembered,
        title=parts.plain(t.text("Schedule"), 24),
        submit=parts.plain(t.text("Schedule"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[_input(ids.PUBLISH_AT, t.text("When it goes out"), at, optional=False)],
    )


def lesson_form(t: Translator, fact: LessonForm, remembered: str) -> View:
    """One line, and a tick without which nothing is kept."""
    tick = CheckboxesElement(
        action_id=ids.IS_SHARED, options=[parts.option(t.text("Share it with the organisers, without my name"), TICKED)]
    )
    return View(
        type="modal",
        callback_id=ids.EVENTS_SUBMIT_LESSON,
        private_metadata=remembered,
        title=parts.plain(t.text("Share one line"), 24),
        submit=parts.plain(t.text("Share"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            _input(ids.LESSON, t.text("What I take home"), PlainTextInputElement(action_id=ids.LESSON, max_length=300)),
            _input(ids.IS_SHARED, t.text("Without the tick nothing is kept."), tick),
        ],
    )


def mistake(t: Translator, fact: Mistake) -> str:
    """What is wrong, and what would be right; plain text beside its field."""
    return MISTAKES[fact.name](t, fact)


def mistakes(t: Translator, found: tuple[Mistake, ...]) -> dict[str, str]:
    """The sentences by the field of the form they belong to."""
    return {one.field: mistake(t, one) for one in found}


def _what_and_when(t: Translator, draft: Draft) -> list[InputBlock]:
    kinds = {one: parts.option(events.kind(t, one), one) for one in KINDS}
    kind = StaticSelectElement(action_id=ids.KIND, options=list(kinds.values()), initial_option=kinds[draft.kind])
    on = DatePickerElement(action_id=ids.ON, initial_date=draft.on.isoformat() if draft.on else None)
    begins = TimePickerElement(action_id=ids.BEGINS, initial_time=f"{draft.begins:%H:%M}" if draft.begins else None)
    ends = TimePickerElement(action_id=ids.ENDS, initial_time=f"{draft.ends:%H:%M}" if draft.ends else None)
    reply_by = draft.reply_by.isoformat() if draft.reply_by else None
    by_the_clock = t.text("Begins, by your clock")
    if draft.zone != t.zone.key:
        by_the_clock = t.text("Begins (time in {city})", city=t.city(draft.zone))
    return [
        _input(ids.TITLE, t.text("Title"), _line(ids.TITLE, draft.title), optional=False),
        _input(ids.KIND, t.text("Kind"), kind, optional=False),
        _input(ids.ON, t.text("Day"), on, optional=False),
        _input(ids.BEGINS, by_the_clock, begins, optional=False),
        _input(ids.ENDS, t.text("Ends"), ends),
        _input(
            ids.REPLY_BY, t.text("Last day to answer"), DatePickerElement(action_id=ids.REPLY_BY, initial_date=reply_by)
        ),
        _input(ids.PLACE, t.text("Place"), _line(ids.PLACE, draft.place)),
        _input(ids.LINK, t.text("Link (https://…)"), _line(ids.LINK, draft.link)),
    ]


def _for_whom(t: Translator, draft: Draft) -> list[InputBlock]:
    each = parts.option(t.text("So many in each region"), TICKED)
    tick = CheckboxesElement(
        action_id=ids.IS_PER_REGION, options=[each], initial_options=[each] if draft.is_per_region else None
    )
    regions = ", ".join((*draft.regions, *draft.unknown_regions))
    fields = ", ".join((*(parts.field(t, one) for one in draft.fields), *draft.unknown_fields))
    houses = ", ".join((*draft.institutions, *draft.unknown_institutions))
    return [
        _input(ids.REGIONS, t.text("Regions, with commas; empty means all"), _line(ids.REGIONS, regions)),
        _input(ids.FIELDS, t.text("Fields, with commas; empty means all"), _line(ids.FIELDS, fields)),
        _input(ids.INSTITUTIONS, t.text("Institutions, with commas; empty means all"), _line(ids.INSTITUTIONS, houses)),
        _input(ids.ROLES, t.text("Roles; empty means all"), _several(ids.ROLES, roles(t), draft.roles)),
        _input(
            ids.LANGUAGES,
            t.text("Languages people speak; empty means all"),
            _several(ids.LANGUAGES, {code: t.language_name(code) for code in NAMES}, draft.languages),
        ),
        _input(ids.CAPACITY, t.text("Number of places; empty means room for all"), _line(ids.CAPACITY, draft.capacity)),
        _input(ids.IS_PER_REGION, t.text("How places are counted"), tick),
    ]


def _details(t: Translator, draft: Draft) -> list[InputBlock]:
    labels = {one: parts.option(events.officiality(t, one), one) for one in OFFICIALITIES}
    official = StaticSelectElement(
        action_id=ids.OFFICIALITY, options=list(labels.values()), initial_option=labels[draft.officiality]
    )
    covered = t.text("Who covers the time? (visits and guest talks)")
    return [
        _input(ids.OFFICIALITY, t.text("How official it is"), official, optional=False),
        _input(
            ids.PLANNED_ROLE,
            t.text("What the guest or host does (visits and guest talks)"),
            _line(ids.PLANNED_ROLE, draft.planned_role),
        ),
        _input(ids.TIME_COVERED_BY, covered, _line(ids.TIME_COVERED_BY, draft.time_covered_by)),
    ]


def roles(t: Translator) -> dict[str, str]:
    """What this language calls the people of each role."""
    return {
        "student": t.text("Teacher students"),
        "mentor": t.text("Contact persons"),
        "leader": t.text("Leaders"),
        "educator": t.text("Teacher educators"),
        "coordinator": t.text("Coordinators"),
        "working_life": t.text("Working life"),
    }


def _several(name: str, labels: dict[str, str], chosen: tuple[str, ...]) -> StaticMultiSelectElement:
    options = {value: parts.option(label, value) for value, label in labels.items()}
    initial = [options[one] for one in chosen if one in options]
    return StaticMultiSelectElement(action_id=name, options=list(options.values()), initial_options=initial or None)


def _line(name: str, written: str) -> PlainTextInputElement:
    # No longest length here: what is too long gets a sentence of its own, and stays in the form.
    return PlainTextInputElement(action_id=name, initial_value=parts.clipped(written, 3000) or None)


def _input(block_id: str, label: str, element: InputInteractiveElement, *, optional: bool = True) -> InputBlock:
    return InputBlock(block_id=block_id, label=parts.plain(label, 2000), element=element, optional=optional)


MISTAKES: Final[dict[str, Callable[[Translator, Any], str]]] = {
    "title_missing": lambda t, _: t.text("What is it called? A few words are enough."),
    "title_too_long": lambda t, fact: t.text(
        "The title has {count} characters; 150 are the most. Please shorten it.", count=fact.about
    ),
    "title_calls_everybody": lambda t, _: t.text(
        "A title cannot call a whole channel. Please leave out @channel, @here and @everyone."
    ),
    "title_is_a_formula": lambda t, fact: t.text(
        "A title cannot begin with {sign}, because tables would take it for a formula.", sign=fact.about
    ),
    "day_missing": lambda t, _: t.text("On which day is it?"),
    "day_does_not_exist": lambda t, fact: t.text("I know no such day: {day}. Which one do you mean?", day=fact.about),
    "weekday_does_not_fit": lambda t, fact: t.text(
        "The weekday and the date do not fit: that day is {day}. Which one do you mean?", day=t.day(fact.on)
    ),
    "begins_missing": lambda t, _: t.text("At what time does it begin?"),
    "ends_before_it_begins": lambda t, _: t.text("It would end before it begins. When does it end?"),
    "is_over": lambda t, _: t.text("That time is over already. Please choose one that is ahead."),
    "too_far_away": lambda t, _: t.text("That is more than a year away. Please choose an earlier day."),
    "reply_by_after_the_start": lambda t, _: t.text("The last day to answer cannot be after the event."),
    "reply_by_is_over": lambda t, _: t.text("The last day to answer is over already. Please choose a later one."),
    "region_unknown": lambda t, fact: t.text("I do not know this region: {name}.", name=fact.about),
    "field_unknown": lambda t, fact: t.text("I do not know this field: {name}.", name=fact.about),
    "institution_unknown": lambda t, fact: t.text("I do not know this institution: {name}.", name=fact.about),
    "capacity_is_no_number": lambda t, _: t.text("Please write the number of places in digits, such as 12."),
    "capacity_too_small": lambda t, _: t.text("There must be at least one place, and at most 10,000."),
    "places_are_taken": lambda t, fact: t.text(
        "{count} places are given out already, and they stay with their people. Please choose at least that number.",
        count=fact.about,
    ),
    "link_is_none": lambda t, _: t.text("A link begins with https:// or http://. Please copy it whole."),
    "words_too_long": lambda t, _: t.text("This is longer than 150 characters. Please shorten it."),
    "role_missing": lambda t, _: t.text("What does the guest or host do there? One line is enough."),
    "publish_at_not_possible": lambda t, _: t.text("Please choose a moment that is ahead, before answers close."),
    "time_not_covered": lambda t, _: t.text("Who covers the time? For example: the work plan, an invoice, nobody."),
    "changed_meanwhile": lambda t, _: t.text(
        "Somebody has changed this event meanwhile. Please look at all of it once more."
    ),
}
"""Everything that can be wrong in a draft, by the name that `Mistake` has for it; each has its own sentence."""
