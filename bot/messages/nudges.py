"""Words for the one nudge a week."""

from typing import Final

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement, DividerBlock, StaticSelectElement

from bot.facts.nudges import Nudge, RhythmChosen, Snoozed
from bot.language import Translator
from bot.messages import ids, parts, promises, prompts, requests
from bot.messages.parts import Message

OUTCOME: Final = 10
"""Places of what stands above the items; the items themselves are counted from 0."""


def nudge(t: Translator, fact: Nudge) -> Message:
    """People who wait, things promised, one light question; each answerable by one press, and so is "less often"."""
    lead = _lead(t, fact)
    return Message(lead, (parts.says(lead), *_items(t, fact), *_rhythm(t, fact)))


def with_rest(t: Translator, answer: Message, rest: Nudge) -> Message:
    """The outcome of one press, or a reminder (R20), and below it what is open of the same message.

    A button of the outcome, such as "take it back", is an item too: pressing it must not take the others away.
    """
    for place, block in enumerate(answer.blocks, OUTCOME):
        if isinstance(block, ActionsBlock):
            block.block_id = parts.item_id(rest.nudge_ref, _left(rest), place)
    below = (DividerBlock(), *_items(t, rest, after_another=True), *_rhythm(t, rest))
    return Message(answer.text, (*answer.blocks, *below))


def rhythm_chosen(t: Translator, fact: RhythmChosen) -> Message:
    """How often from now on, and the way back."""
    lead = {
        "weekly": t.markup("From now on at most one nudge a week."),
        "fortnightly": t.markup("From now on at most one nudge every two weeks."),
        "monthly": t.markup("From now on at most one nudge every four weeks."),
        "when_needed": t.markup("From now on you hear from me only when somebody needs you."),
    }[fact.rhythm]
    blocks: list[Block] = [parts.says(lead)]
    if fact.rhythm != "weekly":
        blocks.append(parts.buttons(_weekly(t)))
    return Message(lead, tuple(blocks))


def snoozed(t: Translator, fact: Snoozed) -> Message:
    """The next one is skipped."""
    lead = t.markup("I skip the next nudge. None comes before {day}.", day=t.day(fact.next_on))
    return Message(lead, (parts.says(lead),))


def rhythms(t: Translator, chosen: str | None, action_id: str = ids.NUDGES_RHYTHM) -> StaticSelectElement:
    """All rhythms in one menu; nothing is chosen for somebody who wants no nudges."""
    options = {
        "weekly": parts.option(t.text("Nudges: every week"), "weekly"),
        "fortnightly": parts.option(t.text("Nudges: every two weeks"), "fortnightly"),
        "monthly": parts.option(t.text("Nudges: every four weeks"), "monthly"),
        "when_needed": parts.option(t.text("Nudges: only when somebody needs me"), "when_needed"),
    }
    return StaticSelectElement(
        action_id=action_id,
        placeholder=parts.plain(t.text("Nudges: none"), 150),
        options=list(options.values()),
        initial_option=options[chosen] if chosen else None,
    )


def _lead(t: Translator, fact: Nudge) -> str:
    if fact.waiting:
        return t.markup_plural(
            "One person is waiting for your answer.", "{count} people are waiting for your answer.", len(fact.waiting)
        )
    if fact.promises:
        return t.markup("A small reminder of something you noted for yourself.")
    return t.markup("A small question, if you like.")


def _items(t: Translator, fact: Nudge, *, after_another: bool = False) -> list[Block]:
    """Every item; the first "yes" stands out unless something above it does."""
    blocks: list[Block] = []
    left = _left(fact)
    for place, request in enumerate(fact.waiting):
        about = f"{request.asker.name}, {parts.field(t, request.code)}"
        style = "primary" if place == 0 and not after_another else None
        block_id = parts.item_id(fact.nudge_ref, left, place)
        blocks += [parts.says(parts.bold(about)), requests.answers(t, request, style=style, block_id=block_id)]
    for place, promise in enumerate(fact.promises, len(fact.waiting)):
        blocks += promises.item(t, promise, parts.item_id(fact.nudge_ref, left, place))
    if fact.prompt:
        blocks += prompts.item(t, fact.prompt, parts.item_id(fact.nudge_ref, left, left - 1))
    return blocks


def _left(fact: Nudge) -> int:
    return len(fact.waiting) + len(fact.promises) + (fact.prompt is not None)


def _rhythm(t: Translator, fact: Nudge) -> list[Block]:
    """Fewer nudges in one press; said openly when Silta itself writes less often from now on (R4)."""
    blocks: list[Block] = []
    if fact.slowed_down and fact.rhythm == "when_needed":
        blocks.append(
            parts.remarks(t.text("You seem to have enough to do. After this I write only when somebody needs you."))
        )
    elif fact.slowed_down:
        blocks.append(
            parts.remarks(t.text("You seem to have enough to do, so I write only every two weeks from now on."))
        )
    return [*blocks, parts.buttons(*_rhythm_buttons(t, fact))]


def _rhythm_buttons(t: Translator, fact: Nudge) -> list[ButtonElement]:
    skip = parts.button(t.text("Skip the next one"), ids.NUDGES_SNOOZE, "snooze")
    buttons = [_weekly(t)] if fact.slowed_down else []
    if fact.rhythm in {"weekly", "fortnightly"} and not fact.slowed_down:
        buttons.append(parts.button(t.text("Less often"), ids.NUDGES_LESS_OFTEN, "less"))
    buttons.append(skip)
    if fact.rhythm != "when_needed":
        buttons.append(parts.button(t.text("Only when somebody needs me"), ids.NUDGES_WHEN_NEEDED, "when_needed"))
    return buttons


def _weekly(t: Translator) -> ButtonElement:
    return parts.button(t.text("Every week again"), ids.NUDGES_WEEKLY, "weekly")
