"""Words for questions: what is known and from where, and who answers what is not known here (R14-R16)."""

from slack_sdk.models.blocks import (
    Block,
    ButtonElement,
    CheckboxesElement,
    ConfirmObject,
    InputBlock,
    PlainTextInputElement,
)
from slack_sdk.models.views import View

from bot.facts.members import Person
from bot.facts.questions import (
    ANSWER_AT_MOST,
    NOTHING,
    SERIOUS,
    WORDS_AT_MOST,
    AnswerArrived,
    Answered,
    AskForm,
    CoordinatorTold,
    DidYouMean,
    HandedOver,
    Help,
    IdeaHeard,
    KnownElsewhere,
    LeftToPerson,
    NobodyKnew,
    NotKnown,
    NotWhatWasNeeded,
    NowWithAnother,
    PerhapsSerious,
    Question,
    QuestionElsewhere,
    QuestionReminder,
    QuestionTakenBack,
    QuestionWithdrawn,
    Replied,
    ReplyForm,
    Serious,
    Subject,
    Title,
    WentOn,
)
from bot.language import Markup, Translator, on_one_line, shown_literally
from bot.messages import ids, parts
from bot.messages.parts import Message
from bot.programme import Reachable
from bot.programme.local import EMERGENCY


def answered(t: Translator, fact: Answered) -> Message:
    """The answer, where it is from, whether it may be old, and a person beside it."""
    blocks: list[Block] = [parts.literally(fact.answer), source(t, fact)]
    blocks += _office(t, fact.help)
    value = _value(fact.subject)
    if fact.was_helpful:
        blocks.append(parts.remarks(t.text("Good to hear.")))
    else:
        yes = parts.button(t.text("Yes"), ids.QUESTIONS_HELPFUL, value)
        no = parts.button(t.text("No"), ids.QUESTIONS_NOT_HELPFUL, value)
        blocks += [parts.says(t.markup("Was this what you needed?")), parts.buttons(yes, no)]
    if fact.with_person and fact.help.person:
        more = t.text("For your own situation, {name} is the right one to ask.", name=fact.help.person.name)
        blocks += [parts.remarks(more), parts.buttons(_ask(t, fact.subject))]
    return Message(t.markup("I know this: {answer}", answer=fact.answer), tuple(blocks))


def source(t: Translator, fact: Answered) -> Block:
    """Where an answer is from and when it was checked (R16)."""
    said = [
        t.text("Source: {source}", source=fact.source),
        t.text("Checked on {day}.", day=t.full_day(fact.checked_on)),
    ]
    if fact.may_be_old:
        said.append(t.text("That is more than a year ago: it may be old."))
    return parts.remarks(*said)


def did_you_mean(t: Translator, fact: DidYouMean) -> Message:
    """Up to three known questions, one press each."""
    lead = t.markup("Did you mean one of these?")
    choices = [_pick(one, fact.words) for one in fact.titles]
    none = parts.says(t.markup("None of them?"))
    return Message(lead, (parts.says(lead), *choices, none, *ways_on(t, Subject(NOTHING, fact.words), fact.help)))


def not_known(t: Translator, fact: NotKnown) -> Message:
    """Nothing is invented."""
    lead = t.markup("I do not know that.")
    return Message(lead, (parts.says(lead), *ways_on(t, fact.subject, fact.help)))


def known_elsewhere(t: Translator, fact: KnownElsewhere) -> Message:
    """A national answer stays in its country."""
    countries = t.all_of([t.country_name(code) for code in fact.countries])
    lead = t.markup("I know this only for: {countries}.", countries=countries)
    return Message(lead, (parts.says(lead), *ways_on(t, fact.subject, fact.help)))


def not_what_was_needed(t: Translator, fact: NotWhatWasNeeded) -> Message:
    """A no is welcome, and a person is one press away."""
    lead = t.markup("Thank you for saying so. A person can help you further.")
    return Message(lead, (parts.says(lead), *_office(t, fact.help), *ways_on(t, fact.subject, fact.help)))


