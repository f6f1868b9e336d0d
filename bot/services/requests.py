"""A request as its contact person sees it."""

from bot.facts.introductions import Request
from bot.services import people
from storage.introductions import IntroductionRow
from storage.store import Store


async def request_of(store: Store, introduction: IntroductionRow) -> Request:
    """What a contact person is shown of a request (R5)."""
    asker = await store.members.by_id(introduction.asker_id)
    return Request(
        introduction_ref=introduction.ref,
        asker=people.person(asker),
        code=introduction.code,
        kinds=introduction.kinds,
        note=introduction.note,
        asker_region=asker.region,
        asker_languages=asker.languages,
    )
