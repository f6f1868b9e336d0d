"""When something goes wrong on the way to a person, they are told, even if Slack does not answer just now."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.services.intents import about
from storage.database import Database
from storage.outbox import Priority


@dataclass(frozen=True)
class _Mishap:
    ref: str
    workspace: str


@dataclass(frozen=True)
class Apologies:
    """Keeps the message that says sorry until it can be sent."""

    database: Database
    clock: Clock

    async def owe(self, member_id: int, reference: str) -> None:
        """Tells this person, as soon as Slack takes messages, that something went wrong, with a reference."""
        async with self.database.transaction() as store:
            member = await store.members.by_id(member_id)
            mishap = _Mishap(reference, member.workspace)
            await store.outbox.put(about(mishap, "errors.sorry", member, Priority.ANSWER, self.clock.now()))
