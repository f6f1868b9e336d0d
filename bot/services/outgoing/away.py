"""What messages about somebody's days away tell."""

from typing import Final

from bot.facts.introductions import ContactAway
from bot.services import people
from bot.services.absences import long_absence
from bot.services.outgoing.look import Look, Lookup, introduction_in_state
from storage import introductions


async def contact_away(look: Look) -> ContactAway | None:
    """That the answer will take longer, while the request waits and the contact person still means to be away."""
    introduction = await introduction_in_state(look, introductions.ASKED)
    if introduction is None:
        return None
    contact = await look.store.members.by_id(introduction.contact_id)
    today = look.now.astimezone(people.zone(contact)).date()
    days = long_absence(contact, look.programme, today)
    return ContactAway(introduction.ref, people.person(contact), days) if days else None


LOOKUPS: Final[dict[str, Lookup]] = {
    "away.contact_away": contact_away,
}
"""Nothing else about days away is pushed: the home view shows when a contact is back."""
