"""Words for asking both sides how it goes: no blame, and "nothing yet" is a good answer."""

from datetime import date

from slack_sdk.models.blocks import Block, StaticSelectElement

from bot.facts.check_ins import BenefitNoted, CheckIn, InTouch, KeepOrClose, Kept, NotYet
from bot.facts.introductions import Faded, Thanked
from bot.language import Translator
from bot.messages import ids, parts, promises
from bot.messages.parts import Message


def check_in(t: Translator, fact: CheckIn) -> Message:
    """Were you in touch?"""
    lead = t.markup(
        "Have you and *{name}* been in touch about {field}?", name=fact.other.name, field=parts.field(t, fact.code)
    )
    return Message(
        lead,
        (
            parts.says(lead),
            parts.buttons(
                parts.button(
                    t.text("Yes, we were in touch"), ids.CHECK_INS_IN_TOUCH, fact.check_in_ref, style="primary"
                ),
                parts.button(t.text("Not yet"), ids.CHECK_INS_NOT_YET, fact.check_in_ref),
                parts.button(t.text("No longer needed"), ids.CHECK_INS_NO_LONGER_NEEDED, fact.check_in_ref),
                parts.report(t, fact.check_in_ref),
            ),
        ),
    )


def keep_or_close(t: Translator, fact: KeepOrClose) -> Message:
    """After a quiet time: keep, or thank and close?"""
    lead = t.markup_plural(
        "It has been quiet between you and *{name}* for {count} week. Keep the contact, or thank and close?",
        "It has been quiet between you and *{name}* for {count} weeks. Keep the contact, or thank and close?",
        fact.quiet_weeks,
        name=fact.other.name,
    )
    return Message(
        lead,
        (
            parts.says(lead),
            parts.remarks(t.text("Both are good. A contact that has done its work may rest.")),
            parts.buttons(
                parts.button(t.text("Keep"), ids.CHECK_INS_KEEP, fact.check_in_ref, style="primary"),
                parts.button(t.text("Thank and close"), ids.CHECK_INS_CLOSE, fact.check_in_ref),
                parts.report(t, fact.check_in_ref),
            ),
        ),
    )


def in_touch(t: Translator, fact: InTouch) -> Message:
    """Good to hear; did you get something out of it?"""
    lead = t.markup("Good to hear. Did you get something out of it?")
    select = _benefits(t, fact.check_in_ref, fact.benefits)
    remark = t.text("“Nothing yet” is a good answer too. {name} does not see it.", name=parts.first_name(fact.other))
    promised = promises.note_button(t, fact.check_in_ref)
    return Message(lead, (parts.says(lead), parts.buttons(select), parts.remarks(remark), promised))


def not_yet(t: Translator, fact: NotYet) -> Message:
    """Not yet is fine."""
    lead = t.markup("Not yet? That is fine.")
    after_all = parts.buttons(
        parts.button(t.text("Yes, we were in touch"), ids.CHECK_INS_IN_TOUCH, fact.check_in_ref),
        parts.button(t.text("No longer needed"), ids.CHECK_INS_NO_LONGER_NEEDED, fact.check_in_ref),
    )
    return Message(lead, (parts.says(lead), *_next(t, fact.next_on), after_all))


def benefit_noted(t: Translator, fact: BenefitNoted) -> Message:
    """What was noted, and when Silta asks again."""
    lead = t.markup("Thank you. Noted: {benefit}.", benefit=benefit(t, fact.benefit))
    select = _benefits(t, fact.check_in_ref, fact.benefits, chosen=fact.benefit)
    promised = promises.note_button(t, fact.check_in_ref)
    return Message(lead, (parts.says(lead), parts.buttons(select), *_next(t, fact.next_on), promised))


def kept(t: Translator, fact: Kept) -> Message:
    """The contact stays open."""
    lead = t.markup("The contact with *{name}* stays open.", name=fact.other.name)
    return Message(lead, (parts.says(lead), *_next(t, fact.next_on)))


def thanked(t: Translator, fact: Thanked) -> Message:
    """The contact is closed with thanks."""
    if fact.by_me:
        lead = t.markup("The contact with *{name}* is closed, with thanks. You stay colleagues.", name=fact.other.name)
    else:
        lead = t.markup(
            "*{name}* says thank you and has closed the contact. You stay colleagues.", name=fact.other.name
        )
    return Message(lead, (parts.says(lead),))


def faded(t: Translator, fact: Faded) -> Message:
    """Closed after a quiet time; nobody did anything wrong."""
    lead = t.markup(
        "The contact with *{name}* has come to rest after a quiet time. Nobody did anything wrong, "
        "and you can ask again whenever you like.",
        name=fact.other.name,
    )
    return Message(lead, (parts.says(lead),))


def benefit(t: Translator, value: str) -> str:
    """What somebody may have got out of a contact (W1-W6)."""
    return {
        "know_institution": t.text("got to know an institution"),
        "way_into_work": t.text("found a way into the work"),
        "got_answers": t.text("got answers"),
        "someone_to_think_with": t.text("someone to think with"),
        "teaching": t.text("something for my teaching"),
        "counselling": t.text("something for counselling"),
        "operations": t.text("something for how we run things"),
        "pedagogy_news": t.text("news about pedagogy"),
        "say_in_content": t.text("a say in teacher education"),
        "future_colleague": t.text("a possible colleague"),
        "nothing_yet": t.text("nothing yet"),
    }[value]


def _benefits(
    t: Translator, check_in_ref: str, benefits: tuple[str, ...], chosen: str | None = None
) -> StaticSelectElement:
    options = {one: parts.option(benefit(t, one), parts.both(check_in_ref, one)) for one in benefits}
    return StaticSelectElement(
        action_id=ids.CHECK_INS_BENEFIT,
        placeholder=parts.plain(t.text("Choose what fits best"), 150),
        options=list(options.values()),
        initial_option=options.get(chosen or ""),
    )


def _next(t: Translator, next_on: date | None) -> list[Block]:
    if next_on is None:
        return []
    return [parts.remarks(t.text("I ask again on {day}. Until then I stay silent.", day=t.day(next_on)))]
