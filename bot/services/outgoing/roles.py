"""What messages about looking after the network tell."""

from typing import Final

from bot.facts.roles import NoLongerCoordinator, NowCoordinator
from bot.services import people
from bot.services.outgoing.look import Look, Lookup


async def appointed(look: Look) -> NowCoordinator | None:
    """That this person is a coordinator and with whom, while it is so."""
    if not look.recipient.is_coordinator:
        return None
    there = await look.store.members.coordinators(look.recipient.workspace)
    return NowCoordinator(tuple(people.person(one) for one in there if one.id != look.recipient.id))


async def withdrawn(look: Look) -> NoLongerCoordinator | None:
    """That this person is no coordinator any more, while it is so."""
    return None if look.recipient.is_coordinator else NoLongerCoordinator()


LOOKUPS: Final[dict[str, Lookup]] = {"roles.appointed": appointed, "roles.withdrawn": withdrawn}
