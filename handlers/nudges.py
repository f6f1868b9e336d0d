"""Fewer nudges, by button."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.context import Turn


async def less_often(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Less often" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.nudges.less_often(turn.me.id))


async def snooze(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Not next week" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.nudges.snooze(turn.me.id))
