"""How many, by month: what is left of what was deleted. Nobody is in it."""

from collections import Counter
from collections.abc import Mapping

from sqlalchemy import String
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from storage.rows import Row


class CountRow(Row):
    """One number: how often `what` (such as "introductions.closed") was in that month ("2027-01")."""

    __tablename__ = "counts"

    workspace: Mapped[str] = mapped_column(String(32), primary_key=True)
    month: Mapped[str] = mapped_column(String(7), primary_key=True)
    what: Mapped[str] = mapped_column(String(60), primary_key=True)
    number: Mapped[int]


class Counts:
    """Adding up."""

    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def add(self, sums: Mapping[tuple[str, str, str], int]) -> None:
        """Adds to the numbers of (workspace, month, what)."""
        dialect = postgresql if self._session.get_bind().dialect.name == "postgresql" else sqlite
        # In one order, so that two transactions that add up at once never wait for each other.
        for (workspace, month, what), number in sorted(Counter(sums).items()):
            row = dialect.insert(CountRow).values(workspace=workspace, month=month, what=what, number=number)
            await self._session.execute(
                row.on_conflict_do_update(
                    index_elements=["workspace", "month", "what"],
                    set_={"number": CountRow.number + row.excluded.number},
                )
            )
