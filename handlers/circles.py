"""Circles: which there are, and how their members change them."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import circles as words
from bot.messages import ids
from handlers.context import Turn
from handlers.payloads import Body, chosen, remembered, value


async def show(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Circles" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.circles.shown(turn.me.id))


async def change(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Change how this works" was pressed: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    await turn.open(words.change_form(turn.t, await turn.services.circles.change_form(turn.me.id, value(body))))


async def submit_change(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the members vote."""
    await ack()
    turn: Turn = context["turn"]
    circle_ref, _ = remembered(body)
    weekday = chosen(body, ids.WEEKDAY).removeprefix("any")
    fact = await turn.services.circles.propose_change(turn.me.id, circle_ref, chosen(body, ids.RHYTHM), weekday)
    await turn.answer(fact)


async def agree(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """Yes to a wish."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.circles.vote(turn.me.id, value(body), agrees=True))


async def disagree(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """No to a wish."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.circles.vote(turn.me.id, value(body), agrees=False))
