"""Circles: joining and leaving by one's own press, and changing together how they work (R13, S38)."""

from dataclasses import dataclass, replace
from datetime import datetime

from bot.clock import Clock
from bot.errors import CircleAskedLately, UnknownReference
from bot.facts.meetups import (
    Change,
    ChangeForm,
    ChangeVote,
    Circle,
    CircleCard,
    CircleOffer,
    CirclesShown,
    Joined,
    Left,
)
from bot.programme import Programme
from bot.rules.open_time import Calendar, on_nth_open_day, subdivision_of
from bot.rules.rounds import RHYTHMS, WEEKDAYS, first_poll, is_accepted, next_poll
from bot.services import people
from bot.services.consent import agree
from bot.services.intents import about
from bot.services.rounds import invite, withdraw
from storage.circles import ACCEPTED, LEADERS, REJECTED, CircleChangeRow, CircleRow, wants_messages
from storage.database import Database
from storage.meetups import POLLING
from storage.members import MEETUPS, MemberRow
from storage.outbox import Priority
from storage.store import Store

LEADING_ROLES = frozenset({"leader", "educator", "coordinator"})
"""Who may join the leaders of a region: leadership meets teacher education there (S26, S63)."""
OFFERED_AT_MOST = 8
CHANGES_SHOWN = 3


