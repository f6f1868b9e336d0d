"""One-time addresses of copies of people's own data. The address is known to its person only; we keep its digest."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, delete
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row, UtcDateTime


class DataLinkRow(Row):
    """An address that works once. `key` is the SHA-256 of what stands in it."""

    __tablename__ = "data_links"
    __table_args__ = (Index(None, "made_at"),)

    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    workspace: Mapped[str] = mapped_column(String(32))
    member_id: Mapped[int] = mapped_column(ForeignKey("members.id", ondelete="CASCADE"), index=True)
    made_at: Mapped[datetime] = mapped_column(UtcDateTime)


class DataLinks:
    """Making and using up addresses."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def new(self, workspace: str, member_id: int, now: datetime) -> str:
        """A secret of 192 random bits for this person; an earlier one stops working."""
        await self._session.execute(delete(DataLinkRow).where(DataLinkRow.member_id == member_id))
        secret = secrets.token_urlsafe(24)
        self._session.add(DataLinkRow(key=_digest(secret), workspace=workspace, member_id=member_id, made_at=now))
        return secret

    async def use(self, secret: str, made_after: datetime) -> int | None:
        """Whose data this secret opens, once; None when it is wrong, used or too old."""
        used = await self._session.execute(
            delete(DataLinkRow)
            .where(DataLinkRow.key == _digest(secret))
            .returning(DataLinkRow.member_id, DataLinkRow.made_at)
        )
        found = used.first()
        return found.member_id if found is not None and found.made_at > made_after else None


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
