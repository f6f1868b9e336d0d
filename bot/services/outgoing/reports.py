"""What coordinators are told of a problem that somebody reported."""

from typing import Final

from bot.facts.reports import Report
from bot.services import people
from bot.services.outgoing.look import Look, Lookup


async def report(look: Look) -> Report | None:
    """The report, while both of the two are here and the recipient still looks after the network."""
    found = await look.store.reports.by_ref(look.subject)
    if found is None or not look.recipient.is_coordinator or found.reporter_id is None or found.reported_id is None:
        return None
    both = await look.store.members.by_ids({found.reporter_id, found.reported_id})
    reporter, reported = people.person(both[found.reporter_id]), people.person(both[found.reported_id])
    return Report(reporter, reported, found.category, found.words)


LOOKUPS: Final[dict[str, Lookup]] = {"reports.tell": report, "reports.at_once": report}
