"""Words for days away: said back before they count, and with the day of return."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block, ButtonElement, DatePickerElement, InputBlock, SectionBlock
from slack_sdk.models.views import View

from bot.facts.away import (
    AwayDays,
    AwayEnded,
    AwayForm,
    AwayHeard,
    AwayNoted,
    AwayPeriod,
    AwayUnclear,
    CapacityChosen,
)
from bot.facts.introductions import ContactAway
from bot.language import Translator
from bot.messages import ids, parts
from bot.messages.parts import Message


def heard(t: Translator, fact: AwayHeard) -> Message:
    """What was understood, and whether it is right."""
    lines = [_you_are_away(t, days) for days in fact.days]
    right = t.markup("Right?")
    lead = f"{lines[0]} {right}" if len(lines) == 1 else t.markup("I understood this. Right?")
    blocks = [parts.says(lead)] if len(lines) == 1 else [parts.says(lead), *(parts.says(line) for line in lines)]
    value = parts.day_ranges([(days.starts_on, days.ends_on) for days in fact.days])
    yes = parts.button(t.text("Yes"), ids.AWAY_CONFIRM, value, style="primary")
    return Message(lead, (*blocks, parts.buttons(yes, _change(t, value))))


def unclear(t: Translator, _fact: AwayUnclear) -> Message:
    """The days were not clear: they can be chosen, or left open."""
    lead = t.markup("When are you away? Choose the days, or pause without an end.")
    pause = parts.button(t.text("Pause"), ids.MEMBERS_PAUSE, "pause")
    return Message(lead, (parts.says(lead), parts.buttons(choose(t, style="primary"), pause)))


def noted(t: Translator, fact: AwayNoted) -> Message:
    """The days count."""
    lead = t.markup("Noted. You get no requests and no nudges on these days.")
    blocks: list[Block] = [parts.says(lead)]
    for period in fact.periods:
        blocks += period_with_end(t, period)
    return Message(lead, tuple(blocks))


def ended(t: Translator, _fact: AwayEnded) -> Message:
    """The days do not count any more."""
    lead = t.markup("These days are taken back. I write to you in your ordinary working time.")
    return Message(lead, (parts.says(lead),))


def capacity_chosen(t: Translator, fact: CapacityChosen) -> Message:
    """How many contacts there are places for."""
    if fact.places == 0:
        lead = t.markup("You get no new requests for now. Your contacts stay.")
    else:
        lead = t.markup_plural(
            "You have a place for {count} contact from now on.",
            "You have places for {count} contacts from now on.",
            fact.places,
        )
    return Message(lead, (parts.says(lead),))


def contact_away(t: Translator, fact: ContactAway) -> Message:
    """For whoever waits: the answer will take longer, and others can be asked instead."""
    name, days = fact.contact.name, fact.days
    lead = t.markup(
        "*{name}* is away from {first} to {last}, so the answer will take longer.",
        name=name,
        first=t.day(days.starts_on),
        last=t.day(days.ends_on),
    )
    if days.back_on is not None:
        lead += " " + t.markup("Back on {day}.", day=t.day(days.back_on))
    note = t.text("You can wait. Or take it back and ask me again: I look for others.")
    withdraw = parts.button(t.text("Take it back"), ids.INTRODUCTIONS_CANCEL, fact.introduction_ref)
    return Message(lead, (parts.says(lead), parts.remarks(note), parts.buttons(withdraw)))


def form(t: Translator, fact: AwayForm, remembered: str) -> View:
    """The first and the last day; `remembered` comes back with it."""
    return View(
        type="modal",
        callback_id=ids.AWAY_SAVE,
        private_metadata=remembered,
        title=parts.plain(t.text("Days away"), 24),
        submit=parts.plain(t.text("Save"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            _day(ids.STARTS_ON, t.text("First day away"), fact.starts_on),
            _day(ids.ENDS_ON, t.text("Last day away"), fact.ends_on),
        ],
    )


def settings(t: Translator, periods: Sequence[AwayPeriod]) -> list[Block]:
    """Days away in the home view."""
    return [block for period in periods for block in period_with_end(t, period)]


def period_with_end(t: Translator, period: AwayPeriod) -> list[Block]:
    """One period, with a button to take it back."""
    section: SectionBlock = parts.says(_you_are_away(t, period.days))
    return [section, parts.buttons(parts.button(t.text("I am not away"), ids.AWAY_END, period.ref))]


def choose(t: Translator, style: str | None = None) -> ButtonElement:
    """Opens the form with nothing in it."""
    return parts.button(t.text("Choose days"), ids.AWAY_CHANGE, parts.NO_DAYS, style=style)


def _change(t: Translator, value: str) -> ButtonElement:
    return parts.button(t.text("Change"), ids.AWAY_CHANGE, value)


def _you_are_away(t: Translator, days: AwayDays) -> str:
    first, last = t.day(days.starts_on), t.day(days.ends_on)
    if days.starts_on == days.ends_on:
        sentence = t.markup("You are away on {day}.", day=first)
    else:
        sentence = t.markup("You are away from {first} to {last}.", first=first, last=last)
    if days.back_on is None:
        return sentence
    back = t.markup("Back on {day}.", day=t.day(days.back_on))
    return f"{sentence} {back}"


def _day(name: str, label: str, chosen: date | None) -> InputBlock:
    return InputBlock(
        block_id=name,
        label=parts.plain(label, 2000),
        element=DatePickerElement(action_id=name, initial_date=chosen.isoformat() if chosen else None),
    )
