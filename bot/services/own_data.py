"""Everything that is stored about a person, for that person (R15)."""

import csv
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from bot.clock import Clock
from bot.facts.own_data import DataLink, DataPart, NothingStored
from bot.rules.tables import safe_cell
from storage.belongings import Written
from storage.database import Database
from storage.members import MemberRow
from storage.store import Store

LINK_WORKS_FOR: Final = timedelta(hours=24)
BLOCK_AT_MOST: Final = 2_500
BLOCKS_IN_A_PART: Final = 4
"""Characters of one paragraph and paragraphs of one message: Slack takes about 12,000 characters at once."""
Copy = dict[str, list[Written]]


@dataclass(frozen=True)
class OwnData:
    """Makes copies of what belongs to a person. A copy is never stored."""

    database: Database
    clock: Clock
    public_url: str | None = None

    async def hear(self, member_id: int, _text: str) -> tuple[DataLink | DataPart | NothingStored, ...]:
        """The same for whoever asks in a sentence of their own."""
        return await self.export(member_id)

    async def export(self, member_id: int) -> tuple[DataLink | DataPart | NothingStored, ...]:
        """A one-time address where Silta has one of its own, else the whole copy in pieces."""
        async with self.database.transaction() as store:
            member = (await store.members.by_ids({member_id})).get(member_id)
            if member is None:
                return (NothingStored(),)
            copy = await _copy(store, member)
            now = self.clock.now()
            store.audit.note(member.workspace, now, "members.export", actor_id=member.id)
            if self.public_url is None:
                return (*_parts("JSON", as_json(copy)), *_parts("CSV", as_csv(copy)))
            secret = await store.data_links.new(member.workspace, member.id, now)
            return (DataLink(f"{self.public_url}/my-data/{secret}.zip"),)

    async def copy_for(self, secret: str) -> bytes | None:
        """The copy behind an address, as a zip with both files, once; None when there is none (any more)."""
        async with self.database.transaction() as store:
            member_id = await store.data_links.use(secret, self.clock.now() - LINK_WORKS_FOR)
            if member_id is None:
                return None
            copy = await _copy(store, await store.members.by_id(member_id))
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("silta-my-data.json", as_json(copy))
            # The mark at the start tells Excel that it is UTF-8.
            archive.writestr("silta-my-data.csv", "\ufeff" + as_csv(copy))
        return packed.getvalue()


def as_json(copy: Copy) -> str:
    """Each table with its rows."""
    return json.dumps(copy, ensure_ascii=False, indent=1)


def as_csv(copy: Copy) -> str:
    """One line for each value: table, row, column, value."""
    written = io.StringIO()
    lines = csv.writer(written, lineterminator="\n")
    lines.writerow(("table", "row", "column", "value"))
    for table, rows in copy.items():
        for number, row in enumerate(rows, 1):
            lines.writerows((table, number, column, _cell(value)) for column, value in row.items())
    return written.getvalue()


async def _copy(store: Store, member: MemberRow) -> Copy:
    return await store.belongings.of(member.id)


def _cell(value: object) -> str:
    """As a spreadsheet shows it; what would be taken for a formula is shown as text."""
    return safe_cell(" ".join(map(str, value)) if isinstance(value, list) else "" if value is None else str(value))


def _parts(form: str, text: str) -> tuple[DataPart, ...]:
    blocks = _blocks(text)
    parts = [blocks[first : first + BLOCKS_IN_A_PART] for first in range(0, len(blocks), BLOCKS_IN_A_PART)]
    return tuple(DataPart(form, number, len(parts), tuple(words)) for number, words in enumerate(parts, 1))


def _blocks(text: str) -> list[str]:
    """Whole lines, as many as fit; a line longer than that is cut."""
    blocks = [""]
    for line in text.splitlines():
        for piece in (line[at : at + BLOCK_AT_MOST] for at in range(0, len(line) or 1, BLOCK_AT_MOST)):
            if len(blocks[-1]) + len(piece) >= BLOCK_AT_MOST:
                blocks.append("")
            blocks[-1] += f"{piece}\n"
    return blocks
