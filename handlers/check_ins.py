"""How a contact goes, by button and menu."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from handlers.context import Turn
from handlers.payloads import Body, pair, value


async def in_touch(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Yes, we were in touch" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.check_ins.in_touch(turn.me.id, value(body)))


async def not_yet(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Not yet" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.check_ins.not_yet(turn.me.id, value(body)))


async def no_longer_needed(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "No longer needed" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.check_ins.no_longer_needed(turn.me.id, value(body)))


async def benefit(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """What somebody got out of a contact was chosen."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.check_ins.benefit(turn.me.id, *pair(value(body))))


async def keep(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Keep" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.check_ins.keep(turn.me.id, value(body)))


async def close(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Thank and close" was pressed, on a card or at home."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.check_ins.close(turn.me.id, value(body)))
