"""Questions and what comes of them, by button and form."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import knowledge as knowledge_words
from bot.messages import questions as words
from bot.messages.ids import ENTRY_ANSWER, ENTRY_QUESTIONS, WITHOUT_NAME, WORDS
from bot.messages.parts import both
from handlers.context import Turn
from handlers.payloads import Body, card_of, pair, paragraphs, remember, remembered, subject, ticked, value


async def pick(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """One of the questions that were proposed was meant."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.questions.pick(turn.me.id, *subject(body)))


async def helpful(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Was this what you needed?" Yes."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.questions.helpful(turn.me.id, *subject(body)))


async def not_helpful(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Was this what you needed?" No: a person is offered."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.questions.not_helpful(turn.me.id, *subject(body)))


async def tell_coordinator(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The asker wants it on the coordinators' list."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.questions.tell_coordinator(turn.me.id, *subject(body)))


async def ask_person(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Ask a person" was pressed: the form opens with the words in it."""
    await ack()
    turn: Turn = context["turn"]
    entry_id, asked = subject(body)
    fact = await turn.services.handover.form(turn.me.id, entry_id, asked)
    await turn.open(words.ask_form(turn.t, fact, remember(both(entry_id, fact.receiver.ref), card_of(body))))


async def submit_question(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The form came back: the question goes to a person."""
    await ack()
    turn: Turn = context["turn"]
    (chosen, card), asked, nameless = remembered(body), paragraphs(body, WORDS), ticked(body, WITHOUT_NAME)
    fact = await turn.services.handover.ask_person(turn.me.id, *pair(chosen), asked, without_name=nameless)
    await turn.replace(fact, card)


async def pass_words_on(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Pass my words on" was pressed below the words themselves (R14)."""
    await ack()
    turn: Turn = context["turn"]
    about, asked = subject(body)
    await turn.replace(await turn.services.handover.ask_person(turn.me.id, *pair(about), asked))


async def take_back(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The asker does not need an answer any more."""
    await ack()
    turn: Turn = context["turn"]
    await turn.replace(await turn.services.handover.take_back(turn.me.id, value(body)))


async def reply(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Answer" was pressed by the one who was asked: the form opens."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.replies.reply_form(turn.me.id, value(body))
    await turn.open(words.reply_form(turn.t, fact, remember(value(body), card_of(body))))


async def submit_reply(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The answer was written."""
    await ack()
    turn: Turn = context["turn"]
    question_ref, card = remembered(body)
    await turn.replace(await turn.services.replies.reply(turn.me.id, question_ref, paragraphs(body, WORDS)), card)


async def save_answer(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """ "Save as answer" was pressed: the form opens, so that what is personal can be left out."""
    await ack()
    turn: Turn = context["turn"]
    fact = await turn.services.replies.draft_form(turn.me.id, value(body))
    await turn.open(knowledge_words.draft_form(turn.t, fact, remember(value(body), card_of(body))))


async def submit_draft(ack: AsyncAck, context: AsyncBoltContext, body: Body) -> None:
    """The suggested answer waits for a coordinator."""
    await ack()
    turn: Turn = context["turn"]
    question_ref, card = remembered(body)
    asked, answer = paragraphs(body, ENTRY_QUESTIONS), paragraphs(body, ENTRY_ANSWER)
    await turn.replace(await turn.services.replies.save_answer(turn.me.id, question_ref, asked, answer), card)
