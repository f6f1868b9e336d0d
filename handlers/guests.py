"""Guests invited by a link, by button and form."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import guests as words
from bot.messages import ids
from handlers.context import Turn
from handlers.payloads import Body, card_of, line, remember, remembered, value


async def show(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Guests" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.guests.show(turn.me.id, value(body)))


async def invite(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Invite a guest" was pressed: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    await turn.open(words.form(turn.t, remember(value(body), card_of(body))))


async def submit(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the link is there."""
    await ack()
    turn: Turn = context["turn"]
    event_ref, _ = remembered(body)
    await turn.answer(await turn.services.guests.invite(turn.me.id, event_ref, line(body, ids.GUEST_NAME) or ""))


async def withdraw(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Withdraw the link" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.guests.withdraw(turn.me.id, value(body)))
