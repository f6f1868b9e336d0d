"""Words for coordinators: what Silta answers, how it will look, and what nobody could answer this week."""

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    DatePickerElement,
    InputBlock,
    InputInteractiveElement,
    OptionGroup,
    PlainTextInputElement,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.facts.knowledge import (
    Draft,
    DraftDropped,
    DraftForm,
    DraftKept,
    EntriesShown,
    Entry,
    EntryForm,
    EntryRetired,
    EntrySaved,
    WeeklyList,
)
from bot.facts.questions import ANSWER_AT_MOST, Title
from bot.language import LANGUAGES, NAMES, Translator, on_one_line
from bot.messages import ids, parts
from bot.messages.parts import Message

DRAFTS_SHOWN = 3
TITLES_SHOWN = 5
WORDS_SHOWN = 10
OPTIONS_AT_MOST = 100
COUNTRIES = ("FI", "DE", "NO", "TR")


def shown(t: Translator, fact: EntriesShown) -> Message:
    """Every answer behind one menu, topic by topic; first what waits for a yes, last what was retired."""
    lead = t.markup("*What I answer*, in {language}:", language=t.language_name(fact.language))
    menu = StaticSelectElement(
        action_id=ids.KNOWLEDGE_EDIT,
        placeholder=parts.plain(t.text("Change an answer"), 150),
        option_groups=[_group(t, topic, titles, fact.language) for topic, titles in fact.titles[:OPTIONS_AT_MOST]],
    )
    languages = [parts.option(NAMES[one], one) for one in LANGUAGES]
    chosen = next(one for one in languages if one.value == fact.language)
    language = StaticSelectElement(action_id=ids.KNOWLEDGE_LANGUAGE, options=languages, initial_option=chosen)
    new = parts.button(t.text("New answer"), ids.KNOWLEDGE_EDIT, parts.both(fact.language, "own-"))
    blocks = [block for draft in fact.drafts[:DRAFTS_SHOWN] for block in _preview(t, draft, style=None)]
    menus = [parts.buttons(menu)] if fact.titles else []
    rows = (*menus, parts.buttons(language), *_retired(t, fact), parts.buttons(new))
    return Message(lead, (*blocks, parts.says(lead), *_old(t, fact.old), *rows))


