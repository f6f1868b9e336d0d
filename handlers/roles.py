"""Who looks after the network, decided by those who do."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.context import Turn
from handlers.payloads import Body, somebody, value


async def appoint(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A coordinator chose somebody to share the network with."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.roles.appoint(turn.me.id, somebody(body)))


async def withdraw(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A coordinator takes the role back, from somebody else or from themselves."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.roles.withdraw(turn.me.id, value(body)))
