"""What people write: in direct messages, after `/silta`, or mentioning Silta in a channel."""

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


async def command(ack: AsyncAck, context: AsyncBoltContext, command: Body) -> None:
    """`/silta`, with a word after it or nothing for the menu."""
    await ack()
    turn: Turn = context["turn"]
    word, _, rest = (command.get("text") or "").strip().partition(" ")
    match word.lower():
        case "find":
            await _find(turn, rest)
        case "pause" | "away":
            await turn.whisper(await turn.services.away.hear_command(turn.me.id, word.lower(), rest))
        case "resume":
            await turn.whisper(await turn.services.members.resume(turn.me.id))
        case "my-data" | "forget-me" as wish:
            await _hear_privately(turn, wish)
        case "meetup":
            await turn.whisper(await turn.services.circles.shown(turn.me.id))
        case "" | "help":
            await turn.whisper(await turn.services.conversation.welcome(turn.me.id))
        case unknown:
            await turn.whisper(await turn.services.conversation.welcome(turn.me.id, unknown[:40]))


async def _hear_privately(turn: Turn, text: str) -> None:
    await _hear(turn, text)
    await _say_where(turn)


async def _hear(turn: Turn, text: str) -> None:
    match read_wish(text):
        case "export":
            await turn.answer_each(await turn.services.own_data.export(turn.me.id))
        case "forget":
            await turn.answer(await turn.services.leaving.consequences(turn.me.id))
        case _:
            await turn.answer(await turn.services.conversation.hear(turn.me.id, text))


async def _find(turn: Turn, text: str) -> None:
    if text.strip():
        await turn.answer(await turn.services.conversation.hear(turn.me.id, text))
    else:
        await turn.answer(await turn.services.fields.start(turn.me.id))
    await _say_where(turn)


async def _say_where(turn: Turn) -> None:
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())
