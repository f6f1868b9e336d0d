"""Asking for a contact, by button."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.context import Turn
from handlers.payloads import Body, pair, value


async def start(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Find a contact" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.fields.start(turn.me.id))


async def confirm(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The field was read rightly."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.fields.confirm(turn.me.id, value(body)))


async def change(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """Another field is meant."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.fields.change(turn.me.id, value(body)))


async def pick(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """One field was chosen."""
    await ack()
    turn: Turn = context["turn"]
    ask_ref, code = pair(value(body))
    await turn.replace(await turn.services.fields.pick(turn.me.id, ask_ref, code))
