"""Words for circles: which there are, how they work, and the votes that change it. The label is always shown (S39)."""

from typing import Final

from slack_sdk.models.blocks import Block, ButtonElement, ConfirmObject, InputBlock, StaticSelectElement
from slack_sdk.models.views import View

from bot.facts.meetups import (
    Change,
    ChangeForm,
    ChangeVote,
    Circle,
    CircleCard,
    CircleOffer,
    CirclesShown,
    Joined,
    Left,
)
from bot.language import Markup, Translator, on_one_line
from bot.messages import ids, parts
from bot.messages.parts import Message
from bot.rules.rounds import RHYTHMS, WEEKDAYS

CIRCLES_AT_HOME: Final = 4
CIRCLES_SHOWN: Final = 8


def shown(t: Translator, fact: CirclesShown) -> Message:
    """My circles, and those I may join."""
    lead = t.markup("*Circles* are small and semi-official: people of one field and region who meet now and then.")
    blocks: list[Block] = [parts.says(lead)]
    for card in fact.mine[:CIRCLES_SHOWN]:
        blocks += card_blocks(t, card)
    if fact.offers:
        blocks.append(parts.says(t.markup("You may join:")))
        blocks += [_offer(t, offer) for offer in fact.offers]
    if not (fact.mine or fact.offers):
        blocks.append(
            parts.says(
                t.markup("There is no circle for you yet: I do not know your field. Your coordinator can add it.")
            )
        )
    return Message(lead, tuple(blocks))


def joined(t: Translator, fact: Joined) -> Message:
    """In the circle, and what comes next."""
    lead = t.markup("You are in: *{circle}*.", circle=name(t, fact.card.circle))
    return Message(lead, (parts.says(lead), *card_blocks(t, fact.card)))


def left(t: Translator, fact: Left) -> Message:
    """Out of the circle."""
    lead = t.markup("You have left *{circle}*. You can join again whenever you like.", circle=name(t, fact.circle))
    return Message(lead, (parts.says(lead),))


def card_blocks(t: Translator, card: CircleCard) -> list[Block]:
    """A circle with its rhythm, its change log and what can be done; one section and its buttons."""
    sentences = [t.markup("*{circle}* (semi-official)", circle=name(t, card.circle)), _how_many(t, card.members)]
    if card.meets_at:
        day, time = t.day(t.local_day(card.meets_at)), t.time(card.meets_at)
        sentences.append(t.markup("You meet on {day} at {time}.", day=day, time=time))
    sentences.append(works(t, card.rhythm, card.weekday))
    if card.next_on:
        sentences.append(t.markup("Next poll: {day}.", day=t.day(card.next_on)))
    sentences += [_logged(t, change) for change in card.changes]
    return [parts.says("\n".join(sentences)), parts.buttons(*_buttons(t, card))]


def change_form(t: Translator, fact: ChangeForm) -> View:
    """How often, and on which weekday."""
    rhythms = {one: parts.option(rhythm(t, one), one) for one in RHYTHMS}
    days = {"any": parts.option(t.text("any weekday"), "any")}
    days |= {one: parts.option(weekday(t, one), one) for one in WEEKDAYS}
    say = t.markup(
        "The members of *{circle}* decide: more yes than no, and a third of them votes.",
        circle=name(t, fact.card.circle),
    )
    return View(
        type="modal",
        callback_id=ids.CIRCLES_SUBMIT_CHANGE,
        private_metadata=fact.card.circle.ref,
        title=parts.plain(t.text("Change the circle"), 24),
        submit=parts.plain(t.text("Put to the vote"), 24),
        close=parts.plain(t.text("Back"), 24),
        blocks=[
            parts.says(say),
            InputBlock(
                block_id=ids.RHYTHM,
                label=parts.plain(t.text("How often?"), 2000),
                element=StaticSelectElement(
                    action_id=ids.RHYTHM, options=list(rhythms.values()), initial_option=rhythms[fact.card.rhythm]
                ),
            ),
            InputBlock(
                block_id=ids.WEEKDAY,
                label=parts.plain(t.text("On which weekday?"), 2000),
                element=StaticSelectElement(
                    action_id=ids.WEEKDAY, options=list(days.values()), initial_option=days[fact.card.weekday or "any"]
                ),
            ),
        ],
    )


