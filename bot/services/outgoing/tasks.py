"""What the one question to a coordinator about a task is about."""

from typing import Final

from bot.facts.tasks import TaskUnset
from bot.services.outgoing.look import Look, Lookup
from bot.services.tasks import UNSET, place_of, settings_of


async def unset(look: Look) -> TaskUnset | None:
    """The task and the place; None when it is said by now, or when nobody asks who is still here."""
    task, _, ref = look.subject.partition(".")
    somebody = await look.store.members.by_ref(look.recipient.workspace, ref)
    if somebody is None or not look.recipient.is_coordinator:
        return None
    is_unset = settings_of(somebody, look.programme)[task].status == "unset"
    return TaskUnset(task, place_of(somebody, look.programme)) if is_unset else None


LOOKUPS: Final[dict[str, Lookup]] = {UNSET: unset}
