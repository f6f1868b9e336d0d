"""A small knowledge pack for stories, and a network that has learnt it."""

from datetime import date
from typing import Any

from bot.services import Services
from bot.understanding.answers import KnowledgeEntry

CHECKED_ON = date(2026, 11, 23)


def entry(entry_id: str, *questions: str, **given: Any) -> KnowledgeEntry:
    """An entry with good defaults, in English."""
    defaults: dict[str, Any] = {
        "answer": f"This is what is known of {entry_id}.",
        "source": "HAMK, opetusharjoittelu, hamk.fi",
        "checked_on": CHECKED_ON,
        "language": "en",
    }
    return KnowledgeEntry(id=entry_id, questions=questions, **{**defaults, **given})


PACK = (
    entry(
        "k17",
        "kuinka monta opintopistettä harkka on",
        "paljonko op harkka on",
        "paljonks opintopisteitä harkka on",
        "montako op harkka on opintopisteinä",
        title="How long is teaching practice?",
        answer="At HAMK it is 9 credits.",
        countries=("FI",),
        route="bot+person",
        topic="practicum",
    ),
    entry(
        "k20",
        "maksaako hamk ohjaajalle jotain",
        "maksaako hamk ohjaajalle mitään",
        "maksaaks hamk ohjaajalle",
        "mitä hamk maksaa ohjaajalle",
        title="Is guiding paid?",
        answer="HAMK pays 295 € per student.",
        countries=("FI",),
        route="bot+person",
        topic="pay",
    ),
    entry(
        "k15",
        "onko mun tutkinto tarpeeks",
        "onko amk tutkinto ja kokemus tarpeeks",
        "onko mun amk tutkinto tarpeeksi",
        "onko mun kokemus ja tutkinto tarpeeksi",
        title="Is my degree enough?",
        answer="The admissions office looks at that, for each person.",
        source="TAOK",
        route="person",
        topic="eligibility",
    ),
    entry(
        "k49",
        "kuka mun pitäis palkata",
        "kuka meidän tulis palkata oppilaitokseen",
        "kuka tulis palkata oppilaitokseen",
        title="Whom should we hire?",
        answer="Whom you hire is decided by people at your institution.",
        source="Silta, rules of this service",
        route="person",
        topic="hiring",
    ),
    entry(
        "k47",
        "en jaksa enää",
        "en jaksa enää tätä kaikkea",
        "en vaan jaksa enää",
        title="I cannot any more",
        source="Silta, rules of this service",
        route="person",
        topic="crisis",
    ),
    entry(
        "k12",
        "what happens if i do not answer",
        "what if i do not answer a request",
        "what happens if i do not answer a request",
        title="What if I do not answer?",
        answer="Nothing bad: the request moves on.",
        source="Silta, rules of this service",
        topic="time",
    ),
)


async def learn(services: Services, workspace: str, *more: KnowledgeEntry) -> None:
    """The network answers from this pack from now on."""
    await services.entries.bring_in(workspace, (*PACK, *more), "en")
    await services.knowledge.learn(workspace)