def left_to_person(t: Translator, fact: LeftToPerson) -> Message:
    """Kindly not decided here: who does, and the words only with a press (R14)."""
    lead = t.markup("A person answers this: {answer}", answer=fact.answer)
    blocks: list[Block] = [parts.literally(fact.answer), *_office(t, fact.help)]
    if fact.help.person is not None:
        who = t.markup("*{name}* can help you. I have passed nothing on.", name=fact.help.person.name)
        blocks += [parts.says(who), *_passing_on(t, fact.subject, fact.help.person)]
    return Message(lead, tuple(blocks))


def idea_heard(t: Translator, fact: IdeaHeard) -> Message:
    """Ideas are welcome; they go to a person with a press, or to the coordinators without a name."""
    lead = t.markup("Thank you for the idea. I can pass it on to somebody.")
    blocks: list[Block] = [parts.says(lead)]
    if fact.help.person is not None:
        who = t.markup("*{name}* can help you. I have passed nothing on.", name=fact.help.person.name)
        blocks += [parts.says(who), *_passing_on(t, fact.subject, fact.help.person)]
    return Message(lead, (*blocks, *tell_coordinator_row(t, fact.subject)))


def serious(t: Translator, fact: Serious) -> Message:
    """Short and kind: whom to turn to now. No question back, and nothing is kept (R14)."""
    lead = t.markup("Thank you for telling me. You do not have to be alone with this. It is more than a bot can do.")
    danger = t.markup("If somebody is in danger, call the emergency number of your country.")
    if fact.contacts:
        danger = t.markup("If somebody is in danger, or you need help now:")
    blocks: list[Block] = [parts.says(lead), parts.says(danger)]
    blocks += [parts.says(_reachable(t, one)) for one in fact.contacts[:10]]
    if fact.help.person is not None:
        who = t.markup("*{name}* is a person you can talk to.", name=fact.help.person.name)
        write = t.text("Write to {name}", name=parts.first_name(fact.help.person))
        button = parts.button(write, ids.QUESTIONS_ASK_PERSON, _value(Subject(SERIOUS, "")))
        blocks += [parts.says(who), parts.buttons(button)]
    # Whoever is taken seriously by mistake must not be stuck: being careful means being wrong now and then.
    mistaken = t.text("If I misunderstood you: “Find a contact” is in my Home.")
    return Message(lead, (*blocks, parts.remarks(t.text("I have kept nothing of your words."), mistaken)))


def perhaps_serious(t: Translator, fact: PerhapsSerious) -> Message:
    """A quiet line under the answer: whoever meant something serious is not left alone, whoever did not reads on."""
    if not fact.contacts:
        alone = t.text("If this is heavy for you, do not stay alone with it: talk to somebody you trust.")
        return Message(alone, (parts.remarks(alone),))
    ways = ", ".join(f"{_name(t, one)} {_ways(one)}" for one in fact.contacts[:3])
    line = t.text("If this is heavy for you, or somebody is in danger: {contacts}", contacts=ways)
    in_short = t.markup("If this is heavy for you, or somebody is in danger: {contacts}", contacts=ways)
    return Message(in_short, (parts.remarks(line),))


def coordinator_told(t: Translator, _fact: CoordinatorTold) -> Message:
    """On the list, without a name."""
    lead = t.markup("Done. Your words are on the coordinators' weekly list, without your name.")
    return Message(lead, (parts.says(lead),))


