"""The house keeps its promises: modules do nothing when imported, handlers are thin, ids point at their code."""

import ast
import importlib
import inspect
import pkgutil
import re
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any, cast

import pytest
from slack_bolt.async_app import AsyncApp

import bot
import handlers
import sandbox
import storage
from bot import manifest
from bot.messages import ids
from bot.services import Services

ROOT = Path(__file__).parents[1]
ROOMS = (bot, handlers, storage, sandbox)
NOISY = ("migrations", "__main__")
"""Alembic runs its files when it is told to, and `__main__` is what running the program means."""
LINES_AT_MOST = 20
FORM_PARTS = {value for value in vars(ids).values() if isinstance(value, str) and re.fullmatch(r"[a-z_]+", value)}
HANDLERS = [name for _, name, _ in pkgutil.iter_modules(handlers.__path__)]
NOT_LISTENERS = {"context", "payloads", "errors", "http", "event_forms", "profile_forms", "guest_pages"}
Listener = Callable[..., Awaitable[None]]

IMPORT_EVERYTHING = """
import importlib, os, sys, threading

class Watched(dict):
    pass

before = dict(os.environ)
opened = []
sys.addaudithook(lambda event, args: opened.append((event, args)) if event in WATCHED else None)
for name in sys.argv[1:]:
    importlib.import_module(name)

assert threading.active_count() == 1, threading.enumerate()
assert dict(os.environ) == before, "the environment was changed"
assert not opened, opened
""".replace(
    "WATCHED", "('socket.connect', 'socket.bind', 'sqlite3.connect', 'subprocess.Popen', 'os.mkdir', 'os.remove')"
)


@cache
def modules() -> list[str]:
    """Every module of the program, by its full name."""
    names = [
        name
        for room in ROOMS
        for _, name, _ in pkgutil.walk_packages(room.__path__, f"{room.__name__}.")
        if not any(part in NOISY for part in name.split("."))
    ]
    return [*(room.__name__ for room in ROOMS), *names]


def sources() -> Iterator[tuple[str, ast.Module]]:
    """Every file of the program as a path and its syntax."""
    for room in ROOMS:
        for file in sorted((ROOT / room.__name__).rglob("*.py")):
            yield file.relative_to(ROOT).as_posix(), ast.parse(file.read_text(encoding="utf-8"))


def handler_modules() -> list[ModuleType]:
    return [importlib.import_module(f"handlers.{name}") for name in HANDLERS]


class Recorder:
    """Stands in for Bolt's app while it is told what to listen to."""

    def __init__(self) -> None:
        self.heard: list[tuple[str, Any, Listener]] = []

    def __getattr__(self, kind: str) -> Callable[[Any], Callable[[Listener], None]]:
        return lambda what: lambda function: self.heard.append((kind, what, function))


def registered() -> list[tuple[str, Any, Listener]]:
    """Everything the bot listens to: the kind, what is listened to, and the listener."""
    app = Recorder()
    handlers.register(cast(AsyncApp, app), cast(Services, None))
    return app.heard


def listeners() -> dict[str, Listener]:
    """Every listener as file.function."""
    return {
        f"{module.__name__.removeprefix('handlers.')}.{name}": function
        for module in handler_modules()
        if module.__name__.removeprefix("handlers.") not in NOT_LISTENERS
        for name, function in inspect.getmembers(module, inspect.iscoroutinefunction)
        if function.__module__ == module.__name__ and not name.startswith("_")
    }


def every_id() -> set[str]:
    """Every action_id and callback_id."""
    return {value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)} - FORM_PARTS


