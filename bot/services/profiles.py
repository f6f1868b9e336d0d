"""Joining, and every later change of one's own profile: two lines, a few choices, and consent for each purpose."""

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final
from urllib.parse import quote

from bot.clock import Clock
from bot.errors import UnknownReference
from bot.facts.profiles import (
    Listing,
    Profile,
    ProfileEntered,
    ProfileForm,
    ProfileMistakes,
    ProfileSaved,
    RegionChoice,
)
from bot.programme import Programme
from bot.rules.nudges import RHYTHMS, next_slot
from bot.rules.open_time import Calendar
from bot.rules.tasks import TASKS
from bot.services import people
from bot.services.confirmations import ask_to_confirm, confirmers, state_after
from bot.services.consent import note_consent
from bot.services.endings import turn_down_all
from bot.services.freshness import confirmed
from bot.services.members_columns import LONGEST_NOTE
from bot.services.nudge_items import slot
from bot.services.profile_fields import read_fields
from bot.services.replanning import replan
from bot.understanding.fields import FieldRecogniser
from bot.understanding.regions import RegionRecogniser
from storage import members
from storage.database import Database
from storage.members import MemberRow
from storage.store import Store

CHOSEN_ROLES: Final = ("student", "mentor", "leader", "educator", "working_life")
"""What people may say they are. A coordinator is made one by somebody else, never by a form."""
MOST_PLACES: Final = 10
MOST_LANGUAGES: Final = 20
LONGEST_INSTITUTION: Final = 200
_AS_IT_IS: Final = "-"