@dataclass(frozen=True)
class Circles:
    """What members do with their circles."""

    database: Database
    clock: Clock
    programme: Programme

    async def shown(self, member_id: int) -> CirclesShown:
        """My circles, and those of my fields and region that I may join."""
        async with self.database.reading() as store:
            member = await store.members.by_id(member_id)
            mine = await cards_of(store, member, self.clock.now())
            return CirclesShown(mine, await self._offers(store, member))

    async def join(self, member_id: int, choice: str) -> Joined:
        """Puts this person into the circle, which begins with whoever comes first. Raises UnknownReference."""
        async with self.database.transaction() as store:
            member = await store.members.by_id(member_id)
            circle = await self._chosen(store, member, choice)
            now = self.clock.now()
            if await store.circles.join(circle, member, now):
                store.homes.outdate_circle(circle.id)
                store.audit.note(circle.workspace, now, "meetups.join", actor_id=member.id, about=circle.ref)
            # Joining a circle is the wish to hear of its meetups; nobody has to say so twice.
            agree(store, member, now, MEETUPS)
            held = await store.meetups.latest_round(circle.id)
            if held is not None and held.state == POLLING and held.closes_at > now:
                await invite(store, held, member, now)
            return Joined(await card_of(store, circle, member, now))

    async def leave(self, member_id: int, circle_ref: str) -> Left:
        """Takes this person out, and out of the meetups that are still ahead. Raises UnknownReference."""
        async with self.database.transaction() as store:
            circle, now = await _mine(store, member_id, circle_ref), self.clock.now()
            await leave(store, circle, member_id, now)
            store.audit.note(circle.workspace, now, "meetups.leave", actor_id=member_id, about=circle.ref)
            return Left(named(circle))

    async def change_form(self, member_id: int, circle_ref: str) -> ChangeForm:
        """How the circle works now. Raises UnknownReference, or CircleAskedLately while another wish is voted on."""
        async with self.database.reading() as store:
            circle = await _mine(store, member_id, circle_ref)
            await _no_other_wish(store, circle)
            member = await store.members.by_id(member_id)
            return ChangeForm(await card_of(store, circle, member, self.clock.now()))

    async def propose_change(self, member_id: int, circle_ref: str, rhythm: str, weekday: str) -> ChangeVote:
        """Puts a wish to the vote of the members; whoever wishes has voted yes. Raises as `change_form` does."""
        if rhythm not in RHYTHMS or weekday not in ("", *WEEKDAYS):
            raise UnknownReference
        async with self.database.transaction() as store:
            circle = await store.circles.held((await _mine(store, member_id, circle_ref)).id)
            await _no_other_wish(store, circle)
            change = self._wish(circle, rhythm, weekday)
            store.circles.wish(change)
            await store.flush()
            await store.circles.vote(change, member_id, agrees=True)
            for member in await store.circles.members(circle.id):
                if member.id != member_id and wants_messages(member):
                    await store.outbox.put(
                        about(
                            change,
                            "circles.change",
                            member,
                            Priority.CHECK_IN,
                            change.proposed_at,
                            expires_at=change.closes_at,
                        )
                    )
            return vote_on(change, circle, agrees=True)

    async def vote(self, member_id: int, change_ref: str, *, agrees: bool) -> ChangeVote:
        """Yes or no to a wish; the last answer wins (R17). Raises UnknownReference, also once the vote is over."""
        async with self.database.transaction() as store:
            change = await store.circles.change_for_person(member_id, change_ref)
            if change is None or change.closes_at <= self.clock.now():
                raise UnknownReference
            await store.circles.vote(change, member_id, agrees=agrees)
            return vote_on(change, await store.circles.by_id(change.circle_id), agrees=agrees)

    async def close_votes(self) -> None:
        """Counts every vote that is over and applies what was carried; the next message to the circle says so."""
        async with self.database.transaction() as store:
            now = self.clock.now()
            for change in await store.circles.changes_due(now):
                circle = await store.circles.held(change.circle_id)
                yes, no = await store.circles.tally(change.id)
                carried = is_accepted(yes, no, len(await store.circles.members(circle.id)))
                change.state, change.decided_at = ACCEPTED if carried else REJECTED, now
                await store.circles.forget_votes(change.id)
                if carried:
                    self._apply(circle, change, now)

    def _apply(self, circle: CircleRow, change: CircleChangeRow, now: datetime) -> None:
        circle.rhythm, circle.weekday = change.rhythm, change.weekday
        settings, calendar = self.programme.meetups, calendar_of(circle, self.programme)
        if not RHYTHMS[circle.rhythm]:
            circle.next_poll_at = None
        elif circle.next_poll_at is None:
            circle.next_poll_at = first_poll(calendar, now, settings.poll_weekday, settings.at)
        elif circle.next_poll_at > now:
            # A poll that is due this very moment still begins, and says what was changed.
            circle.next_poll_at = next_poll(calendar, now, circle.rhythm, settings.poll_weekday, settings.at)

    def _wish(self, circle: CircleRow, rhythm: str, weekday: str) -> CircleChangeRow:
        now, settings = self.clock.now(), self.programme.meetups
        closes_at = on_nth_open_day(calendar_of(circle, self.programme), now, settings.vote_open_days, settings.at)
        return CircleChangeRow(
            workspace=circle.workspace,
            circle_id=circle.id,
            rhythm=rhythm,
            weekday=weekday,
            proposed_at=now,
            closes_at=closes_at,
        )

    async def _offers(self, store: Store, member: MemberRow) -> tuple[CircleOffer, ...]:
        joined = {circle.id for circle in await store.circles.of_member(member.id)}
        there = await store.circles.of_region(member.workspace, member.country or "", member.region or "")
        sizes = await store.circles.sizes([circle.id for circle in there])
        known = {circle.code: circle for circle in there if circle.code != LEADERS or _leads(member)}
        codes = [*await _own_codes(store, member), *known]
        offers = []
        for code in dict.fromkeys(codes):
            circle = known.get(code)
            if circle is not None and circle.id in joined:
                continue
            shown = named(circle) if circle else Circle("", None if code == LEADERS else code, member.region or "")
            offers.append(CircleOffer(code, shown, sizes.get(circle.id, 0) if circle else 0))
        return tuple(offers[:OFFERED_AT_MOST])

    async def _chosen(self, store: Store, member: MemberRow, choice: str) -> CircleRow:
        """The circle of the person's own region with that code, made if it is one of their own fields."""
        country, region = member.country or "", member.region or ""
        there = {circle.code: circle for circle in await store.circles.of_region(member.workspace, country, region)}
        if choice == LEADERS and not _leads(member):
            raise UnknownReference
        if choice in there:
            return there[choice]
        if choice not in await _own_codes(store, member):
            raise UnknownReference
        settings, now = self.programme.meetups, self.clock.now()
        new = CircleRow(
            workspace=member.workspace,
            code=choice,
            country=country,
            region=region,
            zone=people.zone(member).key,
            rhythm="monthly",
            founded_at=now,
        )
        new.next_poll_at = first_poll(calendar_of(new, self.programme), now, settings.poll_weekday, settings.at)
        return await store.circles.found(new)


