"""What Silta answers, looked after by coordinators."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import knowledge as words
from handlers.context import Turn
from handlers.payloads import Body, entry, pair, remember, remembered, value


async def show(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "Answers" was pressed, at home or on the weekly list."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.entries.shown(turn.me.id))


async def language(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The answers in another language."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.entries.shown(turn.me.id, value(body)))


async def edit(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """An entry was chosen, a draft is to be changed, or there is to be a new one: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.entries.form(turn.me.id, *pair(value(body)))
    await turn.open(words.form(turn.t, fact, remember(value(body), None)))


async def preview(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: how it will look, and nothing has changed yet."""
    await ack()
    turn: Turn = context["turn"]
    chosen, _ = remembered(body)
    await turn.answer(await turn.services.entries.preview(turn.me.id, entry(body, *pair(chosen))))


async def save(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The draft answers from now on."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.entries.save(turn.me.id, value(body)))


async def drop(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The draft is not wanted."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.entries.drop(turn.me.id, value(body)))


async def retire(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The entry in the form is not to answer anybody any more; the form turns into the way back."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.entries.retire(turn.me.id, *pair(value(body)))
    await turn.answer(fact)
    await turn.turn_page(words.retired_page(turn.t, fact))


async def bring_back(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A retired entry is to answer again."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.entries.bring_back(turn.me.id, *pair(value(body))))
