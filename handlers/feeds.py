"""Calendar addresses of members, by button."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.context import Turn


async def subscribe(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Subscribe in my calendar" was pressed. The address is for this person's eyes, so it goes to direct messages."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.feeds.subscribe(turn.me.id))


async def renew(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "New address" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.feeds.renew(turn.me.id))


async def stop(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Stop the calendar address" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.feeds.stop(turn.me.id))