def ask_form(t: Translator, fact: AskForm, remembered: str) -> View:
    """The words as they would be sent; their asker may change them first."""
    words = PlainTextInputElement(
        action_id=ids.WORDS, multiline=True, max_length=WORDS_AT_MOST, initial_value=fact.subject.words or None
    )
    blocks: list[Block] = [
        parts.says(t.markup("*{name}* gets this, and you get the answer here.", name=fact.receiver.name)),
        InputBlock(block_id=ids.WORDS, label=parts.plain(t.text("Your question"), 2000), element=words),
    ]
    if fact.may_be_nameless:
        option = parts.option(t.text("Ask without my name"), ids.WITHOUT_NAME)
        element = CheckboxesElement(action_id=ids.WITHOUT_NAME, options=[option])
        label = parts.plain(t.text("Your name"), 2000)
        blocks.append(InputBlock(block_id=ids.WITHOUT_NAME, label=label, element=element, optional=True))
    return View(
        type="modal",
        callback_id=ids.QUESTIONS_SUBMIT_QUESTION,
        private_metadata=remembered,
        title=parts.plain(t.text("Ask a person"), 24),
        submit=parts.plain(t.text("Send"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[*blocks, parts.remarks(t.text("Question and answer are deleted 90 days after the answer."))],
    )


def now_with_another(t: Translator, fact: NowWithAnother) -> Message:
    """Another name than the one that was shown: the asker decides anew."""
    lead = t.markup("*{name}* answers this now. I have passed nothing on.", name=fact.receiver.name)
    if fact.may_pass_on:
        return Message(lead, (parts.says(lead), *_passing_on(t, fact.subject, fact.receiver)))
    return Message(lead, (parts.says(lead), parts.quotes(t, fact.subject.words), parts.buttons(_ask(t, fact.subject))))


def handed_over(t: Translator, fact: HandedOver) -> Message:
    """Who has it, by when something happens, and a way back."""
    if fact.at_once:
        lead = t.markup("*{name}* has your question now.", name=fact.receiver.name)
    else:
        lead = t.markup(
            "*{name}* gets your question on {day} at {time}.",
            name=fact.receiver.name,
            day=t.day(t.local_day(fact.reached_at)),
            time=t.time(fact.reached_at),
        )
    by = t.text("Without an answer by {day} it goes on to somebody else, and I tell you.", day=t.day(fact.answer_by))
    back = parts.button(t.text("Take it back"), ids.QUESTIONS_TAKE_BACK, fact.question_ref)
    return Message(lead, (parts.says(lead), parts.remarks(by), parts.buttons(back)))


def taken_back(t: Translator, _fact: QuestionTakenBack) -> Message:
    """No reason is asked for."""
    lead = t.markup("Taken back. Your words are deleted.")
    return Message(lead, (parts.says(lead),))


def question(t: Translator, fact: Question) -> Message:
    """Somebody's question, for the one who may know."""
    if fact.asker is not None:
        lead = t.markup("*{name}* has a question for you.", name=fact.asker.name)
    else:
        lead = t.markup("Somebody has a question for you. They ask without their name.")
    calm = t.text("A few lines are enough. They get your answer with your name.")
    if fact.moved_on:
        still_open = t.text("It comes to you because it is still open.")
        calm = f"{still_open} {calm}"
    return Message(lead, (parts.says(lead), parts.quotes(t, fact.words), parts.remarks(calm), _answer(t, fact)))


def reminder(t: Translator, fact: QuestionReminder) -> Message:
    """The one reminder, with the day on which the question goes on by itself."""
    lead = t.markup("A small reminder: a question is waiting for you.")
    calm = t.text(
        "If you are busy, just leave it: on {day} I ask somebody else. Nobody is told why.", day=t.day(fact.move_on)
    )
    words = parts.quotes(t, fact.question.words)
    return Message(lead, (parts.says(lead), words, parts.remarks(calm), _answer(t, fact.question)))


def withdrawn(t: Translator, _fact: QuestionWithdrawn) -> Message:
    """In place of the receiver's card: the words are not there any more either."""
    lead = t.markup("The question was taken back. There is nothing you need to do.")
    return Message(lead, (parts.says(lead),))


def elsewhere(t: Translator, fact: QuestionElsewhere) -> Message:
    """In place of the card of whoever had it before, without a word about the silence."""
    lead = t.markup("The question has gone on to *{name}*. There is nothing you need to do.", name=fact.receiver.name)
    return Message(lead, (parts.says(lead),))


def reply_form(t: Translator, fact: ReplyForm, remembered: str) -> View:
    """The question, and room for an answer."""
    answer = PlainTextInputElement(action_id=ids.WORDS, multiline=True, max_length=ANSWER_AT_MOST)
    return View(
        type="modal",
        callback_id=ids.QUESTIONS_SUBMIT_REPLY,
        private_metadata=remembered,
        title=parts.plain(t.text("Answer"), 24),
        submit=parts.plain(t.text("Send"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.quotes(t, fact.question.words),
            InputBlock(block_id=ids.WORDS, label=parts.plain(t.text("Your answer"), 2000), element=answer),
        ],
    )


def replied(t: Translator, fact: Replied) -> Message:
    """Thank you; and perhaps others would like to know it, too."""
    if fact.asker is not None:
        lead = t.markup("Thank you! *{name}* gets your answer.", name=fact.asker.name)
    else:
        lead = t.markup("Thank you! Your answer is on its way.")
    others = t.text("Would it help others, too? A coordinator looks at it before anybody sees it.")
    save = parts.button(t.text("Save as answer"), ids.QUESTIONS_SAVE_ANSWER, fact.question_ref)
    return Message(lead, (parts.says(lead), parts.remarks(others), parts.buttons(save)))


def answer_arrived(t: Translator, fact: AnswerArrived) -> Message:
    """What was asked, and what a person says to it."""
    lead = t.markup("*{name}* has answered your question:", name=fact.answered_by.name)
    return Message(
        lead, (parts.says(lead), parts.literally(fact.answer), parts.remarks(t.quoted(on_one_line(fact.words))))
    )


def went_on(t: Translator, fact: WentOn) -> Message:
    """It goes on; nobody is blamed."""
    lead = t.markup("Your question has gone on to *{name}*. You need not do anything.", name=fact.receiver.name)
    return Message(lead, (parts.says(lead),))


def nobody_knew(t: Translator, _fact: NobodyKnew) -> Message:
    """The truth, kindly."""
    lead = t.markup("Nobody has been able to answer your question so far. The coordinators know, without your words.")
    return Message(lead, (parts.says(lead),))


def tell_coordinator_row(t: Translator, subject: Subject) -> list[Block]:
    """One press puts the words on the coordinators' list; asked back once, because they leave this conversation."""
    sure = ConfirmObject(
        title=parts.plain(t.text("Tell the coordinator?"), 100),
        text=parts.plain(t.text("Your words go onto the coordinators' weekly list, without your name."), 300),
        confirm=parts.plain(t.text("Tell them"), 30),
        deny=parts.plain(t.text("Back"), 30),
    )
    tell = parts.button(t.text("Tell the coordinator"), ids.QUESTIONS_TELL_COORDINATOR, _value(subject), confirm=sure)
    return [parts.buttons(tell)]


def ways_on(t: Translator, subject: Subject, help_: Help) -> list[Block]:
    """A person, where there is one, and the coordinators."""
    if help_.person is None:
        return tell_coordinator_row(t, subject)
    may_know = t.text("{name} may know. You see your words before anything is sent.", name=help_.person.name)
    return [parts.remarks(may_know), parts.buttons(_ask(t, subject)), *tell_coordinator_row(t, subject)]


def _passing_on(t: Translator, subject: Subject, receiver: Person) -> list[Block]:
    """The words as they would go, and the one to whom: who was named is in the button, and nobody else gets them."""
    if not subject.words:
        return [parts.buttons(_ask(t, subject))]
    named = _value(Subject(parts.both(subject.entry_id, receiver.ref), subject.words))
    pass_on = parts.button(t.text("Pass my words on"), ids.QUESTIONS_PASS_WORDS_ON, named, style="primary")
    return [parts.quotes(t, subject.words), parts.buttons(pass_on, _ask(t, subject))]


def _pick(title: Title, words: str) -> Block:
    value = _value(Subject(title.entry_id, words))
    return parts.buttons(parts.button(parts.title(title.title), ids.QUESTIONS_PICK, value))


def _ask(t: Translator, subject: Subject) -> ButtonElement:
    return parts.button(t.text("Ask a person"), ids.QUESTIONS_ASK_PERSON, _value(subject))


def _answer(t: Translator, fact: Question) -> Block:
    return parts.buttons(parts.button(t.text("Answer"), ids.QUESTIONS_REPLY, fact.question_ref, style="primary"))


def _office(t: Translator, help_: Help) -> list[Block]:
    blocks: list[Block] = [parts.says(_reachable(t, help_.office))] if help_.office else []
    return [*blocks, parts.official(t, help_.official_bodies)] if help_.official_bodies else blocks


def _reachable(t: Translator, one: Reachable) -> str:
    return t.markup("*{name}*: {ways}", name=_name(t, one), ways=Markup(shown_literally(_ways(one))))


def _name(t: Translator, one: Reachable) -> str:
    return t.text("Emergency number") if one == EMERGENCY else one.name


def _ways(one: Reachable) -> str:
    return ", ".join(filter(None, (one.phone, one.email, one.url)))


def _value(subject: Subject) -> str:
    return parts.about(subject.entry_id, parts.clipped(subject.words, WORDS_AT_MOST))