def test_importing_every_module_does_nothing() -> None:
    done = subprocess.run(  # noqa: S603 - our own interpreter with our own modules
        [sys.executable, "-W", "error", "-c", IMPORT_EVERYTHING, *modules()],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout == ""


def test_importing_builds_no_engine_no_app_and_no_settings() -> None:
    loaded = [importlib.import_module(name) for name in modules()]

    made = [
        (module.__name__, name)
        for module in loaded
        for name, value in vars(module).items()
        if type(value).__name__ in {"AsyncEngine", "Engine", "AsyncApp", "Settings", "Database", "AsyncWebClient"}
    ]
    assert made == []


def test_the_environment_is_read_by_settings_only() -> None:
    readers = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if (isinstance(node, ast.Attribute) and node.attr in {"environ", "getenv", "environb"})
        or (isinstance(node, ast.ImportFrom) and node.module == "os" and {"environ", "getenv"} & _names(node))
    }

    assert readers <= {"bot/settings.py"}


def test_the_only_commit_is_in_the_database() -> None:
    committing = {
        path
        for path, tree in sources()
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit"
    }

    assert committing <= {"storage/database.py", "storage/schema.py"}


@pytest.mark.parametrize("name", listeners())
def test_a_listener_is_short_and_acknowledges_first(name: str) -> None:
    source, _ = inspect.getsourcelines(listeners()[name])
    function = ast.parse("".join(source)).body[0]
    assert isinstance(function, ast.AsyncFunctionDef)

    assert len(source) <= LINES_AT_MOST
    assert ast.unparse(function.body[1]) == "await ack()"
    assert not any(isinstance(node, ast.Try) for node in ast.walk(function))


@pytest.mark.parametrize("name", HANDLERS)
def test_every_function_of_the_handlers_is_short(name: str) -> None:
    tree = ast.parse((ROOT / "handlers" / f"{name}.py").read_text(encoding="utf-8"))
    functions = [node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]

    long = [one.name for one in functions if (one.end_lineno or 0) - one.lineno + 1 > LINES_AT_MOST]

    assert long == []


def test_an_id_is_named_after_itself() -> None:
    named = {name: value for name, value in vars(ids).items() if name.isupper() and isinstance(value, str)}

    wrong = {name: value for name, value in named.items() if value.replace(".", "_").upper() != name}

    assert wrong == {}


def test_every_id_points_at_its_code() -> None:
    assert every_id() - set(listeners()) == set()


def test_every_id_is_noun_dot_verb() -> None:
    assert [one for one in every_id() if not re.fullmatch(r"[a-z_]+\.[a-z_]+", one)] == []


def test_every_listener_is_registered() -> None:
    assert {_place(function) for _, _, function in registered()} == set(listeners())


def test_every_id_is_registered_for_the_code_it_names() -> None:
    pressed = {what: _place(function) for kind, what, function in registered() if kind in {"action", "view"}}

    assert pressed == {one: one for one in every_id()}


def test_the_manifest_asks_for_exactly_what_is_listened_to() -> None:
    events = {what if isinstance(what, str) else what["type"] for kind, what, _ in registered() if kind == "event"}
    commands = [what for kind, what, _ in registered() if kind == "command"]

    assert {event.partition(".")[0] for event in manifest.BOT_EVENTS} == events
    assert re.findall(r"command: (\S+)", manifest.manifest()) == commands


def test_every_id_that_a_message_shows_is_known() -> None:
    shown = {
        node.attr
        for path, tree in sources()
        if path.startswith("bot/messages/")
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "ids"
    }

    never_shown = {name for name in vars(ids) if name.isupper()} - shown
    assert never_shown == set()


@pytest.mark.parametrize("path", [path for path, _ in sources()])
def test_every_file_says_in_one_sentence_what_it_is(path: str) -> None:
    tree = ast.parse((ROOT / path).read_text(encoding="utf-8"))

    if tree.body and not path.endswith("__main__.py"):
        assert ast.get_docstring(tree), f"{path} begins without a docstring"


def _place(function: Listener) -> str:
    """The file and function in which a listener stands."""
    return f"{function.__module__.removeprefix('handlers.')}.{function.__name__}"


def _names(node: ast.ImportFrom) -> set[str]:
    return {alias.name for alias in node.names}
