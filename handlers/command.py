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
    """`/silta` was typed. What begins with no word of ours is heard like a message; one such word gets the menu."""
    await ack()
    turn: Turn = context["turn"]
    text = (command.get("text") or "").strip()
    word, _, rest = text.partition(" ")
    if (act := WORDS.get(word.lower())) is not None:
        await act(turn, rest)
    elif rest:
        await _tell(turn, await turn.services.conversation.hear(turn.me.id, text))
    else:
        await _carefully(_menu)(turn, word)


def _carefully(act: Word) -> Word:
    """Something serious behind a word comes before what the word does (R14)."""

    async def act_unless_serious(turn: Turn, text: str) -> None:
        serious = await turn.services.conversation.hear_serious(turn.me.id, text) if text else None
        await (act(turn, text) if serious is None else _tell(turn, serious))

    return act_unless_serious


async def _menu(turn: Turn, unknown_word: str) -> None:
    await turn.whisper(await turn.services.conversation.welcome(turn.me.id, unknown_word[:40] or None))


async def _tell(turn: Turn, fact: object) -> None:
    """Says it in the direct messages, and where that is to whoever typed elsewhere."""
    await turn.answer(fact)
    if not turn.in_direct_messages:
        await turn.whisper(AnsweredPrivately())


async def _find(turn: Turn, text: str) -> None:
    heard = (
        turn.services.conversation.hear(turn.me.id, text) if text.strip() else turn.services.fields.start(turn.me.id)
    )
    await _tell(turn, await heard)


async def _ask(turn: Turn, text: str) -> None:
    conversation = turn.services.conversation
    heard = conversation.ask(turn.me.id, text) if text.strip() else conversation.welcome(turn.me.id)
    await _tell(turn, await heard)


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
    await _tell(turn, await turn.services.event_drafts.draft(turn.me.id, line))


async def _events(turn: Turn, _text: str) -> None:
    await turn.whisper(await turn.services.events.ahead(turn.me.id))


async def _my_data(turn: Turn, _text: str) -> None:
    await _tell(turn, await turn.services.own_data.export(turn.me.id))


async def _forget_me(turn: Turn, _text: str) -> None:
    await _tell(turn, await turn.services.leaving.consequences(turn.me.id))


async def _help(turn: Turn, _text: str) -> None:
    await turn.whisper(await turn.services.conversation.welcome(turn.me.id))


WORDS: Final[dict[str, Word]] = {
    "find": _find,
    "ask": _ask,
    "profile": _carefully(_profile),
    "pause": _carefully(_pause),
    "away": _carefully(_away),
    "resume": _carefully(_resume),
    "meetup": _carefully(_meetup),
    # Nobody speaks of themselves here: a training may be about bullying.
    "event": _event,
    "events": _carefully(_events),
    "my-data": _carefully(_my_data),
    "forget-me": _carefully(_forget_me),
    "help": _carefully(_help),
}
"""The words of the contract."""
