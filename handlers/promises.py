"""What somebody promised: noted, done or dropped, by button and form."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.facts.promises import PromiseForm
from bot.messages import promises as words
from handlers import payloads
from handlers.context import Turn
from handlers.payloads import Body, value


async def note(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Note something I promised" was pressed: the short form opens."""
    await ack()
    turn: Turn = context["turn"]
    await turn.open(words.form(turn.t, PromiseForm()))


async def submit(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the promise is kept."""
    await ack()
    turn: Turn = context["turn"]
    promise, due_on = payloads.promise(body), payloads.due_on(body)
    await turn.replace(await turn.services.promises.note(turn.me.id, promise, due_on))


async def done(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Done" was pressed, on a card or at home."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.promises.done(turn.me.id, value(body)))


async def drop(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Drop it" was pressed, on a card or at home."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.promises.drop(turn.me.id, value(body)))
