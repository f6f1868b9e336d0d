"""What people write: in direct messages, after `/silta`, or mentioning Silta in a channel."""

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.facts.members import AnsweredPrivately
from bot.messages import event_forms as event_words
from handlers.context import Turn
from handlers.payloads import Body, without_mention


async def message(ack: AsyncAck, context: AsyncBoltContext, event: Body) -> None:
    """A direct message; in every other conversation Silta is silent (R11, R15)."""
    await ack()
    turn: Turn = context["turn"]
    if event.get("channel_type") == "im":
        await turn.answer(await turn.services.conversation.hear(turn.me.id, event.get("text") or ""))


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
        case "meetup":
            await turn.whisper(await turn.services.circles.shown(turn.me.id))
        case "event" | "events" as events:
            await _event(turn, events, rest)
        case "" | "help":
            await turn.whisper(await turn.services.conversation.welcome(turn.me.id))
        case unknown:
            await turn.whisper(await turn.services.conversation.welcome(turn.me.id, unknown[:40]))


async def _find(turn: Turn, text: str) -> None:
    if text.strip():
        await turn.answer(await turn.services.conversation.hear(turn.me.id, text))
    else:
        await turn.answer(await turn.services.fields.start(turn.me.id))
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())


async def _event(turn: Turn, word: str, line: str) -> None:
    """One line becomes a preview; without words the form opens. "events" are those that are ahead."""
    if word == "events":
        await turn.whisper(await turn.services.events.ahead(turn.me.id))
        return
    if not line.strip():
        form = await turn.services.event_drafts.start(turn.me.id)
        await turn.open(event_words.form(turn.t, form, form.draft_ref))
        return
    await turn.answer(await turn.services.event_drafts.draft(turn.me.id, line))
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())
