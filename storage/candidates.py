"""How many places of a contact person are taken (R8), and who must not be proposed to somebody who asks."""

from datetime import datetime
from typing import Final, NamedTuple

from sqlalchemy import CompoundSelect, bindparam, func, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from storage.asks import AskRow
from storage.avoids import kept_apart
from storage.introductions import HOLDING_A_PLACE, REFUSED, IntroductionRow
from storage.rows import UtcDateTime
from storage.waits import OFFERED, WaitRow

_RULED_OUT: Final = union_all(
    select(IntroductionRow.contact_id).where(IntroductionRow.ask_id == bindparam("ask")),
    select(IntroductionRow.contact_id).where(
        IntroductionRow.asker_id == bindparam("asker"), IntroductionRow.state.in_(HOLDING_A_PLACE)
    ),
    select(IntroductionRow.contact_id).where(
        IntroductionRow.asker_id == bindparam("asker"),
        IntroductionRow.state.in_(REFUSED),
        IntroductionRow.ended_at >= bindparam("refused_since", type_=UtcDateTime),
    ),
    select(IntroductionRow.contact_id)
    .where(
        IntroductionRow.workspace == bindparam("in_workspace"),
        IntroductionRow.requested_at >= bindparam("reached_since", type_=UtcDateTime),
    )
    .group_by(IntroductionRow.contact_id)
    .having(func.count() >= bindparam("at_most")),
    *kept_apart(bindparam("asker")),
)


class Lately(NamedTuple):
    """Whom to leave in peace: who refused the asker since then, and whom so many requests have reached since then."""

    refused_since: datetime
    reached_since: datetime
    at_most: int


class Candidates:
    """Queries about who can be asked; who is listed where is in `storage.listings`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ruled_out(self, ask: AskRow, lately: Lately) -> frozenset[int]:
        """Who must not be proposed for this ask: the asker, whoever it reached before, whoever they are in contact with
        or ask now, whoever refused them or was asked by many lately, and whoever is kept apart from them.
        """
        asked = {"asker": ask.asker_id, "ask": ask.id, "in_workspace": ask.workspace}
        found = await self._session.scalars(_RULED_OUT, asked | lately._asdict())
        return frozenset({ask.asker_id, *found})

    async def load_of(self, contact_id: int, *, apart_from_offers_to: int | None = None) -> int:
        """How many places of this contact person are taken (R8); one's own offered place may be left out."""
        held = _taken_places(apart_from_offers_to).subquery()
        load = await self._session.scalar(select(func.count()).select_from(held).where(held.c.contact_id == contact_id))
        return load or 0


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
