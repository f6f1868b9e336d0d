"""SQLite has one sending process: a lock on a file beside the database, which the system itself lets go of.

Whatever ends the process, even SIGKILL or a power cut, ends the lock at once.
"""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from bot.errors import StoreProblem
from storage.database import Database


@contextmanager
def the_only_sender(database: Database) -> Iterator[None]:
    """Makes this process the sender of its database; on PostgreSQL there may be any number.

    Raises StoreProblem when another process sends already.
    """
    path = database.engine.url.database
    if not database.is_sqlite or not path or path == ":memory:":
        yield
        return
    with Path(f"{path}.sender").open("a+b") as file:
        if not _lock(file):
            raise StoreProblem(
                f"DATABASE_URL: another Silta is running on {Path(path).name} already, and SQLite allows only one; "
                "stop the other one, or use PostgreSQL (.env.example says how)."
            )
        yield


def _lock(file: IO[bytes]) -> bool:
    """Locks the file for as long as it is open; False when another process has."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
