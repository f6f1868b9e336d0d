"""Which light prompts somebody was given, and what they said: none is repeated within a year."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Final

from sqlalchemy import ForeignKey, Index, String, delete, insert, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Referred, Row, UtcDateTime

OFFERED: Final = "offered"
DECLINED: Final = "declined"
LATER: Final = "later"


class PromptGivenRow(Referred, Row):
    """One light prompt that a nudge carried. `prompt` is its key in the bank, such as "T4.2"."""

    __tablename__ = "prompts_given"
    __table_args__ = (Index(None, "member_id", "given_at"), Index(None, "nudge_id"))

    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"))
    nudge_id: Mapped[int | None] = mapped_column(ForeignKey("nudges.id", ondelete="SET NULL"))
    prompt: Mapped[str] = mapped_column(String(8))
    given_at: Mapped[datetime] = mapped_column(UtcDateTime)
    answer: Mapped[str | None] = mapped_column(String(8))


class Prompts:
    """Queries about the prompts that were given."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, given: Sequence[Mapping[str, object]]) -> None:
        """Keeps which prompts were given, each as its values by attribute."""
        if given:
            await self._session.execute(insert(PromptGivenRow), given)

    async def given_to(self, member_ids: Collection[int]) -> Sequence[PromptGivenRow]:
        """Every prompt these people were given, as far as it is still known, oldest first."""
        found = await self._session.scalars(
            select(PromptGivenRow).where(PromptGivenRow.member_id.in_(member_ids)).order_by(PromptGivenRow.id)
        )
        return found.all()

    async def of_nudge(self, nudge_id: int) -> PromptGivenRow | None:
        """The prompt that came with this nudge."""
        return await self._session.scalar(select(PromptGivenRow).where(PromptGivenRow.nudge_id == nudge_id))

    async def of_person(self, member_id: int, ref: str) -> PromptGivenRow | None:
        """This person's prompt with that reference; somebody else's is not found."""
        return await self._session.scalar(
            select(PromptGivenRow).where(PromptGivenRow.member_id == member_id, PromptGivenRow.ref == ref)
        )

    async def forget_before(self, moment: datetime) -> None:
        """Drops what was given before that moment; a "not for me" is kept, because it holds for good."""
        kept = or_(PromptGivenRow.answer.is_(None), PromptGivenRow.answer != DECLINED)
        await self._session.execute(delete(PromptGivenRow).where(PromptGivenRow.given_at < moment, kept))
