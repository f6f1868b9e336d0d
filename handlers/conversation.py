"""What people write: in direct messages, or mentioning Silta in a channel."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.facts.members import AnsweredPrivately
from bot.understanding.own_data import read_wish
from handlers.context import Turn
from handlers.payloads import Body, without_mention


async def message(ack: AsyncAck, context: AsyncBoltContext, event: Body) -> None:
    """A direct message; in every other conversation Silta is silent (R11, R15)."""
    await ack()
    turn: Turn = context["turn"]
    if event.get("channel_type") == "im":
        await _hear(turn, event.get("text") or "")


async def ignore(ack: AsyncAck) -> None:
    """Edited, deleted and joined messages: nothing to answer, and nothing is kept."""
    await ack()


async def mention(ack: AsyncAck, context: AsyncBoltContext, event: Body) -> None:
    """A mention in a channel: people are shown to the asker only, the thread says where."""
    await ack()
    turn: Turn = context["turn"]
    words = without_mention(event.get("text") or "")
    fact = await turn.services.conversation.hear_in_channel(turn.me.id, turn.channel or "", words)
    if fact is None:
        return
    await turn.answer(fact)
    await turn.reply_in_thread(AnsweredPrivately(), event.get("thread_ts") or event["ts"])


async def _hear(turn: Turn, text: str) -> None:
    """Whoever asks for nothing but their data need not be stored for it; everything else is a conversation."""
    match read_wish(text):
        case "export":
            await turn.answer(await turn.services.own_data.export(turn.me.id))
        case "forget":
            await turn.answer(await turn.services.leaving.consequences(turn.me.id))
        case _:
            await turn.answer(await turn.services.conversation.hear(turn.me.id, text))
