"""Words for the one nudge a week."""

from slack_sdk.models.blocks import Block

from bot.facts.nudges import Nudge, RhythmChosen, Snoozed
from bot.language import Translator
from bot.messages import ids, parts, requests
from bot.messages.parts import Message


def nudge(t: Translator, fact: Nudge) -> Message:
    """Who waits, each answerable by one press, and fewer nudges in one press too."""
    lead = t.markup_plural(
        "One person is waiting for your answer.", "{count} people are waiting for your answer.", len(fact.waiting)
    )
    blocks: list[Block] = [parts.says(lead)]
    for place, request in enumerate(fact.waiting):
        about = f"{request.asker.name}, {parts.field(t, request.code)}"
        style = "primary" if place == 0 else None
        blocks += [parts.says(parts.bold(about)), requests.answers(t, request, style=style)]
    fewer = parts.buttons(
        parts.button(t.text("Less often"), ids.NUDGES_LESS_OFTEN, "less"),
        parts.button(t.text("Not next week"), ids.NUDGES_SNOOZE, "snooze"),
    )
    return Message(lead, (*blocks, fewer))


def rhythm_chosen(t: Translator, fact: RhythmChosen) -> Message:
    """How often from now on."""
    lead = {
        "weekly": t.markup("From now on at most one nudge a week."),
        "fortnightly": t.markup("From now on at most one nudge every two weeks."),
        "monthly": t.markup("From now on at most one nudge every four weeks."),
        "when_needed": t.markup("No more nudges. You hear from me only when somebody asks for you."),
    }[fact.rhythm]
    return Message(lead, (parts.says(lead),))


def snoozed(t: Translator, _fact: Snoozed) -> Message:
    """No nudge next week."""
    lead = t.markup("No nudge next week.")
    return Message(lead, (parts.says(lead),))
