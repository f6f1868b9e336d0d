"""Write the table of docs/privacy.md anew from storage/traces.py: `uv run python docs/make_privacy.py`."""

import re
from pathlib import Path

from storage.schema import metadata
from storage.traces import TRACES, Trace

PAGE = Path(__file__).parent / "privacy.md"
HEAD = "| Table | What and why | Who sees it | How long | On \u201cforget me\u201d |\n| --- | --- | --- | --- | --- |\n"
TABLE = re.compile(r"(?<=<!-- table -->\n\n).*?(?=\n<!-- end of table -->)", re.DOTALL)


def table() -> str:
    """One line for each table of the database."""
    return HEAD + "".join(
        f"| `{one.table}` | {one.why} | {one.seen_by} | {one.kept} | {_on_forgetting(one)} |\n" for one in TRACES
    )


def _on_forgetting(trace: Trace) -> str:
    keys = [key for key in metadata.tables[trace.table].foreign_keys if key.column.table.name == "members"]
    if any(key.ondelete == "CASCADE" for key in keys) or trace.table == "members":
        return "deleted" + ("; a sum by month stays" if trace.summed else "")
    return "the name is taken out" if keys else "nobody is in it"


if __name__ == "__main__":
    page = PAGE.read_text(encoding="utf-8")
    PAGE.write_text(TABLE.sub(lambda _: table(), page), encoding="utf-8")
