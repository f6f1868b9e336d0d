"""What matters to a person now, as their home view shows it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.clock import Clock
from bot.facts.home import Coming, Contact, Home
from bot.facts.meetups import CircleCard
from bot.facts.members import Me, Person
from bot.programme import Programme
from bot.services import people
from bot.services.absences import periods_to_come, returns_on
from bot.services.circles import cards_of
from bot.services.confirmations import confirmers
from bot.services.network import overview
from bot.services.nudge_items import promise_of
from bot.services.responsible import a_coordinator
from storage import events, introductions, members
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.store import Store

DRAWN_AT_ONCE: Final = 3
"""With each tick of two seconds: Slack takes about a hundred home views a minute."""


@dataclass(frozen=True)
class Homes:
    """Reads together what one person sees at home."""

    database: Database
    clock: Clock
    programme: Programme

    async def open(self, member_id: int) -> Home:
        """Somebody opens their home; from now on it is drawn anew whenever something on it changes."""
        async with self.database.transaction() as store:
            member = await store.members.by_id(member_id)
            await store.homes.open(member.workspace, member_id)
            return await self._home(store, member)

    async def of_stranger(self, me: Me) -> Home:
        """What somebody sees who looks in for the first time; nothing is kept of that."""
        async with self.database.reading() as store:
            coordinators = await store.members.coordinators(me.workspace)
            coordinator = people.person(coordinators[0]) if coordinators else None
            return Home(me, (), (), (), coordinator, rhythm=None, has_profile=False)

    async def draw(self, member_id: int) -> Home | None:
        """What matters to this person now, to be drawn anew; None for somebody who has never opened their home."""
        async with self.database.transaction() as store:
            if not await store.homes.draw(member_id):
                return None
            return await self._home(store, await store.members.by_id(member_id))

    async def outdated(self, workspace: str) -> list[Home]:
        """Some of the homes that say something that is no longer so, as they are to be drawn now."""
        async with self.database.transaction() as store:
            numbers = await store.homes.draw_outdated(workspace, DRAWN_AT_ONCE)
            found = await store.members.by_ids(numbers)
            return [await self._home(store, found[one]) for one in numbers if found[one].deactivated_at is None]

    async def _home(self, store: Store, member: MemberRow) -> Home:
        now, local = self.clock.now(), people.settings(member, self.programme)
        current = await store.introductions.current_of(member.id)
        others = await store.members.by_ids({_other_side(one, member.id) for one in current})
        contacts = [self._contact(one, others[_other_side(one, member.id)], now) for one in current]
        coordinator = await a_coordinator(store, self.programme, member, now)
        circles = await cards_of(store, member, now)
        seen = await overview(store, member, self.programme, now)
        waits = member.is_contact and member.confirmation == members.WAITING
        asked = await confirmers(store, member) if waits else ()
        return Home(
            me=people.me(member),
            waiting_for_me=tuple(one for one in contacts if not one.is_open and not one.i_asked),
            contacts=tuple(one for one in contacts if one.is_open),
            requests=tuple(one for one in contacts if not one.is_open and one.i_asked),
            coordinator=people.person(coordinator) if coordinator else None,
            away=periods_to_come(member, self.programme, now.astimezone(people.zone(member)).date()),
            promises=tuple(promise_of(one) for one in await store.promises.open_of(member.id, now)),
            rhythm=member.nudge_rhythm if member.wants(members.NUDGES) else None,
            circles=circles,
            capacity=member.capacity,
            has_profile=bool(member.roles) or member.joined_at is not None,
            waits_for_confirmation=waits,
            confirmed_by=people.person(asked[0]) if asked else None,
            avoided=await _avoided(store, member),
            roles=member.roles,
            next_meeting=_next_meeting(circles),
            events=await _events(store, member, now),
            to_confirm=seen.to_confirm,
            shortages=seen.shortages,
            network=seen.network,
            official_bodies=local.official_bodies,
            called=local.contact_words,
        )

    def _contact(self, introduction: IntroductionRow, other: MemberRow, now: datetime) -> Contact:
        return Contact(
            ref=introduction.ref,
            other=people.person(other),
            code=introduction.code,
            is_open=introduction.state == introductions.OPEN,
            i_asked=introduction.contact_id == other.id,
            back_on=returns_on(other, self.programme, now),
        )


def _next_meeting(circles: tuple[CircleCard, ...]) -> CircleCard | None:
    """The circle that meets first, if any has a time."""
    return min(
        (one for one in circles if one.meets_at is not None),
        key=lambda one: (one.meets_at, one.circle.ref),
        default=None,
    )


async def _events(store: Store, member: MemberRow, now: datetime) -> tuple[Coming, ...]:
    found = await store.events.of_member(member.id, now, (events.YES, events.MAYBE))
    return tuple(
        Coming(event.title, event.starts_at, reply.answer, has_place=reply.has_place or reply.answer == events.MAYBE)
        for event, reply in found
        if event.state == events.PUBLISHED and event.starts_at > now
    )


async def _avoided(store: Store, member: MemberRow) -> tuple[Person, ...]:
    """With whom this person does not want to be brought together, latest wish first; never who avoids them."""
    numbers = await store.avoids.wished_by(member.id)
    found = await store.members.by_ids(numbers)
    return tuple(people.person(found[number]) for number in numbers)


def _other_side(introduction: IntroductionRow, member_id: int) -> int:
    return introduction.contact_id if introduction.asker_id == member_id else introduction.asker_id
