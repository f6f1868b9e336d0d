"""Events drafted, announced and answered, by button and form."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import event_desk, ids
from bot.messages import event_forms as words
from handlers.context import Turn
from handlers.payloads import Body, card_of, chosen_several, line, moment, remember, remembered, value


async def draft(ack: AsyncAck, context: AsyncBoltContext) -> None:
    """ "New event" was pressed: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    form = await turn.services.event_drafts.start(turn.me.id)
    await turn.open(words.form(turn.t, form, form.draft_ref))


async def edit(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Edit" was pressed on a draft or an announced event: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    form = await turn.services.event_drafts.form(turn.me.id, value(body))
    await turn.open(words.form(turn.t, form, remember(form.draft_ref, card_of(body))))


async def preview(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back without mistakes: what would go out."""
    await ack()
    turn: Turn = context["turn"]
    draft_ref, card = remembered(body)
    await turn.replace(await turn.services.event_drafts.preview(turn.me.id, draft_ref), card)


async def publish(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Publish" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.events.publish(turn.me.id, value(body)))


async def schedule(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Schedule" was pressed: the form asks when."""
    await ack()
    turn: Turn = context["turn"]
    await turn.open(words.schedule_form(turn.t, remember(value(body), card_of(body))))


async def submit_schedule(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the announcement waits for its moment."""
    await ack()
    turn: Turn = context["turn"]
    draft_ref, card = remembered(body)
    fact = await turn.services.events.publish(turn.me.id, draft_ref, moment(body, ids.PUBLISH_AT))
    await turn.replace(fact, card)


async def cancel(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """A draft is dropped, or an event called off."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.events.cancel(turn.me.id, value(body)))


async def stop(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Stop invitations" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.events.stop(turn.me.id, value(body)))


async def show(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Refresh" or "Open" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.events.show(turn.me.id, value(body)))


async def attendance(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Who comes" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.events.attendance(turn.me.id, value(body)))


async def export(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Download as a table" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.events.attendance(turn.me.id, value(body))
    await turn.send_file(f"event-{fact.event.ref}.csv", event_desk.attendance_file(turn.t, fact))


async def told(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Who was told" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.answer(await turn.services.events.told(turn.me.id, value(body)))


async def yes(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "I'm coming" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.settle(await turn.services.event_replies.answer(turn.me.id, value(body), "yes"))


async def maybe(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Maybe" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.settle(await turn.services.event_replies.answer(turn.me.id, value(body), "maybe"))


async def no(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Not this time" was pressed."""
    await ack()
    turn: Turn = context["turn"]
    await turn.settle(await turn.services.event_replies.answer(turn.me.id, value(body), "no"))


async def was_there(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """They were there."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.event_replies.tell(turn.me.id, value(body), was_there=True))


async def was_not_there(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """They were not there."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.event_replies.tell(turn.me.id, value(body), was_there=False))


async def learn(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Share one line" was pressed: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.event_replies.lesson_form(turn.me.id, value(body))
    await turn.open(words.lesson_form(turn.t, fact, remember(fact.event_ref, card_of(body))))


async def submit_lesson(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the line is kept if it was ticked."""
    await ack()
    turn: Turn = context["turn"]
    event_ref, card = remembered(body)
    written, ticked = line(body, ids.LESSON), bool(chosen_several(body, ids.IS_SHARED))
    fact = await turn.services.event_replies.share_lesson(turn.me.id, event_ref, written, is_shared=ticked)
    await turn.replace(fact, card)


async def visit(ack: AsyncAck) -> None:
    """The link of an event was followed; Slack tells us, and there is nothing to do."""
    await ack()


async def calendar(ack: AsyncAck) -> None:
    """A calendar link was followed."""
    await ack()


async def outlook(ack: AsyncAck) -> None:
    """The second calendar link was followed."""
    await ack()
