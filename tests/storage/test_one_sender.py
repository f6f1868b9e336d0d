"""SQLite has one sending process; whatever ends it, the next one can start at once."""

import signal
import subprocess
import sys
from contextlib import ExitStack

import pytest

from bot.errors import StoreProblem
from storage.database import Database
from storage.one_sender import the_only_sender

HOLDER = """
import sys, time
from storage.database import Database
from storage.one_sender import the_only_sender

with the_only_sender(Database(sys.argv[1])):
    print("sending", flush=True)
    time.sleep(600)
"""


async def test_a_second_sender_on_sqlite_is_refused_in_plain_words(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    with the_only_sender(database), pytest.raises(StoreProblem) as refused, the_only_sender(Database(sqlite_url)):
        pass

    assert str(refused.value).startswith("DATABASE_URL: another Silta is running on silta.db already")
    await database.close()


async def test_when_the_first_has_ended_the_next_may_send(sqlite_url: str) -> None:
    database = Database(sqlite_url)

    for _ in range(2):
        with the_only_sender(database):
            pass

    await database.close()


async def test_a_killed_sender_locks_nobody_out(sqlite_url: str) -> None:
    database = Database(sqlite_url)
    holder = subprocess.Popen(  # noqa: ASYNC220, S603 - our own interpreter with our own words
        [sys.executable, "-c", HOLDER, sqlite_url], stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout
    assert holder.stdout.readline() == "sending\n"
    with pytest.raises(StoreProblem), the_only_sender(database):
        pass

    holder.send_signal(signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
    holder.wait(timeout=20)
    holder.stdout.close()

    with the_only_sender(database):
        pass
    await database.close()


async def test_on_postgresql_any_number_may_send(postgresql_url: str) -> None:
    database = Database(postgresql_url)
    with ExitStack() as senders:
        for _ in range(3):
            senders.enter_context(the_only_sender(database))

    await database.close()
