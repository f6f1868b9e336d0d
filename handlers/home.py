"""The home tab."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.context import Turn
from handlers.payloads import Body


async def opened(ack: AsyncAck, context: AsyncBoltContext, event: Body) -> None:
    """The home tab or the conversation with Silta was opened; the first time Silta says hello."""
    await ack()
    turn: Turn = context["turn"]
    if event.get("tab", "home") == "home":
        await turn.open_home()
    await turn.greet()
