"""What is not clear in the form of a profile, before Slack hears that it was received."""

from collections.abc import Mapping

from slack_bolt.context.async_context import AsyncBoltContext

from bot.messages import profiles as words
from handlers.context import Turn
from handlers.payloads import Body, profile


async def mistakes(context: AsyncBoltContext, body: Body) -> Mapping[str, str]:
    """The sentences that belong beside the fields of the form."""
    turn: Turn = context["turn"]
    found = turn.services.profiles.mistakes(profile(body))
    return words.mistakes(turn.t, found) if found else {}