async def leave(store: Store, circle: CircleRow, member_id: int, now: datetime) -> None:
    """Takes somebody out of a circle, and out of its meetups that are still ahead."""
    await store.circles.leave(circle, member_id)
    store.homes.outdate_circle(circle.id)
    await store.meetups.forget_vote(circle.id, member_id)
    for meetup in await store.meetups.ahead(circle.id, member_id, now):
        await withdraw(store, meetup, member_id, now)


async def cards_of(store: Store, member: MemberRow, now: datetime) -> tuple[CircleCard, ...]:
    """Every circle of this person, as its members see it."""
    return tuple([await card_of(store, circle, member, now) for circle in await store.circles.of_member(member.id)])


async def card_of(store: Store, circle: CircleRow, member: MemberRow, now: datetime) -> CircleCard:
    """A circle as this member sees it, with its public change log."""
    zone = people.zone(member)
    ahead = await store.meetups.ahead(circle.id, member.id, now)
    changes = (await store.circles.accepted_changes(circle.id))[:CHANGES_SHOWN]
    return CircleCard(
        circle=named(circle),
        members=(await store.circles.sizes([circle.id]))[circle.id],
        rhythm=circle.rhythm,
        weekday=circle.weekday,
        next_on=circle.next_poll_at.astimezone(zone).date() if circle.next_poll_at else None,
        meets_at=ahead[0].starts_at if ahead else None,
        changes=tuple(change_shown(change, member) for change in changes),
    )


def change_shown(change: CircleChangeRow, member: MemberRow) -> Change:
    """What was decided, on the day it was for this person."""
    decided_at = change.decided_at or change.closes_at
    return Change(decided_at.astimezone(people.zone(member)).date(), change.rhythm, change.weekday)


def named(circle: CircleRow) -> Circle:
    """The circle as messages name it."""
    return Circle(circle.ref, None if circle.code == LEADERS else circle.code, circle.region)


def vote_on(change: CircleChangeRow, circle: CircleRow, *, agrees: bool | None) -> ChangeVote:
    """The wish as a member sees it."""
    return ChangeVote(change.ref, named(circle), change.rhythm, change.weekday, change.closes_at, agrees)


def calendar_of(circle: CircleRow, programme: Programme) -> Calendar:
    """When a circle as a whole is open: working hours and public holidays of its region, nobody's own breaks."""
    hours = programme.open_time.others
    country = circle.country or None
    zone = people.zone(MemberRow(timezone=circle.zone, country=country))
    return replace(
        Calendar(zone, hours.opens, hours.closes, country), subdivision=subdivision_of(country, circle.region)
    )


async def _own_codes(store: Store, member: MemberRow) -> list[str]:
    codes = (await store.members.fields_of([member.id]))[member.id]
    return [*codes, *([LEADERS] if _leads(member) else [])]


def _leads(member: MemberRow) -> bool:
    return bool(LEADING_ROLES & set(member.roles))


async def _mine(store: Store, member_id: int, circle_ref: str) -> CircleRow:
    circle = await store.circles.of_person(member_id, circle_ref)
    if circle is None:
        raise UnknownReference
    return circle


async def _no_other_wish(store: Store, circle: CircleRow) -> None:
    other = await store.circles.open_change(circle.id)
    if other is not None:
        raise CircleAskedLately(other.closes_at)
