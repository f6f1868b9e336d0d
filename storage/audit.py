"""Who did what of consequence: without names, without words, in the transaction of the act itself."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row, UtcDateTime


class AuditRow(Row):
    """One act. `action` is the id of the act (noun.verb), `about` an opaque reference or nothing, `outcome` one word.

    Whoever is forgotten stays only as "somebody".
    """

    __tablename__ = "audit_entries"
    __table_args__ = (Index(None, "workspace", "at"), Index(None, "at"))

    id: Mapped[int] = mapped_column(primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(UtcDateTime)
    actor_id: Mapped[int | None] = mapped_column(ForeignKey("members.id", ondelete="SET NULL"), index=True)
    action: Mapped[str] = mapped_column(String(60))
    about: Mapped[str] = mapped_column(String(32), default="")
    outcome: Mapped[str] = mapped_column(String(40), default="done")


class Audit:
    """Queries about what was done."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def note(
        self,
        workspace: str,
        at: datetime,
        action: str,
        *,
        actor_id: int | None = None,
        about: str = "",
        outcome: str = "done",
    ) -> None:
        """Writes down an act; without an actor it was done at the command line or by Silta itself.

        `about` must be an opaque reference and `outcome` a word of ours: nobody's own words belong here.
        """
        self._session.add(
            AuditRow(workspace=workspace, at=at, action=action, actor_id=actor_id, about=about, outcome=outcome)
        )

    async def between(self, workspace: str, begins_at: datetime, ends_at: datetime) -> Sequence[AuditRow]:
        """What was done in this time (the end not included), oldest first."""
        found = await self._session.scalars(
            select(AuditRow)
            .where(AuditRow.workspace == workspace, AuditRow.at >= begins_at, AuditRow.at < ends_at)
            .order_by(AuditRow.at, AuditRow.id)
        )
        return found.all()
