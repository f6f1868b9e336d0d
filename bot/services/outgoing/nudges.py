"""What the weekly nudge tells, alone or below the reminder of the same slot."""

from dataclasses import replace
from typing import Final

from bot.facts.introductions import Reminder
from bot.facts.nudges import Nudge, ReminderAndNudge
from bot.rules.nudges import slot_of
from bot.services import people
from bot.services.nudge_items import content, prepare, slot
from bot.services.nudge_knowledge import knowledge
from bot.services.outgoing.introductions import reminder
from bot.services.outgoing.look import Look, Lookup
from storage.nudges import KIND, NudgeRow


async def nudge(look: Look) -> Nudge | None:
    """The nudge with what is still open of it; None when nothing is: an empty nudge is not sent (R4)."""
    planned = await look.store.nudges.by_ref(look.subject)
    return await _said(look, planned) if planned else None


async def reminder_and_nudge(look: Look) -> Reminder | ReminderAndNudge | None:
    """The reminder of a request, with the nudge of the same slot below it (R20)."""
    alone = await reminder(look)
    introduction = await look.store.introductions.by_ref(look.subject)
    if alone is None or introduction is None:
        return None
    below = await nudge_below(look, introduction.ref)
    return ReminderAndNudge(alone, below) if below else alone


async def nudge_below(look: Look, ref: str) -> Nudge | None:
    """The nudge that comes with the reminder about this reference, if both fall into the same slot (R20)."""
    planned = await look.store.nudges.carried_by(ref, look.recipient.id) or await _due_now(look, ref)
    return await _said(look, planned) if planned else None


async def _due_now(look: Look, ref: str) -> NudgeRow | None:
    calendar = people.calendar(look.recipient, look.programme)
    if slot_of(calendar, slot(look.recipient, look.programme), look.now) is None:
        return None
    member = await look.store.members.locked(look.recipient.id)
    known = (await knowledge(look.store, [member.id], look.now))[member.id]
    planned = await prepare(look.store, {member: known}, look.programme, look.now, carried_by=ref)
    return planned.get(member)


async def _said(look: Look, planned: NudgeRow) -> Nudge | None:
    """The nudge as it is worded now; a slower rhythm begins when it is said, and not before."""
    found = await content(look.store, planned, look.recipient, look.programme)
    if found is None or planned.rhythm is None:
        return found
    look.recipient.nudge_rhythm = planned.rhythm
    return replace(found, slowed_down=True)


LOOKUPS: Final[dict[str, Lookup]] = {
    KIND: nudge,
    "introductions.reminder": reminder_and_nudge,
}
