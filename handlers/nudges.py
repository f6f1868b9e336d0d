"""How often nudges come, by button and menu."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.rules.nudges import WEEKLY, WHEN_NEEDED
from handlers.context import Turn
from handlers.payloads import Body, value


async def less_often(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Less often" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.nudges.less_often(turn.me.id))


async def snooze(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Skip the next one" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.nudges.snooze(turn.me.id))


async def when_needed(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Only when somebody needs me" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.nudges.choose_rhythm(turn.me.id, WHEN_NEEDED))


async def weekly(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Every week again" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.nudges.choose_rhythm(turn.me.id, WEEKLY))


async def rhythm(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A rhythm was chosen at home; the home view is the answer."""
    await ack()
    turn: Turn = context["turn"]
    await turn.services.nudges.choose_rhythm(turn.me.id, value(body))
    await turn.show_home()
