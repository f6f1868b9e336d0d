"""The list of what is kept about people is complete: a table or a column that it does not name fails here."""

from pathlib import Path

import pytest
from sqlalchemy import Table

from storage.schema import metadata
from storage.traces import EVERYWHERE, TRACES, Trace

BY_TABLE = {trace.table: trace for trace in TRACES}
PRIVACY = Path(__file__).parents[2] / "docs" / "privacy.md"


def _person_columns(table: Table) -> dict[str, str | None]:
    """The columns that point at a person, and what happens to the row when that person goes."""
    return {key.parent.name: key.ondelete for key in table.foreign_keys if key.column.table.name == "members"}


def test_every_table_is_in_the_list_once_and_in_order() -> None:
    assert [trace.table for trace in TRACES] == sorted(metadata.tables)


@pytest.mark.parametrize("trace", TRACES, ids=lambda one: one.table)
def test_every_column_is_shown_or_hidden_on_purpose(trace: Trace) -> None:
    columns = set(metadata.tables[trace.table].columns.keys())
    shown = {name for mine in trace.mine for name in mine.shows}
    owners = {mine.by for mine in trace.mine}

    assert columns - EVERYWHERE == (shown | owners | set(trace.hidden) | set(trace.others)) - EVERYWHERE
    assert not shown & set(trace.hidden)


@pytest.mark.parametrize("trace", TRACES, ids=lambda one: one.table)
def test_whoever_a_row_points_at_is_either_shown_it_or_kept_from_it_on_purpose(trace: Trace) -> None:
    columns = _person_columns(metadata.tables[trace.table])

    assert set(columns) - {mine.by for mine in trace.mine} <= set(trace.others)
    assert set(columns.values()) <= {"CASCADE", "SET NULL"}, "forgetting somebody must not be refused"


@pytest.mark.parametrize("trace", TRACES, ids=lambda one: one.table)
def test_what_is_deleted_by_its_age_is_found_along_an_index(trace: Trace) -> None:
    if trace.forgotten is None:
        return
    table = metadata.tables[trace.table]

    assert trace.forgotten.since in {index.columns[0].name for index in table.indexes}
    assert len(table.primary_key.columns) == 1


def test_every_workspace_column_is_there() -> None:
    without = {table.name for table in metadata.tables.values() if "workspace" not in table.columns}

    assert without == {"member_fields"}, "a field hangs on its person, who has a workspace"


def test_the_page_for_data_officers_says_what_the_list_says() -> None:
    page = PRIVACY.read_text(encoding="utf-8")
    told = {tuple(line.strip("| ").split(" | "))[:4] for line in page.splitlines() if line.startswith("| `")}

    missing = [one.table for one in TRACES if (f"`{one.table}`", one.why, one.seen_by, one.kept) not in told]
    assert missing == [], "write docs/privacy.md anew: uv run python docs/make_privacy.py"
