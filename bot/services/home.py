"""What matters to a person now, as their home view shows it."""

from dataclasses import dataclass
from datetime import datetime

from bot.clock import Clock
from bot.facts.home import Contact, Home
from bot.facts.members import Person
from bot.programme import Programme
from bot.services import people
from bot.services.absences import periods_to_come, returns_on
from bot.services.circles import cards_of
from bot.services.confirmations import confirmers
from bot.services.nudge_items import promise_of
from storage import introductions, members
from storage.database import Database
from storage.introductions import IntroductionRow
from storage.members import MemberRow
from storage.store import Store


@dataclass(frozen=True)
class Homes:
    """Reads together what one person sees at home."""

    database: Database
    clock: Clock
    programme: Programme

    async def of(self, member_id: int) -> Home:
        """What matters to this person now."""
        async with self.database.reading() as store:
            member = await store.members.by_id(member_id)
            now = self.clock.now()
            current = await store.introductions.current_of(member_id)
            others = await store.members.by_ids({_other_side(one, member_id) for one in current})
            contacts = [self._contact(one, others[_other_side(one, member_id)], now) for one in current]
            coordinators = await store.members.coordinators(member.workspace)
            promises = await store.promises.open_of(member_id, self.clock.now())
            waits = member.is_contact and member.confirmation == members.WAITING
            asked = await confirmers(store, member) if waits else ()
            return Home(
                me=people.me(member),
                waiting_for_me=tuple(one for one in contacts if not one.is_open and not one.i_asked),
                contacts=tuple(one for one in contacts if one.is_open),
                requests=tuple(one for one in contacts if not one.is_open and one.i_asked),
                coordinator=people.person(coordinators[0]) if coordinators else None,
                away=periods_to_come(member, self.programme, now.astimezone(people.zone(member)).date()),
                promises=tuple(promise_of(one) for one in promises),
                rhythm=member.nudge_rhythm if member.wants(members.NUDGES) else None,
                circles=await cards_of(store, member, self.clock.now()),
                capacity=member.capacity,
                has_profile=bool(member.roles) or member.joined_at is not None,
                waits_for_confirmation=waits,
                confirmed_by=people.person(asked[0]) if asked else None,
                avoided=await _avoided(store, member),
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


async def _avoided(store: Store, member: MemberRow) -> tuple[Person, ...]:
    """With whom this person does not want to be brought together, latest wish first; never who avoids them."""
    numbers = await store.avoids.wished_by(member.id)
    found = await store.members.by_ids(numbers)
    return tuple(people.person(found[number]) for number in numbers)


def _other_side(introduction: IntroductionRow, member_id: int) -> int:
    return introduction.contact_id if introduction.asker_id == member_id else introduction.asker_id
