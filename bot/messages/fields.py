"""Words for asking: is this the field, which field, whom Silta found, and what when nobody is there."""

from itertools import groupby

from slack_sdk.models.blocks import Block, ButtonElement, OptionGroup, StaticSelectElement

from bot.facts.fields import CandidatesFound, Card, FieldInferred, FieldMenu, FieldUnclear, NobodyOpen, Reach
from bot.language import Translator, on_one_line, shown_literally
from bot.messages import ids, parts
from bot.messages.parts import Message
from bot.rules.candidates import Reason


def inferred(t: Translator, fact: FieldInferred) -> Message:
    """Silta read more than was said: right?"""
    field = parts.field(t, fact.code)
    if fact.region:
        question = t.markup(
            "You are looking for a contact in *{field}*, in {region}. Right?", field=field, region=fact.region
        )
    else:
        question = t.markup("You are looking for a contact in *{field}*. Right?", field=field)
    choices = [_choice(t, code, _pick(t, fact.ask_ref, code)) for code in fact.others]
    return Message(
        question,
        (
            parts.says(question),
            parts.buttons(
                parts.button(t.text("Yes"), ids.FIELDS_CONFIRM, fact.ask_ref, style="primary"),
                parts.button(t.text("Another field"), ids.FIELDS_CHANGE, fact.ask_ref),
            ),
            *([parts.remarks(t.text("Or did you mean one of these?")), *choices] if choices else []),
        ),
    )


def unclear(t: Translator, fact: FieldUnclear) -> Message:
    """Up to three fields to choose from."""
    question = t.markup("Which field do you mean?")
    choices = [_choice(t, code, _pick(t, fact.ask_ref, code)) for code in fact.codes]
    other = parts.button(t.text("Another field"), ids.FIELDS_CHANGE, fact.ask_ref)
    return Message(question, (parts.says(question), *choices, parts.buttons(other)))


def menu(t: Translator, fact: FieldMenu) -> Message:
    """All fields in one menu, branch by branch."""
    question = t.markup("In which field would you like a contact?")
    select = StaticSelectElement(
        action_id=ids.FIELDS_PICK,
        placeholder=parts.plain(t.text("Choose a field"), 150),
        option_groups=[
            OptionGroup(
                label=parts.plain(parts.field(t, branch), 75),
                options=[parts.option(parts.field(t, code), parts.both(fact.ask_ref, code)) for code in codes],
            )
            for branch, codes in groupby(fact.codes, lambda code: code[:2])
        ],
    )
    return Message(question, (parts.says(question), parts.buttons(select)))


def candidates_found(t: Translator, fact: CandidatesFound) -> Message:
    """Up to three cards, best first."""
    lead = candidates_lead(t, fact)
    return Message(lead, (parts.says(lead), *candidate_cards(t, fact), _ways_on(t, fact)))


def candidates_lead(t: Translator, fact: CandidatesFound) -> str:
    """One sentence before the cards: how many people, and how near."""
    field = parts.field(t, fact.code)
    if fact.reach is Reach.NEARBY:
        return t.markup_plural(
            "I found one person in *{field}* whom you can ask.",
            "I found {count} people in *{field}* whom you can ask.",
            len(fact.cards),
            field=field,
        )
    if fact.reach is Reach.UNIT_CONTACTS:
        return t.markup(
            "Nobody in *{field}* in your country can be asked just now. "
            "These people know who teaches it at their institution.",
            field=field,
        )
    return t.markup("Nobody in *{field}* near you can be asked just now. These people are close to it.", field=field)


def candidate_cards(t: Translator, fact: CandidatesFound) -> list[Block]:
    """A card for each candidate; the first button is the one to press."""
    blocks: list[Block] = []
    for place, card in enumerate(fact.cards):
        blocks += _card(t, fact.ask_ref, card, style="primary" if place == 0 else None)
    return blocks


def nobody_open(t: Translator, fact: NobodyOpen) -> Message:
    """Nobody to ask now, and every way on."""
    lead = t.markup("Nobody in *{field}* can be asked just now.", field=parts.field(t, fact.code))
    return Message(lead, (parts.says(lead), *ways_on_from_nobody(t, fact)))


