"""`/silta`, with a word after it or nothing for the menu."""

from collections.abc import Awaitable, Callable
from typing import Final, TypeAlias

from slack_bolt.context.ack.async_ack import AsyncAck
from slack_bolt.context.async_context import AsyncBoltContext

from bot.facts.members import AnsweredPrivately
from bot.messages import event_forms as event_words
from bot.messages import profiles as profile_words
from handlers.context import Turn
from handlers.payloads import Body

Word: TypeAlias = Callable[[Turn, str], Awaitable[None]]
"""What a word does with the text behind it."""


async def command(ack: AsyncAck, context: AsyncBoltContext, command: Body) -> None:
    """`/silta` was typed; a word that is not known is answered with the menu."""
    await ack()
    turn: Turn = context["turn"]
    word, _, rest = (command.get("text") or "").strip().partition(" ")
    if (act := WORDS.get(word.lower())) is not None:
        await act(turn, rest)
    else:
        await turn.whisper(await turn.services.conversation.welcome(turn.me.id, word[:40] or None))


async def _find(turn: Turn, text: str) -> None:
    heard = (
        turn.services.conversation.hear(turn.me.id, text) if text.strip() else turn.services.fields.start(turn.me.id)
    )
    await turn.answer(await heard)
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())


async def _ask(turn: Turn, text: str) -> None:
    conversation = turn.services.conversation
    await turn.answer(await (conversation.ask(turn.me.id, text) if text.strip() else conversation.welcome(turn.me.id)))
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())


async def _pause(turn: Turn, text: str) -> None:
    await turn.whisper(await turn.services.away.hear_command(turn.me.id, "pause", text))


async def _away(turn: Turn, text: str) -> None:
    await turn.whisper(await turn.services.away.hear_command(turn.me.id, "away", text))


async def _resume(turn: Turn, _text: str) -> None:
    await turn.whisper(await turn.services.members.resume(turn.me.id))


async def _profile(turn: Turn, _text: str) -> None:
    await turn.open(profile_words.form(turn.t, await turn.services.profiles.form(turn.me.id)))


async def _meetup(turn: Turn, _text: str) -> None:
    await turn.whisper(await turn.services.circles.shown(turn.me.id))


async def _event(turn: Turn, line: str) -> None:
    """One line becomes a preview; without words the form opens."""
    if not line.strip():
        form = await turn.services.event_drafts.start(turn.me.id)
        await turn.open(event_words.form(turn.t, form, form.draft_ref))
        return
    await turn.answer(await turn.services.event_drafts.draft(turn.me.id, line))
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())


async def _events(turn: Turn, _text: str) -> None:
    await turn.whisper(await turn.services.events.ahead(turn.me.id))


async def _my_data(turn: Turn, _text: str) -> None:
    await turn.answer(await turn.services.own_data.export(turn.me.id))
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())


async def _forget_me(turn: Turn, _text: str) -> None:
    await turn.answer(await turn.services.leaving.consequences(turn.me.id))
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())


async def _help(turn: Turn, _text: str) -> None:
    await turn.whisper(await turn.services.conversation.welcome(turn.me.id))


WORDS: Final[dict[str, Word]] = {
    "find": _find,
    "ask": _ask,
    "profile": _profile,
    "pause": _pause,
    "away": _away,
    "resume": _resume,
    "meetup": _meetup,
    "event": _event,
    "events": _events,
    "my-data": _my_data,
    "forget-me": _forget_me,
    "help": _help,
}
"""The words of the contract."""