def form(t: Translator, fact: EntryForm, remembered: str) -> View:
    """Everything an entry says, in one language."""
    entry = fact.entry
    questions = _text(ids.ENTRY_QUESTIONS, "\n".join(entry.questions), 3000, multiline=True)
    answer = _text(ids.ENTRY_ANSWER, entry.answer, ANSWER_AT_MOST, multiline=True)
    day = DatePickerElement(action_id=ids.CHECKED_ON, initial_date=entry.checked_on.isoformat())
    return View(
        type="modal",
        callback_id=ids.KNOWLEDGE_PREVIEW,
        private_metadata=remembered,
        title=parts.plain(t.text("An answer"), 24),
        submit=parts.plain(t.text("See how it looks"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(t.markup("In {language}. Nothing changes before you save.", language=_language(t, entry))),
            _input(ids.ENTRY_TITLE, t.text("Title"), _text(ids.ENTRY_TITLE, entry.title, 75)),
            _input(ids.ENTRY_QUESTIONS, t.text("How people ask, one question a line"), questions),
            _input(ids.ENTRY_ANSWER, t.text("Answer, three sentences at most"), answer),
            _input(ids.ENTRY_SOURCE, t.text("Source"), _text(ids.ENTRY_SOURCE, entry.source, 500)),
            _input(ids.CHECKED_ON, t.text("Checked on"), day),
            _input(ids.ROUTE, t.text("Who answers"), _routes(t, entry.route)),
            _input(ids.COUNTRIES, t.text("Only in these countries"), _countries(t, entry), optional=True),
            _input(ids.TOPIC, t.text("Topic"), _text(ids.TOPIC, entry.topic or "", 40), optional=True),
            *([parts.buttons(_retire(t, entry))] if fact.may_retire else []),
        ],
    )


def retired(t: Translator, fact: EntryRetired) -> Message:
    """What is no longer answered, and the way back."""
    lead = t.markup("Retired. I do not answer so any more: *{title}*", title=fact.title)
    back = parts.button(t.text("Bring back"), ids.KNOWLEDGE_BRING_BACK, parts.both(fact.language, fact.entry_id))
    return Message(lead, (parts.says(lead), parts.buttons(back)))


def retired_page(t: Translator, fact: EntryRetired) -> View:
    """The same in place of the form, which must not be sent any more."""
    return View(
        type="modal",
        title=parts.plain(t.text("An answer"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=list(retired(t, fact).blocks),
    )


def draft(t: Translator, fact: Draft) -> Message:
    """How it will look, before anybody is answered by it."""
    lead = t.markup("An answer waits for your yes: *{title}*", title=fact.entry.title)
    return Message(lead, tuple(_preview(t, fact)))


def saved(t: Translator, fact: EntrySaved) -> Message:
    """It answers from now on."""
    lead = t.markup("Saved. From now on I answer so: *{title}*", title=fact.title)
    return Message(lead, (parts.says(lead),))


def dropped(t: Translator, _fact: DraftDropped) -> Message:
    """Nothing has changed."""
    lead = t.markup("Dropped. What I answered before stays as it is.")
    return Message(lead, (parts.says(lead),))


def draft_form(t: Translator, fact: DraftForm, remembered: str) -> View:
    """The question in general words, and the answer for everybody."""
    asked = _text(ids.ENTRY_QUESTIONS, parts.clipped(on_one_line(fact.words), 300), 300)
    answer = _text(ids.ENTRY_ANSWER, fact.answer, ANSWER_AT_MOST, multiline=True)
    return View(
        type="modal",
        callback_id=ids.QUESTIONS_SUBMIT_DRAFT,
        private_metadata=remembered,
        title=parts.plain(t.text("Save as answer"), 24),
        submit=parts.plain(t.text("Suggest"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(t.markup("Leave out everything personal. A coordinator looks at it first.")),
            _input(ids.ENTRY_QUESTIONS, t.text("The question, as others would ask it"), asked),
            _input(ids.ENTRY_ANSWER, t.text("Your answer"), answer),
        ],
    )


def draft_kept(t: Translator, fact: DraftKept) -> Message:
    """Who looks at it."""
    lead = t.markup("Thank you! A coordinator looks at it first.")
    if fact.coordinator is not None:
        lead = t.markup("Thank you! *{name}* looks at it first.", name=fact.coordinator.name)
    return Message(lead, (parts.says(lead),))


def weekly_list(t: Translator, fact: WeeklyList) -> Message:
    """Counts, and the words of those who wanted them to be here; no names. It may tell of more than one week."""
    count = sum(number for _, number in fact.unanswered)
    lead = t.markup_plural(
        "Since the last list {count} question found no answer.",
        "Since the last list {count} questions found no answer.",
        count,
    )
    blocks: list[Block] = [parts.says(lead)]
    if fact.unanswered:
        blocks.append(parts.remarks(*(f"{topic_name(t, topic)}: {number}" for topic, number in fact.unanswered[:10])))
    blocks += [parts.quotes(t, words) for words in fact.words[:WORDS_SHOWN]]
    if fact.open_questions:
        blocks.append(parts.says(open_questions(t, fact.open_questions)))
    if fact.drafts:
        drafts = t.markup_plural(
            "{count} suggested answer waits for a yes.", "{count} suggested answers wait for a yes.", fact.drafts
        )
        blocks.append(parts.says(drafts))
    button = parts.button(t.text("Answers"), ids.KNOWLEDGE_SHOW, "show")
    return Message(lead, (*blocks, *_old(t, fact.old), parts.buttons(button)))


def open_questions(t: Translator, count: int) -> str:
    """How many questions are with people now."""
    return t.markup_plural(
        "{count} question waits for a person's answer.", "{count} questions wait for a person's answer.", count
    )


def topic_name(t: Translator, topic: str | None) -> str:
    """What this language calls a topic of the pack; a network's own topics are shown as they are."""
    names = {
        "about": t.text("About this network"),
        "assessment": t.text("Assessment"),
        "benefit": t.text("What one gets out of it"),
        "career": t.text("Becoming a teacher"),
        "conflict": t.text("Conflicts"),
        "contact": t.text("Contact persons"),
        "contract": t.text("Contracts"),
        "crisis": t.text("Something serious"),
        "data": t.text("Data"),
        "eligibility": t.text("Eligibility"),
        "events": t.text("Events"),
        "health": t.text("Health"),
        "hiring": t.text("Hiring"),
        "ideas": t.text("Ideas"),
        "leaders": t.text("Leaders"),
        "legal": t.text("Law"),
        "pay": t.text("Pay"),
        "practicum": t.text("Practice placements"),
        "shortage": t.text("Lack of teachers"),
        "time": t.text("Time"),
        "wellbeing": t.text("Wellbeing"),
    }
    return names.get(topic or "", topic or t.text("Other"))


def _preview(t: Translator, fact: Draft, style: str | None = "primary") -> list[Block]:
    entry = fact.entry
    about = [t.text("In {language}.", language=_language(t, entry)), _route_name(t, entry.route)]
    if entry.countries:
        about.append(
            t.text("Only: {countries}.", countries=t.all_of([t.country_name(code) for code in entry.countries]))
        )
    if fact.by is not None:
        about.append(t.text("Suggested by {name}.", name=fact.by.name))
    asked = t.text("Asked like this: {questions}", questions=" / ".join(entry.questions))
    came_from = (
        t.text("Source: {source}", source=entry.source),
        t.text("Checked on {day}.", day=t.full_day(entry.checked_on)),
    )
    new = t.markup("New: *{title}*", title=entry.title)
    changed = t.markup("Changed: *{title}*", title=entry.title)
    return [
        parts.says(new if fact.is_new else changed),
        parts.literally(entry.answer),
        parts.remarks(*came_from),
        parts.remarks(parts.clipped(asked, 1500), *about),
        parts.buttons(
            parts.button(t.text("Save"), ids.KNOWLEDGE_SAVE, fact.draft_ref, style=style),
            parts.button(t.text("Change"), ids.KNOWLEDGE_EDIT, parts.both(entry.language, entry.entry_id)),
            parts.button(t.text("Drop"), ids.KNOWLEDGE_DROP, fact.draft_ref),
        ),
    ]


def _retire(t: Translator, entry: Entry) -> ButtonElement:
    """Asked back once, because it holds for everybody and every language."""
    sure = ConfirmObject(
        title=parts.plain(t.text("Retire this answer?"), 100),
        text=parts.plain(t.text("Nobody gets it any more, in no language. You can bring it back at any time."), 300),
        confirm=parts.plain(t.text("Retire"), 30),
        deny=parts.plain(t.text("Back"), 30),
    )
    value = parts.both(entry.language, entry.entry_id)
    return parts.button(t.text("Retire"), ids.KNOWLEDGE_RETIRE, value, confirm=sure)


def _retired(t: Translator, fact: EntriesShown) -> list[Block]:
    """The menu of what was retired."""
    if not fact.retired:
        return []
    menu = StaticSelectElement(
        action_id=ids.KNOWLEDGE_BRING_BACK,
        placeholder=parts.plain(t.text("Bring a retired answer back"), 150),
        options=[
            parts.option(parts.title(one.title), parts.both(fact.language, one.entry_id))
            for one in fact.retired[:OPTIONS_AT_MOST]
        ],
    )
    return [parts.buttons(menu)]


def _old(t: Translator, old: tuple[Title, ...]) -> list[Block]:
    if not old:
        return []
    lead = t.markup_plural(
        "{count} answer was checked more than a year ago. Is it still right?",
        "{count} answers were checked more than a year ago. Are they still right?",
        len(old),
    )
    return [parts.says(lead), parts.remarks(*(parts.title(one.title) for one in old[:TITLES_SHOWN]))]


def _group(t: Translator, topic: str, titles: tuple[Title, ...], language: str) -> OptionGroup:
    options = [
        parts.option(parts.title(one.title), parts.both(language, one.entry_id)) for one in titles[:OPTIONS_AT_MOST]
    ]
    return OptionGroup(label=parts.plain(topic_name(t, topic), 75), options=options)


def _routes(t: Translator, chosen: str) -> StaticSelectElement:
    options = [parts.option(_route_name(t, one), one) for one in ("bot", "bot+person", "person")]
    initial = next(one for one in options if one.value == chosen)
    return StaticSelectElement(action_id=ids.ROUTE, options=options, initial_option=initial)


def _route_name(t: Translator, route: str) -> str:
    if route == "bot":
        return t.text("Silta answers")
    return t.text("Silta answers and offers a person") if route == "bot+person" else t.text("Only a person answers")


def _countries(t: Translator, entry: Entry) -> CheckboxesElement:
    # Slack shows ten checkboxes at most; an entry for more countries than these was written in a file.
    codes = tuple(dict.fromkeys((*entry.countries, *COUNTRIES)))[:10]
    options = [parts.option(t.country_name(code), code) for code in codes]
    chosen = [one for one in options if one.value in entry.countries]
    return CheckboxesElement(action_id=ids.COUNTRIES, options=options, initial_options=chosen or None)


def _language(t: Translator, entry: Entry) -> str:
    return t.language_name(entry.language)


def _text(name: str, words: str, at_most: int, *, multiline: bool = False) -> PlainTextInputElement:
    initial = parts.clipped(words, at_most) or None
    return PlainTextInputElement(action_id=name, initial_value=initial, max_length=at_most, multiline=multiline)


def _input(block_id: str, label: str, element: InputInteractiveElement, *, optional: bool = False) -> InputBlock:
    return InputBlock(block_id=block_id, label=parts.plain(label, 2000), element=element, optional=optional)
