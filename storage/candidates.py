"""Which contact persons can be asked, and how many of their places are taken (R8)."""

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, CompoundSelect, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage.introductions import HOLDING_A_PLACE, IntroductionRow
from storage.members import CONTACT_ROLE, OPEN, MemberFieldRow, MemberRow, has_role
from storage.waits import OFFERED, WaitRow


class Askable(NamedTuple):
    """A contact person as a lean row for ranking.

    The load counts pending requests, open contacts (R8) and places kept for somebody who waited.
    """

    id: int
    languages: tuple[str, ...]
    country: str | None
    region: str | None
    institution: str | None
    capacity: int
    load: int
    last_contact_at: datetime | None


class Place(NamedTuple):
    """A region of a country, or without a region the whole country; a country of None means nobody knows which."""

    country: str | None
    region: str | None = None


class Candidates:
    """Queries about who can be asked."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def askable_in(self, workspace: str, codes: Collection[str], within: Place | None = None) -> list[Askable]:
        """Contact persons of any of these fields who can be asked; those whose places are taken are included.

        Without a place they come from everywhere.
        """
        taken = _taken_places().subquery()
        held = select(taken.c.contact_id, func.count().label("load")).group_by(taken.c.contact_id).subquery()
        found = await self._session.execute(
            select(
                MemberRow.id,
                MemberRow.languages,
                MemberRow.country,
                MemberRow.region,
                MemberRow.institution,
                MemberRow.capacity,
                func.coalesce(held.c.load, 0).label("load"),
                MemberRow.last_contact_at,
            )
            .outerjoin(held, held.c.contact_id == MemberRow.id)
            .where(
                MemberRow.id.in_(select(MemberFieldRow.member_id).where(MemberFieldRow.code.in_(codes))),
                *_can_be_asked(workspace),
                *_lives_in(within),
            )
        )
        return [Askable(*row) for row in found]

    async def load_of(self, contact_id: int, *, apart_from_offers_to: int | None = None) -> int:
        """How many places of this contact person are taken (R8); one's own offered place may be left out."""
        held = _taken_places(apart_from_offers_to).subquery()
        load = await self._session.scalar(select(func.count()).select_from(held).where(held.c.contact_id == contact_id))
        return load or 0


def _can_be_asked(workspace: str | None = None) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool]] = [
        MemberRow.availability == OPEN,
        MemberRow.deactivated_at.is_(None),
        MemberRow.external_id.is_not(None),
        MemberRow.capacity > 0,
        has_role(CONTACT_ROLE),
    ]
    return conditions if workspace is None else [MemberRow.workspace == workspace, *conditions]


def _lives_in(place: Place | None) -> list[ColumnElement[bool]]:
    if place is None:
        return []
    country = MemberRow.country == place.country
    return [country] if place.region is None else [country, MemberRow.region == place.region]


def _taken_places(apart_from_offers_to: int | None = None) -> CompoundSelect[int | None]:
    offers = select(WaitRow.contact_id.label("contact_id")).where(
        WaitRow.state == OFFERED, WaitRow.contact_id.is_not(None)
    )
    if apart_from_offers_to is not None:
        offers = offers.where(WaitRow.asker_id != apart_from_offers_to)
    introductions = select(IntroductionRow.contact_id.label("contact_id")).where(
        IntroductionRow.state.in_(HOLDING_A_PLACE)
    )
    return union_all(introductions, offers)
