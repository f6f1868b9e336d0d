"""The one place where what went wrong becomes a clear sentence for the person it happened to."""

import secrets
from collections.abc import Awaitable, Callable

import structlog
from slack_bolt import BoltResponse
from slack_bolt.context.async_context import AsyncBoltContext

from bot.errors import Situation
from handlers.context import Turn

log = structlog.get_logger()


def tell_the_person() -> Callable[..., Awaitable[BoltResponse | None]]:
    """Bolt's error listener: a named situation is worded; anything else is logged, and the person is told later."""

    async def on_error(
        error: Exception, context: AsyncBoltContext, response: BoltResponse | None
    ) -> BoltResponse | None:
        # What has been acknowledged already has no response left to give, and Bolt insists on getting none then.
        seen = None if response is None else BoltResponse(status=200, body="")
        turn: Turn | None = context.get("turn")
        if turn is not None and isinstance(error, Situation):
            await _word(turn, error)
            return seen
        reference = secrets.token_hex(3).upper()
        log.error("listener.failed", reference=reference, exc_info=error)
        # Of a stranger nothing is stored, so there is nobody to owe anything to.
        if turn is not None and not turn.me.is_stranger:
            await turn.services.apologies.owe(turn.me.id, reference)
        return seen

    return on_error


async def _word(turn: Turn, situation: Situation) -> None:
    await turn.whisper(situation)
    if turn.is_at_home:
        # What was pressed there is no longer so; the view should not go on offering it.
        await turn.show_home()
