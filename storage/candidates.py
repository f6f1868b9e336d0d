"""How many places of a contact person are taken (R8), and who must not be proposed to somebody who asks."""

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, union_all
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
    *kept_apart(bindparam("asker")),
)


class Candidates:
    """Queries about who can be asked; who is listed where is in `storage.listings`."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def ruled_out(self, ask: AskRow, refused_since: datetime) -> frozenset[int]:
        """Who must not be proposed for this ask: the asker, whoever it reached before, whoever they are in contact with
        or ask now, whoever refused them since then, and whoever is kept apart from them.
        """
        asked = {"asker": ask.asker_id, "ask": ask.id, "refused_since": refused_since}
        found = await self._session.scalars(_RULED_OUT, asked)
        return frozenset({ask.asker_id, *found})

    async def load_of(self, contact_id: int, *, apart_from_offers_to: int | None = None) -> int:
        """How many places of this contact person are taken (R8); one's own offered place may be left out."""
        loads = await self.loads_of([contact_id], apart_from_offers_to=apart_from_offers_to)
        return loads.get(contact_id, 0)

    async def loads_of(
        self, contact_ids: Collection[int], *, apart_from_offers_to: int | None = None
    ) -> dict[int, int]:
        """How many places of each of these contact persons are taken (R8); those who hold none are not in it."""
        requests = select(IntroductionRow.contact_id).where(
            IntroductionRow.contact_id.in_(contact_ids), IntroductionRow.state.in_(HOLDING_A_PLACE)
        )
        offers = select(WaitRow.contact_id).where(WaitRow.contact_id.in_(contact_ids), WaitRow.state == OFFERED)
        if apart_from_offers_to is not None:
            offers = offers.where(WaitRow.asker_id != apart_from_offers_to)
        taken = union_all(requests, offers).subquery()
        found = await self._session.execute(select(taken.c.contact_id, func.count()).group_by(taken.c.contact_id))
        return {contact_id or 0: load for contact_id, load in found}
