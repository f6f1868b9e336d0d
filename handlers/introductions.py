"""Requests and their answers, by button and form."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.facts.introductions import RequestForm
from bot.messages import introductions as words
from bot.messages import requests as request_words
from handlers.context import Turn
from handlers.payloads import Body, card_of, colleague, kinds, note, pair, remember, remembered, value


async def request(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Ask …" was pressed on a candidate's card: the short form opens."""
    await ack()
    turn: Turn = context["turn"]
    chosen = value(body)
    fact = await turn.services.introductions.request_form(turn.me.id, *pair(chosen))
    if isinstance(fact, RequestForm):
        await turn.open(words.request_form(turn.t, fact, remember(chosen, card_of(body))))
    else:
        await turn.replace(fact)


async def submit_request(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the contact person is asked."""
    await ack()
    turn: Turn = context["turn"]
    chosen, card = remembered(body)
    fact = await turn.services.introductions.request(turn.me.id, *pair(chosen), kinds(body), note(body))
    await turn.replace(fact, card)


async def wait(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Wait for …" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.waits.wait(turn.me.id, *pair(value(body))))


async def watch(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Tell me when someone opens" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.waits.watch(turn.me.id, value(body)))


async def cancel(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A request was taken back, or a place in a waiting list given up."""
    await ack()
    turn: Turn = context["turn"]
    withdrawn = await turn.services.introductions.cancel(turn.me.id, value(body))
    await turn.replace(withdrawn or await turn.services.waits.leave(turn.me.id, value(body)))


async def tell_coordinator(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The asker wants a human to help."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.introductions.tell_coordinator(turn.me.id, value(body)))


async def accept(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The contact person said yes."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.answers.accept(turn.me.id, value(body)))


async def decline(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The contact person said not now."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.answers.decline(turn.me.id, value(body)))


async def pass_on(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The contact person would like to suggest a colleague: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.answers.pass_on_form(turn.me.id, value(body))
    await turn.open(request_words.pass_on_form(turn.t, fact, remember(value(body), card_of(body))))


async def submit_colleague(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The colleague was chosen."""
    await ack()
    turn: Turn = context["turn"]
    introduction_ref, card = remembered(body)
    await turn.replace(await turn.services.answers.pass_on(turn.me.id, introduction_ref, colleague(body)), card)
