"""Days away, by button and form."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import away as words
from handlers.context import Turn
from handlers.payloads import Body, card_of, chosen_days, day_ranges, remember, remembered, value


async def confirm(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The days are right: they count from now on."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.away.confirm(turn.me.id, day_ranges(value(body))))


async def change(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The days are to be chosen, or were not right: the form opens with what was understood."""
    await ack()
    turn: Turn = context["turn"]
    chosen = value(body)
    form = turn.services.away.form(day_ranges(chosen))
    await turn.open(words.form(turn.t, form, remember(chosen, card_of(body))))


async def save(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: its days count, and so do the others that were understood with them."""
    await ack()
    turn: Turn = context["turn"]
    understood, card = remembered(body)
    ranges = (chosen_days(body), *day_ranges(understood)[1:])
    await turn.replace(await turn.services.away.confirm(turn.me.id, ranges), card)


async def end(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """Not away any more, or not at all."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.away.end(turn.me.id, value(body)))
