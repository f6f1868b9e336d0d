"""What has been received, so that the same event, click or form acts once."""

from datetime import datetime

from sqlalchemy import Index, String, delete, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row, UtcDateTime


class InboxRow(Row):
    """One thing received, by its key; nothing of its content."""

    __tablename__ = "inbox"
    __table_args__ = (Index(None, "received_at"),)

    workspace: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    received_at: Mapped[datetime] = mapped_column(UtcDateTime)


class Inbox:
    """Queries about what was received."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def is_new(self, workspace: str, key: str, now: datetime) -> bool:
        """Notes the key; True the first time, False ever after, also between two replicas."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        noted = await self._session.execute(
            dialect.insert(InboxRow)
            .values(workspace=workspace, key=key, received_at=now)
            .on_conflict_do_nothing()
            .returning(InboxRow.key)
        )
        return noted.first() is not None

    async def noted_at(self, workspace: str, key: str) -> datetime | None:
        """When the key was noted; None when it was not."""
        return await self._session.scalar(
            select(InboxRow.received_at).where(InboxRow.workspace == workspace, InboxRow.key == key)
        )

    async def forget(self, workspace: str, key: str) -> None:
        """Drops one key."""
        await self._session.execute(delete(InboxRow).where(InboxRow.workspace == workspace, InboxRow.key == key))

    async def forget_before(self, moment: datetime) -> None:
        """Drops keys older than that; Slack repeats nothing after an hour."""
        await self._session.execute(delete(InboxRow).where(InboxRow.received_at < moment))
