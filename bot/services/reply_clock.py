"""Time passes for requests: one reminder, then they move on, counted in the contact person's open days (R6, R7)."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.programme import Programme
from bot.rules.reply_clock import start as start_reply_clock
from bot.services import people
from bot.services.endings import turn_down
from bot.services.intents import about
from storage import introductions, members
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store


@dataclass(frozen=True)
class ReplyClock:
    """What happens to a request that waits for its answer."""

    database: Database
    clock: Clock
    programme: Programme

    async def start_clocks(self) -> None:
        """Starts the reply clock of every request that has been delivered (R6)."""
        async with self.database.transaction() as store:
            for introduction, delivered_at in await store.introductions.delivered_without_clock():
                contact = await store.members.by_id(introduction.contact_id)
                reply = people.settings(contact, self.programme).reply
                clock = start_reply_clock(
                    people.calendar(contact, self.programme),
                    delivered_at,
                    reply.remind_on_open_day,
                    reply.release_on_open_day,
                    reply.at,
                )
                introduction.remind_at, introduction.release_at = clock.remind_at, clock.release_at

    async def remind(self) -> None:
        """Plans the one reminder of every request whose third open day has come (R6)."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for introduction in await store.introductions.to_remind(now):
                contact = await store.members.by_id(introduction.contact_id)
                await store.outbox.put(
                    about(
                        introduction,
                        introductions.REMINDER,
                        contact,
                        Priority.REMINDER,
                        now,
                        expires_at=introduction.release_at,
                    )
                )

    async def release(self) -> None:
        """Moves on every request whose fifth open day has come; two in a row let the contact person rest (R6, R7)."""
        async with self.database.transaction() as store:
            for waiting in await store.introductions.to_release(self.clock.now()):
                contact = await store.members.locked(waiting.contact_id)
                introduction = await store.introductions.to_contact(contact.id, waiting.ref)
                if introduction is None or introduction.state != introductions.ASKED:
                    continue
                asker = await store.members.by_id(introduction.asker_id)
                contact.releases_in_a_row += 1
                await turn_down(store, introduction, contact, asker, introductions.RELEASED, self.clock.now())
                reply = people.settings(contact, self.programme).reply
                if contact.releases_in_a_row >= reply.releases_before_resting:
                    await self._let_rest(store, introduction, contact)

    async def _let_rest(self, store: Store, introduction: IntroductionRow, contact: MemberRow) -> None:
        contact.availability = members.RESTING
        await store.outbox.put(
            about(introduction, "introductions.rested", contact, Priority.REMINDER, self.clock.now())
        )