def ways_on_from_nobody(t: Translator, fact: NobodyOpen) -> list[Block]:
    """Wait for somebody, be told when somebody opens, or bring in a human."""
    blocks: list[Block] = []
    for person in fact.full:
        wait = parts.button(
            t.text("Wait for {name}", name=parts.first_name(person)),
            ids.INTRODUCTIONS_WAIT,
            parts.both(fact.ask_ref, person.ref),
        )
        blocks += [parts.says(t.markup("*{name}* has no free place just now.", name=person.name)), parts.buttons(wait)]
    ways = [parts.button(t.text("Tell me when someone opens"), ids.INTRODUCTIONS_WATCH, fact.ask_ref)]
    if fact.coordinator:
        label = t.text("Ask {name}, the coordinator", name=parts.first_name(fact.coordinator))
        ways.append(parts.button(label, ids.INTRODUCTIONS_TELL_COORDINATOR, fact.ask_ref))
    ways.append(parts.button(t.text("Another field"), ids.FIELDS_CHANGE, fact.ask_ref))
    return [*blocks, parts.buttons(*ways)]


def _ways_on(t: Translator, fact: CandidatesFound) -> Block:
    other = parts.button(t.text("Another field"), ids.FIELDS_CHANGE, fact.ask_ref)
    if fact.reach is Reach.NEARBY:
        return parts.buttons(other)
    watch = parts.button(t.text("Tell me when someone opens"), ids.INTRODUCTIONS_WATCH, fact.ask_ref)
    return parts.buttons(watch, other)


def _pick(t: Translator, ask_ref: str, code: str) -> ButtonElement:
    return parts.button(t.text("This one"), ids.FIELDS_PICK, parts.both(ask_ref, code))


def _choice(t: Translator, code: str, pick: ButtonElement) -> Block:
    block = parts.says(parts.bold(parts.field(t, code)))
    block.accessory = pick
    return block


def _card(t: Translator, ask_ref: str, card: Card, style: str | None) -> list[Block]:
    place = ", ".join(part for part in (card.institution, card.region) if part)
    lines = [parts.bold(card.person.name)]
    if called := parts.called(t, card.called):
        lines.append(shown_literally(called))
    if card.codes:
        lines.append(shown_literally(", ".join(parts.field(t, code) for code in card.codes)))
    if place:
        lines.append(shown_literally(on_one_line(place)))
    blocks: list[Block] = [parts.says("\n".join(lines))]
    if card.offer:
        blocks.append(parts.quotes(t, card.offer))
    blocks += [
        parts.remarks(*_remarks(t, card)),
        parts.buttons(_ask_button(t, ask_ref, card, style), parts.avoid(t, card.person)),
    ]
    return blocks


def _remarks(t: Translator, card: Card) -> list[str]:
    sentences = []
    if card.languages:
        spoken = t.all_of([t.language_name(code) for code in card.languages])
        sentences.append(t.text("Speaks {languages}.", languages=spoken))
    if card.reasons:
        sentences.append(t.text("Why: {reasons}.", reasons=", ".join(_reason(t, reason) for reason in card.reasons)))
    return [*sentences, _reachable(t, card), *_confirmed(t, card)]


def _reachable(t: Translator, card: Card) -> str:
    """When a request would reach this person, on the asker's own clock."""
    if card.away_until:
        return t.text("Away until {day}.", day=t.day(card.away_until))
    if card.at_once:
        return t.text("Can be reached now.")
    day, time = t.day(t.local_day(card.reached_at)), t.time(card.reached_at)
    return t.text("Can be reached from {day} at {time}.", day=day, time=time)


def _confirmed(t: Translator, card: Card) -> list[str]:
    """How fresh this is; nothing when nobody knows."""
    if card.confirmed_on is None:
        return []
    month = t.month(card.confirmed_on)
    if card.is_fresh:
        return [t.text("Confirmed in {month}.", month=month)]
    return [t.text("Last confirmed in {month}.", month=month)]


def _reason(t: Translator, reason: str) -> str:
    return {
        Reason.SAME_FIELD.value: t.text("same field"),
        Reason.NEIGHBOURING_FIELD.value: t.text("a field close to yours"),
        Reason.SHARED_LANGUAGE.value: t.text("a language you share"),
        Reason.SAME_REGION.value: t.text("near you"),
        Reason.SAME_COUNTRY.value: t.text("in your country"),
        Reason.OTHER_COUNTRY.value: t.text("in another country"),
        Reason.UNIT_CONTACT.value: t.text("contact of the institution: knows who teaches there"),
        Reason.SUGGESTED.value: t.text("suggested by a colleague"),
    }[reason]


def _ask_button(t: Translator, ask_ref: str, card: Card, style: str | None) -> ButtonElement:
    name, value = parts.first_name(card.person), parts.both(ask_ref, card.person.ref)
    if card.away_until:
        return parts.button(t.text("Wait for {name}", name=name), ids.INTRODUCTIONS_WAIT, value, style=style)
    return parts.button(t.text("Ask {name}", name=name), ids.INTRODUCTIONS_REQUEST, value, style=style)
