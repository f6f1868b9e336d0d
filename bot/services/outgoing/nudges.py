"""What the weekly nudge tells, alone or below the reminder of the same slot."""

from dataclasses import replace
from typing import Final

from bot.facts.nudges import Nudge, ReminderAndNudge
from bot.rules.nudges import slot_of
from bot.services import people
from bot.services.nudge_items import content, prepare, slot
from bot.services.nudge_knowledge import knowledge
from bot.services.outgoing.look import Look, Lookup
from storage.nudges import KIND, NudgeRow


async def nudge(look: Look) -> Nudge | None:
    """The nudge with what is still open of it; None when nothing is: an empty nudge is not sent (R4)."""
    planned = await look.store.nudges.by_ref(look.subject)
    return await _said(look, planned) if planned else None


def with_nudge(look_up: Lookup) -> Lookup:
    """The same look-up of a reminder, with the nudge of the same slot below it (R20)."""

    async def looks_up(look: Look) -> object | None:
        reminder = await look_up(look)
        below = await _below(look) if reminder is not None else None
        return ReminderAndNudge(reminder, below) if below else reminder

    return looks_up


async def _below(look: Look) -> Nudge | None:
    planned = await look.store.nudges.carried_by(look.subject, look.recipient.id) or await _due_now(look)
    return await _said(look, planned) if planned else None


async def _due_now(look: Look) -> NudgeRow | None:
    calendar = people.calendar(look.recipient, look.programme)
    if slot_of(calendar, slot(look.recipient, look.programme), look.now) is None:
        return None
    member = await look.store.members.locked(look.recipient.id)
    known = (await knowledge(look.store, [member.id], look.now))[member.id]
    planned = await prepare(look.store, {member: known}, look.programme, look.now, carried_by=look.subject)
    return planned.get(member)


async def _said(look: Look, planned: NudgeRow) -> Nudge | None:
    """The nudge as it is worded now; a slower rhythm begins when it is said, and not before."""
    found = await content(look.store, planned, look.recipient, look.programme)
    if found is None or planned.rhythm is None:
        return found
    look.recipient.nudge_rhythm = planned.rhythm
    return replace(found, slowed_down=True)


LOOKUPS: Final[dict[str, Lookup]] = {KIND: nudge}
