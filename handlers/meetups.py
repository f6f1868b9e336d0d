"""Circles joined and left, polls answered, meetups proposed and told of, by button and form."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import ids
from bot.messages import meetups as words
from handlers.context import Turn
from handlers.payloads import Body, card_of, chosen, line, moment, remember, remembered, value


async def join(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Join" was pressed on a circle."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.circles.join(turn.me.id, value(body)))


async def leave(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Leave" was pressed on a circle."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.circles.leave(turn.me.id, value(body)))


async def propose(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Propose a meetup" was pressed: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    await turn.open(words.propose_form(turn.t, await turn.services.meetups.propose_form(turn.me.id, value(body))))


async def submit(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the circle is asked."""
    await ack()
    turn: Turn = context["turn"]
    times = [at for block in (ids.FIRST_TIME, ids.SECOND_TIME, ids.THIRD_TIME) if (at := moment(body, block))]
    circle, place, link = chosen(body, ids.CIRCLE), line(body, ids.PLACE) or "", line(body, ids.LINK) or ""
    await turn.answer(await turn.services.meetups.propose(turn.me.id, circle, times, place, link))


async def vote(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A time suits."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.meetups.vote(turn.me.id, value(body), suits=True))


async def unvote(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A time does not suit after all."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.meetups.vote(turn.me.id, value(body), suits=False))


async def not_this_time(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Not this time" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.meetups.not_this_time(turn.me.id, value(body)))


async def agenda(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Add to the agenda" was pressed in the group: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.meetups.agenda_form(turn.me.id, value(body))
    await turn.open(words.agenda_form(turn.t, fact, remember(fact.meetup_ref, card_of(body))))


async def submit_agenda(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the card of the group shows the line."""
    await ack()
    turn: Turn = context["turn"]
    meetup_ref, card = remembered(body)
    fact = await turn.services.meetups.add_to_agenda(turn.me.id, meetup_ref, line(body, ids.ITEM))
    if card is not None:
        await turn.replace(fact, card)


async def met(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """They met."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.meetups.tell(turn.me.id, value(body), "met"))


async def not_met(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """They did not meet."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.meetups.tell(turn.me.id, value(body), "not_met"))


async def not_yet(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """They have not met yet."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.meetups.tell(turn.me.id, value(body), "not_yet"))


async def calendar(ack: AsyncAck) -> None:
    """A calendar link was followed; Slack tells us, and there is nothing to do."""
    await ack()


async def outlook(ack: AsyncAck) -> None:
    """The second calendar link was followed."""
    await ack()


async def visit(ack: AsyncAck) -> None:
    """The link of the meetup was followed."""
    await ack()
