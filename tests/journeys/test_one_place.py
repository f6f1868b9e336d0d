"""One free place and everybody at once: presses as Slack delivers them, and exactly one contact comes of it (R8)."""

import asyncio
from collections import Counter
from datetime import UTC, datetime
from typing import Any

from bot.errors import AlreadyAnswered
from bot.language import Translator
from bot.messages import ids, word
from sandbox.interactions.payloads import interaction
from storage.asks import AskRow
from storage.introductions import ASKED, OPEN, IntroductionRow
from tests.handlers.test_forged_interactions import Forger
from tests.journeys.stage import HELSINKI, Cast, Heard, Story, story

MANY = 50
LEENA = Cast("Leena Harjula", fields=("0713",), capacity=1, locale="en-GB")
STUDENTS = tuple(Cast(f"Student{number:02} Salo", "student", locale="en-GB") for number in range(MANY))
NO_CARD = Heard("1.1", "D0NONE", "")


class Hasty(Forger):
    """Does not look whether Slack heard in three seconds: the computer may be busy with other things."""

    async def _interacts(self, kind: str, **fields: Any) -> None:
        person = self.told.sandbox.workspace.people.invented[self.who.id]
        payload = interaction(kind, person) | {"trigger_id": f"{self.sent}.hasty"} | fields
        await self.told.sandbox.line.ask("interactive", payload, accepts_response=kind == "view_submission")


async def test_fifty_ask_for_one_place_and_fifty_presses_of_yes_make_one_contact(database_url: str) -> None:
    async with story(database_url, "2027-01-19 10:12", LEENA, *STUDENTS) as told:
        await _all_ask(told)
        (request,) = await told.rows(IntroductionRow)
        assert request.state == ASKED
        (card,) = [one for one in await told.hears(LEENA) if one.button(ids.INTRODUCTIONS_ACCEPT)]
        leena = Hasty(told, LEENA, card, seen=len(told.sandbox.log.since(0)))

        # Each press has a time of its own, so none is taken for a repetition of another.
        await asyncio.gather(*[leena.presses(ids.INTRODUCTIONS_ACCEPT, request.ref) for _ in range(MANY)])
        await told._quiet()

        (contact,) = await told.rows(IntroductionRow)
        assert contact.state == OPEN
        refused = [call.arguments["text"] for call in told.sandbox.log.since(leena.seen, "chat.postEphemeral")]
        answered_before = word(Translator("en", HELSINKI), AlreadyAnswered(contact.answered_at)).text
        assert Counter(refused) == {answered_before: MANY - 1}
        assert len(await told.groups(LEENA)) == 1
        assert len(await told.hears_in_groups(LEENA)) == 1


async def _all_ask(told: Story) -> None:
    """Everybody sends the form of a request to Leena in the same moment."""
    leena = await told.member(LEENA)
    now = datetime(2027, 1, 19, 8, 12, tzinfo=UTC)
    students = {one: (await told.member(one)).id for one in STUDENTS}
    async with told.silta.database.transaction() as store:
        asks = {
            one: AskRow(workspace=leena.workspace, asker_id=number, code="0713", asked_at=now)
            for one, number in students.items()
        }
        for ask in asks.values():
            store.asks.add(ask)
    forms = [
        Hasty(told, one, NO_CARD, sent=1_000 * place).submits(
            ids.INTRODUCTIONS_SUBMIT_REQUEST, private_metadata=f"{ask.ref}.{leena.ref}", state={"values": {}}
        )
        for place, (one, ask) in enumerate(asks.items())
    ]
    await asyncio.gather(*forms)
    await told._quiet()