def change_vote(t: Translator, fact: ChangeVote) -> Message:
    """A wish, and what the reader has voted."""
    lead = t.markup(
        "A wish for *{circle}* (semi-official): {wish}",
        circle=name(t, fact.circle),
        wish=Markup(works(t, fact.rhythm, fact.weekday)),
    )
    until = t.text("The vote is open until {day}.", day=t.day(t.local_day(fact.closes_at)))
    blocks: list[Block] = [parts.says(lead)]
    if fact.agrees is not None:
        blocks.append(parts.says(t.markup("You voted *yes*.") if fact.agrees else t.markup("You voted *no*.")))
    yes = parts.button(t.text("Yes"), ids.CIRCLES_AGREE, fact.change_ref)
    no = parts.button(t.text("No"), ids.CIRCLES_DISAGREE, fact.change_ref)
    return Message(lead, (*blocks, parts.remarks(until), parts.buttons(yes, no)))


def news(t: Translator, changes: tuple[Change, ...]) -> list[Block]:
    """What the members have decided since the last message."""
    return [parts.says(_logged(t, change)) for change in changes]


def name(t: Translator, circle: Circle) -> str:
    """A circle is called after its field, or the leaders, and its region."""
    what = parts.field(t, circle.code) if circle.code else t.text("Leaders")
    region = on_one_line(circle.region)
    return f"{what}, {region}" if region else what


def rhythm(t: Translator, value: str) -> str:
    """How often the circle is asked."""
    return {
        "monthly": t.text("once a month"),
        "two_months": t.text("every two months"),
        "quarterly": t.text("four times a year"),
        "pause": t.text("a pause"),
    }[value]


def weekday(t: Translator, value: str) -> str:
    """The day that the circle prefers."""
    return {
        "monday": t.text("on a Monday"),
        "tuesday": t.text("on a Tuesday"),
        "wednesday": t.text("on a Wednesday"),
        "thursday": t.text("on a Thursday"),
        "friday": t.text("on a Friday"),
    }[value]


def works(t: Translator, how_often: str, on: str) -> str:
    """How a circle works, as one sentence."""
    if on:
        return t.markup("Rhythm: {rhythm}, {weekday}.", rhythm=rhythm(t, how_often), weekday=weekday(t, on))
    return t.markup("Rhythm: {rhythm}.", rhythm=rhythm(t, how_often))


def _logged(t: Translator, change: Change) -> str:
    how = Markup(works(t, change.rhythm, change.weekday))
    return t.markup("The members changed this on {day}. {how}", day=t.day(change.on), how=how)


def _how_many(t: Translator, members: int) -> str:
    return t.markup_plural("{count} member", "{count} members", members)


def _buttons(t: Translator, card: CircleCard) -> tuple[ButtonElement, ...]:
    ref = card.circle.ref
    question = t.text("You get no more polls of this circle. Nobody is told.")
    sure = ConfirmObject(
        title=parts.plain(t.text("Leave the circle?"), 100),
        text=parts.plain(question, 300),
        confirm=parts.plain(t.text("Leave"), 30),
        deny=parts.plain(t.text("Back"), 30),
    )
    return (
        parts.button(t.text("Propose a meetup"), ids.MEETUPS_PROPOSE, ref),
        parts.button(t.text("Change how this works"), ids.CIRCLES_CHANGE, ref),
        parts.button(t.text("Leave"), ids.MEETUPS_LEAVE, ref, confirm=sure),
    )


def _offer(t: Translator, offer: CircleOffer) -> Block:
    section = parts.says("\n".join([parts.bold(name(t, offer.circle)), _how_many(t, offer.members)]))
    section.accessory = parts.button(t.text("Join"), ids.MEETUPS_JOIN, offer.choice)
    return section