@dataclass(frozen=True)
class Profiles:
    """What people say of themselves."""

    database: Database
    clock: Clock
    programme: Programme
    recogniser: FieldRecogniser
    regions: RegionRecogniser

    async def form(self, member_id: int) -> ProfileForm:
        """The form, filled with what is known of this person."""
        async with self.database.reading() as store:
            member = await store.members.by_id(member_id)
            profile = await _profile_of(store, member)
            if not profile.languages:
                profile = replace(profile, languages=(people.language(member),))
            return ProfileForm(profile, self._regions(member), self._institutions(member))

    def mistakes(self, entered: ProfileEntered) -> ProfileMistakes | None:
        """What is not clear in the form; nothing is kept before all of it is."""
        codes = self._codes(entered)
        return codes if isinstance(codes, ProfileMistakes) else None

    async def save(self, member_id: int, entered: ProfileEntered) -> ProfileSaved:
        """Keeps the profile. What is withdrawn ends at once: whoever waits for this person is offered others (K13).

        Raises UnknownReference for a choice the form does not have, and for what `mistakes` finds.
        """
        codes = self._codes(entered)
        if isinstance(codes, ProfileMistakes):
            raise UnknownReference
        async with self.database.transaction() as store:
            member, now = await store.members.locked(member_id), self.clock.now()
            self._check_choices(member, entered)
            before = _Before(
                member.is_contact, _place(member), people.calendar(member, self.programme), member.purposes
            )
            await self._take(store, member, entered)
            await store.members.set_fields(member.id, codes)
            note_consent(store, member, before.purposes, now)
            await self._draw_consequences(store, member, before, now)
            await store.flush()
            return await self._saved(store, member)

    def _codes(self, entered: ProfileEntered) -> tuple[str, ...] | ProfileMistakes:
        is_contact = members.CONTACT_ROLE in entered.roles
        return read_fields(self.recogniser, entered.field_words, required=is_contact)

    def _check_choices(self, member: MemberRow, entered: ProfileEntered) -> None:
        known = (
            set(entered.roles) <= set(CHOSEN_ROLES) and entered.roles,
            set(entered.tasks) <= set(TASKS),
            set(entered.purposes) <= set(members.PURPOSES),
            entered.rhythm in RHYTHMS,
            0 <= entered.capacity <= MOST_PLACES or entered.capacity == member.capacity,
            len(entered.languages) <= MOST_LANGUAGES,
            all(code.isascii() and code.isalpha() and len(code) in (2, 3) for code in entered.languages),
        )
        if not all(known):
            raise UnknownReference

    async def _take(self, store: Store, member: MemberRow, entered: ProfileEntered) -> None:
        kept = (members.COORDINATOR_ROLE,) if member.is_coordinator else ()
        member.roles = (*(role for role in CHOSEN_ROLES if role in entered.roles), *kept)
        member.offer, member.wish = entered.offer[:LONGEST_NOTE], entered.wish[:LONGEST_NOTE]
        member.region = self._region(member, entered.region_ref)
        member.country = self.regions.country_of(member.region or "") or member.country
        member.institution = await self._institution(store, member, entered.institution)
        member.languages = tuple(dict.fromkeys(entered.languages))
        member.capacity, member.nudge_rhythm = entered.capacity, entered.rhythm
        member.tasks = tuple(task for task in TASKS if task in entered.tasks)
        member.purposes = tuple(one for one in members.PURPOSES if one in entered.purposes)
        member.joined_at = member.joined_at or self.clock.now()

    async def _institution(self, store: Store, member: MemberRow, written: str | None) -> str | None:
        """The name as the programme or other people of the workspace write it, else as it was written."""
        name = " ".join((written or "").split())[:LONGEST_INSTITUTION]
        if not name or name == member.institution:
            return name or None
        known = (
            *(one.name for one in self.programme.institutions),
            *await store.members.institutions(member.workspace),
        )
        return next((one for one in known if one.casefold() == name.casefold()), name)

    def _regions(self, member: MemberRow) -> tuple[RegionChoice, ...]:
        """Every region that Silta knows; one that it does not know stays if it stands in the profile."""
        listed = tuple(RegionChoice(quote(one.name), one.name, one.country) for one in self.regions.all())
        if member.region is None or self.regions.country_of(member.region) is not None:
            return listed
        return (RegionChoice(_AS_IT_IS, member.region, ""), *listed)

    def _region(self, member: MemberRow, ref: str | None) -> str | None:
        """The name of the region chosen. Raises UnknownReference for one that the form does not have."""
        if ref is None:
            return None
        names = {region.ref: region.name for region in self._regions(member)}
        if ref not in names:
            raise UnknownReference
        return names[ref]

    def _institutions(self, member: MemberRow) -> tuple[str, ...]:
        """Institutions of the programme, if possible of this person's country: examples of how to write one."""
        known = self.programme.institutions
        return tuple(one.name for one in known if one.country == member.country) or tuple(one.name for one in known)

    async def _draw_consequences(self, store: Store, member: MemberRow, before: "_Before", now: datetime) -> None:
        place = _place(member)
        if place != before.place:
            # Somebody brought them in for where they worked then; what that let them decide ends with it.
            member.vouched_roles = ()
        member.vouched_roles = tuple(role for role in member.vouched_roles if role in member.roles)
        is_new = member.is_contact and (not before.was_contact or place != before.place)
        member.confirmation = state_after(member, self.programme, is_new=is_new)
        if member.confirmation == members.WAITING:
            await ask_to_confirm(store, member, now)
        if not member.is_found:
            await turn_down_all(store, member, now)
        if member.is_contact:
            confirmed(member, now)
        calendar = people.calendar(member, self.programme)
        if member.wants(members.NUDGES) and await store.promises.open_of(member.id, now):
            member.nudge_due_at = member.nudge_due_at or next_slot(calendar, slot(member, self.programme), now)
        if calendar != before.calendar:
            await replan(store, member, self.programme, now, zone_before=before.calendar.zone)

    async def _saved(self, store: Store, member: MemberRow) -> ProfileSaved:
        listing = listing_of(member)
        asked = await confirmers(store, member) if listing is Listing.WAITING else []
        return ProfileSaved(await _profile_of(store, member), listing, people.person(asked[0]) if asked else None)


@dataclass(frozen=True)
class _Before:
    """What a change of the profile is compared with."""

    was_contact: bool
    place: tuple[str | None, str | None]
    calendar: Calendar
    purposes: tuple[str, ...]


def listing_of(member: MemberRow) -> Listing:
    """Whether this person is proposed to others, and what speaks against it."""
    if not member.is_contact:
        return Listing.NOT_A_CONTACT
    if not member.wants(members.FOUND):
        return Listing.UNWANTED
    if member.confirmation in (members.WAITING, members.NOT_NOW):
        return Listing(member.confirmation)
    return Listing.PROPOSED if member.can_be_asked else Listing.RESTS


def _place(member: MemberRow) -> tuple[str | None, str | None]:
    return member.country, member.institution


async def _profile_of(store: Store, member: MemberRow) -> Profile:
    return Profile(
        roles=tuple(role for role in member.roles if role in CHOSEN_ROLES),
        offer=member.offer,
        wish=member.wish,
        codes=(await store.members.fields_of([member.id]))[member.id],
        region=member.region,
        institution=member.institution,
        languages=member.languages,
        capacity=member.capacity,
        tasks=member.tasks,
        rhythm=member.nudge_rhythm,
        purposes=member.purposes,
    )
