"""Answers to a light prompt, by button."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.context import Turn
from handlers.payloads import Body, value


async def offer(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "I could offer this" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.prompts.offer(turn.me.id, value(body)))


async def decline(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Not for me" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.prompts.decline(turn.me.id, value(body)))


async def later(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Another time" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.prompts.later(turn.me.id, value(body)))


async def take_back(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Take it back" was pressed on a task offer."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.prompts.take_back(turn.me.id, value(body)))
