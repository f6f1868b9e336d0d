"""People look after themselves: language, pause, coming back."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.away import CapacityChosen
from bot.facts.members import NOBODY, Me, OwnSettings, Paused, Resumed
from bot.language import LANGUAGES, language_of
from bot.programme import Programme
from bot.services import people
from bot.services.absences import end_period
from bot.services.endings import turn_down_all
from bot.services.event_steps import withdraw
from bot.services.replanning import replan
from storage import members
from storage.database import Database
from storage.members import MemberRow

ROLES = ("student", "mentor", "leader", "educator", "coordinator", "working_life")
"""The roles of the programme, as `members import` names them."""
MOST_PLACES = 50


@dataclass(frozen=True)
class Profile:
    """What the chat platform knows of a person and Silta may use: name, language, time zone.

    `is_guest`: a guest of the workspace, or somebody of another organisation with whom it shares a channel.
    """

    external_id: str
    name: str
    locale: str | None
    timezone: str | None
    is_gone: bool = False
    is_guest: bool = False
    is_bot: bool = False


@dataclass(frozen=True)
class Members:
    """What people decide for themselves."""

    database: Database
    clock: Clock
    programme: Programme

    async def meet(self, workspace: str, profile: Profile, *, is_at_home: bool = False) -> Me:
        """Keeps a person who does something for the first time: name, language and zone, nothing more.

        They have been greeted when they looked in, or are answered now; no other hello follows. `is_at_home`: what
        they did was on their home view, so they have opened it.
        """
        async with self.database.transaction() as store:
            member = await store.members.met(
                MemberRow(
                    workspace=workspace,
                    external_id=profile.external_id,
                    name=profile.name,
                    timezone=_zone_or_none(profile.timezone),
                    seen_timezone=_zone_or_none(profile.timezone),
                    suggested_language=language_of(profile.locale),
                    capacity=self.programme.capacity.default,
                    is_guest=profile.is_guest,
                    nudge_rhythm=self.programme.nudges.rhythm,
                    welcomed_at=self.clock.now(),
                )
            )
            if is_at_home:
                await store.homes.open(workspace, member.id)
            return people.me(member)

    def stranger(self, workspace: str, profile: Profile) -> Me:
        """Somebody of whom nothing is stored, and who is not stored by looking in or asking whether anything is."""
        return people.me(
            MemberRow(
                id=NOBODY,
                workspace=workspace,
                ref="",
                external_id=profile.external_id,
                name=profile.name,
                roles=(),
                languages=(),
                availability=members.OPEN,
                timezone=_zone_or_none(profile.timezone),
                suggested_language=language_of(profile.locale),
            )
        )

    async def refresh(self, workspace: str, profiles: list[Profile]) -> None:
        """Notes what changed on the platform for the people Silta knows: language, zone, who left.

        Whoever has moved to another zone keeps the hours on their own clock: what was planned is planned anew. Who left
        gives back their places in events.
        """
        async with self.database.transaction() as store:
            known = await store.members.by_external_ids(workspace, [one.external_id for one in profiles])
            for profile in profiles:
                member = known.get(profile.external_id)
                if member is None:
                    continue
                zone_before, was_here = people.zone(member), member.deactivated_at is None
                self._refresh(member, profile)
                if was_here and member.deactivated_at is not None:
                    await withdraw(store, member.id, self.clock.now())
                if people.zone(member) != zone_before:
                    await replan(store, member, self.programme, self.clock.now(), zone_before=zone_before)

    async def appoint_coordinators(self, workspace: str, external_ids: tuple[str, ...]) -> None:
        """Makes these people coordinators from the start; unknown ids are kept until their names are known."""
        async with self.database.transaction() as store:
            for external_id in external_ids:
                member = await store.members.by_external_id(workspace, external_id)
                if member is None:
                    member = MemberRow(workspace=workspace, external_id=external_id, name=external_id, roles=())
                    store.members.add(member)
                    await store.flush()
                if not member.is_coordinator:
                    member.roles = (*member.roles, members.COORDINATOR_ROLE)
                    store.audit.note(workspace, self.clock.now(), "members.appoint", about=member.ref)

    async def pause(self, member_id: int) -> Paused:
        """No requests and no nudges from now on; whoever waits for this person is offered others (K13)."""
        async with self.database.transaction() as store:
            member = await store.members.locked(member_id)
            member.availability = members.PAUSED
            await turn_down_all(store, member, self.clock.now())
            return Paused()

    async def resume(self, member_id: int) -> Resumed:
        """Open for contacts again, after a pause, a rest (R7) or days away that were to last longer."""
        async with self.database.transaction() as store:
            member = await store.members.locked(member_id)
            member.availability, member.releases_in_a_row = members.OPEN, 0
            now = self.clock.now()
            today = now.astimezone(people.zone(member)).date()
            current = [one for one in member.away_periods if one.starts_on <= today <= one.ends_on]
            for period in current:
                await end_period(store, member, period, today)
            if current:
                await replan(store, member, self.programme, now)
            return Resumed()

    async def want_places(self, member_id: int, places: int) -> CapacityChosen:
        """Places for so many contacts from now on (R8); those there are stay, also when they are more.

        Raises UnknownReference for a number that nobody has places for.
        """
        if not 0 <= places <= MOST_PLACES:
            raise UnknownReference
        async with self.database.transaction() as store:
            (await store.members.locked(member_id)).capacity = places
            return CapacityChosen(places)

    async def settings(self, member_id: int) -> OwnSettings:
        """What people change of themselves."""
        async with self.database.reading() as store:
            return OwnSettings(people.language(await store.members.by_id(member_id)))

    async def choose_language(self, member_id: int, language: str) -> None:
        """Silta speaks this language with the person from now on. Raises UnknownReference for one it does not speak."""
        if language not in LANGUAGES:
            raise UnknownReference
        async with self.database.transaction() as store:
            (await store.members.by_id(member_id)).chosen_language = language

    def _refresh(self, member: MemberRow, profile: Profile) -> None:
        member.suggested_language = language_of(profile.locale) or member.suggested_language
        _follow_zone(member, _zone_or_none(profile.timezone))
        if member.name == member.external_id:
            member.name = profile.name
        member.is_guest = profile.is_guest
        if profile.is_gone and member.deactivated_at is None:
            member.deactivated_at = self.clock.now()
        elif not profile.is_gone:
            member.deactivated_at = None


def _follow_zone(member: MemberRow, seen: str | None) -> None:
    """A zone that changes at Slack means that the person has moved; one that was always another means nothing.

    Slack guesses a zone for everybody, so it does not overrule what the members file says until it changes.
    """
    if seen is None:
        return
    has_moved = member.seen_timezone is not None and member.seen_timezone != seen
    if member.timezone is None or has_moved:
        member.timezone = seen
    member.seen_timezone = seen


def _zone_or_none(name: str | None) -> str | None:
    try:
        return ZoneInfo(name).key if name else None
    except (KeyError, ValueError):
        return None
