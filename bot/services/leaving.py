"""Forgetting somebody: what ends by it, whoever is affected told without a name, and every trace gone (R15)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from bot.clock import Clock
from bot.errors import LastCoordinator, UnknownReference
from bot.facts.own_data import Consequences, Forgotten, NothingStored
from bot.rules.permissions import may_stop
from bot.services.circles import leave
from bot.services.event_steps import hand_over_posts, withdraw
from bot.services.intents import about
from bot.services.settling import put_in_place
from storage import farewells, introductions
from storage.database import Database
from storage.farewells import FarewellRow
from storage.introductions import IntroductionRow
from storage.knowledge import DRAFT_KIND
from storage.members import MemberRow
from storage.outbox import Priority
from storage.store import Store

GONE_FOR: Final = timedelta(days=365)
"""An account that was deactivated so long ago is forgotten like somebody who asked for it."""
SHOWING_A_NAME: Final = (
    *("introductions.request", "introductions.reminder", "introductions.introduce", "introductions.meet_directly"),
    *("check_ins.ask", "check_ins.keep_or_close", "introductions.needs_coordinator"),
    *("questions.question", "questions.reminder", "questions.answer", "questions.went_on"),
)
"""Messages about somebody that are replaced when that somebody has left."""
AT_ONCE: Final = 20
"""People whose account is long gone, forgotten in one go of the timetable."""


@dataclass(frozen=True)
class Leaving:
    """Forgets people: by their own wish, by a coordinator's command, or long after their account has ended."""

    database: Database
    clock: Clock

    async def hear(self, member_id: int, _text: str) -> Consequences | NothingStored:
        """The same as `consequences`, for whoever asks in a sentence of their own."""
        return await self.consequences(member_id)

    async def consequences(self, member_id: int) -> Consequences | NothingStored:
        """What would end; nothing has changed. Raises LastCoordinator."""
        async with self.database.reading() as store:
            member = (await store.members.by_ids({member_id})).get(member_id)
            if member is None:
                return NothingStored()
            _check_may_go(member, await store.members.coordinators(member.workspace))
            current = await store.introductions.current_of(member.id)
            asked = [one for one in current if one.state == introductions.ASKED]
            circles = await store.circles.of_member(member.id)
            ahead = [await store.meetups.ahead(circle.id, member.id, self.clock.now()) for circle in circles]
            return Consequences(
                me_ref=member.ref,
                contacts=len(current) - len(asked),
                requests=sum(one.asker_id == member.id for one in asked),
                waiting_for_me=sum(one.contact_id == member.id for one in asked),
                circles=len(circles),
                meetups=sum(len(meetups) for meetups in ahead),
                events=len(await store.events.answered_ahead(member.id, self.clock.now())),
            )

    async def forget(self, member_id: int, me_ref: str) -> Forgotten | NothingStored:
        """Forgets whoever presses; the button must be their own. Raises UnknownReference or LastCoordinator."""
        async with self.database.transaction() as store:
            member = (await store.members.by_ids({member_id})).get(member_id)
            if member is None:
                return NothingStored()
            if member.ref != me_ref:
                raise UnknownReference
            return await self._forget(store, member, "by_themselves")

    async def forget_somebody(self, workspace: str, external_id: str) -> Forgotten | NothingStored:
        """Forgets the person with that chat identity, who asked for it elsewhere. Raises LastCoordinator."""
        async with self.database.transaction() as store:
            member = await store.members.by_external_id(workspace, external_id)
            return NothingStored() if member is None else await self._forget(store, member, "by_command")

    async def forget_long_gone(self) -> None:
        """Forgets everybody whose account was deactivated a year ago, each in a transaction of their own."""
        before = self.clock.now() - GONE_FOR
        async with self.database.reading() as store:
            numbers = await store.members.deactivated_before(before, AT_ONCE)
        for number in numbers:
            async with self.database.transaction() as store:
                member = (await store.members.by_ids({number})).get(number)
                if member is not None and member.deactivated_at is not None and member.deactivated_at <= before:
                    await self._forget(store, member, "account_gone")

    async def _forget(self, store: Store, member: MemberRow, outcome: str) -> Forgotten | NothingStored:
        now = self.clock.now()
        coordinators = await self._hold(store, member)
        if not await store.members.by_ids({member.id}):
            # Another press, or another replica, was faster.
            return NothingStored()
        _check_may_go(member, coordinators)
        await self._tell(store, member, now)
        await self._send_on(store, member, now)
        await self._leave_circles(store, member, now)
        await withdraw(store, member.id, now)
        await hand_over_posts(store, member)
        await store.counts.add({(member.workspace, f"{now:%Y-%m}", "members.forgotten"): 1})
        store.audit.note(member.workspace, now, "members.forget", outcome=outcome)
        await store.belongings.erase(member)
        return Forgotten()

    async def _hold(self, store: Store, member: MemberRow) -> Sequence[MemberRow]:
        """Nobody answers, asks or leaves beside us: people are held first. Answers with those who coordinate now."""
        mine = await store.introductions.all_of(member.id)
        affected = {member.id, *(number for one in mine for number in (one.asker_id, one.contact_id))}
        affected |= {one.asker_id for one in await store.waits.for_contact(member.id)}
        return await store.members.coordinators_held(member.workspace, and_also=affected)

    async def _tell(self, store: Store, member: MemberRow, now: datetime) -> None:
        """Open contacts hear of their end; messages that show the name are replaced."""
        for one in await store.introductions.current_of(member.id):
            if one.state == introductions.OPEN:
                other = one.contact_id if one.asker_id == member.id else one.asker_id
                await say_goodbye(store, await store.members.by_id(other), one, now)
        for message, number in await store.belongings.messages_to_others(member.id, SHOWING_A_NAME):
            farewell = FarewellRow(kind=farewells.CARD, channel=message.channel, ts=message.ts)
            await _put(store, await store.members.by_id(number), farewell, now)
        await self._take_name_off_drafts(store, member, now)

    async def _take_name_off_drafts(self, store: Store, member: MemberRow, now: datetime) -> None:
        """Answers that this person has suggested wait on, and the cards about them are drawn without the name."""
        for draft in await store.knowledge.drafts_by(member.id):
            for message in await store.outbox.standing(draft.ref, (DRAFT_KIND,)):
                if message.channel and message.ts and message.recipient_id != member.id:
                    place = message.channel, message.ts
                    await put_in_place(store, draft, message.recipient_id, *place, now, DRAFT_KIND)

    async def _send_on(self, store: Store, member: MemberRow, now: datetime) -> None:
        """Whoever asked or waited for this person hears what everybody hears, and who else fits (R7)."""
        waiting = {one.ask_id for one in await store.waits.for_contact(member.id)}
        asked = {one.ask_id for one in await store.introductions.pending_to(member.id)}
        for number in sorted(waiting | asked):
            ask = await store.asks.by_id(number)
            asker = await store.members.by_id(ask.asker_id)
            occurrence = f"{now:%Y%m%d%H%M%S%f}"
            await store.outbox.put(
                about(ask, "farewells.request_ended", asker, Priority.ANSWER, now, occurrence=occurrence)
            )

    async def _leave_circles(self, store: Store, member: MemberRow, now: datetime) -> None:
        for circle in await store.circles.of_member(member.id):
            await leave(store, circle, member.id, now)
        for group in await store.outbox.all_to(member.id, "meetups.group"):
            meetup = await store.meetups.by_ref(group.subject)
            left = [one for one in await store.meetups.people(meetup.id) if one.id != member.id] if meetup else []
            if left:
                # The conversation belongs to the others too: it still opens, and Silta stays silent in it (R11).
                group.recipient_id, group.dedup_key = left[0].id, f"{group.kind}:{group.subject}:{left[0].id}"
        await store.flush()


async def say_goodbye(store: Store, other: MemberRow, contact: IntroductionRow, now: datetime) -> None:
    """Tells the other side in their open time that a contact has ended: the field and the day it began, no name."""
    farewell = FarewellRow(kind=farewells.CONTACT, code=contact.code, since=contact.requested_at)
    await _put(store, other, farewell, now)


async def _put(store: Store, other: MemberRow, farewell: FarewellRow, now: datetime) -> None:
    farewell.workspace, farewell.member_id, farewell.made_at = other.workspace, other.id, now
    store.farewells.add(farewell)
    await store.flush()
    await store.outbox.put(about(farewell, f"farewells.{farewell.kind}", other, Priority.CHECK_IN, now))


def _check_may_go(member: MemberRow, coordinators: Sequence[MemberRow]) -> None:
    """Somebody must look after the network. Raises LastCoordinator."""
    if not may_stop(frozenset(one.id for one in coordinators), member.id):
        raise LastCoordinator
