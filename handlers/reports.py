"""Reporting a problem with a contact, by button and form."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.facts.reports import ReportForm
from bot.messages import ids
from bot.messages import reports as words
from handlers.context import Turn
from handlers.payloads import Body, chosen, remembered, text_of, ticked, value


async def begin(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Report a problem" was pressed: the short form opens. The card stays as it is."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.reports.form(turn.me.id, value(body))
    if isinstance(fact, ReportForm):
        await turn.open(words.form(turn.t, fact, value(body)))
    else:
        await turn.answer(fact)


async def submit(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: coordinators are told."""
    await ack()
    turn: Turn = context["turn"]
    ref, _ = remembered(body)
    category, said, pass_on = chosen(body, ids.CATEGORY), text_of(body, ids.WORDS), ticked(body, ids.PASS_ON)
    await turn.answer(await turn.services.reports.report(turn.me.id, ref, category, said, pass_words_on=pass_on))


async def part(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "End this contact" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.reports.part(turn.me.id, value(body)))
